// Obligations 应办事项: a stage that somebody has to finish by an instant, followed through every change of its due time,
// its pauses and its holder; and the flags that its course leaves.
import type { CaseStage, StageHolder, StageRun } from '../stage-limit.ts'
import type { EndReason, Flag, FlagFor } from './flag.ts'
import { STAGE_FLAGS, type FlagKey } from './table.ts'

/** A stretch of its course in which nothing changed. */
interface Span {
  from: number
  /** Absent = it still lasts. */
  to?: number | undefined
  kind: 'in-time' | 'overdue' | 'paused'
  unit?: string | undefined
  /** It was done by then, as its counted time says: overdue only as long as nobody knew. */
  disproved?: true
}

export interface Obligation {
  stage: Exclude<CaseStage, 'request-check'>
  id: string
  round: number
  turn: number
  /** A second-level unit's own part of the handling 二级时限. */
  isPart: boolean
  spans: readonly Span[]
  /** Who held it when its limit ran out: the lateness is theirs, whoever finishes it. */
  lateHolder?: StageHolder | undefined
  done?:
    | {
        at: number
        no: number
        by: StageHolder
        /** Absent where no limit is set: nothing can be late then. */
        onTime?: boolean | undefined
      }
    | undefined
  /** It ended without being done. `refused`: by another decision on the case. */
  over?: { at: number; why: EndReason | 'refused' } | undefined
}

/** An obligation's share of a stage that runs. */
export type ObligationRun = StageRun & { isPart?: boolean }

export const isOpen = (o: Obligation): boolean => o.done === undefined && o.over === undefined

export const begun = (run: ObligationRun, stage: Obligation['stage']): Obligation => ({
  stage,
  id: run.id,
  round: run.round,
  // A dispatch belongs to the go that it begins.
  turn: stage === 'dispatch' ? run.turn + 1 : run.turn,
  isPart: run.isPart === true,
  spans: [],
})

/** Its limit runs out a millisecond after the due instant. */
const runsOut = (run: StageRun) => (run.dueAt === undefined ? Number.POSITIVE_INFINITY : run.dueAt + 1)

/** Lived on from one event to the next: all the while the stage ran as `run` says. */
export function advanced(o: Obligation, run: ObligationRun, from: number, to: number): Obligation {
  return extended(o, run, from, to, to)
}

/** As it stands at an instant, the last stretch being open. */
export function standing(o: Obligation, run: ObligationRun, from: number, now: number): Obligation {
  return extended(o, run, from, undefined, now + 1)
}

function extended(
  o: Obligation,
  run: ObligationRun,
  from: number,
  to: number | undefined,
  seenTo: number,
): Obligation {
  const limit = run.paused ? Number.POSITIVE_INFINITY : Math.max(from, runsOut(run))
  const unit = run.holder.unit === undefined ? {} : { unit: run.holder.unit }
  const until = (end: number | undefined) => (end === undefined ? {} : { to: end })
  const isLate = limit < seenTo
  const first: Span = {
    from,
    ...until(isLate ? limit : to),
    kind: run.paused ? 'paused' : 'in-time',
    ...unit,
  }
  const late: Span[] = isLate ? [{ from: limit, ...until(to), kind: 'overdue', ...unit }] : []
  const more = [first, ...late].filter((s) => s.to === undefined || s.to > s.from)
  return {
    ...o,
    spans: more.reduce(append, o.spans),
    ...(isLate && o.lateHolder === undefined ? { lateHolder: run.holder } : {}),
  }
}

function append(spans: readonly Span[], next: Span): readonly Span[] {
  const last = spans.at(-1)
  if (last?.kind !== next.kind || last.unit !== next.unit || last.to !== next.from) return [...spans, next]
  return [...spans.slice(0, -1), { ...next, from: last.from }]
}

/**
 * Finished: in time up to and including its due instant.
 * @param counted the instant by which it is judged, at most `at`: when it was seen on site, where that counts
 */
export function finished(
  o: Obligation,
  run: ObligationRun,
  { at, no, by, counted = at }: { at: number; no: number; by: StageHolder; counted?: number },
): Obligation {
  if (run.dueAt === undefined) return { ...o, done: { at, no, by } }
  const spans = o.spans.map((s) =>
    s.kind === 'overdue' && s.from > counted ? { ...s, disproved: true as const } : s,
  )
  const wasLate = spans.some((s) => s.kind === 'overdue' && !s.disproved)
  // What stands still runs out no further; had its limit run out before, it was late then.
  const onTime = run.paused === true ? !wasLate : counted <= run.dueAt
  return {
    ...o,
    spans,
    done: { at, no, by, onTime },
    ...(onTime || o.lateHolder ? {} : { lateHolder: run.holder }),
  }
}

