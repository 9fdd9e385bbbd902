// A case, its log and the actions open to this person, as the API gives them. Instants are ISO 8601.
import type { DispatchMode, Light, RoutingStep, Source, Status, WaitsFor } from '#domain/case.ts'
import type { AppealSubject } from '#domain/flags/table.ts'
import type { EventType } from '#domain/event.ts'
import type { JsonSchema } from '../components/form/schema.ts'
import { request, type RequestOptions } from './request.ts'
import type { PhotoReuseJson } from './screening.ts'

interface Named {
  code: string
  name: string
}

/** A sentence in two languages, and a code to count by. */
export interface FindingJson {
  code: string
  zh: string
  en: string
}

/** Address of an uploaded photo. */
export const photoUrl = (id: string) => `/api/v1/uploads/${id}`

export interface CaseJson {
  id: string
  receiptNo: string
  caseNo?: string
  status: Status
  version: number
  /** Number of its last event. */
  no: number
  dispatchMode: DispatchMode
  source: Source
  category?: Named
  condition?: string
  conditionText?: string
  closeCondition?: string
  limit?: string
  description?: string
  location: { lng: number; lat: number }
  area?: Named & { path: string[] }
  zone?: string
  zoneName?: string
  address?: string
  /** Upload ids, as the two below. */
  reporter?: { name?: string; phone?: string }
  photos: string[]
  afterPhotos: string[]
  checkPhotos: string[]
  department?: string
  departmentName?: string
  coDepartments: string[]
  handler?: string
  round: number
  reportedAt: string
  closedAt?: string
  repliedAt?: string
  checkedAt?: string
  dispatchedAt?: string
  outcome?: string
  /** Why it was not accepted; a code, where it was given as one. */
  rejection?: { reason?: string }
  dueAt?: string
  /** The earlier of `dueAt` and `externalDueAt`, of those that run; `leadingLight` goes by it. */
  leadingDueAt?: string
  externalDueAt?: string
  light: Light
  leadingLight: Light
  /** With the unit now, past its due time. */
  overdue: boolean
  /** A reply came after its due time. */
  late: boolean
  overseen: boolean
  duplicateOf?: string
  externalId?: string
  waitsFor?: Omit<WaitsFor, 'since'> & { since: string }
  routing?: RoutingStep[]
  screening?: { verdict: 'certain' | 'uncertain'; reasons: string[]; findings?: FindingJson[] }
  replyFindings?: FindingJson[]
  urgent: boolean
  /** Second-level unit that it was passed to. */
  unit?: string
  unitName?: string
  unitDueAt?: string
  /** What the unit asked for and nobody has decided yet. */
  request?: {
    kind: 'return' | 'extension' | 'suspension'
    reason: string
    suggested?: string
    at: string
    until?: string
    photos?: string[]
    chain?: string[]
    approved?: number
  }
  suspendedUntil?: string
  extensions: number
  returns: number
  lastReturn?: { from?: string; suggested?: string; at: string }
  oversights?: { by: string; at: string; dueAt?: string; answeredAt?: string }[]
  coAnswers?: {
    department: string
    departmentName?: string
    signedAt?: string
    arrivedAt?: string
    answeredAt?: string
  }[]
  falseReplies?: number[]
  /** 申诉 of the unit, oldest first; `granted` is absent until somebody has ruled on it. */
  appeals?: { about: AppealSubject; at: string; granted?: boolean }[]
  /** 先派后补: dispatched before its papers. */
  papersOwed?: boolean
  /** With `desk=1` only. */
  desk?: DeskJson
  /** What the reporter's device said of its time. */
  device?: {
    verdict: 'trusted' | 'corrected' | 'unchecked' | 'doubtful'
    capturedAt: string
    claimedAt: string
  }
}

/** What a desk shows beside a case. */
interface DeskJson {
  /** Actions that the reader may take now. */
  offers: string[]
  /** Working time until `dueAt`, negative past it; absent where the limit runs day and night. */
  workLeftMs?: number
  /** Posts that may decide the pending request. */
  decides?: string[]
  handlerName?: string
}

/** What a step would come to, before it is sent. */
export interface PreviewJson {
  dueAt?: string
  newDueAt?: string
  unitDueAt?: string
  findings?: FindingJson[]
  reuse?: PhotoReuseJson[]
}

export interface EventJson {
  no: number
  type: EventType
  at: string
  actor: {
    kind: 'user' | 'rule' | 'anonymous'
    id?: string
    name?: string
    post?: string
    department?: string
  }
  payload: Record<string, unknown>
  /** What people wrote; may be erased by rule. */
  words?: Record<string, unknown>
  erased?: boolean
}

export interface ActionJson {
  action: string
  label: { zh: string; en: string }
  schema: JsonSchema
}

export const act = (
  id: string,
  action: string,
  version: number,
  payload: Record<string, unknown>,
  more: Pick<RequestOptions, 'idempotencyKey' | 'keepalive'> = {},
) => request<CaseJson>(`/cases/${id}/actions`, { ...more, body: { ...payload, action, version } })

export const reportCase = (body: Record<string, unknown>, idempotencyKey: string) =>
  request<CaseJson>('/cases', { body, idempotencyKey })
