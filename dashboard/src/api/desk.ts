// The centre's desk as the API gives it: cases with what a decision rests on, seats, the rota. Instants are ISO 8601.
import type { Outcome, Status } from '#domain/case.ts'
import type { HandoverItem, RotaPost } from '#domain/rota.ts'
import type { CaseJson } from './cases.ts'
import type { CaseRoutingJson } from './components.ts'
import { request } from './request.ts'
import type { DuplicateJson, PhotoReuseJson, SuggestionJson } from './screening.ts'

interface Named {
  code: string
  name: string
}

interface EarlierJson {
  caseId: string
  receiptNo: string
  caseNo?: string
  category?: Named
  status: Status
  department?: Named
  returnedBy: Named[]
  outcome?: Outcome
  at: string
  distanceM: number
}

export interface DeskItemJson {
  case: CaseJson
  /** Actions that the reader may take now. */
  offers: string[]
  routing: CaseRoutingJson
  /** The likeliest first. */
  duplicates: DuplicateJson[]
  suggestions: SuggestionJson[]
  photos: { id: string; takenAt?: string; distanceM?: number }[]
  reuse: PhotoReuseJson[]
  /** With the extension or suspension that is asked for. */
  newDueAt?: string
  earlier: EarlierJson[]
}

export const deskItems = (ids: readonly string[]) =>
  request<{ items: DeskItemJson[] }>(`/desk/items?ids=${ids.join()}`)

interface HeldJson {
  mine: string[]
  others: { caseId: string; name: string }[]
  seconds: number
}

/** `leaving`: the page goes away, the request must outlive it. */
export const holdSeat = (seat: string, cases: readonly string[], leaving = false) =>
  request<HeldJson>('/desk/seat', { method: 'PUT', body: { seat, cases }, keepalive: leaving })

export interface TurnJson {
  id: string
  post: RotaPost
  name: string
  phone?: string
  department?: Named
  since: string
  until: string
  now: boolean
}

export interface HandoverJson {
  id: string
  from: { id: string; name: string }
  givenAt: string
  to?: { id: string; name: string }
  takenAt?: string
  note: string
  items: HandoverItem[]
}

export const addTurn = (body: Record<string, unknown>) => request<TurnJson>('/rota', { body })
export const removeTurn = (id: string) => request<undefined>(`/rota/${id}`, { method: 'DELETE' })
export const giveShift = (note: string) => request<HandoverJson>('/handovers', { body: { note } })
export const takeShift = (id: string) => request<HandoverJson>(`/handovers/${id}/sign`, { body: {} })
