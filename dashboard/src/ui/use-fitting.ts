// How many rows fit into a list of a given height, so that a list never clips a row and never scrolls by itself.
import { useCallback, useState } from 'react'

/**
 * Give the ref to the list. Rows are assumed equally high (the first one is measured); at most `most` are claimed.
 */
export function useFitting(
  most: number,
): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [fits, setFits] = useState(most)
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined
      const measure = () => {
        const row = element.firstElementChild?.getBoundingClientRect().height ?? 0
        if (row > 0) setFits(Math.max(1, Math.min(most, Math.floor((element.clientHeight + 1) / row))))
      }
      const observer = new ResizeObserver(measure)
      observer.observe(element)
      const changes = new MutationObserver(measure)
      changes.observe(element, { childList: true })
      measure()
      return () => {
        observer.disconnect()
        changes.disconnect()
      }
    },
    [most],
  )
  return [ref, fits]
}
