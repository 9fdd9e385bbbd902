// How wide an element is by its height, as it changes.
import { useCallback, useState } from 'react'

/** Give the ref to the element; 16:9 until it has been measured. */
export function useAspect(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [aspect, setAspect] = useState(16 / 9)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element
      if (clientWidth > 0 && clientHeight > 0) setAspect(clientWidth / clientHeight)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, aspect]
}
