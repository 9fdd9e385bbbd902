// What the run was told was done. At the end the log must hold exactly that.

import type { EventType } from '#domain/event.ts'
import type { Action } from '#domain/lifecycle.ts'

/** What people alone do; rules take none of these steps, so that answers and events can be counted against each other. */
export const COUNTED = {
  acknowledge: 'acknowledged',
  reply: 'replied',
  pass: 'passed',
  close: 'closed',
} as const satisfies Partial<Record<Action, EventType>>
export type Counted = keyof typeof COUNTED

export interface Ledger {
  /** Id of the case by the Idempotency-Key of its report. */
  reports: Map<string, string>
  /** How often a step on a case was answered with 200, by case and action. */
  steps: Map<string, Map<Counted, number>>
  /** Photos whose upload was answered with 201. */
  photos: Set<string>
  /** Anything that should not have been answered. */
  surprises: string[]
  /** Requests that broke and were asked again with the same key. */
  retries: number
}

export const openLedger = (): Ledger => ({
  reports: new Map(),
  steps: new Map(),
  photos: new Set(),
  surprises: [],
  retries: 0,
})

export const isCounted = (action: string): action is Counted => Object.hasOwn(COUNTED, action)

export function enter({ steps }: Ledger, caseId: string, action: Counted): void {
  const of = steps.get(caseId) ?? new Map<Counted, number>()
  of.set(action, (of.get(action) ?? 0) + 1)
  steps.set(caseId, of)
}
