// `check --limits`: how each limit text of a pack was read, so that somebody who knows the rules can see that it was
// read right. One line a text, with the clock that it runs on, its amount and where it stands.
import type { CityPack } from '#domain/city/types.ts'
import { formatLimit, type LimitUnit, parseLimit } from '#domain/limit.ts'
import { CITY_JSON } from '#pack/read/city-json.ts'
import { CONDITIONS } from '#pack/read/catalogue.ts'
import { type Language, textTable } from './report.ts'

const CLOCKS: Readonly<Record<LimitUnit, { zh: string; en: string }>> = {
  'urgent-hour': { zh: '连续计时', en: 'runs on without a break' },
  'urgent-day': { zh: '连续计时，一天24小时', en: 'runs on without a break, days of 24 hours' },
  'work-hour': { zh: '只计工作时段', en: 'working periods only' },
  'work-day': { zh: '只计工作日的工作时段', en: 'working periods of working days only' },
  'natural-hour': { zh: '连续计时', en: 'runs on without a break' },
  'natural-day': { zh: '连续计时，一天24小时', en: 'runs on without a break, days of 24 hours' },
}

interface Use {
  text: string
  file: string
  /** Condition, or setting. */
  where: string
}

/** Every limit text of the pack: conditions first, then policies. */
function usesOf({ conditions, policies }: CityPack): Use[] {
  const { stageLimits, reworkLimit, exceptions } = policies
  const settings: [where: string, text: string | undefined][] = [
    ...Object.entries(stageLimits).map(([stage, text]): [string, string] => [`stageLimits.${stage}`, text]),
    ['reworkLimit', reworkLimit],
    ['exceptions.return.within', exceptions?.return?.within],
    ['exceptions.extension.amount', exceptions?.extension?.amount],
    ['exceptions.oversight.limit', exceptions?.oversight?.limit],
  ]
  return [
    ...conditions.map((c) => ({ text: c.limit.text, file: CONDITIONS, where: c.id })),
    ...settings.flatMap(([where, text]) =>
      text === undefined || text === 'same' ? [] : [{ text, file: CITY_JSON, where }],
    ),
  ]
}

const MOST_NAMED = 3

/** A table: text, what it was read as, its clock, how often and where. */
export function limitsText(pack: CityPack, language: Language): string {
  const isChinese = language === 'zh'
  const header = isChinese
    ? ['写法', '读作', '计时', '处数', '所在']
    : ['text', 'read as', 'clock', 'uses', 'where']
  const rows = [...Map.groupBy(usesOf(pack), (u) => u.text)].map(([text, uses]) => {
    const parsed = parseLimit(text, pack.policies.limitWords)
    // The check has refused the pack that has one.
    if (!parsed.ok) throw new Error(`limit of ${uses[0]?.where}: ${parsed.reason}`)
    const { limit } = parsed
    const named = uses.slice(0, MOST_NAMED).map((u) => u.where)
    const more = uses.length > MOST_NAMED ? (isChinese ? '等' : ', …') : ''
    return [
      text,
      formatLimit(limit, language),
      CLOCKS[limit.unit][language],
      String(uses.length),
      named.join(isChinese ? '、' : ', ') + more,
    ]
  })
  return textTable([header, ...rows])
}
