// What a figure stands for: each one on the wall can name its cases, and this is the name.
import type { BoardCase, Metric } from '#domain/board.ts'
import {
  inScope,
  isDueSoon,
  isOverdue,
  isRunning,
  runningLight,
  stageDueAt,
  stageOf,
  type Stage,
} from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'

export type Drill =
  | { kind: 'urgent' }
  | { kind: 'waiting'; actions: readonly string[]; label: string }
  | { kind: 'waiting-all' }
  | { kind: 'overdue' }
  | { kind: 'due-soon' }
  | { kind: 'double' }
  | { kind: 'stage'; stage: Stage; overLimit: boolean }
  | { kind: 'suspended' }
  | { kind: 'rework' }
  | { kind: 'light'; light: Light }
  | { kind: 'all' }
  | { kind: 'department'; code: string; overdue: boolean }
  | { kind: 'departments'; codes: readonly string[] }
  | { kind: 'area'; code: string }
  | { kind: 'cases'; ids: readonly string[] }
  /** Counted today, open or not: asked of the server, since closed cases are not on the board. */
  | { kind: 'today'; metric: Metric; day: string; scope: string }

/** Handling has taken more than twice its limit. */
export const isDouble = (c: BoardCase, now: number) =>
  isRunning(c) && c.dueAt !== undefined && c.startedAt !== undefined && now - c.dueAt > c.dueAt - c.startedAt

/** Decisions of the centre; what waits for a unit or a person on the way is in the stages. */
export const isDecision = (c: BoardCase) =>
  c.waitsFor !== undefined &&
  c.waitsFor.who !== 'department' &&
  c.waitsFor.who !== 'assignee' &&
  c.waitsFor.who !== 'department-officer' &&
  c.waitsFor.who !== 'handler'

/** Reworked and still with the unit: a second round or later. */
export const isRework = (c: BoardCase) => c.round > 1 && isRunning(c)

export function matches(c: BoardCase, drill: Drill, now: number): boolean {
  switch (drill.kind) {
    case 'urgent':
      return c.urgent
    case 'waiting':
      return isDecision(c) && drill.actions.includes(c.waitsFor?.action ?? '')
    case 'waiting-all':
      return isDecision(c)
    case 'overdue':
      return isOverdue(c)
    case 'due-soon':
      return isDueSoon(c)
    case 'double':
      return isOverdue(c) && isDouble(c, now)
    case 'stage':
      return (
        stageOf(c) === drill.stage && (!drill.overLimit || (stageDueAt(c) ?? Number.POSITIVE_INFINITY) <= now)
      )
    case 'suspended':
      return c.status === 'suspended'
    case 'rework':
      return isRework(c)
    case 'light':
      return runningLight(c) === drill.light
    case 'all':
      return true
    case 'department':
      return inScope(c, `department:${drill.code}`) && (!drill.overdue || isOverdue(c))
    case 'departments':
      return drill.codes.some((code) => inScope(c, `department:${code}`))
    case 'area':
      return c.area === drill.code || c.areaPath.includes(drill.code)
    case 'cases':
      return drill.ids.includes(c.id)
    case 'today':
      return false
  }
}

/** The most pressing first: nearest to the due time that leads or longest past it, then waiting longest. */
export function byPressure(a: BoardCase, b: BoardCase): number {
  const due = (c: BoardCase) =>
    isRunning(c) || c.externalDueAt !== undefined
      ? (c.leadingDueAt ?? c.dueAt ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY
  const [x, y] = [due(a), due(b)]
  if (x !== y) return x - y
  return a.since - b.since || (a.id < b.id ? -1 : 1)
}

export function casesOf(cases: readonly BoardCase[], drill: Drill, now: number): BoardCase[] {
  if (drill.kind === 'cases') {
    const wanted = new Set(drill.ids)
    return cases.filter((c) => wanted.has(c.id)).sort(byPressure)
  }
  return cases.filter((c) => matches(c, drill, now)).sort(byPressure)
}
