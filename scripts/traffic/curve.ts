// How many reports an hour: the share of the day that falls into each hour, and the pace.

/** Percent of a day's reports in hours 00 … 23: a morning peak, a smaller one after lunch. */
const HOURLY = [
  0.2, 0.1, 0.1, 0.1, 0.2, 0.8, 4.5, 9.5, 13, 13.5, 10, 6, 2.5, 2.5, 6, 8.5, 7.5, 5, 3, 2.8, 2.2, 1.2, 0.5,
  0.3,
]
/** Reports of an ordinary working day in a county seat of 180,000. */
export const REPORTS_A_DAY = 105
/** Business volume of the demo against a real day; the pages say so. */
export const MULTIPLE = 8
/** Even at night something happens now and then, or a demo at midnight would show nothing. */
const FEWEST_AN_HOUR = 40

/** Milliseconds until the next report, exponentially spread around the hour's rate. `chance` in [0, 1). */
export function nextGap(hour: number, chance: number): number {
  const share = (HOURLY[hour] ?? 0) / 100
  const perHour = Math.max(FEWEST_AN_HOUR, REPORTS_A_DAY * MULTIPLE * share)
  return (-Math.log(1 - chance) * 3_600_000) / perHour
}
