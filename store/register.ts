// The learning component register 更正登记 in the database: present lessons, their history, and the corrections of persons.
// Learning from the log is store/register-learner.ts.
import type postgres from 'postgres'
import type { City } from '#domain/city/types.ts'
import { type Lesson, withLessons } from '#domain/register.ts'
import type { IdempotencyKey } from './append.ts'
import type { Store } from './open.ts'

export const READER = 'register'

/** A lesson with who and why, as the history shows it. */
export interface KeptLesson extends Lesson {
  /** Of a person's: account and name, and the reason given. */
  by?: { id: string; name: string } | undefined
  reason?: string | undefined
  /** When another lesson took its place. */
  undoneAt?: number | undefined
}

export interface LessonRow {
  component: string
  category: string | null
  lng: number | null
  lat: number | null
  owner: string | null
  previous: string | null
  how: Lesson['how']
  case_id: string | null
  case_no: string | null
  event_no: number | null
  account_id: string | null
  account_name?: string | null
  reason: string | null
  at: Date
  city_version: number
  pack_owner: string | null
  seq: string
  undone_at: Date | null
}

export const toLesson = (r: LessonRow): KeptLesson => ({
  component: r.component,
  ...(r.category !== null && r.lng !== null && r.lat !== null
    ? { found: { category: r.category, lng: r.lng, lat: r.lat } }
    : {}),
  ...(r.owner === null ? {} : { owner: r.owner }),
  ...(r.previous === null ? {} : { previous: r.previous }),
  how: r.how,
  ...(r.case_id === null ? {} : { caseId: r.case_id }),
  ...(r.case_no === null ? {} : { caseNo: r.case_no }),
  at: r.at.getTime(),
  cityVersion: r.city_version,
  ...(r.pack_owner === null ? {} : { packOwner: r.pack_owner }),
  ...(r.account_id === null ? {} : { by: { id: r.account_id, name: r.account_name ?? '' } }),
  ...(r.reason === null ? {} : { reason: r.reason }),
  ...(r.undone_at === null ? {} : { undoneAt: r.undone_at.getTime() }),
})

/** The latest lesson of every component that has one, oldest first. */
export async function presentLessons(sql: postgres.ISql): Promise<Lesson[]> {
  const rows = await sql<LessonRow[]>`select * from component_owner where undone_at is null order by id`
  return rows.map(toLesson)
}

/** All lessons of a component, newest first. */
export async function lessonsAbout({ sql }: Store, component: string): Promise<KeptLesson[]> {
  const rows = await sql<LessonRow[]>`
    select o.*, a.name as account_name from component_owner o left join account a on a.id = o.account_id
    where o.component = ${component} order by o.id desc`
  return rows.map(toLesson)
}

/** Code of the component about which a case taught the latest; undefined when it taught nothing. */
export async function componentTaughtBy({ sql }: Store, caseId: string): Promise<string | undefined> {
  const [row] = await sql<{ component: string }[]>`
    select component from component_owner where case_id = ${caseId} order by id desc limit 1`
  return row?.component
}

export interface LessonSource {
  seq: number | string
  /** Of the event that taught it. */
  eventNo?: number | undefined
  accountId?: string | undefined
  reason?: string | undefined
  request?: IdempotencyKey | undefined
}

/** Puts a lesson in the place of the present one. */
export async function keep(tx: postgres.ISql, lesson: Lesson, source: LessonSource): Promise<void> {
  const { found, request } = { found: lesson.found, request: source.request }
  await tx`
    update component_owner set undone_at = ${new Date(lesson.at)}
    where component = ${lesson.component} and undone_at is null`
  await tx`
    insert into component_owner (component, category, lng, lat, owner, previous, how, case_id, case_no, event_no,
      account_id, reason, at, city_version, pack_owner, seq, request_scope, request_key, request_digest)
    values (${lesson.component}, ${found?.category ?? null}, ${found?.lng ?? null}, ${found?.lat ?? null},
      ${lesson.owner ?? null}, ${lesson.previous ?? null}, ${lesson.how}, ${lesson.caseId ?? null},
      ${lesson.caseNo ?? null}, ${source.eventNo ?? null}, ${source.accountId ?? null}, ${source.reason ?? null},
      ${new Date(lesson.at)}, ${lesson.cityVersion}, ${lesson.packOwner ?? null}, ${source.seq},
      ${request?.scope ?? null}, ${request?.key ?? null}, ${request ? Buffer.from(request.digest) : null})`
}

export interface Correction {
  component: string
  /** Code of a unit of the newest pack. */
  owner: string
  reason: string
  accountId: string
  /** Epoch ms by the log's clock. */
  now: number
  request?: IdempotencyKey | undefined
}

export type Corrected = 'corrected' | 'unchanged' | 'replayed' | 'key-reused' | 'unknown-component'

/** A person names the owner. `city` is the newest pack, without lessons. */
export function correctOwner(store: Store, correction: Correction, city: City): Promise<Corrected> {
  return store.sql.begin(async (tx) => {
    // Waits for the reader, and the next waits here: lessons have one order.
    const seq = await lockReader(tx)
    const { request, component: code } = correction
    if (request) {
      const [used] = await tx<{ digest: Uint8Array }[]>`
        select request_digest as digest from component_owner
        where request_scope = ${request.scope} and request_key = ${request.key}`
      if (used)
        return Buffer.from(used.digest).equals(Buffer.from(request.digest)) ? 'replayed' : 'key-reused'
    }
    const component = withLessons(city, await presentLessons(tx), 0).components.get(code)
    if (!component) return 'unknown-component'
    // Said once is enough; but a person's word is worth writing down over a rule's.
    if (component.owner === correction.owner && component.lesson?.how !== 'closed') return 'unchanged'
    const { category, lng, lat, owner, packOwner, provisional } = component
    const lesson: Lesson = {
      component: code,
      ...(provisional ? { found: { category, lng, lat } } : {}),
      owner: correction.owner,
      previous: owner,
      how: 'person',
      at: correction.now,
      cityVersion: city.version,
      packOwner,
    }
    await keep(tx, lesson, { ...correction, seq })
    return 'corrected'
  })
}

/** How far the reader is; nobody else writes lessons until the transaction ends. */
export async function lockReader(tx: postgres.ISql): Promise<string> {
  await tx`insert into reader (name, seq) values (${READER}, 0) on conflict do nothing`
  const [cursor] = await tx<{ seq: string }[]>`select seq from reader where name = ${READER} for update`
  if (!cursor) throw new Error('the register’s reader has no cursor')
  return cursor.seq
}
