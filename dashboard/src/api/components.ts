// The component register 部件库, and why a case goes to a unit, as the API gives them.
import type { RoutingStep } from '#domain/case.ts'
import { request } from './request.ts'

interface Named {
  code: string
  name: string
}

export interface LessonJson {
  how: 'closed' | 'returned' | 'person'
  owner?: Named
  previous?: Named
  caseId?: string
  caseNo?: string
  by?: string
  reason?: string
  at: string
  undoneAt?: string
}

export interface ComponentJson {
  code: string
  category: Named
  owner?: Named
  packOwner?: Named
  provisional: boolean
  distanceM?: number
  learnt?: LessonJson
  /** For those who work on cases. */
  history?: LessonJson[]
}

export interface CaseRoutingJson {
  /** Recorded when it was dispatched; otherwise what rules propose now. */
  decided: boolean
  department?: Named
  coDepartments: Named[]
  zone?: Named & { kind: string }
  doubt?: string
  steps: RoutingStep[]
  returnedBy: Named[]
  component?: ComponentJson
  candidates?: ComponentJson[]
  border?: { department: Named; place: Named; share: number }[]
  letter?: { to: string; title: string; text: string }
}

export const correctOwner = (code: string, body: Record<string, unknown>, idempotencyKey: string) =>
  request<ComponentJson>(`/components/${encodeURIComponent(code)}/owner`, { body, idempotencyKey })
