// An outbox that lives as long as its component, and sends what waits when the page or the component goes.
import { useEffect, useMemo, useRef, useState } from 'react'
import { createOutbox, type Outbox } from './outbox.ts'

export const UNDO_MS = 5_000

export function useOutbox<T>(
  send: (step: T, leaving: boolean) => void,
): Outbox<T> & { waiting: readonly T[] } {
  const [waiting, setWaiting] = useState<readonly T[]>([])
  const latest = useRef(send)
  latest.current = send
  const outbox = useMemo(
    () =>
      createOutbox<T>({
        delayMs: UNDO_MS,
        send: (step, leaving) => latest.current(step, leaving),
        schedule: (run, ms) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        onChange: setWaiting,
      }),
    [],
  )
  useEffect(() => {
    const leave = () => outbox.flush(true)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      outbox.flush(false)
    }
  }, [outbox])
  return { ...outbox, waiting }
}
