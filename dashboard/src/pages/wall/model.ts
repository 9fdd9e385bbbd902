// What the wall shows of a board at an instant, computed once for all its cards. The figures are those of
// domain/board-view.ts, so that they equal GET /board.
import type { BoardCase, BoardState, BoardStep } from '#domain/board.ts'
import {
  casesIn,
  departmentKey,
  hourRows,
  inScope,
  isDueSoon,
  isOverdue,
  isRunning,
  lightCounts,
  loadBy,
  stageRows,
  todayOf,
  worstFirst,
  type CodeLoad,
  type HourRow,
  type Stage,
  type StageRow,
  type Today,
} from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { type Counted, reportedBy } from './model/today.ts'
import { type Standings, standingsOf } from './model/standings.ts'
import { byPressure, isDecision, isDouble, isRework } from '../../components/drill/drill.ts'

/** More overdue than this is a storm: lists turn to totals by unit and red is kept for twice the limit. */
export const STORM_OVERDUE = 50

/** Decisions of the centre by kind, in the order shown. `actions` are the lifecycle's. */
export const DECISIONS = ['file', 'accept', 'grant-return', 'grant-extension', 'suspend', 'close'] as const
export type DecisionKind = (typeof DECISIONS)[number] | 'dispatch' | 'rework' | 'other'
const RARE: readonly DecisionKind[] = ['dispatch', 'rework']

export interface DecisionRow {
  kind: DecisionKind
  actions: string[]
  n: number
  oldestSince: number | undefined
}

export interface UnitRow extends CodeLoad {
  /** Over twice the limit. */
  double: number
  /** Start of the longest overdue, epoch ms. */
  overdueSince: number | undefined
}

export interface WallModel {
  cases: BoardCase[]
  urgent: BoardCase[]
  decisions: DecisionRow[]
  decisionsTotal: number
  overdue: BoardCase[]
  dueSoon: BoardCase[]
  double: number
  storm: boolean
  stages: StageRow[]
  /** Where it is stuck: the stage with most cases over its limit. */
  stuck: Stage | undefined
  suspended: number
  rework: number
  today: Today
  lights: Record<Light, number>
  units: UnitRow[]
  hours: HourRow[]
  standings: Standings
  /** Today's reports by category and by source, most first; in the city scope only. */
  categories: Counted[]
  sources: Counted[]
  recent: BoardStep[]
  /** Every fact up to here is in the figures. */
  seq: number
  /** City day of today's counts, and the scope that all figures are of. */
  day: string
  scope: string
}

const TELLING = new Set([
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'acknowledged',
  'replied',
  'passed',
  'failed',
  'reworked',
  'closed',
  'rejected',
  'merged',
  'self-handled',
  'suspended',
  'resumed',
  'return-requested',
  'return-granted',
  'extension-requested',
  'extension-granted',
  'overseen',
  'reopened',
])

function decisionRows(cases: readonly BoardCase[]): DecisionRow[] {
  const rows = new Map<DecisionKind, DecisionRow>(
    [...DECISIONS, ...RARE, 'other' as const].map((kind) => [
      kind,
      { kind, actions: kind === 'other' ? [] : [kind], n: 0, oldestSince: undefined },
    ]),
  )
  for (const c of cases) {
    if (!isDecision(c) || !c.waitsFor) continue
    const { action, since } = c.waitsFor
    const row = rows.get(action as DecisionKind) ?? rows.get('other')
    if (!row) continue
    if (row.kind === 'other' && !row.actions.includes(action)) row.actions.push(action)
    row.n += 1
    row.oldestSince = Math.min(row.oldestSince ?? since, since)
  }
  return [...rows.values()].filter((r) => r.n > 0 || (DECISIONS as readonly string[]).includes(r.kind))
}

function unitRows(cases: readonly BoardCase[], now: number): UnitRow[] {
  const extra = new Map<string, { double: number; overdueSince: number | undefined }>()
  for (const c of cases) {
    const [unit] = departmentKey(c)
    if (unit === undefined || !isOverdue(c)) continue
    const row = extra.get(unit) ?? { double: 0, overdueSince: undefined }
    if (isDouble(c, now)) row.double += 1
    if (c.dueAt !== undefined) row.overdueSince = Math.min(row.overdueSince ?? c.dueAt, c.dueAt)
    extra.set(unit, row)
  }
  return loadBy(cases, departmentKey)
    .sort(worstFirst)
    .map((l) => ({ ...l, double: 0, overdueSince: undefined, ...extra.get(l.code) }))
}

/** Most over the limit; of equals the one that has waited longest. */
function stuckAt(stages: readonly StageRow[], now: number): Stage | undefined {
  const age = (row: StageRow) => (row.oldest ? now - row.oldest.since : 0)
  const late = stages.filter((row) => row.overLimit > 0)
  return late.sort((a, b) => b.overLimit - a.overLimit || age(b) - age(a))[0]?.stage
}

/** Urgent cases: with a running clock first, nearest deadline first; then those not sent out; then those replied. */
function urgentRows(cases: readonly BoardCase[]): BoardCase[] {
  const rank = (c: BoardCase) => (isRunning(c) ? 0 : c.status === 'replied' || c.status === 'checked' ? 2 : 1)
  return cases.filter((c) => c.urgent).sort((a, b) => rank(a) - rank(b) || byPressure(a, b))
}

/** @param isUnit whether a code is of a first-level unit; standings of others would count their cases twice. */
export function wallModel(
  board: BoardState,
  now: number,
  scope: string,
  isUnit?: (code: string) => boolean,
): WallModel {
  const cases = casesIn(board, scope)
  const overdue = cases.filter(isOverdue).sort(byPressure)
  const decisions = decisionRows(cases)
  const stages = stageRows(cases, now)
  const isOf = (r: BoardStep) => {
    const c = board.cases.get(r.caseId)
    return scope === 'city' || (c !== undefined && inScope(c, scope))
  }
  return {
    seq: board.seq,
    cases,
    urgent: urgentRows(cases),
    decisions,
    decisionsTotal: decisions.reduce((sum, d) => sum + d.n, 0),
    overdue,
    dueSoon: cases.filter(isDueSoon).sort(byPressure),
    double: overdue.filter((c) => isDouble(c, now)).length,
    storm: overdue.length > STORM_OVERDUE,
    stages,
    stuck: stuckAt(stages, now),
    suspended: cases.filter((c) => c.status === 'suspended').length,
    rework: cases.filter(isRework).length,
    today: todayOf(board, scope),
    lights: lightCounts(cases),
    units: unitRows(cases, now),
    hours: hourRows(board, scope),
    standings: standingsOf(board, scope, isUnit),
    categories: scope === 'city' ? reportedBy(board, 'category') : [],
    sources: scope === 'city' ? reportedBy(board, 'source') : [],
    recent: board.recent
      .filter((r) => TELLING.has(r.type) && isOf(r))
      .slice(-3)
      .reverse(),
    day: board.day,
    scope,
  }
}

/** The one case that presses most: an urgent one whose clock runs, else the longest overdue, else the next to be. */
export const pressing = ({ urgent, overdue, dueSoon }: Pick<WallModel, 'urgent' | 'overdue' | 'dueSoon'>) =>
  urgent.find(isRunning) ?? overdue[0] ?? dueSoon[0]
