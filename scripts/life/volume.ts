// How many reports, when: by the hour for each kind of source, by the kind of day, and in the scenes of the demo.
import type { Scene } from '#domain/demo.ts'
import { STORM_REPORTS_A_DAY } from '#domain/demo.ts'
import { cityDay, cityHour } from '#domain/city-time.ts'
import { addDays, dayNumber, weekday } from '#domain/days.ts'
import { DAY_REPORTS, SOURCE_SHARES } from './rates.ts'
import type { Source } from '#domain/case.ts'

/** Sources that keep the same hours: the centre's own people, the public, and everybody else. */
export const SOURCE_GROUPS = ['grid', 'public', 'other'] as const
export type SourceGroup = (typeof SOURCE_GROUPS)[number]

export const groupOf = (source: Source): SourceGroup =>
  source === 'grid' ? 'grid' : source === 'hotline' || source === 'citizen' ? 'public' : 'other'

const summed = (percents: readonly number[]) => {
  const total = percents.reduce((a, b) => a + b, 0)
  return percents.map((p) => p / total)
}

/**
 * Part of a day's reports in hours 00 … 23. Grid members: a steep morning, 42 % by ten. The public is flatter, with a
 * second hump from 19 to 22: noise, barbecues, lamps.
 */
export const HOURLY: Readonly<Record<SourceGroup, readonly number[]>> = {
  grid: summed([
    0.2, 0.1, 0.1, 0.1, 0.2, 0.8, 4.5, 9.5, 13, 13.5, 10, 6, 2.5, 2.5, 6, 8.5, 7.5, 5, 3, 2.8, 2.2, 1.2, 0.5,
    0.3,
  ]),
  public: summed([
    1.2, 0.6, 0.3, 0.2, 0.3, 0.8, 2.2, 4.5, 7, 7.5, 6.8, 5.4, 4, 3.8, 5, 5.8, 5.8, 5.4, 5.6, 7.2, 7.8, 6.8, 4,
    2,
  ]),
  other: summed([
    0.6, 0.5, 0.4, 0.4, 0.5, 0.8, 2, 5, 11, 12, 11, 8, 2.5, 3, 8, 10, 9, 6, 3, 2, 1.7, 1.2, 0.8, 0.6,
  ]),
}
/** It rains all day and people report all day, less in the dead of night. */
const STORM_HOURS = summed([
  2.2, 1.8, 1.6, 1.6, 2, 3, 4.6, 6, 6.6, 6.4, 5.8, 5.2, 4.6, 4.4, 4.8, 5.2, 5.4, 5.4, 5, 4.6, 4.2, 3.8, 3.2,
  2.6,
])

export const GROUP_SHARES: Readonly<Record<SourceGroup, number>> = (() => {
  const shares = { grid: 0, public: 0, other: 0 }
  const all = Object.entries(SOURCE_SHARES) as [Source, number][]
  const total = all.reduce((sum, [, share]) => sum + share, 0)
  for (const [source, share] of all) shares[groupOf(source)] += share / total
  return shares
})()

export type DayKind = keyof typeof DAY_REPORTS

/** Days off beside the weekends, and weekend days that are worked; local dates `YYYY-MM-DD`. */
export interface DaysOff {
  holidays: readonly string[]
  makeUpWorkdays: readonly string[]
}

export const NO_HOLIDAYS: DaysOff = { holidays: [], makeUpWorkdays: [] }

/** Of a city's calendars, the one that knows its holidays; round-the-clock ones have none. */
export const daysOffOf = (calendars: readonly DaysOff[] | undefined): DaysOff =>
  (calendars ?? []).reduce((best, c) => (c.holidays.length > best.holidays.length ? c : best), NO_HOLIDAYS)

function isWorkday(day: string, { holidays, makeUpWorkdays }: DaysOff): boolean {
  if (makeUpWorkdays.includes(day)) return true
  return weekday(dayNumber(day)) <= 5 && !holidays.includes(day)
}

/** The first workday after a holiday is the busiest of all; a plain weekend makes none of that. */
export function dayKind(day: string, off: DaysOff): DayKind {
  if (!isWorkday(day, off)) return 'weekend'
  for (let before = addDays(day, -1); !isWorkday(before, off); before = addDays(before, -1))
    if (off.holidays.includes(before)) return 'after-holiday'
  return 'workday'
}

/** How the demo is set: see domain/demo.ts. */
export interface Setting {
  scene: Scene
  /** Business volume against a real day's. */
  multiple: number
}

export interface CityDays {
  timeZone: string
  daysOff: DaysOff
}

/** In a quiet spell little is reported, and next to nothing at night. */
const quietly = (hour: number) => (hour >= 21 || hour < 6 ? 0.15 : 0.4)

/** Reports expected an hour at an instant (epoch ms), from all sources or those of one group. */
export function reportsAnHour(
  at: number,
  city: CityDays,
  { scene, multiple }: Setting,
  group?: SourceGroup,
): number {
  const hour = cityHour(at, city.timeZone)
  if (scene === 'storm') {
    const share = group === undefined ? 1 : STORM_GROUPS[group]
    return STORM_REPORTS_A_DAY * multiple * share * (STORM_HOURS[hour] ?? 0)
  }
  const a = DAY_REPORTS[dayKind(cityDay(at, city.timeZone), city.daysOff)] * multiple
  const of = (g: SourceGroup) => a * GROUP_SHARES[g] * (HOURLY[g][hour] ?? 0)
  const all = group === undefined ? SOURCE_GROUPS.reduce((sum, g) => sum + of(g), 0) : of(group)
  return scene === 'quiet' ? all * quietly(hour) : all
}

/** In a storm the phones ring. */
export const STORM_GROUPS: Readonly<Record<SourceGroup, number>> = { grid: 0.52, public: 0.38, other: 0.1 }

/**
 * Milliseconds until the next report, exponentially spread around the hour's rate. `chance` in [0, 1). A caller that
 * waits longer than some minutes asks again: the hour, or the scene, may have changed by then.
 */
export function nextGap(at: number, city: CityDays, setting: Setting, chance: number): number {
  const perHour = Math.max(1e-6, reportsAnHour(at, city, setting))
  return (-Math.log(1 - chance) * 3_600_000) / perHour
}
