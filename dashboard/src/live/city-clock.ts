// The log's clock in the browser: told by the server now and then, it goes on by itself at the pace that it was told with.
// A screen's clock that runs backwards frightens people, so a small step back is waited out.

/** A message that came late tells too early a time: for so long the reading that shows most is the right one. */
const GOOD_FOR_MS = 60_000
/** Later than this no message comes: the clock is another one. */
const LATE_MS = 10_000
/** A step back larger than this is another clock (a restored backup), and is followed. */
const HOLD_MS = 3_600_000

interface CityClock {
  /** The server's clock as it was told: epoch ms, and its milliseconds in a real one. */
  tell(reading: { at: number; rate?: number | undefined }): void
  /** Epoch ms; undefined before it was told. */
  now(): number | undefined
  /** What it showed at an earlier tick. */
  atTick(tick: number): number | undefined
  /** 1 until it was told. */
  rate(): number
}

/** @param tick monotonic milliseconds, e.g. performance.now */
export function createCityClock(tick: () => number): CityClock {
  let reading: { at: number; rate: number; tick: number } | undefined
  let shown = Number.NEGATIVE_INFINITY
  const atTick = (then: number) => reading && reading.at + (then - reading.tick) * reading.rate
  return {
    tell({ at, rate = 1 }) {
      const now = tick()
      const lateMs = ((atTick(now) ?? at) - at) / rate
      const isLate = reading?.rate === rate && lateMs > 0 && lateMs < LATE_MS
      if (reading && isLate && now - reading.tick < GOOD_FOR_MS) return
      reading = { at, rate, tick: now }
    },
    now() {
      const now = atTick(tick())
      if (now === undefined) return undefined
      shown = shown - now > HOLD_MS ? now : Math.max(shown, now)
      return shown
    },
    atTick,
    rate: () => reading?.rate ?? 1,
  }
}
