// A closed case of the simulated quarter as a template: the lines of every table it leaves rows in, with what differs cut
// out, and what the board's fold makes of each of its facts. The fold of a shifted case is the shifted fold: the rules'
// results are in the events, and whole days and less than an hour's rest move no count to another hour.
import { apply } from '#domain/apply.ts'
import { BoardSequence } from '#domain/board-sequence.ts'
import { isOnBoard, type TimeFact } from '#domain/board-fold.ts'
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import { dayNumber, HOUR_MS } from '#domain/days.ts'
import { isFinal } from '#domain/case.ts'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import type { CaseStanding } from '#domain/standing.ts'
import { dice } from '#scripts/life/chance.ts'
import { EVENT_SCHEMA } from '#store/append.ts'
import { caseColumns, taskRows } from '#store/case-row.ts'
import { canonicalJson } from '#store/hash.ts'
import type { Life } from '../history/simulate.ts'
import { copyLine, cut, escaped, instantsOf, type Slot, type Text } from './text.ts'

/** A count that a fact changes: `day` in days after the template's own first. */
export interface Change {
  day: number
  /** `key` and `metric`, by `Slots`. */
  slot: number
  n: number
}

/** An event or a fact of time, in the order in which they happened. */
export interface Item {
  at: number
  /** City days after the template's first. */
  day: number
  changes: readonly Change[]
  /** Whether the case is on the board after it. */
  open: boolean
  /** Set where this fact changes what the case counts in. */
  stands: boolean
  /** Columns of `feed` after case_id: no, type. */
  head: string
  /** … and after `at`: nth, version, category, area, department, then the fact. */
  tail: Text
  event?: EventItem
  /** Canonical JSON of a fact of time; what the feed's hash is over. */
  fact?: Text
}

export interface EventItem {
  no: number
  type: string
  canonical: Text
  /** Columns of `case_event` after case_id, up to `at`, and after it up to the digests. */
  head: string
  tail: Text
  parts: { part: string; n: 0 | 1; canonical: Text; copied: Text }[]
  /** The case number is given with this event. */
  filedAs?: string
}

export interface Template {
  items: readonly Item[]
  /** City day of the first item, as a day number; its weekday is kept. */
  day: number
  /** City days from the first to the last item. */
  days: number
  /** Every instant may move by less than this without leaving its hour, ms. */
  rest: number
  /** How many ids it has of its own, and the instants at which they were made. */
  ids: readonly number[]
  places: readonly { lng: string; lat: string }[]
  /** The row of `case` without last_hash and state; then these. */
  row: Text
  state: Text
  rowEnd: Text
  tasks: readonly Text[]
  timers: readonly Text[]
  /** Row of `standing` after case_id and seq; undefined when it counts in nothing. */
  standing?: { dispatchedOn: number; dueOn: number | undefined; rest: string } | undefined
}

/** Distinct (key, metric) of all templates, numbered. */
export class Slots {
  readonly names: { key: string; metric: string }[] = []
  readonly #known = new Map<string, number>()

