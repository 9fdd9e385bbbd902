// What is being written, kept on the device at every change: a page that is killed opens again with it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { draftOf, dropDraft, keepDraft } from './store.ts'

/**
 * @returns the draft (undefined while it is read), a change, and a fresh start. Changes are written one after another.
 */
export function useDraft<T>(key: string, empty: T) {
  const [draft, setDraft] = useState<T>()
  const now = useRef<T>(undefined)
  const writes = useRef<Promise<unknown>>(Promise.resolve())
  const start = useRef(empty)

  useEffect(() => {
    let isGone = false
    void draftOf<T>(key)
      // Without a store the page works; what it takes it then cannot keep, and says so when it is to.
      .catch(() => undefined)
      .then((kept) => {
        if (isGone) return
        now.current = { ...start.current, ...kept }
        setDraft(now.current)
      })
    return () => {
      isGone = true
    }
  }, [key])

  const change = useCallback(
    (next: (draft: T) => T) => {
      const changed = next(now.current ?? start.current)
      now.current = changed
      setDraft(changed)
      writes.current = writes.current.then(() => keepDraft(key, changed)).catch(() => undefined)
    },
    [key],
  )
  /** The queue has it, or nobody wants it. */
  const clear = useCallback(
    async (drop: boolean) => {
      await writes.current
      if (drop) await dropDraft(key)
      now.current = start.current
      setDraft(start.current)
    },
    [key],
  )
  /** Resolves when all changes are on the disk. */
  const settled = useCallback(() => writes.current, [])
  return { draft, change, clear, settled }
}
