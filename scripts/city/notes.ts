// What a check tells beside faults and warnings: choices of the pack that are sound, and what is still to be done before
// cases can go their way.
import type { Post } from '#domain/case.ts'
import type { CityPack } from '#domain/city/types.ts'
import { screeningPolicies } from '#domain/city/screening-policies.ts'
import { transition } from '#domain/lifecycle.ts'
import { TIMED_STEPS } from '#domain/time-plausible.ts'
import { firstLevel } from '#domain/units.ts'
import { POST_WORDS, SOURCE_WORDS } from '#pack/read/words.ts'
import type { Language } from './report.ts'

const MOST_NAMED = 8

/** Without these somebody waits for nobody: filing and closing, and every look on site. */
const NEEDED: readonly Post[] = ['duty-manager', 'supervisor']

/** A line each; none for a pack without such choices. */
export function notes(pack: CityPack, language: Language): string[] {
  const isChinese = language === 'zh'
  const list = (names: readonly string[]) => {
    const shown = names.slice(0, MOST_NAMED).join(isChinese ? '、' : ', ')
    return names.length > MOST_NAMED ? `${shown}${isChinese ? '等' : ', …'}` : shown
  }
  const told: string[] = []
  const tell = (names: readonly string[], zh: string, en: string) => {
    if (names.length > 0) told.push(isChinese ? `说明：${zh}：${list(names)}` : `Note: ${en}: ${list(names)}`)
  }
  const unmanaged = unmanagedZones(pack)
  tell(
    unmanaged,
    `${unmanaged.length}个责任区没有责任单位，其中的问题按“不属本市管理范围”交人工处理`,
    `${unmanaged.length} ${unmanaged.length === 1 ? 'zone has' : 'zones have'} no unit; what is reported there is left to the desk as not managed here`,
  )
  const silent = unitsWithoutOfficer(pack)
  tell(
    silent,
    `${silent.length}个会接到案件的单位没有部门经办账号，无人签收`,
    `${silent.length} ${silent.length === 1 ? 'unit that gets cases has' : 'units that get cases have'} no account of a department officer to sign for them`,
  )
  const checked = pack.conditions.filter((c) => c.photoCheck !== undefined)
  const { evidence, time } = screeningPolicies(pack.policies.screening)
  tell(
    checked.length === 0 ? [] : evidence.photoRuleFor.map((s) => (isChinese ? SOURCE_WORDS[s][0] : s)),
    `${checked.length}条立案条件的照片要求由规则核对，以下来源的上报须符合`,
    `photos are checked under ${checked.length} filing ${checked.length === 1 ? 'condition' : 'conditions'}, in reports from`,
  )
  const byCapture = ['report' as const, ...TIMED_STEPS].filter((step) => time.counts[step] === 'capture')
  tell(
    pack.policies.screening?.captureTime === undefined
      ? []
      : byCapture.map((step) => (isChinese ? (transition(step)?.zh ?? '上报') : step)),
    '以下环节按设备采集时间计，其余按收到时间计',
    'judged by when the device had it, the others by when it arrived',
  )
  const vacant = NEEDED.filter((post) => !pack.users.some((u) => u.posts.includes(post)))
  tell(
    vacant.map((post) => (isChinese ? POST_WORDS[post][0] : post)),
    '没有人担任以下岗位，等其办理的案件会停住',
    'nobody holds these posts, and what waits for them stands still',
  )
  return told
}

function unmanagedZones({ routing, zones }: CityPack): string[] {
  const ruled = new Set(routing.filter((r) => r.category === undefined).map((r) => r.zoneKind))
  return zones.filter((z) => z.department === undefined && !ruled.has(z.kind)).map((z) => z.name)
}

/** First-level units that anything routes to, and for which nobody signs: neither they nor a unit below. */
function unitsWithoutOfficer(pack: CityPack): string[] {
  const city = { departments: new Map(pack.departments.map((d) => [d.code, d])) }
  const top = (code: string) => firstLevel(code, city)
  const named = [
    pack.policies.fallBackDepartment,
    ...pack.routing.flatMap((r) => [r.department, r.fallBack]),
    ...[...pack.zones, ...pack.categories].map((x) => x.department),
    ...pack.components.map((c) => c.owner),
  ]
  const signed = new Set(
    pack.users.flatMap(({ posts, department }) =>
      posts.includes('department-officer') && department !== undefined ? [top(department)] : [],
    ),
  )
  const leads = new Set(named.flatMap((code) => (code === undefined ? [] : [top(code)])))
  return pack.departments.filter((d) => leads.has(d.code) && !signed.has(d.code)).map((d) => d.name)
}