  of(key: string, metric: string): number {
    const name = `${key}|${metric}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    this.#known.set(name, this.names.length)
    this.names.push({ key, metric })
    return this.names.length - 1
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const DIGESTS = ['@words@', '@person@'] as const
const PLACES = 8
const NEAR_M = 60

/**
 * Undefined for a life that cannot stand for others: it is not over, or another case is named in it.
 * @param accounts ids of people: they stay as they are.
 * @param cases ids of all cases of the history.
 */
export function templateOf(
  life: Life,
  city: City,
  slots: Slots,
  { accounts, cases }: { accounts: ReadonlySet<string>; cases: ReadonlySet<string> },
): Template | undefined {
  const { state, events, plan } = life
  if (!isFinal(state.status) || state.status === 'merged' || plan.repeats !== undefined) return undefined
  const named = new Set(JSON.stringify([events, state]).match(UUID))
  const own = [state.id, ...[...named].filter((id) => id !== state.id && !accounts.has(id))]
  if (own.some((id, i) => i > 0 && cases.has(id))) return undefined

  const known = new Map<string, Slot>(own.map((id, n) => [id, { kind: 'id', n }]))
  known.set(state.receiptNo, { kind: 'receiptNo' })
  if (state.caseNo !== undefined) known.set(state.caseNo, { kind: 'caseNo' })
  known.set(String(state.position.lng), { kind: 'lng' })
  known.set(String(state.position.lat), { kind: 'lat' })
  DIGESTS.forEach((text, n) => void known.set(text, { kind: 'digest', n }))
  // Words may name a house and a phone: those of others live elsewhere and are called on other numbers.
  const words = new Map<string, Slot>(known)
  const house = /\d+号/u.exec(plan.incident.address)?.[0]
  if (house !== undefined) words.set(house, { kind: 'house' })
  const phone = plan.incident.reporter?.phone
  if (phone !== undefined) words.set(phone, { kind: 'phone' })

  const items = itemsOf(life, city, slots, known, words)
  const first = items.items[0]
  if (!first) return undefined
  const { timeZone } = city.pack
  const day = dayNumber(cityDay(first.at, timeZone))
  const { row, rowEnd } = caseTexts(state, known)
  const stateText = cut(escaped(JSON.stringify(state)), known)
  const instants = [
    ...items.items.flatMap((i) => [i.at, ...instantsOf(i.event?.tail ?? []), ...instantsOf(i.fact ?? [])]),
    ...instantsOf(stateText),
  ]
  const last = items.items.at(-1)?.at ?? first.at
  return {
    items: items.items,
    day,
    days: dayNumber(cityDay(last, timeZone)) - day,
    rest: Math.min(...instants.map((at) => HOUR_MS - (at % HOUR_MS))),
    ids: own.map((id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)),
    places: placesNear(state, city),
    row,
    state: stateText,
    rowEnd,
    tasks: taskRows(state).map((t) =>
      cut(copyLine([t.id, t.case_id, t.kind, t.round, t.assignee, t.status, t.due_at, t.created_at]), known),
    ),
    timers: timersOf(life).map((t) => cut(copyLine([state.id, t.kind, t.round, t.fireAt, t.firedAt]), known)),
    standing: items.standing && standingText(items.standing),
  }
}

/** As store/case-row.ts has the columns; `last_hash` and `state` stand in between. */
function caseTexts(state: CaseState, known: ReadonlyMap<string, Slot>): { row: Text; rowEnd: Text } {
  const { updated_at, ...columns } = caseColumns(state)
  const line = copyLine(Object.values(columns))
  return { row: cut(`${line.slice(0, -1)}\t`, known), rowEnd: cut(`\t${copyLine([updated_at])}`, known) }
}

/** Names of the columns of `case`, in the order of `row`, `last_hash`, `state`, `rowEnd`. */
export const CASE_COLUMNS = (state: CaseState): string[] => [
  ...Object.keys(caseColumns(state)).filter((c) => c !== 'updated_at'),
  'last_hash',
  'state',
  'updated_at',
]

function standingText({ dispatchedOn, dueOn, metrics, keys }: CaseStanding): Template['standing'] {
  return {
    dispatchedOn: dayNumber(dispatchedOn),
    dueOn: dueOn === undefined ? undefined : dayNumber(dueOn),
    rest: `${copyLine([metrics, keys])}`,
  }
}

/** Those that fired, as the table keeps them. */
function timersOf({ facts, fired }: Life) {
  const iso = (at: number) => new Date(at).toISOString()
  return [
    ...facts.map((f) => ({ kind: f.kind, round: f.round, fireAt: iso(f.fireAt), firedAt: iso(f.at) })),
    ...fired
      .filter((t) => t.kind === 'resume' || t.kind === 'task' || t.kind === 'rung')
      .map((t) => ({ kind: t.kind, round: t.round, fireAt: iso(t.fireAt), firedAt: iso(t.fireAt) })),
  ]
}

/** Places a few steps away that lie in the same areas. */
function placesNear({ id, position }: CaseState, city: City): Template['places'] {
  const m = metresPerDegree(position.lat)
  const path = city.locate(position.lng, position.lat).areaPath.join()
  const places = [{ lng: String(position.lng), lat: String(position.lat) }]
  for (let n = 0; n < PLACES; n++) {
    const lng = Number((position.lng + ((dice(id, 'east', n) * 2 - 1) * NEAR_M) / m.x).toFixed(6))
    const lat = Number((position.lat + ((dice(id, 'north', n) * 2 - 1) * NEAR_M) / m.y).toFixed(6))
    if (city.locate(lng, lat).areaPath.join() === path) places.push({ lng: String(lng), lat: String(lat) })
  }
  return places
}

function itemsOf(
  { events, facts, plan: { id } }: Life,
  city: City,
  slots: Slots,
  known: ReadonlyMap<string, Slot>,
  words: ReadonlyMap<string, Slot>,
) {
  const { timeZone } = city.pack
  const board = new BoardSequence(
    { seq: 0, day: null, at: 0 },
    { known: () => undefined, cityOf: () => city, timeZone },
  )
  const all = [
    ...facts.map((fact) => ({ at: fact.at, rank: 0, no: 0, fact })),
    ...events.map((event) => ({ at: event.at, rank: 1, no: event.no, event })),
  ].sort((a, b) => a.at - b.at || a.rank - b.rank || a.no - b.no)
  const firstDay = dayNumber(cityDay(all[0]?.at ?? 0, timeZone))
  const items: Item[] = []
  let standing: CaseStanding | undefined
  let before: CaseState | undefined
  for (const one of all) {
    let state: CaseState | undefined
    if ('event' in one) {
      const { event } = one
      board.event({ caseId: id, ...event })
      before = apply(before, { caseId: id, ...event })
      state = before
    } else state = board.time(one.fact)
    const { counts, standings } = board.drain()
    const changed = standings.get(id)
    if (changed) standing = changed.standing
    const labels = [state?.version, state?.category, state?.area, state?.department]
    items.push({
      at: one.at,
      day: dayNumber(cityDay(one.at, timeZone)) - firstDay,
      changes: [...counts.values()].map(({ day, key, metric, n }) => ({
        day: dayNumber(day) - firstDay,
        slot: slots.of(key, metric),
        n,
      })),
      open: before !== undefined && isOnBoard(before),
      stands: changed !== undefined,
      ...('event' in one
        ? eventTexts(one.event, id, labels, known, words)
        : factTexts(one.fact, labels, known)),
    })
  }
  return { items, standing }
}

function factTexts(fact: TimeFact, labels: readonly unknown[], known: ReadonlyMap<string, Slot>) {
  const line = copyLine([null, ...labels, fact])
  return {
    head: `\\N\t${fact.kind}\t`,
    tail: cut(`\t${line.slice(0, -1)}\t`, known),
    fact: cut(canonicalJson(fact), known),
  }
}

function eventTexts(
  event: Life['events'][number],
  caseId: string,
  labels: readonly unknown[],
  known: ReadonlyMap<string, Slot>,
  words: ReadonlyMap<string, Slot>,
): Pick<Item, 'head' | 'tail' | 'event'> {
  const { no, type, at, actor, nth, payload } = event
  const parts = Object.entries(event.private ?? {}).map(([part, data]) => {
    const n: 0 | 1 = part === 'person' ? 1 : 0
    return {
      part,
      n,
      canonical: cut(canonicalJson(data), words),
      copied: cut(escaped(JSON.stringify(data)), words),
    }
  })
  const digests =
    parts.length === 0 ? undefined : Object.fromEntries(parts.map(({ part, n }) => [part, DIGESTS[n]]))
  const body = { caseId, no, type, schema: EVENT_SCHEMA, at, actor, nth, payload }
  const canonical = canonicalJson(digests === undefined ? body : { ...body, privateDigests: digests })
  const line = copyLine([actor, nth, payload, digests])
  return {
    head: `${no}\t${type}\t`,
    tail: [`\t${copyLine([nth, ...labels, null]).slice(0, -1)}\t`],
    event: {
      no,
      type,
      canonical: cut(canonical, known),
      head: `${no}\t${type}\t${EVENT_SCHEMA}\t`,
      tail: cut(`\t${line.slice(0, -1)}\t`, known),
      parts,
      ...(type === 'filed' && nth === 1 ? { filedAs: String(payload.category) } : {}),
    },
  }
}
