// A past city day of the board, fact by fact: the board at any of its instants, and the changes between two instants
// drawn together so that a screen is told at most once in so many simulated seconds. Pure; read by store/past-board.ts.
import {
  applyDelta,
  BEFORE_STANDINGS,
  type BoardCase,
  type BoardDelta,
  type BoardState,
  type BoardStep,
  type Count,
  countKey,
  type CountMetric,
  MONTH_STANDINGS,
} from './board.ts'
import type { BoardSequence, DayCount } from './board-sequence.ts'

/** What one fact did to the board, in absolute values. */
export interface Moment {
  seq: number
  /** The log's clock after it, epoch ms: never earlier than that of the moment before. */
  at: number
  /** The case it is about, before and after; undefined = not on the board. */
  caseId?: string | undefined
  before?: BoardCase | undefined
  after?: BoardCase | undefined
  counts: Count[]
  step?: BoardStep | undefined
}

/** A day as it went: the board after the day's first fact, and every fact after that one, in order. */
export interface Reel {
  first: BoardState
  moments: Moment[]
}

/** Draws a fact that was just taken by `sequence` as a moment, and counts it in `state`, the board before it. */
export function momentOf(sequence: BoardSequence, state: BoardState, step?: BoardStep): Moment {
  const { touched, counts } = sequence.drain()
  const [caseId] = touched.keys()
  const before = caseId === undefined ? undefined : state.cases.get(caseId)
  const after = caseId === undefined ? undefined : sequence.boardCase(caseId)
  const moment: Moment = {
    seq: sequence.seq,
    at: sequence.at,
    counts: shownCounts(state, counts.values()),
    ...(caseId !== undefined && (before || after) ? { caseId, before, after } : {}),
    ...(step ? { step } : {}),
  }
  play(state, [moment])
  return moment
}

/** Changes of counts as the absolute ones that a board shows after them: of its day, its month, and the month before. */
export function shownCounts(
  state: Pick<BoardState, 'day' | 'month' | 'counts'>,
  changes: Iterable<Pick<DayCount, 'day' | 'key' | 'metric' | 'n'>>,
): Count[] {
  const shown = new Map<string, Count>()
  for (const { day, key, metric, n } of changes)
    for (const as of shownAs(metric, day, state)) {
      const k = countKey({ key, metric: as })
      const before = shown.get(k)?.n ?? state.counts.get(k)?.n ?? 0
      shown.set(k, { key, metric: as, n: before + n })
    }
  return [...shown.values()]
}

const MONTHLY: readonly string[] = MONTH_STANDINGS

/** What a count of a city day is called on this board, as in store/standings.ts; nothing where it is not shown. */
function shownAs(
  metric: DayCount['metric'],
  day: string,
  board: Pick<BoardState, 'day' | 'month'>,
): CountMetric[] {
  const i = MONTHLY.indexOf(metric)
  if (i < 0) return day === board.day ? [metric] : []
  const { month } = board
  const before = BEFORE_STANDINGS[i]
  if (!month || !before) return []
  return [
    ...(month.start <= day && day <= month.end ? [metric] : []),
    ...(month.before.start <= day && day <= month.before.through ? [before] : []),
  ]
}

/** Plays moments onto a board in place, as a screen would be told of them. */
export function play(state: BoardState, moments: readonly Moment[]): void {
  const delta = deltaOf(state, moments)
  if (delta) applyDelta(state, delta)
}

/** Several moments as one change; undefined of none. */
export function deltaOf(
  { epoch, day, seq }: Pick<BoardState, 'epoch' | 'day' | 'seq'>,
  moments: readonly Moment[],
): BoardDelta | undefined {
  const last = moments.at(-1)
  if (!last) return undefined
  const cases = new Map<string, BoardCase | undefined>()
  const counts = new Map<string, Count>()
  const recent: BoardStep[] = []
  for (const m of moments) {
    if (m.caseId !== undefined) cases.set(m.caseId, m.after)
    for (const c of m.counts) counts.set(countKey(c), c)
    if (m.step) recent.push(m.step)
  }
  return {
    epoch,
    prevSeq: seq,
    seq: last.seq,
    changes: {
      day,
      at: last.at,
      cases: [...cases.values()].filter((c) => c !== undefined),
      gone: [...cases].filter(([, after]) => after === undefined).map(([id]) => id),
      counts: [...counts.values()],
      recent: recent.slice(-20),
    },
  }
}

/** How many moments lie at or before an instant. */
export function momentsUntil(moments: readonly Moment[], at: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The board as it stood at an instant of the day (epoch ms): what screens showed then. */
export function boardAt({ first, moments }: Reel, at: number): BoardState {
  const state = { ...first, cases: new Map(first.cases), counts: new Map(first.counts) }
  play(state, moments.slice(0, momentsUntil(moments, at)))
  return state
}

/** Changes of one frame, and the changed cases as they were before it. */
export interface Frame {
  delta: BoardDelta
  before: ReadonlyMap<string, BoardCase>
}

/**
 * The changes after `from` up to `to` (epoch ms), one frame for all that happened in the same `stepMs`. Steps end at
 * whole multiples of it, so a screen that has taken every frame up to such an instant shows the board of that instant.
 */
export function framesOf({ first, moments }: Reel, from: number, to: number, stepMs: number): Frame[] {
  const frames: Frame[] = []
  const end = momentsUntil(moments, to)
  let at = momentsUntil(moments, from)
  let seq = moments[at - 1]?.seq ?? first.seq
  while (at < end) {
    const stepEnd = Math.ceil((moments[at]?.at ?? 0) / stepMs) * stepMs
    const until = Math.min(end, momentsUntil(moments, stepEnd))
    const part = moments.slice(at, until)
    const delta = deltaOf({ ...first, seq }, part)
    if (!delta) break
    const before = new Map<string, BoardCase>()
    const seen = new Set<string>()
    for (const m of part) {
      if (m.caseId === undefined || seen.has(m.caseId)) continue
      seen.add(m.caseId)
      if (m.before) before.set(m.caseId, m.before)
    }
    frames.push({ delta, before })
    seq = delta.seq
    at = until
  }
  return frames
}
