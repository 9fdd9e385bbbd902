// When the reports of a history come in, and from which kind of source.
import { cityDay, dayStart } from '#domain/city-time.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { dice, openEven, openEvenChoice } from '#scripts/life/chance.ts'
import { SELF_HANDLED } from '#scripts/life/rates.ts'
import type { Town } from '#scripts/life/town.ts'
import { GROUP_SHARES, HOURLY, SOURCE_GROUPS, type SourceGroup } from '#scripts/life/volume.ts'
import { type Period, reportsByDay } from './period.ts'

export interface Slot {
  at: number
  day: string
  group: SourceGroup
  onTheSpot: boolean
  /** Given for what is to be there at the end. */
  category?: string
}

/** Instants of all reports up to the end, in order; each day's spread over its hours as each kind of source keeps them. */
export function slotsOf(period: Period, town: Town, canFix: boolean): Slot[] {
  const { seed, until } = period
  const even = openEven(`${seed} spot`)
  const choose = openEvenChoice()
  const slots: Slot[] = []
  for (const [day, total] of reportsByDay(period, town)) {
    const start = dayStart(day, town.timeZone)
    const byGroup = { grid: 0, public: 0, other: 0 }
    let onTheSpot = 0
    for (let i = 0; i < total; i++) {
      const group = choose('group', SOURCE_GROUPS, (g) => GROUP_SHARES[g], `${seed} ${day} ${i}`)
      byGroup[group] += 1
      if (canFix && group === 'grid' && even('self', SELF_HANDLED)) onTheSpot += 1
    }
    const spread = (group: SourceGroup, n: number, spot: boolean) => {
      for (let i = 0; i < n; i++) {
        const at = start + instantOfDay(group, (i + dice(seed, day, group, i, String(spot))) / n)
        // Nobody is out fixing things before it is light.
        const isLit = !spot || at - start > 6 * HOUR_MS
        if (at <= until && isLit) slots.push({ at, day, group, onTheSpot: spot })
      }
    }
    for (const group of SOURCE_GROUPS) spread(group, byGroup[group], false)
    spread('grid', onTheSpot, true)
  }
  return [...slots, ...freshSlots(until, town)].sort((a, b) => a.at - b.at)
}

/**
 * Whatever the hour, the last half hour has brought something for the operator, and something urgent for the units: the
 * desks of the living demo are not to begin empty.
 */
function freshSlots(until: number, town: Town): Slot[] {
  const fresh = (minutes: number, group: SourceGroup, category?: string): Slot[] => {
    const at = until - minutes * MINUTE_MS - 7_000
    if (category !== undefined && !town.mix.codes.includes(category)) return []
    return [
      { at, day: cityDay(at, town.timeZone), group, onTheSpot: false, ...(category ? { category } : {}) },
    ]
  }
  return [
    ...fresh(4, 'public'),
    ...fresh(13, 'public'),
    ...fresh(26, 'public'),
    ...fresh(17, 'grid', 'C0103'),
    ...fresh(38, 'public', 'E0501'),
    ...fresh(64, 'grid', 'E0505'),
    // Not of low risk, so that the duty manager files them.
    ...fresh(9, 'grid', 'E0113'),
    ...fresh(22, 'grid', 'C0284'),
    ...fresh(35, 'grid', 'E0306'),
  ]
}

/** Milliseconds into the day by which a part (0 to 1) of its reports has come in. */
function instantOfDay(group: SourceGroup, part: number): number {
  let left = part
  for (const [hour, share] of HOURLY[group].entries()) {
    if (left <= share) return Math.floor((hour + left / share) * HOUR_MS)
    left -= share
  }
  return DAY_MS - 1
}
