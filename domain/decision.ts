// What a decision is made of: its context, the events or the refusal it ends in, and how words are kept apart from facts.
import type { Actor, CaseState, PossibleDuplicate } from './case.ts'
import type { City } from './city/types.ts'
import { splitPrivate } from './command.ts'
import type { NewEvent } from './event.ts'
import type { Action } from './lifecycle.ts'
import type { ReportPhoto } from './screen-evidence.ts'
import type { TaskKind } from './task.ts'

export const REFUSAL_CODES = [
  'illegal-step',
  'stale-version',
  'forbidden',
  'invalid',
  'unknown-category',
  'unknown-condition',
  'unknown-department',
  'nobody-on-duty',
  'calendar-ended',
] as const

export interface Refusal {
  code: (typeof REFUSAL_CODES)[number]
  detail: string
  /** Actions this actor may take instead. */
  allowed?: Action[]
  errors?: { path: string; message: string }[]
}

export type Decision = { ok: true; events: NewEvent[] } | { ok: false; refusal: Refusal }

export interface DecideContext {
  /** Log clock, epoch ms. */
  now: number
  actor: Actor
  city: City
  newId(): string
  /** Takes the next case number of the day for a category code. */
  takeCaseNo(category: string): string
  /** Whether the report has any words (they live in the side table). */
  hasText: boolean
  /** The description, for what screening looks for in it; nothing of it goes into the log. */
  description?: string | undefined
  /** What the photos of a report that is screened, or of a reply, say of themselves; undefined = not looked up. */
  photos?: readonly ReportPhoto[] | undefined
  /** Earlier cases that it may be a duplicate of, where the city's policy lets screening act on it. */
  duplicates?: readonly PossibleDuplicate[] | undefined
  /** Who gets a field task here; undefined when nobody can. */
  assigneeFor(kind: TaskKind, state: CaseState): string | undefined
  /** References of the payload that the edge has looked up: account or case ids. */
  resolved?: {
    into?: string | undefined
    to?: string | undefined
    handler?: string | undefined
    unit?: string | undefined
  }
  /** The version the client saw; a different one now is a refusal. */
  expectVersion?: number | undefined
}

export const refuse = (code: Refusal['code'], detail: string, more: Partial<Refusal> = {}): Decision => ({
  ok: false,
  refusal: { code, detail, ...more },
})
export const done = (...events: NewEvent[]): Decision => ({ ok: true, events })

/** An event whose facts and words are split as the payload declares. */
export function event(
  type: NewEvent['type'],
  payload: Record<string, unknown>,
  extra: Record<string, unknown> = {},
): NewEvent {
  const { facts, words } = splitPrivate(payload)
  return { type, payload: dropUndefined({ ...facts, ...extra }), ...(words ? { private: { words } } : {}) }
}

export const dropUndefined = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined))

export const unknownCategory = (code: string) =>
  refuse('unknown-category', `category ${code} is not in this city’s catalogue`, {
    errors: [{ path: '/categoryCode', message: `unknown category ${code}` }],
  })
export const unknownDepartment = (path: string, code: string) =>
  refuse('unknown-department', `department ${code} is not in this city`, {
    errors: [{ path, message: `unknown department ${code}` }],
  })
export const calendarEnded = (date: string) =>
  refuse('calendar-ended', `the working calendar has no entry from ${date} on; load a newer one`)
