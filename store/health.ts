// Figures for the operator's page that are not those of monitoring (gauges.ts): what is late, and what could not be sent.
import type { Store } from './open.ts'

export interface LateFigures {
  timers: { late: number; oldestMs: number }
  deadLetters: number
}

/** @param now epoch ms of the log's clock. */
export async function readLate({ sql }: Store, now: number): Promise<LateFigures> {
  const [row] = await sql<{ late: number; oldest: Date | null; dead: number }[]>`
    select count(*)::int as late, min(fire_at) as oldest,
      (select count(*)::int from delivery where state = 'dead') as dead
    from timer where fired_at is null and fire_at < ${new Date(now)}`
  return {
    timers: { late: row?.late ?? 0, oldestMs: row?.oldest ? now - row.oldest.getTime() : 0 },
    deadLetters: row?.dead ?? 0,
  }
}
