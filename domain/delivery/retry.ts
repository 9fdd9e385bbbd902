// When a delivery that failed is tried again: growing pauses with jitter, over about a day, then it is a dead letter. Pure.
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../days.ts'

const SECOND_MS = 1_000
/** After the first failure, the second, …; one more failure than pauses ends it. */
export const PAUSES_MS: readonly number[] = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
  8 * HOUR_MS,
]
export const MOST_ATTEMPTS = PAUSES_MS.length + 1
/** A quarter more or less, so that what failed together is not tried together. */
const JITTER = 0.25
/** What a receiver may ask for with Retry-After, at most. */
const MOST_ASKED_MS = HOUR_MS
/** A whole channel whose receiver is not there rests no longer than this between two tries. */
const LONGEST_REST_MS = 5 * MINUTE_MS

/** A channel that has only failed for so long, and so often, is switched off. */
export const OFF_AFTER_MS = 3 * DAY_MS
export const OFF_AFTER_FAILURES = 20

const jittered = (ms: number, chance: number) => Math.round(ms * (1 + JITTER * (2 * chance - 1)))

/**
 * Milliseconds until the next try; undefined = no more.
 * @param attempts how often it was tried, this time included
 * @param chance 0 to 1, at random
 * @param askedMs what the receiver asked for
 */
export function pauseMs(attempts: number, chance: number, askedMs = 0): number | undefined {
  const pause = PAUSES_MS[attempts - 1]
  return pause === undefined ? undefined : Math.max(jittered(pause, chance), Math.min(askedMs, MOST_ASKED_MS))
}

/** Milliseconds that a channel rests whose receiver could not be reached for the `failures`th time in a row. */
export const restMs = (failures: number, chance: number, askedMs = 0): number =>
  Math.max(
    Math.min(jittered(PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? 0, chance), LONGEST_REST_MS),
    Math.min(askedMs, MOST_ASKED_MS),
  )
