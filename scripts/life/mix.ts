// What is reported when, and by whom: the categories' shares of the city pack, spread over hours and kinds of source as
// they happen (shops put their goods out in the morning and the evening, lamps fail when it is dark), so that over a
// whole day the shares are still exactly the pack's.
import type { Source } from '#domain/case.ts'
import type { Scene } from '#domain/demo.ts'
import { cityDay, cityHour } from '#domain/city-time.ts'
import { dayNumber } from '#domain/days.ts'
import { pickWeighted, whole } from './chance.ts'
import { SOURCE_SHARES } from './rates.ts'
import { GROUP_SHARES, groupOf, HOURLY, SOURCE_GROUPS, type SourceGroup } from './volume.ts'

export interface MixedCategory {
  code: string
  share?: number | undefined
}

/** Weight 1 everywhere but in the given hours: `[first, last, weight]`, both included, may go over midnight. */
const hours = (...spans: readonly [number, number, number][]): readonly number[] =>
  Array.from({ length: 24 }, (_, h) => {
    const span = spans.find(([a, b]) => (a <= b ? h >= a && h <= b : h >= a || h <= b))
    return span ? span[2] : 1
  })

const TRADE = hours([7, 8, 3.2], [17, 20, 4], [21, 22, 2], [23, 5, 0.2], [11, 15, 0.6])
const SWEEP = hours([6, 8, 3], [9, 9, 1.4], [19, 4, 0.4])
const LAMP = hours([19, 22, 14], [23, 4, 6], [5, 6, 2], [8, 17, 0.15])
const SITE_NOISE = hours([22, 2, 40], [3, 5, 12], [12, 13, 3], [8, 11, 0.2], [14, 17, 0.2])
const SHOP_NOISE = hours([9, 11, 1.5], [15, 21, 2.4], [22, 6, 0.2])
const BARBECUE = hours([18, 23, 14], [0, 1, 8], [6, 16, 0.03])
const PARKING = hours([7, 8, 2.4], [11, 12, 1.4], [16, 18, 2.2], [22, 5, 0.3])
const WORKS = hours([8, 11, 1.6], [14, 17, 1.6], [19, 5, 0.2])

const BY_HOUR: Readonly<Record<string, readonly number[]>> = {
  E0405: TRADE,
  E0406: TRADE,
  E0401: TRADE,
  E0112: SWEEP,
  E0114: SWEEP,
  C0137: LAMP,
  E0301: SITE_NOISE,
  E0128: SHOP_NOISE,
  E0129: BARBECUE,
  E0490: PARKING,
  E0410: PARKING,
  E0302: WORKS,
  E0304: WORKS,
  E0306: WORKS,
  E0312: WORKS,
}

/** What the public and others report more, or less, than grid members: 1 is as often. */
const LEAN: Readonly<Record<string, Partial<Record<SourceGroup, number>>>> = {
  E0301: { public: 14 },
  E0128: { public: 10 },
  E0129: { public: 8 },
  C0137: { public: 4 },
  E0490: { public: 4, other: 3 },
  E0496: { public: 3 },
  E0196: { public: 3 },
  E0503: { public: 4, other: 2 },
  E0501: { public: 8, other: 3 },
  E0502: { public: 12 },
  E0505: { public: 3, other: 3 },
  E0506: { public: 2, other: 6 },
  E0508: { public: 3 },
  E0101: { public: 4 },
  E0304: { public: 2, other: 6 },
  E0112: { public: 0.4 },
  E0410: { public: 0.5 },
  E0493: { public: 0.6 },
  E0604: { public: 0.15 },
  E0107: { public: 0.3 },
  E0405: { public: 0.8, other: 1.6 },
  E0406: { other: 1.6 },
}

/** Part of all reports in a storm; what is not named shares what is left as on any day. */
const STORM: Readonly<Record<string, number>> = {
  E0506: 0.31,
  C0402: 0.2,
  E0503: 0.15,
  E0508: 0.09,
  C0104: 0.04,
  C0103: 0.035,
  E0307: 0.025,
  E0203: 0.02,
  E0113: 0.015,
  E0505: 0.012,
  C0137: 0.02,
  C0217: 0.01,
  C0128: 0.01,
}

/** On wet days so many times as often as on average; dry days make up for it. Two days in eleven are wet. */
const WET: Readonly<Record<string, number>> = { E0506: 4.6, E0503: 2.2, C0104: 1.7, E0505: 1.6, C0402: 1.6 }
const WET_CYCLE = 11
const WET_DAYS = 2

