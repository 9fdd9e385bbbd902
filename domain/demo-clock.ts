// The demo clock 演示时钟: the log's clock of a demo may go several times as fast as the world, from any moment on, and
// never backwards. Pure; all instants are epoch ms. "Real" is the database's clock, the same for every process.

/** A line bent at one point: what the clock shows at every real instant around the newest change of pace. */
export interface DemoClock {
  /** Real instant of the newest change. Up to it the clock goes at `rateBefore`, from it on at `rate`. */
  anchoredAt: number
  /** What it shows then. */
  shows: number
  rate: number
  rateBefore: number
}

export const SLOWEST_RATE = 1
export const FASTEST_RATE = 720

/** The clock of the world: what a city that is no demo has, and a demo until somebody changes it. */
export const WORLD_CLOCK: DemoClock = { anchoredAt: 0, shows: 0, rate: 1, rateBefore: 1 }

const rateAt = (clock: DemoClock, real: number) => (real < clock.anchoredAt ? clock.rateBefore : clock.rate)

/** What it shows at a real instant. */
export const shownAt = (clock: DemoClock, real: number): number =>
  clock.shows + (real - clock.anchoredAt) * rateAt(clock, real)

/** It never did, and does not now, differ from the world's. */
export const isWorlds = ({ anchoredAt, shows, rate, rateBefore }: DemoClock): boolean =>
  anchoredAt === shows && rate === 1 && rateBefore === 1

/**
 * The same clock, going at `rate` from the real instant `from` on; until then as before. A line has one bend: a change
 * may not begin before the one before it has.
 */
export function withRate(clock: DemoClock, from: number, rate: number): DemoClock {
  if (from < clock.anchoredAt) throw new Error('the change before this one has not begun yet')
  return { anchoredAt: from, shows: shownAt(clock, from), rate, rateBefore: clock.rate }
}

/**
 * The clock when a process starts again after nobody was at work: it stood still meanwhile, so that a city nobody looked
 * after isn't late with everything; but it shows no earlier instant than the world's or the log's newest.
 * @param lastAtWork real instant at which somebody was last known to be at work
 */
export function resumed(
  clock: DemoClock,
  { lastAtWork, real, newest }: { lastAtWork: number; real: number; newest: number },
): DemoClock {
  const shows = Math.max(shownAt(clock, lastAtWork), newest, real)
  return { anchoredAt: real, shows, rate: clock.rate, rateBefore: clock.rate }
}
