// How long things take: at the centre's desks, on the way to a place, and before a unit stirs.
import { dice, patience } from '../chance.ts'
import { HOUR_MS, type Hours, MINUTE_MS } from '../hours.ts'
import type { LifeCase, Ways } from './case.ts'

/** A desk of the centre: soon by day; at night only what is urgent, the rest after eight. */
export function atDesk(c: LifeCase, since: number, minutes: number, ways: Ways, name: string): number {
  const median = (c.risk === 'urgent' ? minutes / 2 : minutes) * MINUTE_MS
  const wait = Math.min(patience(median, c.key, c.round, name), 20 * median)
  if (ways.centre.isOpen(since + wait)) return since + wait
  if (c.risk === 'urgent') return since + wait + 2 * MINUTE_MS
  return ways.centre.opening(since + wait) + Math.min(wait, 40 * MINUTE_MS)
}

/** A supervisor on the way: within the half hour for the most part; nobody goes out at night. */
export function onSite(c: LifeCase, since: number, ways: Ways, name: string): number {
  const wait = Math.min(patience(10 * MINUTE_MS, c.key, c.round, name), 4 * HOUR_MS)
  const start = ways.shift.opening(since)
  // What has gathered over night is gone round one by one.
  const round = start > since ? dice(c.key, c.round, name, 'queue') * 70 * MINUTE_MS : 0
  return ways.shift.add(start, wait + round)
}

/** Out of hours a unit moves only where its limit runs on. */
export const soonest = (c: LifeCase, since: number, wait: number, hours: Hours): number =>
  c.continuous || hours.isOpen(since + wait)
    ? since + wait
    : hours.opening(since + wait) + Math.min(wait, 25 * MINUTE_MS)
