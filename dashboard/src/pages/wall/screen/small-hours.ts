// A wall runs for months. What a browser keeps beside the page's own data (compiled code, graphics, video) is given back only
// with the page; so a page of more than half a day loads itself anew once in the city's small hours, when nobody looks.
import { useEffect, useRef } from 'react'
import { cityHour } from '#domain/city-time.ts'
import type { ScreenFeed } from '../../../live/screen-feed.ts'
import { isThere, ownEntry } from './fresh-page.ts'

/** From 4 to 5 in the city: after the night's reports, before the first shift. */
const HOUR = 4
const HOUR_MS = 3_600_000
const OLD_MS = 12 * HOUR_MS
/** Nobody has touched the screen for so long. */
const QUIET_MS = 10 * 60_000
const LOOK_MS = 60_000

interface Night {
  /** The server's real clock, epoch ms. */
  now: number
  timeZone: string
  /** How long this page has been open, ms. */
  age: number
  /** Since a hand was last there, ms. */
  quiet: number
  /** Something is shown from the desk, or opened here. */
  isBusy: boolean
}

export const isTimeToRenew = ({ now, timeZone, age, quiet, isBusy }: Night): boolean =>
  !isBusy && age >= OLD_MS && quiet >= QUIET_MS && cityHour(now, timeZone) === HOUR

/** @param feed has the server's real clock; a replay has none, and is never loaded anew. */
export function useSmallHours(
  feed: Pick<ScreenFeed, 'now'> | undefined,
  timeZone: string,
  isBusy: boolean,
): void {
  const touched = useRef(0)
  useEffect(() => {
    const touch = () => {
      touched.current = performance.now()
    }
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch)
    }
  }, [])
  useEffect(() => {
    const entry = ownEntry()
    if (feed === undefined || entry === undefined) return
    let over = false
    const look = async () => {
      const now = feed.now()
      const age = performance.now()
      if (now === undefined) return
      const night = { now, timeZone, age, quiet: age - touched.current, isBusy }
      if (isTimeToRenew(night) && (await isThere(entry)) && !over) location.reload()
    }
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [feed, timeZone, isBusy])
}