/** Stages that a go can have several of. */
const SEVERAL: readonly CaseStage[] = ['confirm', 'check', 'oversight']
const UNIT_STAGES: readonly CaseStage[] = ['acknowledge', 'handle', 'oversight']
/** Nobody’s in particular. */
const CITY_STAGES: readonly CaseStage[] = ['outside']

/** The flags of its course and its end; what later events take back is not its business. */
export function flagsOfObligation(o: Obligation): Flag[] {
  const names = STAGE_FLAGS[o.stage]
  const flags: Flag[] = []
  const of = SEVERAL.includes(o.stage) ? { of: o.id } : {}
  const add = (
    key: FlagKey | undefined,
    holder: FlagFor | undefined,
    at: number,
    more: Pick<Flag, 'no' | 'ended'> = {},
  ) => {
    if (key === undefined || holder === undefined) return
    flags.push({ key, for: holder, round: o.round, turn: o.turn, ...of, at, ...more })
  }
  const ended = ({ to, disproved }: Span, isLast: boolean): Pick<Flag, 'ended'> => {
    if (to === undefined) return {}
    if (disproved) return { ended: { at: to, why: 'withdrawn' } }
    const why = isLast && o.over && o.over.at === to && o.over.why !== 'refused' ? o.over.why : 'over'
    return { ended: { at: to, why } }
  }
  const forCase = (unit: string | undefined): FlagFor | undefined => {
    if (o.stage === 'close') return undefined
    if (o.isPart) return unit === undefined ? undefined : { kind: 'unit', unit }
    return UNIT_STAGES.includes(o.stage) && unit !== undefined ? { kind: 'case', unit } : { kind: 'case' }
  }
  const lateWorker = worker(o, o.lateHolder)
  for (const [i, span] of o.spans.entries()) {
    if (span.kind === 'paused') continue
    const isLast = i === o.spans.length - 1
    const end = ended(span, isLast)
    const holder = forCase(span.unit)
    add(names.undone, holder, span.from, end)
    if (span.kind === 'in-time') {
      add(names.inTime, holder, span.from, end)
      continue
    }
    add(names.overdue, holder, span.from, end)
    add(names.overdue, lateWorker, span.from, end)
    add(names.due, holder, span.from, end)
    // A late refusal is as late as a late acceptance.
    const isRefused = isLast && o.over?.why === 'refused'
    add(names.due, lateWorker, span.from, isRefused ? {} : end)
    if (o.stage !== 'handle') continue
    add('due-closed', holder, span.from, end)
    add('overdue-unclosed', holder, span.from, end)
  }
  const { done } = o
  if (done) {
    const { at, no } = done
    const holder = forCase(done.by.unit)
    const doer = worker(o, done.by)
    const unit = o.stage === 'dispatch' ? done.by.unit : undefined
    add(names.done, unit === undefined ? holder : { kind: 'case', unit }, at, { no })
    add(names.done, doer, at, { no })
    if (done.onTime !== undefined) {
      add(names.due, holder, at, { no })
      add(names.due, done.onTime ? doer : lateWorker, at, { no })
      add(done.onTime ? names.onTime : names.late, holder, at, { no })
      add(done.onTime ? names.onTime : names.late, done.onTime ? doer : lateWorker, at, { no })
    }
  }
  const overdue = o.spans.filter((s) => s.kind === 'overdue')
  const late = overdue.find((s) => !s.disproved) ?? overdue[0]
  if (late) add(names.ever, forCase(late.unit), late.from, late.disproved ? ended(late, true) : {})
  else if (done?.onTime === false) add(names.ever, forCase(done.by.unit), done.at, { no: done.no })
  return flags
}

/** Units answer as units; of everybody else it is the person and the post that count. */
function worker(o: Obligation, holder: StageHolder | undefined): FlagFor | undefined {
  if (holder === undefined || [...UNIT_STAGES, ...CITY_STAGES].includes(o.stage)) return undefined
  const { post, person } = holder
  if (post === undefined && person === undefined) return undefined
  return {
    kind: 'worker',
    ...(post === undefined ? {} : { post }),
    ...(person === undefined ? {} : { person }),
  }
}
