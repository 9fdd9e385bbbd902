// When a camera counts as silent, and when it is tried again. Pure: ticks are monotonic milliseconds, so neither a demo's
// fast clock nor a clock set right makes a picture old.

/** 信号中断: this long without a new picture. */
export const LOST_MS = 30_000
/** A player that says nothing is broken off and begun anew after this long without a picture. */
export const STALLED_MS = 12_000
/** Where the clock did not look for so long (a hidden tab, a computer asleep), nothing is held against the camera. */
export const ABSENT_MS = 5_000

const LONGEST_WAIT_MS = 30_000

export type Signal = 'connecting' | 'live' | 'lost'

/** A moment on both clocks: `tick` to measure with, `at` (the wall's own clock, epoch ms) to show. */
export interface Moment {
  tick: number
  at: number
}

/** @param silentSince tick of the last picture, or of the first try where none came. */
export function signalOf(
  { silentSince, hasPicture, lostAfterMs }: { silentSince: number; hasPicture: boolean; lostAfterMs: number },
  tick: number,
): Signal {
  if (tick - silentSince >= lostAfterMs) return 'lost'
  return hasPicture ? 'live' : 'connecting'
}

/** How long to wait before try number `n` (1 = the first after a failure): 2, 4, 8, 16, then 30 s. */
export const retryAfterMs = (n: number) => Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.max(1, n))
