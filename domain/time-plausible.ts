// When something was seen, as far as a device's clock can be believed: its claim is set right by the skew that the server
// saw at sending and bounded by what the server knows. Both times are kept; the policy says which counts for which step.
// Leaves out the log's order, which is always that of receipt.
import { durationText, type Finding, finding } from './finding.ts'
import { HOUR_MS, MINUTE_MS } from './days.ts'
import type { Action } from './lifecycle.ts'

export type TimeBasis = 'capture' | 'receipt'

/** What may say when the device had it: a report, and these steps. */
export const TIMED_STEPS = ['confirm', 'pass', 'fail', 'reply', 'self-handle'] as const satisfies Action[]
export type TimedStep = (typeof TIMED_STEPS)[number] | 'report'

export interface TimePolicy {
  /** A clock that differs by no more is taken to be right; also what networks and rounding may add. Milliseconds. */
  toleranceMs: number
  /** Longest that a capture may wait for a network before it is sent. Milliseconds. */
  longestOfflineMs: number
  /** Whether a capture time counts whose device did not say what its clock showed at sending. */
  trustsUnchecked: boolean
  /** Which time counts for a step's limit; `receipt` for what is not named. Of a report: when the matter was seen. */
  counts: Readonly<Partial<Record<TimedStep, TimeBasis>>>
}

/**
 * Who goes and looks is judged by when they looked, because the field has places without a network; a unit's reply by when
 * the centre had it.
 */
export const TIME_POLICY: TimePolicy = {
  toleranceMs: 2 * MINUTE_MS,
  longestOfflineMs: 24 * HOUR_MS,
  trustsUnchecked: false,
  counts: {
    confirm: 'capture',
    pass: 'capture',
    fail: 'capture',
    'self-handle': 'capture',
    reply: 'receipt',
    report: 'receipt',
  },
}

/** All instants are epoch milliseconds. */
export interface CaptureClaim {
  /** By the device's clock. */
  capturedAt?: number | undefined
  /** What the device's clock showed when it sent. */
  sentAt?: number | undefined
  /** By the server's clock. */
  receivedAt: number
  /** An earlier exchange with the same device: what both clocks showed then. */
  contact?: { deviceAt: number; serverAt: number } | undefined
  /** It cannot have been seen before this: the step that it answers, e.g. the dispatch. */
  notBefore?: number | undefined
}

export type TimeFault =
  | 'captured-after-sending'
  | 'captured-after-receipt'
  | 'captured-before-step'
  | 'captured-too-long-ago'
  | 'clock-changed'

export interface CaptureTime {
  /**
   * `trusted` the clock was right; `corrected` it was wrong by a known skew; `unchecked` nobody knows the skew; `doubtful`
   * the claim contradicts itself or the server; `absent` nothing was claimed.
   */
  verdict: 'trusted' | 'corrected' | 'unchecked' | 'doubtful' | 'absent'
  /** When it was seen, never after `receivedAt`. Of a doubtful or absent claim: `receivedAt`. */
  capturedAt: number
  receivedAt: number
  /** What the device said, when it said something. */
  claimedAt?: number | undefined
  /** How far the device's clock is ahead (negative: behind), the way to the server included. */
  skewMs?: number | undefined
  reasons: Finding<TimeFault | 'clock-ahead' | 'clock-behind' | 'skew-unknown'>[]
}

