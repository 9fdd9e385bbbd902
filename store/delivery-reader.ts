// From the feed to the outbox: which event goes to which channel, in which words of codes, one row each however often it is
// read. Rows and cursor commit together, so neither a lost queue nor a restart loses or doubles one.
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { apply } from '#domain/apply.ts'
import { calendarWarnings } from '#domain/calendar-warning.ts'
import type { CaseState, Post } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { type ChannelKind, type ChannelSettings, isPersonal } from '#domain/delivery/channel.ts'
import {
  groupOf,
  lightNotices,
  mayTell,
  type OutsideNotice,
  outsideNotices,
  type StoredNotice,
  storedCase,
} from '#domain/delivery/outside-notice.ts'
import { isWithin, webhookEvent, webhookKind } from '#domain/delivery/webhook.ts'
import { audienceKey, audiencesOf, calendarNotices } from '#domain/notice.ts'
import { type CityFor, cityOfCase } from './cities.ts'
import { caseLogs } from './case-logs.ts'
import { NEWS_MS } from './notices.ts'
import type { Store } from './open.ts'
import { addDeliveries, type NewDelivery } from './outbox.ts'
import { type FeedRow, readFeed } from './readers.ts'

export const DELIVERY_READER = 'deliveries'

interface Taker {
  id: string
  kind: ChannelKind
  settings: ChannelSettings
  fromSeq: number
}

interface Person {
  id: string
  audiences: readonly string[]
  email: boolean
  mobile: boolean
}

/** One row of the feed with the case around it. */
interface Happened {
  row: FeedRow
  before?: CaseState | undefined
  after: CaseState
  notices: OutsideNotice[]
}

export interface FollowDeliveries {
  cityFor: CityFor
  /** The log's clock, epoch ms: what is a week old is told nobody. */
  now(): number
  /** For links. */
  publicUrl?: string | undefined
  /** There is something to send. */
  onNew(): void
}

/** @returns facts read. */
export async function followDeliveries(
  store: Store,
  { cityFor, now, publicUrl, onNew }: FollowDeliveries,
): Promise<number> {
  let written = 0
  const read = await readFeed(store, {
    name: DELIVERY_READER,
    async handle(rows, tx) {
      const takers = await takersOf(tx)
      const first = Math.min(...takers.map((t) => t.fromSeq))
      const news = rows.filter((r) => r.seq > first && r.at >= now() - NEWS_MS)
      if (news.length === 0) return
      const people = takers.some((t) => isPersonal(t.kind)) ? await peopleOf(tx) : []
      const found: NewDelivery[] = []
      for (const h of await happened(tx, news)) {
        const city = await cityOfCase(h.after, cityFor)
        found.push(...toWebhooks(h, takers, city, publicUrl), ...toPeople(h, takers, people))
      }
      found.push(...ofDay(news, takers, people, await cityFor()))
      written = await addDeliveries(tx, found)
    },
  })
  if (written > 0) onNew()
  return read
}

const takersOf = (tx: postgres.ISql) => tx<Taker[]>`
  select id, kind, settings, from_seq::float8 as "fromSeq" from delivery_channel where enabled order by created_at, id`

async function peopleOf(tx: postgres.ISql): Promise<Person[]> {
  const rows = await tx<
    { id: string; posts: Post[]; department: string | null; email: boolean; mobile: boolean }[]
  >`
    select id, posts, department, email is not null as email, mobile is not null as mobile from account
    where disabled_at is null and (email is not null or mobile is not null)`
  return rows.map(({ id, posts, department, email, mobile }) => ({
    id,
    audiences: audiencesOf({ id, posts, department: department ?? undefined }),
    email,
    mobile,
  }))
}

/** Every row that anybody may be told of, with the case before and after it, in the order of the feed. */
async function happened(tx: postgres.ISql, rows: readonly FeedRow[]): Promise<Happened[]> {
  const told = rows.filter(
    (r) => r.caseId !== undefined && (webhookKind(r.type) !== undefined || mayTell(r.type)),
  )
  if (told.length === 0) return []
  const logs = await caseLogs(tx, [...new Set(told.flatMap((r) => r.caseId ?? []))])
  const facts = told.filter((r) => r.no === undefined)
  const stood = await eventsBefore(tx, facts)
  const found: Happened[] = []
  for (const [caseId, own] of Map.groupBy(told, (r) => r.caseId ?? '')) {
    const states: CaseState[] = []
    const log = logs.get(caseId) ?? []
    for (const event of log) states.push(apply(states.at(-1), event))
    for (const row of own) {
      const no = row.no ?? stood.get(row.seq)
      const event = no === undefined ? undefined : log[no - 1]
      const after = no === undefined ? undefined : states[no - 1]
      if (no === undefined || !event || !after) continue
      if (row.no === undefined)
        found.push({ row, after, before: after, notices: lightNotices(row.type, after, row.at) })
      else {
        const before = states[no - 2]
        found.push({ row, before, after, notices: outsideNotices(before, event, after) })
      }
    }
  }
  return found.sort((a, b) => a.row.seq - b.row.seq)
}

