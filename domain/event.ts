// Events of a case: the only way a case changes. They are for ever; a new schema number needs an upcaster
// in domain/upcast.ts, never an edit of an old event.
import type { Actor } from './case.ts'

export const EVENT_TYPES = [
  'reported',
  'screened',
  'decision-awaited',
  'accepted',
  'confirm-requested',
  'confirmed',
  'rejected',
  'merged',
  'filed',
  'dispatched',
  'acknowledged',
  'return-requested',
  'return-granted',
  'return-refused',
  'assigned',
  'taken',
  'claimed',
  'extension-requested',
  'extension-granted',
  'extension-refused',
  'request-approved',
  'suspension-requested',
  'suspended',
  'suspension-refused',
  'resumed',
  'replied',
  'self-handled',
  'check-requested',
  'passed',
  'failed',
  'reworked',
  'closed',
  'reopened',
  'voided',
  'overseen',
  'oversight-answered',
  'escalated',
  'urged',
  'commented',
  'appealed',
  'appeal-ruled',
  'rated',
  'papers-completed',
  'co-answered',
  'task-accepted',
  'task-handed-over',
  'erased',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Private words are kept in parts that can be erased apart: `person` is the reporter, `words` everything said. */
export const PRIVATE_PARTS = ['words', 'person'] as const
export type PrivatePart = (typeof PRIVATE_PARTS)[number]
export type PrivateParts = Partial<Record<PrivatePart, Record<string, unknown>>>

/** What `decide` returns: an event without its place in the log. */
export interface NewEvent {
  type: EventType
  /** JSON-safe facts, no personal data. */
  payload: Record<string, unknown>
  /** Words that may hold personal data; the chain keeps only a salted digest of each part. */
  private?: PrivateParts | undefined
}

export interface EventActor {
  kind: Actor['kind']
  /** Account id, or the rule's name. */
  id?: string | undefined
  /** The post in which a user acted. */
  post?: string | undefined
  department?: string | undefined
}

/** Who did it as the log keeps it; `post` is the capacity in which a user acted. */
export const asEventActor = (actor: Actor, post?: string): EventActor =>
  actor.kind === 'user'
    ? {
        kind: 'user',
        id: actor.id,
        ...(post === undefined ? {} : { post }),
        ...(actor.department === undefined ? {} : { department: actor.department }),
      }
    : actor.kind === 'rule'
      ? { kind: 'rule', id: actor.rule }
      : { kind: 'anonymous' }

/** An event as the log keeps it. */
export interface CaseEvent {
  caseId: string
  /** 1 … n within the case, without a gap. */
  no: number
  type: EventType
  schema: number
  /** Epoch milliseconds by the log's clock; never before the previous event of the case. */
  at: number
  actor: EventActor
  /** The how-manieth of its type in this case (1 = first occurrence: today's counts count only these). */
  nth: number
  payload: Record<string, unknown>
  /** Part → SHA-256 over salt and canonical JSON of its words, hex; absent when there are none. */
  privateDigests?: Partial<Record<PrivatePart, string>> | undefined
}
