// The demo's row: its clock and what is set in it. One row for all processes, changed under its lock; a city that never
// was a demo has none. Everything here goes by the database's clock, which is the real one.
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import {
  changed,
  type DemoSettings,
  type Scene,
  type SettingsChange,
  settingsAt,
  USUAL_SETTINGS,
} from '#domain/demo.ts'
import { type DemoClock, isWorlds, resumed, shownAt, WORLD_CLOCK, withRate } from '#domain/demo-clock.ts'
import type { Store } from './open.ts'

/** A change of pace begins so much later, that by then every process has heard of it: they all turn at one instant. */
const NOTICE_MS = 1_500
/** A process at work says so this often; the clock of a demo where nobody has for `GONE_MS` stands still. */
const AT_WORK_EVERY_MS = 2_000
const GONE_MS = 20_000
/** So much later than it last said so a process may still have shown the time, and must not be contradicted. */
const UNSAID_MS = AT_WORK_EVERY_MS + 1_500

export interface DemoChange extends SettingsChange {
  /** 1 to 720. */
  rate?: number | undefined
}

export interface DemoState {
  /** The database's clock when this was read, epoch ms. */
  real: number
  clock: DemoClock
  /** As kept; `settingsAt` says what of it still holds. */
  settings: DemoSettings
  /** False: nothing was ever set here. */
  isKept: boolean
}

interface Row {
  real: number
  anchored_at: Date | null
  shows: Date
  rate: number
  rate_before: number
  at_work_at: Date
  scene: Scene
  scene_since: Date | null
  scene_until: Date | null
  multiple: number
  traffic: boolean
}

type Kept = DemoState & { atWorkAt: number }

function toState(row: Row): Kept {
  const { real } = row
  if (row.anchored_at === null)
    return { real, clock: WORLD_CLOCK, settings: USUAL_SETTINGS, isKept: false, atWorkAt: real }
  return {
    real,
    clock: {
      anchoredAt: row.anchored_at.getTime(),
      shows: row.shows.getTime(),
      rate: row.rate,
      rateBefore: row.rate_before,
    },
    settings: {
      scene: row.scene,
      sceneSince: row.scene_since?.getTime(),
      sceneUntil: row.scene_until?.getTime(),
      multiple: row.multiple,
      traffic: row.traffic,
    },
    isKept: true,
    atWorkAt: row.at_work_at.getTime(),
  }
}

async function readRow(sql: postgres.ISql): Promise<Kept> {
  const [row] = await sql<Row[]>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as real, d.*
    from (values (1)) once left join demo d on true`
  if (!row) throw new Error('the database did not tell the time')
  return toState(row)
}

/** The clock as it goes on after a pause in which nobody was at work; the same where there was none. */
function awake({ real, clock, atWorkAt }: Kept, newest: number): DemoClock {
  if (isWorlds(clock) || real - atWorkAt <= GONE_MS) return clock
  return resumed(clock, { lastAtWork: atWorkAt + UNSAID_MS, real, newest })
}

/** The demo as it is kept; what a demo begins with where nothing was ever set. */
export async function readDemo({ sql }: Store): Promise<DemoState> {
  const kept = await readRow(sql)
  return { ...kept, clock: awake(kept, 0) }
}

/** What the log's clock shows, the settings that still hold, and how far it is ahead of the world; epoch ms, ms. */
export function demoNow({ real, clock, settings }: DemoState) {
  const now = shownAt(clock, real)
  return { now, aheadMs: now - real, settings: settingsAt(settings, now) }
}

/**
 * The same, for a process that goes by this clock, which hereby says that it is at work. After a pause in which nobody
 * was, the clock goes on where it stood.
 */
export async function attendDemo(store: Store): Promise<DemoState> {
  const state = await readRow(store.sql)
  const silentMs = state.real - state.atWorkAt
  if (!state.isKept || isWorlds(state.clock) || silentMs < AT_WORK_EVERY_MS) return state
  if (silentMs > GONE_MS) return locked(store, (present) => present)
  await store.sql`
    update demo set at_work_at = clock_timestamp()
    where at_work_at < clock_timestamp() - ${AT_WORK_EVERY_MS} * interval '1 millisecond'`
  return state
}

/**
 * Changes what is given and leaves the rest. A change of pace begins a moment later; one that comes before the last one
 * has begun waits for it. @returns the demo as it is kept now.
 */
export async function changeDemo(store: Store, { rate, ...change }: DemoChange): Promise<DemoState> {
  for (;;) {
    const done = await locked(store, (present) => {
      const { real, clock } = present
      const isTurning = rate !== undefined && rate !== clock.rate
      if (isTurning && real < clock.anchoredAt) return { ...present, waitMs: clock.anchoredAt - real }
      return {
        ...present,
        clock: isTurning ? withRate(clock, real + NOTICE_MS, rate) : clock,
        settings: changed(present.settings, change, shownAt(clock, real)),
      }
    })
    if (done.waitMs === undefined) return done
    await sleep(done.waitMs)
  }
}

type Changed = DemoState & { waitMs?: number }

/** Runs `change` on the row under its lock, made if missing and brought up to date, and keeps what it answers. */
function locked(store: Store, change: (present: DemoState) => Changed): Promise<Changed> {
  return store.sql.begin(async (sql) => {
    await sql`
      insert into demo (anchored_at, shows, rate, rate_before, at_work_at, scene, multiple, traffic)
      select t, t, 1, 1, t, ${USUAL_SETTINGS.scene}, ${USUAL_SETTINGS.multiple}, ${USUAL_SETTINGS.traffic}
      from (select clock_timestamp()::timestamptz(3) as t) now
      on conflict (one) do nothing`
    await sql`select 1 from demo for update`
    const kept = await readRow(sql)
    const next = change({ ...kept, clock: awake(kept, await newestInLog(sql)) })
    await keep(sql, next)
    return next
  })
}

async function keep(sql: postgres.ISql, { real, clock, settings }: DemoState): Promise<void> {
  const instant = (at: number | undefined) => (at === undefined ? null : new Date(at))
  await sql`
    update demo set anchored_at = ${instant(clock.anchoredAt)}, shows = ${instant(clock.shows)}, rate = ${clock.rate},
      rate_before = ${clock.rateBefore}, at_work_at = ${instant(real)}, scene = ${settings.scene},
      scene_since = ${instant(settings.sceneSince)}, scene_until = ${instant(settings.sceneUntil)},
      multiple = ${settings.multiple}, traffic = ${settings.traffic}`
}

/** Instant of the newest fact, sequenced or not, epoch ms; 0 when there is none. */
async function newestInLog(sql: postgres.ISql): Promise<number> {
  const [row] = await sql<{ at: number | null }[]>`
    select extract(epoch from greatest(
      (select at from feed_head),
      (select max(e.at) from event_inbox i join case_event e on e.id = i.event_id),
      (select to_timestamp(max((fact ->> 'at')::float8) / 1000) from event_inbox where fact is not null)
    ))::float8 * 1000 as at`
  return Math.ceil(row?.at ?? 0)
}
