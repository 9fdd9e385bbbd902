// What runs against a case now, and what evaluation counts of it, as the API gives them. Instants are ISO 8601.
import type { Light } from '#domain/case.ts'
import type { RungStep } from '#domain/escalation.ts'
import type { FlagKey } from '#domain/flags/table.ts'
import type { CaseStage } from '#domain/stage-limit.ts'

export interface StageJson {
  stage: CaseStage
  startedAt: string
  dueAt?: string
  light: Light
  paused: boolean
  limit?: string
  /** Owner of the calendar: `centre`, `supervisors`, or a unit. */
  calendar: string
  calendarName: string
  unitName?: string
  post?: string
  personName?: string
}

export interface RungJson {
  rung: string
  name: string
  do?: RungStep
  stage?: CaseStage
  at: string
}

export interface ClocksJson {
  stages: StageJson[]
  passed: (RungJson & { round: number })[]
  next: (RungJson & { who: string })[]
}

export interface FlagJson {
  key: FlagKey
  name: string
  for: { kind: 'case' | 'unit' | 'worker'; unit?: string; unitName?: string; post?: string; person?: string }
  round: number
  of?: string
  at: string
  stands: boolean
  ended?: { at: string; why: string }
  excludedAt?: string
  exempt?: { at: string; about: string }
}
