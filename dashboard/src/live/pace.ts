// How often a page follows its feed: soon after something changed, then at most a few times a second. A burst of events
// must not cost a screen its frames; nothing is left out, since what is shown is always the newest.

const SOON_MS = 50
/** Four times a second. */
const AGAIN_MS = 250

/** @param tick monotonic milliseconds. @returns what calls back once, as soon as the pace allows. */
export function paced(tick: () => number, wait: (run: () => void, ms: number) => void = setTimeout) {
  let last = Number.NEGATIVE_INFINITY
  return (run: () => void): void => {
    wait(
      () => {
        last = tick()
        run()
      },
      Math.max(SOON_MS, last + AGAIN_MS - tick()),
    )
  }
}
