// The feed in React: one connection for a page, its view as an external store, and the server's clock by the second.
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { cityNow } from '../api/demo.ts'
import { connectLive, type Live, type LiveOptions } from './connect.ts'
import { STALE_AFTER_MS, type FeedView } from './feed.ts'

/** Connects for as long as the component lives. */
export function useConnection({ scope, token, screen }: LiveOptions): Live | undefined {
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    const connection = connectLive({ scope, token, screen })
    setLive(connection)
    return () => {
      connection.close()
      setLive(undefined)
    }
  }, [scope, token, screen])
  return live
}

const NOTHING: FeedView = { revision: 0, board: undefined, link: 'connecting' }
const never = () => () => {}

export const useFeedView = (live: Live | undefined): FeedView =>
  useSyncExternalStore(live?.subscribe ?? never, live?.view ?? (() => NOTHING))

export interface Freshness {
  /** The log's clock, epoch ms; the city's as it was read apart, or the device's, until the first message. */
  now: number
  /** The instant up to which figures are claimed: `now`, or the last message's once the data has stopped. */
  claimed: number
  /** Whole real seconds since the last message; undefined before the first. */
  ageSeconds: number | undefined
  stale: boolean
  /** What the log's clock showed at the last message, epoch ms. */
  heardAt: number | undefined
}

function freshness(live: Live | undefined): Freshness {
  const now = live?.now() ?? cityNow()
  const age = live?.age()
  if (age === undefined) return { now, claimed: now, ageSeconds: undefined, stale: false, heardAt: undefined }
  const stale = age > STALE_AFTER_MS
  const heardAt = live?.heardAt() ?? now - age
  return { now, claimed: stale ? heardAt : now, ageSeconds: Math.floor(age / 1000), stale, heardAt }
}

/** Ticks each second. */
export function useFreshness(live: Live | undefined): Freshness {
  const [value, setValue] = useState(() => freshness(live))
  useEffect(() => {
    setValue(freshness(live))
    const timer = setInterval(() => setValue(freshness(live)), 1000)
    return () => clearInterval(timer)
  }, [live])
  return value
}

export const FreshnessContext = createContext<Freshness>({
  now: 0,
  claimed: 0,
  ageSeconds: undefined,
  stale: false,
  heardAt: undefined,
})
export const useTick = () => useContext(FreshnessContext)
