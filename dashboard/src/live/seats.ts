// Which cases are in whose hand: this page says which it has and keeps saying so, and hears of the others at once.
import { useEffect, useRef, useState } from 'react'
import { io } from 'socket.io-client'
import { v4 as uuid } from 'uuid'
import { holdSeat } from '../api/desk.ts'

/** Well before a seat runs out. */
const RENEW_MS = 20_000
const SETTLE_MS = 60
const AGAIN_MS = 5_000

/** This page: the same person at two machines sits at two seats. */
const SEAT = uuid()

export interface Seats {
  /** Cases in the hand of somebody else, and of whom. */
  others: ReadonlyMap<string, string>
  /** Cases that this seat has for sure. */
  mine: ReadonlySet<string>
}

const NONE: Seats = { others: new Map(), mine: new Set() }

/** @param wanted what this page is about to decide; others are let go of. */
export function useSeats(wanted: readonly string[]): Seats {
  const [seats, setSeats] = useState(NONE)
  const latest = useRef(wanted)
  latest.current = wanted
  const key = [...wanted].sort().join()

  useEffect(() => {
    const socket = io('/desk', { transports: ['websocket'], forceNew: true, reconnectionDelayMax: AGAIN_MS })
    socket.on('held', ({ items }: { items: { caseId: string; seat: string; name: string }[] }) =>
      setSeats({
        others: new Map(items.filter((i) => i.seat !== SEAT).map((i) => [i.caseId, i.name])),
        mine: new Set(items.filter((i) => i.seat === SEAT).map((i) => i.caseId)),
      }),
    )
    let again: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      if (socket.active) return
      clearTimeout(again)
      again = setTimeout(() => socket.connect(), AGAIN_MS)
    }
    socket.on('disconnect', later)
    socket.on('connect_error', later)
    const leave = () => void holdSeat(SEAT, [], true)
    window.addEventListener('pagehide', leave)
    return () => {
      clearTimeout(again)
      socket.disconnect()
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: which cases they are is what counts, not the list that names them.
  useEffect(() => {
    let over = false
    const say = async () => {
      const answer = await holdSeat(SEAT, latest.current)
      if (over || !answer.ok) return
      const { mine, others } = answer.value
      setSeats({ mine: new Set(mine), others: new Map(others.map((o) => [o.caseId, o.name])) })
    }
    const first = setTimeout(() => void say(), SETTLE_MS)
    const renewing = setInterval(() => void say(), RENEW_MS)
    return () => {
      over = true
      clearTimeout(first)
      clearInterval(renewing)
    }
  }, [key])

  return seats
}
