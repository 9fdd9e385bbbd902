// The log's clock on a phone, to the minute: limits are told by it, not by the phone's own clock. Undefined until the city
// was read once.
import { useEffect, useState } from 'react'
import { useCityInfo } from '../../api/city.ts'

const STEP_MS = 30_000

export function useCityNow(): number | undefined {
  const info = useCityInfo()
  const [read, setRead] = useState<{ of: unknown; at: number }>()
  const [, step] = useState(0)
  if (info && read?.of !== info) setRead({ of: info, at: Date.now() })
  useEffect(() => {
    const timer = setInterval(() => step((n) => n + 1), STEP_MS)
    return () => clearInterval(timer)
  }, [])
  if (!info || !read) return undefined
  // Read from the device's store without a network, it is the clock of then.
  const isNow = navigator.onLine
  return isNow ? Date.parse(info.now) + (Date.now() - read.at) * info.rate : undefined
}
