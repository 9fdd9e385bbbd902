// Cases and their events as this user may see them.
import type { Actor, CaseState } from '#domain/case.ts'
import { caseView, maskedReporter, type ReportWords } from '#domain/case-view.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import type { City } from '#domain/city/types.ts'
import { deskFacts } from '#domain/desk-facts.ts'
import type { LoggedEvent } from '#store/cases.ts'
import type { CityFor } from '#store/cities.ts'
import { isStaff, maySee, reporterSeen } from '../auth/access.ts'
import { Problem } from '../http/problem.ts'
import type { CaseBody, EventView } from '../schemas/case.ts'

type User = Extract<Actor, { kind: 'user' }>

/** The pack version the case goes by: its own from filing on, the newest before. */
export const cityOf = (state: CaseState, cityFor: CityFor) =>
  cityFor(state.filedAt === undefined ? undefined : state.cityVersion)

/** @throws 403 `not-your-case` */
export function assertMaySee(actor: User, state: CaseState, city: City): void {
  if (!maySee(actor, state, city))
    throw new Problem(403, 'not-your-case', 'this case is neither yours nor your unit’s')
}

export async function viewFor(
  actor: User | undefined,
  { state, words }: { state: CaseState; words: ReportWords | undefined },
  { cityFor, now }: { cityFor: CityFor; now: number },
): Promise<CaseBody> {
  const city = await cityOf(state, cityFor)
  // caseView keeps to the schema CASE; a test holds them together.
  return caseView(state, { now, city, words, reporter: reporterSeen(actor) }) as CaseBody
}

/** Cases as a desk shows them: with what the reader may do now, and names instead of account ids. */
export async function deskViews(
  actor: User,
  found: readonly { state: CaseState; words: ReportWords | undefined }[],
  { cityFor, now, names }: { cityFor: CityFor; now: number; names: ReadonlyMap<string, string> },
): Promise<CaseBody[]> {
  return Promise.all(
    found.map(async (c) => {
      const { handler } = c.state
      const handlerName = handler === undefined ? undefined : names.get(handler)
      const city = await cityOf(c.state, cityFor)
      return {
        ...(await viewFor(actor, c, { cityFor, now })),
        desk: defined({ ...deskFacts(c.state, actor, city, now), handlerName }),
      }
    }),
  )
}

/** What those who only report or look on site may read of others' words: what is said to the reporter. */
const ANSWERS = new Set(['rejected', 'replied', 'closed', 'self-handled', 'voided', 'reopened'])

export function eventView(
  event: LoggedEvent,
  { actor, city, names }: { actor: User; city: City; names: ReadonlyMap<string, string> },
): EventView {
  const { id } = event.actor
  const name = id === undefined || event.actor.kind !== 'user' ? undefined : names.get(id)
  const mayRead = isStaff(actor) || ANSWERS.has(event.type) || id === actor.id
  const person = maskedReporter(event.person as ReportWords['reporter'], reporterSeen(actor))
  const words = {
    ...(mayRead ? event.words : {}),
    ...(person ? { reporter: person } : {}),
  }
  return {
    no: event.no,
    type: event.type,
    at: isoWithOffset(event.at, city.pack.timeZone),
    actor: defined({ ...event.actor, name }),
    payload: withInstants(event.payload, city.pack.timeZone) as Record<string, unknown>,
    ...(Object.keys(words).length > 0 ? { words } : {}),
    ...(event.erased ? { erased: true } : {}),
  }
}

/** Without what is undefined: absent is absent. */
const defined = <T extends object>(o: T) =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

const INSTANT = /(At|^until|^from|^to)$/

/** Instants inside a payload are epoch ms; outside they are ISO 8601. */
function withInstants(value: unknown, timeZone: string): unknown {
  if (Array.isArray(value)) return value.map((v) => withInstants(v, timeZone))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      typeof v === 'number' && INSTANT.test(key) ? isoWithOffset(v, timeZone) : withInstants(v, timeZone),
    ]),
  )
}
