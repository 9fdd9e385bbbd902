// What a figure stands for: each one on the wall can name its cases, and this is the name.
import type { BoardCase, Metric, Standing } from '#domain/board.ts'
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
  | {
      kind: 'today'
      metric: Metric
      day: string
      scope: string
      /** Only of these. */
      category?: string | undefined
      source?: string | undefined
    }
  /** Behind a figure of the month or of today's due times, asked of the server too. `n` is what the figure says. */
  | { kind: 'standing'; list: StandingList; n: number; day: string; scope: string }

/** What is worth a list behind a rate: those that the rate is short of. */
const STANDING_LISTS = {
  'due-today': { metric: 'dueToday' },
  'due-today-closed': { metric: 'dueTodayClosed' },
  'not-handled': { metric: 'monthDueReplied', without: 'monthReplied' },
  'not-in-time': { metric: 'monthDueReplied', without: 'monthOnTimeReplied' },
  'not-satisfied': { metric: 'monthRated', without: 'monthSatisfied' },
} as const satisfies Record<string, { metric: Standing; without?: Standing }>
export type StandingList = keyof typeof STANDING_LISTS

/** Where the server lists the cases; undefined for those that the board itself holds. */
export function pathOf(drill: Drill): string | undefined {
  if (drill.kind !== 'today' && drill.kind !== 'standing') return undefined
  const { day, scope } = drill
  const which =
    drill.kind === 'standing'
      ? STANDING_LISTS[drill.list]
      : { metric: drill.metric, category: drill.category, source: drill.source }
  const query = Object.entries({ ...which, day, scope }).flatMap(([k, v]) =>
    v === undefined ? [] : [[k, v]],
  )
  return `/board/cases?${new URLSearchParams(query)}`
}

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
    case 'standing':
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
