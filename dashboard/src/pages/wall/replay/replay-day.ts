// What an address says of a replay: `?replay=2026-11-19&speed=60`, and `at=11:48:00` where it stands still.
import { dayStart } from '#domain/city-time.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** The day that the address asks to replay. */
export const replayDayIn = (search: URLSearchParams): string | undefined => {
  const day = search.get('replay')
  return day !== null && DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined
}

/** `11:48` or `11:48:30` on a city day, epoch ms; undefined for anything else. */
export function instantOf(text: string | null, day: string, timeZone: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = TIME.exec(text ?? '') ?? []
  if (hours === undefined || minutes === undefined) return undefined
  return dayStart(day, timeZone) + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}
