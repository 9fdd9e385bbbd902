// routing.csv: category × area → unit, and whether routing reaches a unit for every category.
import { SOURCES } from '#domain/case.ts'
import { coversCategory } from '#domain/city/category-codes.ts'
import type { Area, Category, RoutingRule } from '#domain/city/types.ts'
import { readPeriods, readWeekdays } from './calendars.ts'
import { CATEGORIES } from './catalogue.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Place, Placed } from './findings.ts'
import { AREA_WORDS, codeMeant, DEPARTMENT_WORDS, noSuchCategory } from './known.ts'
import type { Known } from './known.ts'
import { listOf, readTable } from './table.ts'
import { keyMeant, keysWithWords, SOURCE_WORDS } from './words.ts'
import type { PackSource } from './source.ts'

export const ROUTING = 'routing.csv'

export const ROUTING_COLUMNS = [
  { name: 'id', zh: '编号', required: true, unique: true, hint: '自定，如R001' },
  { name: 'order', zh: '顺序', required: true, reads: 'number', hint: '数字小的先问' },
  {
    name: 'category',
    zh: '类别',
    also: ['类别编码'],
    hint: '编码、名称、大类（E01）或类型字母（E）；空＝全部',
  },
  { name: 'area', zh: '区域', hint: '区域编码或名称；空＝全市' },
  { name: 'zoneKind', zh: '责任区类型', hint: 'zones.geojson中的kind；空＝不论责任区' },
  { name: 'source', zh: '来源', hint: '如hotline热线；空＝全部' },
  { name: 'department', zh: '责任单位', required: true, hint: '单位编码或名称' },
  { name: 'coDepartments', zh: '协办单位', hint: '多个用;分隔' },
  { name: 'owner', zh: '权属', hint: 'unknown（不明）＝只用于权属不明的部件；空＝不论权属' },
  { name: 'fallBack', zh: '兜底单位', hint: '责任单位退单获准后改派给它' },
  { name: 'hours', zh: '适用时间', hint: '如22:00-06:00，可多段；空＝全天' },
  { name: 'weekdays', zh: '适用星期', hint: '1至5写作1~5（1＝周一）；跨零点的时间按开始那天算；空＝每天' },
  {
    name: 'words',
    zh: '描述用词',
    reads: 'text',
    hint: '描述中有其一即适用，用;分隔，如 油烟;烧烤；空＝不论描述',
  },
] as const

const UNKNOWN: readonly string[] = ['unknown', '不明', '权属不明']

const any = (cell: string) => (cell === '' || cell === '*' ? undefined : cell)

/** A category's name stands for its code; codes, kind letters and large classes stay as they are. */
const ruleMeant = (text: string | undefined, categories: Known) =>
  text === undefined || !categories || categories.covers(text) ? text : (categories.resolve(text) ?? text)

/** In the order in which the rules are asked. */
export async function readRouting(
  source: PackSource,
  known: { categories: Known; areas: Known; zoneKinds: Known; departments: Known },
  findings: Findings,
): Promise<Placed<RoutingRule>[] | undefined> {
  const rows = await readTable(source, ROUTING, ROUTING_COLUMNS, findings)
  if (!rows) return undefined
  const rules: Placed<RoutingRule>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: ROUTING, row: line, field })
    const order = Number(cells.order)
    if (!Number.isFinite(order))
      findings.fault(at('order'), `"${cells.order}" is not a number`, `“${cells.order}”不是数字`)
    const zoneKind = any(cells.zoneKind)
    const category = ruleMeant(any(cells.category), known.categories)
    if (category !== undefined && known.categories && !known.categories.covers(category))
      findings.fault(at('category'), ...noSuchCategory(category))
    const namedArea = any(cells.area)
    const area = namedArea && codeMeant(namedArea, known.areas, at('area'), AREA_WORDS, findings)
    if (zoneKind !== undefined && known.zoneKinds && !known.zoneKinds.has(zoneKind))
      findings.fault(at('zoneKind'), `no zone is of kind "${zoneKind}"`, `没有类型为“${zoneKind}”的责任区`)
    const named = any(cells.source)
    const via = named === undefined ? undefined : keyMeant(named, SOURCE_WORDS)
    if (named !== undefined && via === undefined)
      findings.fault(
        at('source'),
        `"${named}" is not one of ${SOURCES.join(', ')}`,
        `来源“${named}”须为以下之一：${keysWithWords(SOURCE_WORDS)}`,
      )
    const unitOf = (text: string, field: string) =>
      codeMeant(text, known.departments, at(field), DEPARTMENT_WORDS, findings)
    const department = unitOf(cells.department, 'department')
    const coDepartments = listOf(cells.coDepartments).map((unit) => unitOf(unit, 'coDepartments'))
    const namedOwner = any(cells.owner)
    const isOwnerUnknown = namedOwner !== undefined && UNKNOWN.includes(namedOwner)
    if (namedOwner !== undefined && !isOwnerUnknown)
      findings.fault(
        at('owner'),
        `"${namedOwner}" is not "unknown"; leave it empty for rules that hold whoever the owner is`,
        `权属“${namedOwner}”只能填unknown（不明），或留空`,
      )
    const fallBack = any(cells.fallBack)
    rules.push({
      row: line,
      value: {
        id: cells.id,
        order,
        ...(category === undefined ? {} : { category }),
        ...(area === undefined ? {} : { area }),
        ...(zoneKind === undefined ? {} : { zoneKind }),
        ...(via === undefined ? {} : { source: via }),
        ...(isOwnerUnknown ? { owner: 'unknown' as const } : {}),
        department,
        coDepartments,
        ...(fallBack === undefined ? {} : { fallBack: unitOf(fallBack, 'fallBack') }),
        ...readConditions(cells, at, findings),
      },
    })
  }
  findDuplicates(ROUTING, 'id', rules, (r) => r.id, findings)
  return rules.sort((a, b) => a.value.order - b.value.order)
}

