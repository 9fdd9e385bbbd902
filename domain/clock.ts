/** The log's clock: epoch milliseconds, never going backwards. Tests and replays inject their own. */
export interface Clock {
  now(): number
  /** Absent where the clock goes as fast as the world, or is moved by hand. */
  readonly pace?: ClockPace
}

/** How fast the log's clock goes. Only a demo's clock (demo-clock.ts) ever goes faster than the world. */
export interface ClockPace {
  /** Its milliseconds in a real one, at least 1. */
  rate(): number
  /** Names the stretch of even pace that it is in: another text after every change, `''` while it is the world's. */
  stretch(): string
  /** Tells of every new stretch, as it begins. @returns how to stop listening. */
  onStretch(tell: () => void): () => void
}

/** The clock's milliseconds in a real one. */
export const rateOf = (clock: Clock): number => clock.pace?.rate() ?? 1

/** A clock that is moved by hand, for tests and replays. */
export class SimulatedClock implements Clock {
  #now: number
  constructor(start: number) {
    this.#now = start
  }
  now(): number {
    return this.#now
  }
  /** Moves forward to `at`; an earlier instant is ignored. */
  set(at: number): void {
    this.#now = Math.max(this.#now, at)
  }
  advance(ms: number): void {
    this.set(this.#now + ms)
  }
}
