// What the audit asks of the noted beginnings of days: that each stands in the feed where the day begins, and names the
// cases that were open then. Compared by number and a sum over the ids, so that a year of days costs no memory.
import { cityDay } from '#domain/city-time.ts'
import type { Differ } from './audit-feed.ts'
import type { Store } from './open.ts'

const DAYS_A_READ = 50

interface NotedDay {
  day: string
  seq: number
  at: number
  /** Noted, less those that the fold had open then: 0 and 0 when they are the same. */
  n: number
  sum: number
}

/** The random end of an id as a number of 32 bits. */
const mark = (id: string) => Number.parseInt(id.slice(-8), 16) | 0

export interface DayAudit {
  /** The fold had a case on the board after facts `from` to `to` of the feed; absent = still. */
  stood(id: string, from: number, to?: number): void
  finish(timeZone: string, differ: Differ): void
}

/** Reads the days that began up to `until`, a seq of the feed. */
export async function openDayAudit({ sql }: Store, until: number): Promise<DayAudit> {
  const days: NotedDay[] = []
  for (let after = -1; ; ) {
    const rows = await sql<{ day: string; seq: string; at: Date; cases: string[] }[]>`
      select day::text, seq, at, cases from board_day
      where seq > ${after} and seq < ${until} order by seq limit ${DAYS_A_READ}`
    for (const { day, seq, at, cases } of rows) {
      const sum = cases.reduce((all, id) => all ^ mark(id), 0)
      days.push({ day, seq: Number(seq), at: at.getTime(), n: cases.length, sum })
    }
    const last = days.at(-1)
    if (rows.length < DAYS_A_READ || !last) break
    after = last.seq
  }
  return {
    stood(id, from, to = Number.POSITIVE_INFINITY) {
      for (const day of days) {
        if (day.seq < from) continue
        if (day.seq > to) break
        day.n -= 1
        day.sum ^= mark(id)
      }
    },
    finish(timeZone, differ) {
      for (const [i, { day, seq, at, n, sum }] of days.entries()) {
        if (cityDay(at, timeZone) !== day || (days[i - 1]?.day ?? '') >= day)
          differ(undefined, 'day', `${day}: noted at seq ${seq}, which is no beginning of it`)
        if (n !== 0)
          differ(undefined, 'day', `${day}: ${Math.abs(n)} cases too ${n > 0 ? 'many' : 'few'} noted as open`)
        else if (sum !== 0) differ(undefined, 'day', `${day}: other cases noted as open than were`)
      }
    },
  }
}
