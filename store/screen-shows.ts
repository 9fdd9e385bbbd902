// What the desk shows on screens, the warning level set by hand, and how many supervisors are on duty: all that a wall is
// told apart from the board. Rows stay, with who did it and when; instants are Dates of this database's clock.
import { namedOnDuty } from '#domain/rota.ts'
import type { DutyCount, Show, WallWarning, WarningLevel } from '#domain/wall-screen.ts'
import { isUuid } from './cases.ts'
import type { Store } from './open.ts'
import { rotaTurns } from './rota.ts'

export interface StoredShow {
  id: string
  /** Undefined = every screen. */
  screens?: string[] | undefined
  show: Show
  shownBy: { id: string; name: string }
  shownAt: Date
  until: Date
}

export interface StoredWarning {
  level: WarningLevel
  text: string
  until?: Date | undefined
  setBy: { id: string; name: string }
  setAt: Date
}

/** Those that are on, oldest first. */
export async function showsOn({ sql }: Store): Promise<StoredShow[]> {
  const rows = await sql<
    {
      id: string
      screens: string[] | null
      show: Show
      by: string
      name: string
      shown_at: Date
      until: Date
    }[]
  >`
    select h.id, h.screens, h.show, h.shown_by as by, a.name, h.shown_at, h.until
    from screen_show h join account a on a.id = h.shown_by
    where h.stopped_at is null and h.until > now() order by h.shown_at, h.id`
  return rows.map((r) => ({
    id: r.id,
    screens: r.screens ?? undefined,
    show: r.show,
    shownBy: { id: r.by, name: r.name },
    shownAt: r.shown_at,
    until: r.until,
  }))
}

/** @param minutes from now on, real ones */
export async function addShow(
  { sql }: Store,
  {
    id,
    screens,
    show,
    minutes,
    by,
  }: {
    id: string
    screens: readonly string[] | undefined
    show: Show
    minutes: number
    by: string
  },
): Promise<void> {
  await sql`
    insert into screen_show (id, screens, show, shown_by, until)
    values (${id}, ${screens === undefined ? null : [...screens]}::uuid[], ${JSON.stringify(show)}::text::jsonb, ${by},
      now() + ${minutes} * interval '1 minute')`
}

/** `over`: it had ended by itself, or somebody was first. */
export async function stopShow(
  { sql }: Store,
  { id, by }: { id: string; by: string },
): Promise<'stopped' | 'over' | 'unknown'> {
  if (!isUuid(id)) return 'unknown'
  const rows = await sql`
    update screen_show set stopped_at = now(), stopped_by = ${by}
    where id = ${id} and stopped_at is null and until > now() returning 1`
  if (rows.length === 1) return 'stopped'
  const known = await sql`select 1 from screen_show where id = ${id}`
  return known.length === 1 ? 'over' : 'unknown'
}

export async function warningNow({ sql }: Store): Promise<StoredWarning | undefined> {
  const [row] = await sql<
    { level: WarningLevel; text: string; until: Date | null; by: string; name: string; set_at: Date }[]
  >`
    select w.level, w.text, w.until, w.set_by as by, a.name, w.set_at
    from wall_warning w join account a on a.id = w.set_by
    where w.lifted_at is null and (w.until is null or w.until > now())`
  return (
    row && {
      level: row.level,
      text: row.text,
      until: row.until ?? undefined,
      setBy: { id: row.by, name: row.name },
      setAt: row.set_at,
    }
  )
}

/** In place of the one that held. @param minutes absent = until it is lifted */
export async function setWarning(
  { sql }: Store,
  {
    level,
    text,
    minutes,
    by,
  }: { level: WarningLevel; text: string; minutes?: number | undefined; by: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    // Two managers who set it at once come one after the other.
    await tx`lock table wall_warning in share row exclusive mode`
    await tx`update wall_warning set lifted_at = now(), lifted_by = ${by} where lifted_at is null`
    await tx`
      insert into wall_warning (level, text, set_by, until)
      values (${level}, ${text}, ${by}, now() + ${minutes ?? null}::float8 * interval '1 minute')`
  })
}

/** Harmless when none holds. */
export async function liftWarning({ sql }: Store, by: string): Promise<void> {
  await sql`update wall_warning set lifted_at = now(), lifted_by = ${by} where lifted_at is null`
}

/** Supervisors on duty, of those whose account is in use, and whose turn it is on the rota. */
async function dutyCount(store: Store, now: number): Promise<DutyCount> {
  const people = namedOnDuty(await rotaTurns(store, now, now + 1), now)
  const [row] = await store.sql<{ on_duty: number; supervisors: number }[]>`
    select count(d.account_id)::int as on_duty, count(*)::int as supervisors
    from account a left join duty d on d.account_id = a.id and d.until is null
    where 'supervisor' = any(a.posts) and a.disabled_at is null`
  return {
    onDuty: row?.on_duty ?? 0,
    supervisors: row?.supervisors ?? 0,
    ...(people.length > 0 ? { people } : {}),
  }
}

export interface WallNews {
  /** This database's clock, epoch ms. */
  at: number
  shows: { id: string; screens?: readonly string[] | undefined; show: Show; until: number }[]
  warning?: WallWarning | undefined
  duty: DutyCount
}

/**
 * What all walls are told, without who did it.
 *
 * @param now epoch ms by the log's clock, which the rota goes by
 */
export async function wallNews(store: Store, now: number): Promise<WallNews> {
  const [[clock], shows, warning, duty] = await Promise.all([
    store.sql<{ at: Date }[]>`select now() as at`,
    showsOn(store),
    warningNow(store),
    dutyCount(store, now),
  ])
  if (!clock) throw new Error('the database told no time')
  return {
    at: clock.at.getTime(),
    shows: shows.map(({ id, screens, show, until }) => ({ id, screens, show, until: until.getTime() })),
    ...(warning
      ? {
          warning: {
            level: warning.level,
            text: warning.text,
            ...(warning.until ? { until: warning.until.getTime() } : {}),
          },
        }
      : {}),
    duty,
  }
}
