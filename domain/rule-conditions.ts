// When a routing rule speaks, beside category and place: at which hours of which weekdays, and for which words of the
// description. The words themselves are nobody's but the side table's: what is kept of them is the ids of the rules.
import type { RoutingRule, RuleHours } from './city/types.ts'
import { DAY_MS, MINUTE_MS, type Weekday, weekday } from './days.ts'
import { localDay, offsetAt } from './zone.ts'

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** A period that ends at or before its beginning goes on after midnight. */
export const isOverMidnight = ({ start, end }: RuleHours) => minutesOf(end) <= minutesOf(start)

/**
 * Whether a rule speaks at an instant (epoch ms), by the wall clock of the city. A period over midnight belongs to the
 * weekday on which it begins. Throws RangeError for an unknown time zone.
 */
export function speaksAt(
  { hours, weekdays }: Pick<RoutingRule, 'hours' | 'weekdays'>,
  at: number,
  timeZone: string,
): boolean {
  if (!hours && !weekdays) return true
  const day = localDay(timeZone, at)
  const minute = (at + offsetAt(timeZone, at) - day * DAY_MS) / MINUTE_MS
  const isOn = (d: number) => !weekdays || weekdays.includes(weekday(d))
  if (!hours) return isOn(day)
  return hours.some((period) => {
    const [start, end] = [minutesOf(period.start), minutesOf(period.end)]
    if (!isOverMidnight(period)) return isOn(day) && start <= minute && minute < end
    return (isOn(day) && minute >= start) || (isOn(day - 1) && minute < end)
  })
}

/** Full-width forms, case and runs of blanks make no difference. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()

/** Ids of the rules of which at least one word occurs in a description, in the order of the rules. */
export function wordRulesIn(description: string, rules: readonly RoutingRule[]): string[] {
  const text = plain(description)
  return rules.filter((r) => r.words?.some((word) => text.includes(plain(word)))).map((r) => r.id)
}

const DAYS_ZH = ['一', '二', '三', '四', '五', '六', '日']
const DAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Runs of days as `Mon–Fri`, single ones as they are. */
function daysText(weekdays: readonly Weekday[]): { en: string; zh: string } {
  const runs: [Weekday, Weekday][] = []
  for (const day of [...new Set(weekdays)].sort()) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  const inWords = (names: readonly string[], join: string) =>
    runs.map(([from, to]) => (from === to ? names[from - 1] : `${names[from - 1]}${join}${names[to - 1]}`))
  return {
    en: inWords(DAYS_EN, '–').join(', '),
    zh: inWords(
      DAYS_ZH.map((d) => `周${d}`),
      '至',
    ).join('、'),
  }
}

/** `Mon–Fri 22:00–06:00`, `周一至周五22:00至次日06:00`; undefined for a rule that speaks at any time. */
export function timesText(
  rule: Pick<RoutingRule, 'hours' | 'weekdays'>,
): { en: string; zh: string } | undefined {
  const { hours, weekdays } = rule
  if (!hours && !weekdays) return undefined
  const days = weekdays ? daysText(weekdays) : undefined
  const en = hours?.map((h) => `${h.start}–${h.end}`).join(', ')
  const zh = hours?.map((h) => `${h.start}至${isOverMidnight(h) ? '次日' : ''}${h.end}`).join('、')
  return {
    en: [days?.en, en].filter((t) => t !== undefined).join(' '),
    zh: `${days?.zh ?? '每日'}${zh ?? ''}`,
  }
}