/** Whether it rains on a city day: two days of every eleven, always the same ones for a seed. */
export function isWet(day: string, seed = 'rain'): boolean {
  const n = dayNumber(day)
  const cycle = Math.floor(n / WET_CYCLE)
  const first = whole(0, WET_CYCLE - 1, seed, cycle)
  const step = whole(1, 2, seed, cycle, 'step')
  const place = n - cycle * WET_CYCLE
  return place === first || place === (first + step) % WET_CYCLE
}

/** Times as often as on average, on such a day. */
function byWeather(code: string, wet: boolean): number {
  const more = WET[code]
  if (more === undefined) return 1
  const share = WET_DAYS / WET_CYCLE
  return wet ? more : (1 - share * more) / (1 - share)
}

type Table = Readonly<Record<SourceGroup, readonly (readonly number[])[]>>

/**
 * Weights by group, hour and category whose sums are both the categories' shares and the hours' reports: the affinities
 * fitted to the two in turn until they stand (iterative proportional fitting).
 */
function fitted(categories: readonly MixedCategory[]): Table {
  const total = categories.reduce((sum, c) => sum + (c.share ?? 0), 0)
  const shares = categories.map((c) => (c.share ?? 0) / total)
  const rows = SOURCE_GROUPS.flatMap((group) =>
    HOURLY[group].map((part, hour) => ({
      group,
      sum: GROUP_SHARES[group] * part,
      cells: categories.map(
        ({ code }, i) => (shares[i] ?? 0) * (BY_HOUR[code]?.[hour] ?? 1) * (LEAN[code]?.[group] ?? 1),
      ),
    })),
  )
  for (let turn = 0; turn < 60; turn++) {
    for (const row of rows) {
      const now = row.cells.reduce((a, b) => a + b, 0)
      row.cells = row.cells.map((c) => (now === 0 ? 0 : (c * row.sum) / now))
    }
    for (const [i, share] of shares.entries()) {
      const now = rows.reduce((sum, r) => sum + (r.cells[i] ?? 0), 0)
      if (now > 0) for (const r of rows) r.cells[i] = ((r.cells[i] ?? 0) * share) / now
    }
  }
  const of = (group: SourceGroup) => rows.filter((r) => r.group === group).map((r) => r.cells)
  return { grid: of('grid'), public: of('public'), other: of('other') }
}

export interface Mix {
  /** Weights of `codes` for a report of that group at that instant (epoch ms); they sum to 1. */
  weights(at: number, group: SourceGroup, scene: Scene): readonly number[]
  codes: readonly string[]
}

/** The pack says nothing about what is to be simulated. */
export class NoShares extends Error {
  constructor() {
    super('the city pack gives no category a share')
  }
}

/** Only categories with a share take part. @throws NoShares when the pack gives none. */
export function openMix(all: readonly MixedCategory[], timeZone: string): Mix {
  const categories = all.filter((c) => (c.share ?? 0) > 0)
  if (categories.length === 0) throw new NoShares()
  const codes = categories.map((c) => c.code)
  const table = fitted(categories)
  const stormy = codes.filter((c) => STORM[c] !== undefined)
  const named = stormy.reduce((sum, c) => sum + (STORM[c] ?? 0), 0)
  return {
    codes,
    weights(at, group, scene) {
      const row = table[group][cityHour(at, timeZone)] ?? []
      const wet = scene === 'storm' || isWet(cityDay(at, timeZone))
      const plain = norm(codes.map((code, i) => (row[i] ?? 0) * byWeather(code, wet)))
      if (scene !== 'storm' || stormy.length === 0) return plain
      // The storm's own, and what else happens on such a day.
      const rest = codes.reduce((sum, c, i) => sum + (STORM[c] === undefined ? (plain[i] ?? 0) : 0), 0)
      return norm(codes.map((c, i) => STORM[c] ?? ((plain[i] ?? 0) / (rest || 1)) * (1 - named)))
    },
  }
}

function norm(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => (total === 0 ? 1 / weights.length : w / total))
}

/** The source of a report of a group: of the public, the hotline or a resident's own phone, and so on. */
export function sourceOf(group: SourceGroup, seed: string): Source {
  const all = (Object.entries(SOURCE_SHARES) as [Source, number][]).filter(([s]) => groupOf(s) === group)
  return pickWeighted(all, ([, share]) => share, seed, 'source')[0]
}

/** The group of a report at an instant; `shares` as reportsAnHour gives them for each group. */
export const groupAt = (perHour: Readonly<Record<SourceGroup, number>>, seed: string): SourceGroup =>
  pickWeighted(SOURCE_GROUPS, (g) => perHour[g], seed, 'group')
