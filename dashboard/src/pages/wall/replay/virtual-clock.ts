// The clock of a replay: it stands, or runs at a multiple of real time between the bounds of a day. Epoch ms.

const SPEEDS = [1, 5, 20, 60, 120, 300, 600, 1800, 3600] as const
const LEAST_SPEED = 1
const MOST_SPEED = 3600

/** A speed as given in an address, within bounds; 60 when it says nothing. */
export function speedIn(text: string | null): number {
  const speed = Math.round(Number(text))
  return text === null || !Number.isFinite(speed) || speed === 0
    ? 60
    : Math.min(MOST_SPEED, Math.max(LEAST_SPEED, speed))
}

/** The next of the usual speeds, up or down. */
export const nextSpeed = (speed: number, up: boolean): number =>
  up ? (SPEEDS.find((s) => s > speed) ?? MOST_SPEED) : (SPEEDS.findLast((s) => s < speed) ?? LEAST_SPEED)

interface VirtualClock {
  now(): number
  speed(): number
  isRunning(): boolean
  run(): void
  /** Stands still where it is, or at that instant. */
  stop(at?: number): void
  setSpeed(speed: number): void
  /** Goes on from there, running or standing as before. */
  set(at: number): void
}

/** @param tick monotonic milliseconds, e.g. performance.now */
export function createVirtualClock(tick: () => number, start: { at: number; speed: number }): VirtualClock {
  let { at, speed } = start
  /** Of the reading `at`, while it runs. */
  let since: number | undefined
  const now = () => (since === undefined ? at : at + (tick() - since) * speed)
  const anchor = (to = now()) => {
    at = to
    if (since !== undefined) since = tick()
  }
  return {
    now,
    speed: () => speed,
    isRunning: () => since !== undefined,
    run() {
      since ??= tick()
    },
    stop(to = now()) {
      at = to
      since = undefined
    },
    setSpeed(next) {
      anchor()
      speed = next
    },
    set: (to) => anchor(to),
  }
}
