// A figure that cross-fades when it changes: noticeable, quiet, and never rolling through values that were not true.
import { useEffect, useState } from 'react'
import styles from './figure.module.css'

/** When the old figure goes, in ms: after its fade. By the clock, for a page that draws no frames hears no animation end. */
const GONE_MS = 400

/** @param name tells tests, and whoever reads the page by machine, which figure it is. */
export function Figure({ value, name }: { value: string | number; name?: string | undefined }) {
  const [shown, setShown] = useState({ now: value, before: undefined as string | number | undefined })
  if (shown.now !== value) setShown({ now: value, before: shown.now })
  useEffect(() => {
    if (shown.before === undefined) return
    const timer = setTimeout(() => setShown(({ now }) => ({ now, before: undefined })), GONE_MS)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <span className={styles.figure} data-figure={name}>
      <span key={`now-${shown.now}`} className={shown.before === undefined ? undefined : styles.enter}>
        {shown.now}
      </span>
      {shown.before !== undefined && (
        <span
          key={`before-${shown.before}-${shown.now}`}
          className={styles.leave}
          aria-hidden="true"
          data-leaving=""
        >
          {shown.before}
        </span>
      )}
    </span>
  )
}
