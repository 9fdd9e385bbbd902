// Asking for fresh knowledge from several sides at once: those who ask while one look is under way share the next one.

export interface OnceMore {
  /**
   * A look that began before the call may have missed what the caller knows of: then one more follows it, shared by all
   * who asked meanwhile. A failed look rejects for those who wait for it, not for the next.
   */
  refresh(): Promise<void>
  /** Resolves when no look is under way, however it ended. */
  settled(): Promise<void>
}

export function onceMore(look: () => Promise<void>): OnceMore {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  function refresh(): Promise<void> {
    if (!running) {
      running = look().finally(() => {
        running = undefined
      })
      return running
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return refresh()
      })
    return next
  }
  return {
    refresh,
    settled: async () => (next ?? running)?.catch(() => {}),
  }
}
