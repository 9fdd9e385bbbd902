// What the log keeps of a device's own times in a step: what it said, what of that can be believed, and whether it counts.
// An event's `at` is always the log's clock at receipt; `countedAt` stands beside it only where another time counts.
import type { City } from './city/types.ts'
import { screeningPolicies } from './city/screening-policies.ts'
import type { Finding } from './finding.ts'
import {
  type CaptureTime,
  captureTime,
  countingTime,
  type TimeBasis,
  type TimedStep,
} from './time-plausible.ts'

/** By the device's clock, epoch ms: when it was seen, and what the clock showed at sending. */
export interface DeviceTimes {
  capturedAt?: number | undefined
  sentAt?: number | undefined
}

/** Epoch ms. The time of receipt is the event's `at`. */
export interface DeviceTime {
  verdict: Exclude<CaptureTime['verdict'], 'absent'>
  /** As the device said it. */
  claimedAt: number
  /** By the server's clock, within what can be true; the receipt for what is doubtful. */
  capturedAt: number
  /** How far the device's clock is ahead, the way to the server included. */
  skewMs?: number | undefined
  /** Which of the two the policy counts here. */
  counts: TimeBasis
  /** What is wrong with the claim, or was set right; absent when nothing is. */
  reasons?: Finding[] | undefined
}

/** Facts for an event's payload: nothing where the device said nothing. */
export function deviceFacts(
  step: TimedStep,
  times: DeviceTimes,
  { now, city, notBefore }: { now: number; city: City; notBefore?: number | undefined },
): { device?: DeviceTime; countedAt?: number } {
  const policy = screeningPolicies(city.pack.policies.screening).time
  const time = captureTime({ ...times, receivedAt: now, notBefore }, policy)
  const { verdict, claimedAt, capturedAt, skewMs, reasons } = time
  if (verdict === 'absent' || claimedAt === undefined) return {}
  const { at, basis } = countingTime(step, time, policy)
  const device: DeviceTime = {
    verdict,
    claimedAt,
    capturedAt,
    ...(skewMs === undefined ? {} : { skewMs }),
    counts: basis,
    ...(reasons.length === 0 ? {} : { reasons }),
  }
  return { device, ...(at === now ? {} : { countedAt: at }) }
}

/** A payload's `capturedAt` and `sentAt` (ISO) as instants, and the rest of it. */
export function splitTimes<T extends { capturedAt?: string; sentAt?: string }>({
  capturedAt,
  sentAt,
  ...rest
}: T): { times: DeviceTimes; rest: Omit<T, 'capturedAt' | 'sentAt'> } {
  const instant = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso))
  return { times: { capturedAt: instant(capturedAt), sentAt: instant(sentAt) }, rest }
}

/** The instant by which a step is judged: the receipt, unless its event says otherwise. Never after the receipt. */
export function countedAt({ at, payload }: { at: number; payload: Record<string, unknown> }): number {
  return typeof payload.countedAt === 'number' ? Math.min(payload.countedAt, at) : at
}
