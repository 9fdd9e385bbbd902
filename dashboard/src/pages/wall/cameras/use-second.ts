// Counts on about once a second.
import { useEffect, useState } from 'react'

export function useSecond(): number {
  const [second, setSecond] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSecond((s) => s + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return second
}
