// Which days the demo's history covers: the last closed calendar quarter of the city, and the days from its end up to now.
import { cityDay, dayStart } from '#domain/city-time.ts'
import { addDays, DAY_MS, dayNumber } from '#domain/days.ts'
import { dice } from '#scripts/life/chance.ts'
import { DAY_REPORTS, QUARTER } from '#scripts/life/rates.ts'
import { type CityDays, dayKind } from '#scripts/life/volume.ts'

export interface Period {
  seed: string
  /** First day of the closed quarter, and the first after it; city days. */
  from: string
  to: string
  /** What the quarter is to show, exactly. */
  counts: { reported: number; filed: number; closed: number }
  /** Where the history ends, epoch ms: the first moment of the living demo. */
  until: number
  /** Open cases there; a few more or less. */
  open: number
}

const SEED = 'yunze'
const OPEN = 50

/** What a quarter has left undone is done in the days after it: one that ended less than so long ago is not closed yet. */
const CLOSED_AFTER_MS = 4 * DAY_MS

/** The last calendar quarter that is closed in the city at an instant (epoch ms). */
export function lastQuarter(now: number, timeZone: string): { from: string; to: string } {
  const today = cityDay(now - CLOSED_AFTER_MS, timeZone)
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = Math.floor((month - 1) / 3) * 3 + 1
  const to = monthStart(year, first)
  return { from: monthStart(year, first - 3), to }
}

const monthStart = (year: number, month: number): string => {
  const years = year + Math.floor((month - 1) / 12)
  const months = ((((month - 1) % 12) + 12) % 12) + 1
  return `${years}-${String(months).padStart(2, '0')}-01`
}

export const periodAt = (now: number, timeZone: string): Period => ({
  seed: SEED,
  ...lastQuarter(now, timeZone),
  counts: QUARTER,
  until: now,
  open: OPEN,
})

/** Reports of each day: those of the quarter sum up to its count, the later ones are as many as such days have. */
export function reportsByDay(period: Period, city: CityDays): Map<string, number> {
  const { seed, from, to, counts, until } = period
  const days: { day: string; weight: number }[] = []
  const last = cityDay(until, city.timeZone)
  for (let day = from; dayNumber(day) <= dayNumber(last); day = addDays(day, 1))
    days.push({
      day,
      weight: DAY_REPORTS[dayKind(day, city.daysOff)] * (0.9 + 0.2 * dice(seed, day, 'volume')),
    })
  const inQuarter = days.filter((d) => d.day < to)
  const shares = apportion(
    inQuarter.map((d) => d.weight),
    counts.reported,
  )
  return new Map([
    ...inQuarter.map((d, i) => [d.day, shares[i] ?? 0] as const),
    ...days.filter((d) => d.day >= to).map((d) => [d.day, Math.round(d.weight)] as const),
  ])
}

/** Whole numbers that sum to `total`, as near to the weights as can be (largest remainders). */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (w / sum) * total)
  const parts = exact.map(Math.floor)
  const missing = total - parts.reduce((a, b) => a + b, 0)
  const order = exact
    .map((e, i) => ({ i, rest: e - Math.floor(e) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order.slice(0, missing)) parts[i] = (parts[i] ?? 0) + 1
  return parts
}

export const quarterEnd = (period: Period, timeZone: string): number => dayStart(period.to, timeZone)