/** How many events a case had when a fact of time came. */
async function eventsBefore(tx: postgres.ISql, facts: readonly FeedRow[]): Promise<Map<number, number>> {
  if (facts.length === 0) return new Map()
  const rows = await tx<{ seq: number; no: number | null }[]>`
    select f.seq::float8 as seq,
      (select p.no from feed p where p.case_id = f.case_id and p.seq < f.seq and p.no is not null
        order by p.seq desc limit 1) as no
    from feed f where f.seq = any(${facts.map((f) => f.seq)}::bigint[])`
  return new Map(rows.flatMap(({ seq, no }) => (no === null ? [] : [[seq, no]])))
}

const sourceOf = ({ caseId, no, seq }: FeedRow) => (no === undefined ? `fact.${seq}` : `${caseId}.${no}`)

function toWebhooks(
  { row, before, after }: Happened,
  takers: readonly Taker[],
  city: City,
  publicUrl: string | undefined,
): NewDelivery[] {
  const kind = webhookKind(row.type)
  if (kind === undefined) return []
  const source = sourceOf(row)
  return takers
    .filter(({ kind: k, fromSeq, settings: { events = [], scope } }) => {
      if (k !== 'webhook' || row.seq <= fromSeq || (events.length > 0 && !events.includes(kind))) return false
      // Given back, it leaves a unit: that is the unit's to hear too.
      return (
        scope === undefined ||
        isWithin(after, scope, city) ||
        (before !== undefined && isWithin(before, scope, city))
      )
    })
    .map((taker) => {
      const id = uuidv7()
      const told = { id, kind, event: source, seq: row.seq, at: row.at }
      const body = webhookEvent(told, city, after, publicUrl)
      return { id, channel: taker.id, source, recipient: '', kind, caseId: after.id, body }
    })
}

function toPeople(
  { row, after, notices }: Happened,
  takers: readonly Taker[],
  people: readonly Person[],
): NewDelivery[] {
  const about = storedCase(after)
  return notices.flatMap((notice) =>
    told(notice, row.seq, takers, people, {
      source: sourceOf(row),
      caseId: after.id,
      body: { kind: notice.kind, params: notice.params, case: about },
    }),
  )
}

/** Once a city day: calendars that run out. */
function ofDay(
  rows: readonly FeedRow[],
  takers: readonly Taker[],
  people: readonly Person[],
  city: City,
): NewDelivery[] {
  const day = rows.findLast((r) => r.type === 'day')
  if (!day) return []
  return calendarNotices(calendarWarnings(city, day.at)).flatMap(({ kind, for: to, params, once }) =>
    told({ kind, audience: audienceKey(to), params }, day.seq, takers, people, {
      source: once,
      caseId: undefined,
      body: { kind, params },
    }),
  )
}

/** A notice for every channel that takes it: to a robot once, to each person once an event. */
function told(
  notice: OutsideNotice,
  seq: number,
  takers: readonly Taker[],
  people: readonly Person[],
  { source, caseId, body }: { source: string; caseId: string | undefined; body: StoredNotice },
): NewDelivery[] {
  const group = groupOf(notice.kind)
  return takers.flatMap(({ id: channel, kind: k, fromSeq, settings: { groups = [], audiences = [] } }) => {
    if (k === 'webhook' || seq <= fromSeq || group === undefined) return []
    if (groups.length > 0 && !groups.includes(group)) return []
    const row = (recipient: string): NewDelivery => ({
      id: uuidv7(),
      channel,
      source,
      recipient,
      kind: notice.kind,
      caseId,
      body,
    })
    if (!isPersonal(k)) return audiences.includes(notice.audience) ? [row('')] : []
    return people
      .filter(
        (p) =>
          p.audiences.includes(notice.audience) &&
          (k === 'email' ? p.email : p.mobile) &&
          (audiences.length === 0 || audiences.some((a) => p.audiences.includes(a))),
      )
      .map((p) => row(p.id))
  })
}
