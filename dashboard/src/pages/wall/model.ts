// What the wall shows of a board at an instant, computed once for all its cards from what changed. The figures are those
// of domain/board-view.ts, so that they equal GET /board.
import type { BoardCase, BoardState, BoardStep } from '#domain/board.ts'
import {
  casesIn,
  hourRows,
  inScope,
  isRunning,
  todayOf,
  type HourRow,
  type Stage,
  type StageRow,
  type Today,
} from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { rowChanges } from '../../live/row-changes.ts'
import { isDouble } from '../../components/drill/drill.ts'
import { createTally, type UnitRow } from './model/tally.ts'
import { type Counted, reportedBy } from './model/today.ts'
import { type Standings, standingsOf } from './model/standings.ts'

/** More overdue than this is a storm: lists turn to totals by unit and red is kept for twice the limit. */
export const STORM_OVERDUE = 50

/** Decisions of the centre by kind, in the order shown. `actions` are the lifecycle's. */
const DECISIONS = ['file', 'accept', 'grant-return', 'grant-extension', 'suspend', 'close'] as const
type DecisionKind = (typeof DECISIONS)[number] | 'dispatch' | 'rework' | 'other'
const RARE: readonly DecisionKind[] = ['dispatch', 'rework']

interface DecisionRow {
  kind: DecisionKind
  actions: string[]
  n: number
  oldestSince: number | undefined
}

export interface WallModel {
  cases: readonly BoardCase[]
  urgent: readonly BoardCase[]
  decisions: DecisionRow[]
  decisionsTotal: number
  overdue: readonly BoardCase[]
  dueSoon: readonly BoardCase[]
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
  /** What depends on the clock alone is judged at this instant, epoch ms. */
  judgedAt: number
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
    if (!c.waitsFor) continue
    const { action, since } = c.waitsFor
    const row = rows.get(action as DecisionKind) ?? rows.get('other')
    if (!row) continue
    if (row.kind === 'other' && !row.actions.includes(action)) row.actions.push(action)
    row.n += 1
    row.oldestSince = Math.min(row.oldestSince ?? since, since)
  }
  return [...rows.values()].filter((r) => r.n > 0 || (DECISIONS as readonly string[]).includes(r.kind))
}

/** Most over the limit; of equals the one that has waited longest. */
function stuckAt(stages: readonly StageRow[], now: number): Stage | undefined {
  const age = (row: StageRow) => (row.oldest ? now - row.oldest.since : 0)
  const late = stages.filter((row) => row.overLimit > 0)
  return late.sort((a, b) => b.overLimit - a.overLimit || age(b) - age(a))[0]?.stage
}

/** @param isUnit whether a code is of a first-level unit; standings of others would count their cases twice. */
type Follow = (board: BoardState, now: number, scope: string, isUnit?: (code: string) => boolean) => WallModel

/**
 * A model that is asked again and again of the same board: it costs what changed since the last time. Any board, scope or
 * instant may come next.
 */
export function followBoard(): Follow {
  let of: { board: BoardState; scope: string } | undefined
  let all: readonly BoardCase[] = []
  let cases: readonly BoardCase[] = []
  let tally = createTally()

  const catchUp = (board: BoardState, scope: string) => {
    if (of?.board !== board || of.scope !== scope) {
      of = { board, scope }
      all = []
      cases = []
      tally = createTally()
    }
    const now = [...board.cases.values()]
    const { gone, come } = rowChanges(all, now)
    all = now
    const changes =
      scope === 'city'
        ? { gone, come }
        : { gone: gone.filter((c) => inScope(c, scope)), come: come.filter((c) => inScope(c, scope)) }
    if (changes.gone.length + changes.come.length === 0) return
    cases = scope === 'city' ? all : casesIn(board, scope)
    tally.change(changes)
  }

  return (board, now, scope, isUnit) => {
    catchUp(board, scope)
    const overdue = tally.overdue()
    const decisions = decisionRows(tally.decisions())
    const stages = tally.stages(now)
    const units = tally.units(now)
    const isOf = (r: BoardStep) => {
      const c = board.cases.get(r.caseId)
      return scope === 'city' || (c !== undefined && inScope(c, scope))
    }
    return {
      seq: board.seq,
      judgedAt: now,
      cases,
      urgent: tally.urgent(),
      decisions,
      decisionsTotal: decisions.reduce((sum, d) => sum + d.n, 0),
      overdue,
      dueSoon: tally.dueSoon(),
      double: overdue.filter((c) => isDouble(c, now)).length,
      storm: overdue.length > STORM_OVERDUE,
      stages,
      stuck: stuckAt(stages, now),
      ...tally.counts(),
      today: todayOf(board, scope),
      units,
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
}

/** Of a board that is looked at once. */
export const wallModel: Follow = (...asked) => followBoard()(...asked)

/** The one case that presses most: an urgent one whose clock runs, else the longest overdue, else the next to be. */
export const pressing = ({ urgent, overdue, dueSoon }: Pick<WallModel, 'urgent' | 'overdue' | 'dueSoon'>) =>
  urgent.find(isRunning) ?? overdue[0] ?? dueSoon[0]
