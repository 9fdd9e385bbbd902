// Asks again now and then while the page is looked at, and as soon as it is looked at again.
import { useEffect } from 'react'

const EVERY_MS = 30_000

export function useLook(reload: () => void): void {
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && reload()
    const timer = setInterval(look, EVERY_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [reload])
}
