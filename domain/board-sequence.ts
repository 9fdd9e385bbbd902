// The board fact by fact, in the order of the feed: which cases a fact touches and what it counts on which city day. The
// projector runs it over each batch and stores the result; replay runs it over a past day. Same facts, same board.
import type { AppliedEvent } from './apply.ts'
import {
  countKeys,
  foldEvent,
  type FoldResult,
  foldTime,
  isOnBoard,
  type OpenCase,
  type TimeFact,
  toBoardCase,
} from './board-fold.ts'
import type { BoardCase, Metric, Standing } from './board.ts'
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { cityDay } from './city-time.ts'
import { type CaseStanding, standingChanges, standingOf } from './standing.ts'

/** A fact of time: a light's turn, or the beginning of a city day (`at`: epoch ms when it was noted). */
export type FeedFact = TimeFact | { kind: 'day'; day: string; at: number }

/** Where the feed stands. */
export interface SequenceHead {
  seq: number
  /** City day of the counts; null before the first fact. */
  day: string | null
  /** Log clock of the newest fact, epoch ms. */
  at: number
}

/** A change of one count of a city day, of a standing downwards too; `seq` is the fact that last changed it. */
export interface DayCount {
  day: string
  key: string
  metric: Metric | Standing
  n: number
  seq: number
}

export interface SequenceSources {
  /** The case as it stood at the head; one that has left the board folded from its log. Undefined: it is new. */
  known(caseId: string): OpenCase | undefined
  cityOf(state: CaseState): City
  /** Names the city days of the head. */
  timeZone: string
}

export class BoardSequence implements SequenceHead {
  seq: number
  day: string | null
  at: number
  /** Cases touched since the beginning or the last `drain`, with the seq of the last fact that did. */
  touched = new Map<string, number>()
  /** By `day|key|metric`: changes since then. */
  counts = new Map<string, DayCount>()
  /** What cases count in now, of those where that changed since then; undefined = in nothing any more. */
  standings = new Map<string, { seq: number; standing: CaseStanding | undefined }>()
  readonly #from: SequenceSources
  readonly #folded = new Map<string, OpenCase>()

  constructor(head: SequenceHead, from: SequenceSources) {
    this.#from = from
    this.seq = head.seq
    this.day = head.day
    this.at = head.at
  }

  /** The case after everything taken so far; also one that has left the board. */
  case(id: string): OpenCase | undefined {
    return this.#folded.get(id) ?? this.#from.known(id)
  }

  /** The case as screens see it; undefined when it is not on the board. */
  boardCase(id: string): BoardCase | undefined {
    const open = this.case(id)
    return open && isOnBoard(open.state) ? toBoardCase(open, this.#from.cityOf(open.state)) : undefined
  }

  /** Whether this is the case's next event. */
  isNext({ caseId, no }: Pick<AppliedEvent, 'caseId' | 'no'>): boolean {
    return no === (this.case(caseId)?.state.no ?? 0) + 1
  }

  /** Takes the next event of a case (see `isNext`). @returns the case after it. */
  event(event: AppliedEvent & { nth: number }): CaseState {
    const before = this.case(event.caseId)
    const result = foldEvent(before, event)
    const state = result.open?.state
    if (!state) throw new Error('an event folds to a case')
    this.#advance(event.at, cityDay(event.at, this.#from.timeZone))
    this.#settle(event.caseId, before, result, event.at, this.#from.cityOf(state))
    return state
  }

  /** Takes a fact of time. @returns the case it is about, if it is about one that is known. */
  time(fact: FeedFact): CaseState | undefined {
    this.#advance(fact.at, fact.kind === 'day' ? fact.day : cityDay(fact.at, this.#from.timeZone))
    if (fact.kind === 'day') return undefined
    const before = this.case(fact.caseId)
    if (!before) return undefined
    this.#settle(fact.caseId, before, foldTime(before, fact), fact.at, this.#from.cityOf(before.state))
    return this.case(fact.caseId)?.state
  }

  /** The city day that the board shows once a fact of this instant is in. */
  dayAfter(fact: FeedFact | { at: number }): string {
    const day = 'kind' in fact && fact.kind === 'day' ? fact.day : cityDay(fact.at, this.#from.timeZone)
    return this.day === null || day > this.day ? day : this.day
  }

  /** What was touched and counted since the last time; both begin anew. */
  drain(): Pick<BoardSequence, 'touched' | 'counts' | 'standings'> {
    const { touched, counts, standings } = this
    this.touched = new Map()
    this.counts = new Map()
    this.standings = new Map()
    return { touched, counts, standings }
  }

  #advance(at: number, day: string): void {
    this.seq += 1
    this.at = Math.max(this.at, at)
    if (this.day === null || day > this.day) this.day = day
  }

  #settle(id: string, before: OpenCase | undefined, result: FoldResult, at: number, city: City): void {
    if (result.open) this.#folded.set(id, result.open)
    this.touched.set(id, this.seq)
    if (!result.open) return
    this.#stand(id, before, result.open)
    if (result.metrics.length === 0) return
    const day = cityDay(at, city.pack.timeZone)
    for (const metric of result.metrics)
      for (const key of countKeys(result.open.state, before?.state, at, city))
        this.#count({ day, key, metric, n: 1 })
  }

  #stand(id: string, before: OpenCase | undefined, after: OpenCase): void {
    if (before === after) return
    const standing = standingOf(after, this.#from.cityOf(after.state))
    const changes = standingChanges(before && standingOf(before, this.#from.cityOf(before.state)), standing)
    if (!changes) return
    this.standings.set(id, { seq: this.seq, standing })
    for (const change of changes) this.#count(change)
  }

  #count({ day, key, metric, n }: Omit<DayCount, 'seq'>): void {
    const k = `${day}|${key}|${metric}`
    const known = this.counts.get(k)
    const seq = Math.max(this.seq, known?.seq ?? 0)
    this.counts.set(k, { day, key, metric, n: (known?.n ?? 0) + n, seq })
  }
}
