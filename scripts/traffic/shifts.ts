// The supervisors' shifts: each goes on duty when theirs begins and off when it ends, as real ones do on their phones.
// Whoever plays with the demo and goes on or off duty by hand is left alone until their next shift begins or ends.
import type { Staff } from './staff.ts'

export interface Shifts {
  /** @param minute of the city's day */
  keep(minute: number): Promise<void>
}

export function openShifts(staff: Pick<Staff, 'supervisors' | 'onShift' | 'byName'>): Shifts {
  /** What each was last told; nothing after a start, when some may be on duty from before. */
  const told = new Map<string, boolean>()
  return {
    async keep(minute) {
      const present = new Set(staff.onShift(minute))
      for (const username of staff.supervisors) {
        const on = present.has(username)
        if (told.get(username) === on) continue
        await (await staff.byName(username)).post('/duty', { on })
        told.set(username, on)
      }
    },
  }
}
