// What every part of the desk shares: the city, the person, the clock, decisions on their way and who has what in hand.
import { createContext, useContext } from 'react'
import type { BoardCase } from '#domain/board.ts'
import type { City } from '../../api/city.ts'
import type { Account } from '../../api/session.ts'
import type { Seats } from '../../live/seats.ts'
import type { Items } from './use-items.ts'
import type { Queue } from './model/queue.ts'
import type { Steps } from './use-steps.ts'

export interface Desk {
  user: Account
  city: City
  /** The log's clock, epoch ms. */
  now: number
  queues: readonly Queue[]
  board: ReadonlyMap<string, BoardCase>
  steps: Steps
  seats: Seats
  items: Items
  /** Says which cases this view has in hand, and which it will show next. */
  wants(inHand: readonly BoardCase[], soon: readonly BoardCase[]): void
  /** Opens one case whatever it waits for. */
  open(caseId: string | undefined): void
}

export const DeskContext = createContext<Desk | undefined>(undefined)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('a part of the desk stands outside it')
  return desk
}
