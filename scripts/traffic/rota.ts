// The rota 值班表 of the simulated centre: three shifts a day of a duty manager and a seat, and the leader on duty from one
// morning to the next. Kept three days ahead over the public API; a post that somebody has planned by hand is left alone.
import { HOUR_MS } from '#domain/days.ts'
import type { RotaPost, RotaTurn } from '#domain/rota.ts'
import { dayStartOf, localDay } from '#domain/zone.ts'
import type { Staff } from './staff.ts'

export interface Rota {
  /** @param now epoch ms by the log's clock */
  keep(now: number): Promise<void>
}

type Planned = Omit<RotaTurn, 'id'>

const DAYS = 3
/** A shift, and the leader's turn, begin at eight. */
const MORNING = 8
/** Invented: no such area code. */
const PHONES: Partial<Record<RotaPost, string>> = {
  'duty-manager': '0000-5550001',
  seat: '0000-5550002',
  lead: '0000-5550003',
}

/** Turns that begin on a local day. @param day days since 1970-01-01 @param names by account post, in order */
function turnsOf(day: number, timeZone: string, names: Staff['names']): Planned[] {
  const leaders = [...names('head'), ...names('leader')]
  const at = (hour: number) => dayStartOf(timeZone, day + Math.floor(hour / 24)) + (hour % 24) * HOUR_MS
  const turn = (post: RotaPost, of: readonly string[], i: number, hour: number, hours: number): Planned[] => {
    const name = of[i % of.length]
    const phone = PHONES[post]
    return name === undefined || phone === undefined
      ? []
      : [{ post, name, phone, since: at(hour), until: at(hour + hours) }]
  }
  return [
    ...turn('lead', leaders, day, MORNING, 24),
    ...[0, 1, 2].flatMap((shift) => [
      ...turn('duty-manager', names('duty-manager'), day + shift, MORNING + 8 * shift, 8),
      ...turn('seat', names('operator'), 3 * day + shift, MORNING + 8 * shift, 8),
    ]),
  ]
}

export function openRota(staff: Pick<Staff, 'names' | 'post'>, timeZone: string): Rota {
  /** The first day that is not planned yet; what is taken off an earlier one by hand stays off. */
  let next = Number.NEGATIVE_INFINITY
  return {
    async keep(now) {
      const today = localDay(timeZone, now)
      if (next >= today + DAYS) return
      const manager = await staff.post('duty-manager', 'rota')
      if (!manager) return
      const { items } = await manager.get<{ items: { post: RotaPost; since: string; until: string }[] }>(
        '/rota',
      )
      const isTaken = (t: Planned) =>
        items.some((i) => i.post === t.post && Date.parse(i.since) < t.until && t.since < Date.parse(i.until))
      // Before eight it is still yesterday's night shift.
      for (let day = Math.max(next, today - 1); day < today + DAYS; day++) {
        for (const turn of turnsOf(day, timeZone, staff.names)) {
          if (turn.until <= now || isTaken(turn)) continue
          const [since, until] = [turn.since, turn.until].map((t) => new Date(t).toISOString())
          await manager.post('/rota', { ...turn, since, until })
        }
        next = day + 1
      }
    },
  }
}
