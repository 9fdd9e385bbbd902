// A case, its log and the actions open to this person, as the API gives them. Instants are ISO 8601.
import type { DispatchMode, Light, RoutingStep, Source, Status, WaitsFor } from '#domain/case.ts'
import type { EventType } from '#domain/event.ts'
import type { JsonSchema } from '../components/form/schema.ts'
import { request } from './request.ts'

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
  outcome?: string
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
  /** What the reporter's device said of its time. */
  device?: {
    verdict: 'trusted' | 'corrected' | 'unchecked' | 'doubtful'
    capturedAt: string
    claimedAt: string
  }
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

export const act = (id: string, action: string, version: number, payload: Record<string, unknown>) =>
  request<CaseJson>(`/cases/${id}/actions`, { body: { ...payload, action, version } })

export const reportCase = (body: Record<string, unknown>, idempotencyKey: string) =>
  request<CaseJson>('/cases', { body, idempotencyKey })
