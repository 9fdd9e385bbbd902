/** The log's clock: epoch milliseconds, never going backwards. Tests and replays inject their own. */
export interface Clock {
  now(): number
}

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
