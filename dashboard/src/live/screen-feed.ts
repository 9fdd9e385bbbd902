// The screen's side of the live protocol, without a network: the last message about this screen, when it came by the
// page's own clock, and whether the screen has been revoked.
import type { ScreenMessage } from '#domain/wall-screen.ts'

/** What listeners see; a new object whenever something changed. */
export interface ScreenFeedView {
  message: ScreenMessage | undefined
  /** Monotonic milliseconds when the message came. */
  heardTick: number
  revoked: boolean
}

export function createScreenFeed(tick: () => number) {
  let view: ScreenFeedView = { message: undefined, heardTick: 0, revoked: false }
  const listeners = new Set<() => void>()
  const set = (next: ScreenFeedView) => {
    view = next
    for (const tell of listeners) tell()
  }
  return {
    message: (message: ScreenMessage) => set({ message, heardTick: tick(), revoked: false }),
    /** Nothing that was shown may stay. */
    revoke: () => set({ message: undefined, heardTick: tick(), revoked: true }),
    view: () => view,
    /** The server's real clock as of the last message, epoch ms; undefined before it. */
    now: () => (view.message ? view.message.at + tick() - view.heardTick : undefined),
    subscribe(tell: () => void) {
      listeners.add(tell)
      return () => {
        listeners.delete(tell)
      }
    },
  }
}

export type ScreenFeed = ReturnType<typeof createScreenFeed>
