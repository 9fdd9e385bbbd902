// A value that changes at most once in a while, so that a list can be read while events pour in.
import { useEffect, useRef, useState } from 'react'

export function useCalm<T>(value: T, atMostEveryMs: number): T {
  const [shown, setShown] = useState(value)
  const changedAt = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, changedAt.current + atMostEveryMs - performance.now())
    const timer = setTimeout(() => {
      changedAt.current = performance.now()
      setShown(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, atMostEveryMs])
  return shown
}