/** Sets a device's claim right. Never refuses: a claim that cannot be believed falls back to the receipt. */
export function captureTime(claim: CaptureClaim, policy: TimePolicy = TIME_POLICY): CaptureTime {
  const { capturedAt: claimedAt, sentAt, receivedAt } = claim
  if (claimedAt === undefined) return { verdict: 'absent', capturedAt: receivedAt, receivedAt, reasons: [] }
  const skewMs = sentAt === undefined ? undefined : sentAt - receivedAt
  const isRight = skewMs === undefined || Math.abs(skewMs) <= policy.toleranceMs
  const capturedAt = isRight ? claimedAt : claimedAt - skewMs
  const base = { receivedAt, claimedAt, ...(skewMs === undefined ? {} : { skewMs }) }

  const faults = faultsOf(claim, capturedAt, policy)
  if (faults.length > 0) return { ...base, verdict: 'doubtful', capturedAt: receivedAt, reasons: faults }

  // Clocks that differ within the tolerance must not put it before its cause or after its receipt.
  const accepted = Math.min(Math.max(capturedAt, claim.notBefore ?? -Infinity), receivedAt)
  if (skewMs === undefined) {
    const reason = finding(
      'skew-unknown' as const,
      'the device did not say what its clock showed at sending',
      '设备未报告发送时的时钟，无法核对',
    )
    return { ...base, verdict: 'unchecked', capturedAt: accepted, reasons: [reason] }
  }
  if (isRight) return { ...base, verdict: 'trusted', capturedAt: accepted, reasons: [] }
  const by = durationText(skewMs)
  const reason =
    skewMs > 0
      ? finding(
          'clock-ahead' as const,
          `the device’s clock is ${by.en} ahead; the capture time was set right`,
          `设备时钟快${by.zh}，已校正采集时间`,
          { skewMs },
        )
      : finding(
          'clock-behind' as const,
          `the device’s clock is ${by.en} behind; the capture time was set right`,
          `设备时钟慢${by.zh}，已校正采集时间`,
          { skewMs },
        )
  return { ...base, verdict: 'corrected', capturedAt: accepted, reasons: [reason] }
}

/** @param capturedAt the claim by the server's clock. */
function faultsOf(claim: CaptureClaim, capturedAt: number, policy: TimePolicy): Finding<TimeFault>[] {
  const { capturedAt: claimedAt = capturedAt, sentAt, receivedAt, contact, notBefore } = claim
  const { toleranceMs, longestOfflineMs } = policy
  const faults: Finding<TimeFault>[] = []
  const add = (
    code: TimeFault,
    ms: number,
    words: (d: { en: string; zh: string }) => { en: string; zh: string },
  ) => {
    const { en, zh } = words(durationText(ms))
    faults.push(finding(code, en, zh, { ms }))
  }
  if (sentAt !== undefined && claimedAt - sentAt > toleranceMs)
    add('captured-after-sending', claimedAt - sentAt, (d) => ({
      en: `captured ${d.en} after it was sent, by the device’s own clock`,
      zh: `按设备自身时钟，采集时间晚于发送时间${d.zh}`,
    }))
  else if (capturedAt - receivedAt > toleranceMs)
    add('captured-after-receipt', capturedAt - receivedAt, (d) => ({
      en: `captured ${d.en} after it arrived`,
      zh: `采集时间晚于收到时间${d.zh}`,
    }))
  if (notBefore !== undefined && notBefore - capturedAt > toleranceMs)
    add('captured-before-step', notBefore - capturedAt, (d) => ({
      en: `captured ${d.en} before the step that it answers`,
      zh: `采集时间早于所答复的环节${d.zh}`,
    }))
  if (receivedAt - capturedAt > longestOfflineMs)
    add('captured-too-long-ago', receivedAt - capturedAt, (d) => ({
      en: `captured ${d.en} before it arrived`,
      zh: `采集后${d.zh}才送达`,
    }))
  if (contact && sentAt !== undefined) {
    const change = sentAt - receivedAt - (contact.deviceAt - contact.serverAt)
    if (Math.abs(change) > toleranceMs)
      add('clock-changed', change, (d) => ({
        en: `the device’s clock was set ${change > 0 ? 'forward' : 'back'} by ${d.en} since it last spoke to the server`,
        zh: `设备时钟自上次联机后被调${change > 0 ? '快' : '慢'}${d.zh}`,
      }))
  }
  return faults
}

/** The time by which a step's limit is judged, and which of the two it is. */
export function countingTime(
  step: TimedStep,
  time: CaptureTime,
  policy: TimePolicy = TIME_POLICY,
): { at: number; basis: TimeBasis } {
  const isBelieved =
    time.verdict === 'trusted' ||
    time.verdict === 'corrected' ||
    (time.verdict === 'unchecked' && policy.trustsUnchecked)
  return policy.counts[step] === 'capture' && isBelieved
    ? { at: time.capturedAt, basis: 'capture' }
    : { at: time.receivedAt, basis: 'receipt' }
}
