// Offsets of a time zone as a few remembered stretches between clock changes, so that the usual conversion is
// arithmetic and only an instant near a clock change asks Temporal.
import { Temporal } from 'temporal-polyfill'
import { DAY_MS, dayText } from './days.ts'

/** `from` ≤ instant < `until` has this offset from UTC; all in milliseconds. */
interface Stretch {
  from: number
  until: number
  offset: number
}

interface Zone {
  last: Stretch
  stretches: Stretch[]
}

const zones = new Map<string, Zone>()

/** Offset of the zone at an instant, ms east of UTC. Throws RangeError for an unknown zone. */
export function offsetAt(timeZone: string, at: number): number {
  return stretchAt(timeZone, at).offset
}

/**
 * The instant at which clocks of the zone show a local date and time, given as that many ms after local 1970-01-01.
 * A time that a clock change skips is read with the offset before the change; one that happens twice is the first.
 */
export function instantOf(timeZone: string, local: number): number {
  const around = stretchAt(timeZone, local - DAY_MS)
  if (local + DAY_MS < around.until) return local - around.offset
  return Temporal.Instant.fromEpochMilliseconds(local)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(timeZone).epochMilliseconds
}

/** First instant of a local date (not always its midnight: some zones change clocks then). */
export function dayStartOf(timeZone: string, day: number): number {
  const local = day * DAY_MS
  const around = stretchAt(timeZone, local - DAY_MS)
  if (local + DAY_MS < around.until) return local - around.offset
  return Temporal.PlainDate.from(dayText(day)).toZonedDateTime(timeZone).epochMilliseconds
}

/** Day number of the local date at an instant. */
export function localDay(timeZone: string, at: number): number {
  return Math.floor((at + offsetAt(timeZone, at)) / DAY_MS)
}

export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function stretchAt(timeZone: string, at: number): Stretch {
  const zone = zones.get(timeZone)
  if (!zone) {
    const first = askTemporal(timeZone, at)
    zones.set(timeZone, { last: first, stretches: [first] })
    return first
  }
  if (at >= zone.last.from && at < zone.last.until) return zone.last
  let found = zone.stretches.find((s) => at >= s.from && at < s.until)
  if (!found) {
    found = askTemporal(timeZone, at)
    zone.stretches.push(found)
  }
  zone.last = found
  return found
}

function askTemporal(timeZone: string, at: number): Stretch {
  const there = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const moment = Math.floor(at)
  return {
    from: there(moment + 1).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: there(moment).getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: Math.round(there(moment).offsetNanoseconds / 1e6),
  }
}