/** `24:00` ends a day and begins none. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** When a rule speaks: hours, weekdays and words of the description. */
function readConditions(
  cells: { hours: string; weekdays: string; words: string },
  at: (field: string) => Place,
  findings: Findings,
): Pick<RoutingRule, 'hours' | 'weekdays' | 'words'> {
  const conditions: Pick<RoutingRule, 'hours' | 'weekdays' | 'words'> = {}
  const { hours: hoursCell, weekdays: weekdaysCell, words: wordsCell } = cells
  if (any(hoursCell) !== undefined) {
    const hours = readPeriods(hoursCell)
    const isSound = hours?.every(
      ({ start, end }) => start !== end && TIME.test(start) && (TIME.test(end) || end === '24:00'),
    )
    if (hours && isSound) conditions.hours = hours
    else
      findings.fault(
        at('hours'),
        `"${hoursCell}" is not HH:MM-HH:MM, several separated by ;`,
        `“${hoursCell}”不是“时:分-时:分”，多段用;分隔`,
      )
  }
  if (any(weekdaysCell) !== undefined) {
    const weekdays = readWeekdays(weekdaysCell)
    if (weekdays) conditions.weekdays = weekdays
    else
      findings.fault(
        at('weekdays'),
        `"${weekdaysCell}" is not weekdays 1 (Monday) … 7, as 1-5 or 6;7`,
        `“${weekdaysCell}”不是星期1至7（如1~5、6;7或周一至周五）`,
      )
  }
  if (any(wordsCell) !== undefined) {
    const words = [...new Set(wordsCell.split(/[;；、|]/u).map((w) => w.trim()))].filter((w) => w !== '')
    if (words.length > 0) conditions.words = words
    else findings.fault(at('words'), `"${wordsCell}" has no word in it`, `“${wordsCell}”中没有词`)
  }
  return conditions
}

/** Rules that hold at any hour and whatever the description says. */
const isPlain = (r: RoutingRule) => r.hours === undefined && r.weekdays === undefined && r.words === undefined

/** A category needs a unit of its own or rules that reach every part of the city; the fall-back unit doesn't count. */
export function checkReach(
  categories: readonly Placed<Category>[],
  rules: readonly Placed<RoutingRule>[],
  areas: readonly Placed<Area>[],
  findings: Findings,
): void {
  const children = new Map<string, string[]>()
  for (const { value } of areas)
    if (value.parent !== undefined)
      children.set(value.parent, [...(children.get(value.parent) ?? []), value.code])
  const tops = areas.filter((a) => a.value.parent === undefined).map((a) => a.value.code)
  for (const { row, value } of categories) {
    if (value.department !== undefined) continue
    const here = rules
      .map((r) => r.value)
      .filter(
        (r) => r.zoneKind === undefined && r.source === undefined && r.owner === undefined && isPlain(r),
      )
      .filter((r) => r.category === undefined || coversCategory(r.category, value.code))
    const place = { file: CATEGORIES, row, field: 'department' }
    if (here.length === 0) {
      findings.fault(
        place,
        `no unit: none here, and no rule of ${ROUTING} applies`,
        `没有责任单位：此处为空，${ROUTING}中也没有适用的规则`,
      )
      continue
    }
    if (here.some((r) => r.area === undefined)) continue
    const named = new Set(here.map((r) => r.area))
    const missing = uncovered(tops, named, children)
    if (missing.length > 0)
      findings.warn(
        place,
        `no unit in ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}: the fall-back unit gets it`,
        `在${missing.slice(0, 5).join('、')}${missing.length > 5 ? '等' : ''}没有责任单位，将派给兜底单位`,
      )
  }
}

function uncovered(
  codes: string[],
  named: ReadonlySet<string | undefined>,
  children: Map<string, string[]>,
): string[] {
  return codes.flatMap((code) => {
    if (named.has(code)) return []
    const parts = children.get(code)
    if (!parts) return [code]
    const missing = uncovered(parts, named, children)
    return missing.length === parts.length ? [code] : missing
  })
}
