// Puts a made history into the log: pieces in order of time, each appended in one transaction, while the projector and the
// timers follow as they would follow a living city. What an interrupted run has appended is not appended again.
import { createHash } from 'node:crypto'
import { apply } from '#domain/apply.ts'
import type { Stamped } from '#domain/automate.ts'
import type { CaseState } from '#domain/case.ts'
import { dayStart } from '#domain/city-time.ts'
import { addDays, DAY_MS } from '#domain/days.ts'
import type { LoadedCase } from '#store/append.ts'
import { appendPiece, lastHashes, type Piece, skipReader } from '#store/history.ts'
import { NOTICE_READER } from '#store/notices.ts'
import type { Store } from '#store/open.ts'
import type { Projector } from '#store/projector.ts'
import type { CityFor } from '#store/cities.ts'
import { followTimers } from '#store/timers.ts'
import type { History } from './make.ts'
import type { FiredTimer } from './simulate.ts'

/** Events and facts a piece: large enough to be quick, small enough to be one statement. */
const A_PIECE = 2_500

type Item = { at: number; caseId: string; no: number } & (
  | { event: Stamped }
  | { fact: Piece['facts'][number] }
  /** Fired; its effect is an event. */
  | { timer: FiredTimer }
)

/** Everything in the order in which it happened; at one instant days begin first, then lights turn. */
function itemsOf({ lives, period }: History, timeZone: string): Item[] {
  const items: Item[] = []
  for (let day = period.from; dayStart(day, timeZone) <= period.until; day = addDays(day, 1)) {
    const at = dayStart(day, timeZone)
    items.push({ at, caseId: '', no: -1, fact: { kind: 'day', day, at } })
  }
  for (const life of lives) {
    for (const fact of life.facts) items.push({ at: fact.at, caseId: fact.caseId, no: 0, fact })
    for (const timer of life.fired)
      if (timer.kind === 'resume' || timer.kind === 'task' || timer.kind === 'rung')
        items.push({ at: timer.fireAt, caseId: life.plan.id, no: 0, timer })
    for (const event of life.events) items.push({ at: event.at, caseId: life.plan.id, no: event.no, event })
  }
  const rank = (i: Item) => ('event' in i ? 2 : i.caseId === '' ? 0 : 1)
  return items.sort(
    (a, b) =>
      a.at - b.at || rank(a) - rank(b) || (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : a.no - b.no),
  )
}

/** Pieces as index ranges; events of one instant stay together. */
function cut(items: readonly Item[], size: number): [number, number][] {
  const pieces: [number, number][] = []
  for (let from = 0; from < items.length; ) {
    let to = Math.min(from + size, items.length)
    while (to < items.length && items[to]?.at === items[to - 1]?.at) to += 1
    pieces.push([from, to])
    from = to
  }
  return pieces
}

/** Names what would be appended, without the salts that make each run's hashes its own. */
export function fingerprintOf(history: History): string {
  const hash = createHash('sha256')
  for (const { plan, events, facts } of history.lives) {
    hash.update(`${plan.id} ${plan.receiptNo} ${facts.length}\n`)
    for (const e of events) hash.update(`${e.type} ${e.at} ${e.actor.id ?? ''} ${e.payload.caseNo ?? ''}\n`)
  }
  return hash.digest('hex')
}

export interface LoadContext {
  store: Store
  projector: Projector
  cityFor: CityFor
  timeZone: string
  /** Pieces that an earlier run has appended. */
  done: number
  /** Events and facts a piece; the same when a run is taken up. */
  pieceSize?: number | undefined
  onProgress(done: number, of: number): void
}

/** Appends what is missing and lets the readers come to its end. */
export async function loadHistory(history: History, context: LoadContext): Promise<void> {
  const { store, projector, cityFor, timeZone, done, pieceSize = A_PIECE, onProgress } = context
  const items = itemsOf(history, timeZone)
  const pieces = cut(items, pieceSize)
  const cases = new Map<string, LoadedCase>()
  if (done > 0) await takeUp(items.slice(0, pieces[done - 1]?.[1] ?? 0), cases, store)
  // The projector works on one piece while the next is being made.
  let following = Promise.resolve(0)
  for (const [i, [from, to]] of pieces.entries()) {
    if (i < done) continue
    await append(i + 1, items.slice(from, to), cases, store)
    await following
    following = projector.catchUp()
    following.catch(() => {})
    onProgress(to, items.length)
  }
  await following
  await projector.catchUp()
  while ((await followTimers(store, cityFor)) > 0);
  // What rules had to do is in the log: no job is wanted for any of it.
  await skipReader(store, 'automation')
  // And of its notices those of the last day only: what is older nobody would read.
  await skipReader(store, NOTICE_READER, history.period.until - DAY_MS)
}

/** The cases as an earlier run left them: folded from the same events, with the hashes that the log has. */
async function takeUp(items: readonly Item[], cases: Map<string, LoadedCase>, store: Store): Promise<void> {
  const states = new Map<string, CaseState>()
  for (const item of items) if ('event' in item) states.set(item.caseId, next(states.get(item.caseId), item))
  const hashes = await lastHashes(store, [...states.keys()])
  for (const [id, state] of states) {
    const hash = hashes.get(id)
    if (!hash) throw new Error(`case ${state.receiptNo} of the history is not in the log`)
    cases.set(id, { state, hash })
  }
}

const next = (
  state: CaseState | undefined,
  { caseId, event }: Extract<Item, { event: Stamped }>,
): CaseState =>
  apply(state, {
    caseId,
    no: event.no,
    type: event.type,
    at: event.at,
    actor: event.actor,
    payload: event.payload,
  })

async function append(
  number: number,
  items: readonly Item[],
  cases: Map<string, LoadedCase>,
  store: Store,
): Promise<void> {
  const entries = new Map<string, Piece['entries'][number]>()
  const facts: Piece['facts'] = []
  const timers: Piece['timers'] = []
  for (const item of items) {
    if ('fact' in item) {
      const { fact } = item
      facts.push(fact)
      timers.push(
        fact.kind === 'day'
          ? { caseId: null, kind: 'day', round: 0, fireAt: fact.at, firedAt: fact.at }
          : {
              caseId: fact.caseId,
              kind: fact.kind,
              round: fact.round,
              fireAt: fact.fireAt,
              firedAt: fact.at,
            },
      )
      continue
    }
    if ('timer' in item) {
      const { kind, round, fireAt } = item.timer
      timers.push({ caseId: item.caseId, kind, round, fireAt, firedAt: fireAt })
      continue
    }
    const { caseId, event } = item
    const entry = entries.get(caseId)
    const state = next(entry?.state ?? cases.get(caseId)?.state, item)
    if (entry) {
      entry.state = state
      entry.events.push(event)
    } else entries.set(caseId, { before: cases.get(caseId), state, events: [event] })
  }
  const list = [...entries.values()]
  const hashes = await appendPiece(store, { number, entries: list, facts, timers })
  for (const [i, { state }] of list.entries())
    cases.set(state.id, { state, hash: hashes[i] ?? new Uint8Array() })
}
