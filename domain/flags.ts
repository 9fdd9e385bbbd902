// The flags for evaluation 考核标志 of a case, computed in this one place from its log and its city: per case and per round,
// each with the instant at which it became true and for whom it counts. Formulas only combine them.
import { apply } from './apply.ts'
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { countedAt } from './device-time.ts'
import type { EventType } from './event.ts'
import { type EndReason, type Flag, joined } from './flags/flag.ts'
import { leftBy, workerOf } from './flags/marks.ts'
import {
  advanced,
  begun,
  finished,
  flagsOfObligation,
  isOpen,
  type Obligation,
  type ObligationRun,
  standing,
} from './flags/obligation.ts'
import { type TakenBack, takenBack } from './flags/taken-back.ts'
import type { AppliedEvent } from './handlers.ts'
import { partDueAt, partMoved, partOf } from './part.ts'
import { type StageHolder, stagesOf } from './stage-limit.ts'

/** What is known of a case after some of its events, as plain data: fold on, or read its flags at an instant. */
export interface FlagFold extends TakenBack {
  state: CaseState
  obligations: readonly Obligation[]
  marks: readonly Flag[]
  /** A suspension, an extension or a new round came after the second-level unit's own limit was set. */
  isPartMoved: boolean
}

/** The event that finishes each stage. Anything else that ends the stage leaves it undone. */
const FINISHES: Readonly<Record<Obligation['stage'], readonly EventType[]>> = {
  accept: ['accepted'],
  confirm: ['confirmed'],
  file: ['filed'],
  dispatch: ['dispatched'],
  acknowledge: ['acknowledged', 'claimed'],
  handle: ['replied'],
  check: ['passed', 'failed'],
  close: ['closed'],
  oversight: ['oversight-answered'],
  outside: ['closed', 'self-handled', 'rejected', 'merged', 'voided'],
}

/** Other decisions that the one who held the stage has taken instead. */
const REFUSES: readonly EventType[] = ['rejected', 'merged', 'reworked']

/** What runs: the stages of the case, and the second-level unit's part of the handling. */
function runsOf(
  state: CaseState,
  isPartMoved: boolean,
  city: City,
): (ObligationRun & Pick<Obligation, 'stage'>)[] {
  const runs: (ObligationRun & Pick<Obligation, 'stage'>)[] = []
  for (const run of stagesOf(state, city))
    if (run.stage !== 'request-check') runs.push({ ...run, stage: run.stage })
  const handle = runs.find((r) => r.stage === 'handle')
  const unit = partOf(state)
  if (handle && unit !== undefined) {
    const own = partDueAt(state, isPartMoved) ?? handle.dueAt
    runs.push({ ...handle, id: `part:${handle.turn}:${unit}`, isPart: true, holder: { unit }, dueAt: own })
  }
  return runs
}

/** The fold with one more event. @throws as `apply` does, on a log with a gap. */
export function foldFlags(fold: FlagFold | undefined, event: AppliedEvent, city: City): FlagFold {
  const before = fold?.state
  const after = apply(before, event)
  const known = fold?.obligations ?? []
  const isPartMoved = partMoved(fold?.isPartMoved === true, event.type)
  const next = runsOf(after, isPartMoved, city)
  const lived =
    fold && before
      ? runsOf(before, fold.isPartMoved, city).reduce(
          (all, run) => liveOn(all, run, next, { before, after, event }),
          known,
        )
      : known
  const isNew = (run: ObligationRun) => !lived.some((o) => o.id === run.id && isOpen(o))
  const obligations = [...lived, ...next.filter(isNew).map((run) => begun(run, run.stage))]
  const left = leftBy({ before, after, event, obligations: lived })
  return {
    state: after,
    obligations,
    marks: [...(fold?.marks ?? []), ...left.marks],
    endings: [...(fold?.endings ?? []), ...left.endings],
    exclusions: [...(fold?.exclusions ?? []), ...left.exclusions],
    exemptions: [...(fold?.exemptions ?? []), ...left.exemptions],
    isPartMoved,
  }
}

/** The obligation of a run, lived on to the event; and ended, if the event ends the stage. */
function liveOn(
  all: readonly Obligation[],
  run: ObligationRun & Pick<Obligation, 'stage'>,
  next: readonly ObligationRun[],
  { before, after, event }: { before: CaseState; after: CaseState; event: AppliedEvent },
): readonly Obligation[] {
  const i = all.findIndex((o) => o.id === run.id && isOpen(o))
  const open = all[i]
  if (!open) return all
  const lived = advanced(open, run, before.lastAt, event.at)
  return all.with(i, next.some((r) => r.id === run.id) ? lived : ended(lived, run, before, after, event))
}

function ended(
  o: Obligation,
  run: ObligationRun,
  before: CaseState,
  after: CaseState,
  event: AppliedEvent,
): Obligation {
  const { at, no, type } = event
  if (FINISHES[o.stage].includes(type))
    return finished(o, run, {
      at,
      no,
      by: finisher(o, run, before, after, event),
      counted: countedAt(event),
    })
  if (REFUSES.includes(type)) return { ...o, over: { at, why: 'refused' } }
  const why: EndReason = type === 'return-granted' ? 'returned' : 'over'
  return { ...o, over: { at, why } }
}

function finisher(
  o: Obligation,
  run: ObligationRun,
  before: CaseState,
  after: CaseState,
  event: AppliedEvent,
): StageHolder {
  switch (o.stage) {
    case 'acknowledge':
      return { unit: after.department }
    case 'handle':
      return o.isPart ? run.holder : { unit: before.department }
    case 'oversight':
      return { unit: before.department }
    case 'confirm':
    case 'check':
      return { post: 'supervisor', person: event.actor.id }
    default: {
      const { post, person } = workerOf(event) ?? {}
      return { post, person, ...(o.stage === 'dispatch' ? { unit: after.department } : {}) }
    }
  }
}

/** The flags at an instant (epoch ms), not before the fold's last event; in the order in which they became true. */
export function flagsAt(fold: FlagFold, city: City, now: number): Flag[] {
  const at = Math.max(now, fold.state.lastAt)
  const runs = runsOf(fold.state, fold.isPartMoved, city)
  const raw = fold.obligations.flatMap((o) => {
    const run = isOpen(o) ? runs.find((r) => r.id === o.id) : undefined
    return flagsOfObligation(run ? standing(o, run, fold.state.lastAt, at) : o)
  })
  return joined([...raw, ...fold.marks].map((flag) => takenBack(flag, fold)))
}

/**
 * The flags of a case from its whole log, events in order from the report on; none for an empty log.
 * @param city the pack version that the case was filed under
 * @param now epoch ms: what time alone makes true, up to and including then
 */
export function flagsOf(log: Iterable<AppliedEvent>, city: City, now: number): Flag[] {
  let fold: FlagFold | undefined
  for (const event of log) fold = foldFlags(fold, event, city)
  return fold ? flagsAt(fold, city, now) : []
}
