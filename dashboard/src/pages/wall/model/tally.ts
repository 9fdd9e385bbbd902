// The open cases of a scope, counted and put in order as they change. It says what stageRows, lightCounts and loadBy of
// domain/board-view.ts say of the same cases (the test holds it to them), without going through all of them each time.
import type { BoardCase } from '#domain/board.ts'
import {
  departmentKey,
  isDueSoon,
  isOverdue,
  isRunning,
  runningLight,
  type Stage,
  stageDueAt,
  stageOf,
  type StageRow,
  STAGES,
  worstFirst,
  type CodeLoad,
} from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import type { RowChanges } from '../../../live/row-changes.ts'
import { byPressure, isDecision, isDouble, isRework } from '../../../components/drill/drill.ts'
import { byWaiting, keep, type Kept } from './kept.ts'

export interface UnitRow extends CodeLoad {
  /** Over twice the limit. */
  double: number
  /** Start of the longest overdue, epoch ms. */
  overdueSince: number | undefined
}

/** Urgent cases: with a running clock first, nearest deadline first; then those not sent out; then those replied. */
const urgentRank = (c: BoardCase) =>
  isRunning(c) ? 0 : c.status === 'replied' || c.status === 'checked' ? 2 : 1

const dueOf = (c: BoardCase) => stageDueAt(c) ?? Number.POSITIVE_INFINITY

interface StageKept {
  stage: Stage
  byWait: Kept
  byDue: Kept
}

const keepStage = (stage: Stage): StageKept => ({
  stage,
  byWait: keep((c) => stageOf(c) === stage, byWaiting),
  byDue: keep(
    (c) => stageOf(c) === stage && stageDueAt(c) !== undefined,
    (a, b) => dueOf(a) - dueOf(b) || (a.id < b.id ? -1 : 1),
  ),
})

export function createTally() {
  const urgent = keep(
    (c) => c.urgent,
    (a, b) => urgentRank(a) - urgentRank(b) || byPressure(a, b),
  )
  const overdue = keep(isOverdue, byPressure)
  const dueSoon = keep(isDueSoon, byPressure)
  const decisions = keep(isDecision, byWaiting)
  const stages = STAGES.map(keepStage)
  const lists = [urgent, overdue, dueSoon, decisions, ...stages.flatMap((s) => [s.byWait, s.byDue])]
  const lights: Record<Light, number> = { green: 0, yellow: 0, red: 0, none: 0 }
  const loads = new Map<string, CodeLoad>()
  let suspended = 0
  let rework = 0

  const count = (c: BoardCase, by: 1 | -1) => {
    lights[runningLight(c)] += by
    if (c.status === 'suspended') suspended += by
    if (isRework(c)) rework += by
    for (const code of departmentKey(c)) {
      const load = loads.get(code) ?? { code, open: 0, overdue: 0 }
      load.open += by
      if (isOverdue(c)) load.overdue += by
      if (load.open > 0) loads.set(code, load)
      else loads.delete(code)
    }
  }

  return {
    change(changes: RowChanges) {
      for (const c of changes.gone) count(c, -1)
      for (const c of changes.come) count(c, 1)
      for (const list of lists) list.change(changes)
    },
    urgent: urgent.rows,
    overdue: overdue.rows,
    dueSoon: dueSoon.rows,
    decisions: decisions.rows,
    counts: () => ({ lights: { ...lights }, suspended, rework }),

    stages: (now: number): StageRow[] =>
      stages.map(({ stage, byWait, byDue }) => {
        const oldest = byWait.first()
        const overLimit = byDue.countWhile((c) => dueOf(c) <= now)
        return { stage, n: byWait.count(), overLimit, ...(oldest ? { oldest } : {}) }
      }),

    /** Worst first. */
    units(now: number): UnitRow[] {
      const late = new Map<string, { double: number; overdueSince: number | undefined }>()
      for (const c of overdue.rows()) {
        const [unit] = departmentKey(c)
        if (unit === undefined) continue
        const row = late.get(unit) ?? { double: 0, overdueSince: undefined }
        if (isDouble(c, now)) row.double += 1
        if (c.dueAt !== undefined) row.overdueSince = Math.min(row.overdueSince ?? c.dueAt, c.dueAt)
        late.set(unit, row)
      }
      return [...loads.values()]
        .sort(worstFirst)
        .map((l) => ({ ...l, double: 0, overdueSince: undefined, ...late.get(l.code) }))
    },
  }
}
