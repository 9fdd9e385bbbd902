// Whatever happens behind it, the wall ends at the truth: after a burst of two thousand events with the api and the worker
// killed in the middle, after a restarted database, and over a line that loses, doubles and shuffles messages, each
// figure of the page equals GET /board at the same seq, and a recount from the log in SQL.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board } from '#domain/board-view.ts'
import { letPass } from '#scripts/runtime/postgres/place.ts'
import { MAIN, QUEUE } from '#scripts/runtime/postgres/roles.ts'
import { type Postgres, startPostgres } from '#scripts/runtime/postgres/start.ts'
import { audit } from '#store/audit.ts'
import { openLog } from '#store/log.ts'
import { openStore, type Store } from '#store/open.ts'
import { openRuntime, type Runtime } from '#store/runtime.ts'
import { type BadLine, spoilLine } from './testing/bad-line.ts'
import { WALL } from './testing/open-pages.ts'
import { figuresOf, figuresOnPage, type WallFigures } from './testing/wall-figures.ts'
import { systemPages } from './testing/system-pages.ts'
import { makeWorld } from './wall-worlds.ts'

/** Six events each: reported, screened, left to a person, accepted, filed, dispatched. */
const BURST = 360
const EVENTS = 2000
const AT_ONCE = 16
const PATIENCE = { timeout: 180_000, interval: 500 }
/** What the wall always shows; rows that turn are proven while they show. */
const ALWAYS = [
  ...['urgent', 'overdue', 'due-soon', 'open', 'suspended', 'rework', 'decisions', 'due-today'],
  ...['accept', 'file', 'dispatch', 'acknowledge', 'handle', 'check', 'close'].map((s) => `stage:${s}`),
  ...['reported', 'accepted', 'filed', 'dispatched', 'replied', 'checked', 'closed'].map((m) => `today:${m}`),
  ...['green', 'yellow', 'red', 'none'].map((l) => `light:${l}`),
  ...['month:handled', 'month:on-time', 'month-of:handled', 'month-of:on-time'],
]

let dataDir: string
let photosDir: string
let postgres: Postgres
let plain: Page
let spoilt: Page
let line: BadLine
let store: Store
let runtime: Runtime

const openData = () => startPostgres({ dataDir, holder: { command: 'a test' } })

async function openLogHere(): Promise<void> {
  store = openStore({ databaseUrl: postgres.url(MAIN), max: 4 })
  runtime = await openRuntime(store, openLog('silent', 'test'))
}
async function closeLogHere(): Promise<void> {
  await runtime.close()
  await store.close()
}

afterAll(async () => {
  await postgres?.stop()
  for (const dir of [dataDir, photosDir]) if (dir) await rm(dir, { recursive: true, force: true })
})
const stage = systemPages(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'huiyin-wall-live-'))
  photosDir = await mkdtemp(join(tmpdir(), 'huiyin-wall-live-'))
  await makeWorld('morning', dataDir)
  await letPass(dataDir)
  postgres = await openData()
  return {
    DATA_DIR: photosDir,
    DEMO: '1',
    DATABASE_URL: postgres.url(MAIN),
    MIGRATE_DATABASE_URL: postgres.url(MAIN, 'owner'),
    QUEUE_DATABASE_URL: postgres.url(QUEUE),
    SESSION_SECRET: randomBytes(32).toString('hex'),
  }
})

async function openWall(prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await (await stage.context('wall', { ...WALL, reducedMotion: 'reduce' })).newPage()
  await prepare?.(page)
  await page.goto(`${stage.system.url}/wall`)
  await page.locator('[data-panel] button').first().waitFor({ timeout: 60_000 })
  return page
}
beforeAll(async () => {
  await openLogHere()
  plain = await openWall()
  spoilt = await openWall(async (page) => {
    line = await spoilLine(page, 20)
  })
})
afterAll(async () => {
  if (store) await closeLogHere()
})

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const hand = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, hand))
}

/** Reports of citizens, which the rules leave to a person. @returns their cases. */
async function report(n: number): Promise<string[]> {
  const city = await runtime.cityFor()
  const road = city.pack.zones.find((z) => z.kind === 'main-road')
  if (!road) throw new Error('the demo city has no main road')
  const made: string[] = []
  await inTurns(
    Array.from({ length: n }, (_, i) => i),
    async (i) => {
      const result = await runtime.commander.report(
        {
          facts: {
            source: 'citizen',
            dispatchMode: 'assign',
            category: 'E0110',
            position: road.centre,
            photos: [],
          },
          words: { description: `路面有垃圾 ${i}` },
        },
        { actor: { kind: 'anonymous' } },
      )
      if (!result.ok) throw new Error(result.refusal.detail)
      made.push(result.state.id)
    },
  )
  return made
}

/** The operator takes them on; filing and dispatch are the rules' again. */
async function accept(ids: readonly string[]): Promise<void> {
  const [operator] = await store.sql<{ id: string }[]>`select id from account where username = 'operator'`
  if (!operator) throw new Error('the demo city has no operator')
  await inTurns(ids, async (id) => {
    const result = await runtime.commander.act(
      id,
      { action: 'accept', payload: {} },
      { actor: { kind: 'user', id: operator.id, posts: ['operator'] } },
    )
    if (!result.ok) throw new Error(result.refusal.detail)
  })
}

/** Waits until each of these has come so far, and everything in the log is in the feed. */
const untilAll = (ids: readonly string[], type: string) =>
  expect
    .poll(async () => {
      const [row] = await store.sql<{ n: number; waiting: number }[]>`
        select (select count(distinct case_id)::int from feed
            where case_id = any(${[...ids]}::uuid[]) and type = ${type}) as n,
          (select count(*)::int from event_inbox) as waiting`
      return row?.waiting === 0 ? row.n : 'the feed is behind the log'
    }, PATIENCE)
    .toBe(ids.length)

const seqNow = async () => {
  const [row] = await store.sql<{ seq: string }[]>`select seq from feed_head`
  return Number(row?.seq)
}

/** The page and the board at one and the same seq: asked until nothing has come between the two. */
async function atOneSeq(page: Page): Promise<{ page: WallFigures; board: Board }> {
  let found: { page: WallFigures; board: Board } | undefined
  await expect
    .poll(async () => {
      const shown = await page.evaluate(figuresOnPage)
      const answer = await page.request.get(`${stage.system.url}/api/v1/board?scope=city`)
      if (!answer.ok()) return 'the board does not answer'
      const board = (await answer.json()) as Board
      if (board.seq !== shown.seq) return `the page is at ${shown.seq}, the board at ${board.seq}`
      found = { page: shown, board }
      return 'the same seq'
    }, PATIENCE)
    .toBe('the same seq')
  if (!found) throw new Error('unreachable')
  return found
}

/** Counted from rows and events, past everything that is kept beside the log. */
async function recount(board: Board): Promise<Record<string, string>> {
  const { pack } = await runtime.cityFor()
  const [row] = await store.sql<Record<string, number>[]>`
    select count(*)::int as open, count(*) filter (where urgent)::int as urgent,
      count(*) filter (where status = 'suspended')::int as suspended,
      count(*) filter (where (state ->> 'round')::int > 1 and status in ('dispatched', 'handling'))::int as rework,
      count(*) filter (where status = 'reported')::int as "stage:accept",
      count(*) filter (where status = 'accepted')::int as "stage:file",
      count(*) filter (where status = 'filed')::int as "stage:dispatch",
      count(*) filter (where status = 'dispatched')::int as "stage:acknowledge",
      count(*) filter (where status = 'handling')::int as "stage:handle",
      count(*) filter (where status = 'replied')::int as "stage:check",
      count(*) filter (where status = 'checked')::int as "stage:close"
    from "case" where status not in ('closed', 'rejected', 'merged', 'voided')`
  // What was fixed on the spot is counted as that alone.
  const today = await store.sql<{ type: string; n: number }[]>`
    select type, count(*)::int as n
    from (select case_id, type, min(at) as at from case_event
        where payload ->> 'selfHandled' is distinct from 'true' group by case_id, type) as first
    where type in ('reported', 'accepted', 'filed', 'dispatched')
      and (at at time zone ${pack.timeZone})::date = ${board.day}::date
    group by type`
  return Object.fromEntries([
    ...Object.entries(row ?? {}).map(([name, n]) => [name, String(n)] as const),
    ...today.map(({ type, n }) => [`today:${type}`, String(n)] as const),
  ])
}

/** Of `wanted`, what `shown` has. */
const sameOf = (shown: Record<string, string>, wanted: Record<string, string>) =>
  Object.fromEntries(Object.keys(shown).map((name) => [name, wanted[name] ?? 'not known of the board']))

async function expectTruth(page: Page): Promise<void> {
  const { page: wall, board } = await atOneSeq(page)
  const { rework, ...shown } = wall.shown
  expect(Object.keys(wall.shown)).toEqual(expect.arrayContaining(ALWAYS))
  expect(shown).toEqual(sameOf(shown, figuresOf(board)))
  // Nothing moves at rest but the lights, which a recount of rows says nothing about.
  const counted = await recount(board)
  expect({ ...shown, rework }).toMatchObject(counted)
}

async function expectTruthEverywhere(): Promise<void> {
  for (const page of [plain, spoilt]) await expectTruth(page)
  const { differences } = await audit(store)
  expect(differences).toEqual([])
}

describe('the wall shows what GET /board and a recount say', () => {
  it('at rest, with every figure of the page named', { timeout: 240_000 }, expectTruthEverywhere)

  it('after two thousand events, and a process killed in the middle of them', {
    timeout: 420_000,
  }, async () => {
    const before = await seqNow()
    const some = await report(BURST / 2)
    await stage.system.kill()
    // The log takes on what comes, whoever is there to carry it further.
    const more = await report(BURST / 2)
    await stage.system.restart()
    const all = [...some, ...more]
    await untilAll(all, 'decision-awaited')
    await accept(all)
    await untilAll(all, 'dispatched')
    expect((await seqNow()) - before).toBeGreaterThan(EVENTS)
    await expectTruthEverywhere()
  })

  it('after the database went away and came back', { timeout: 420_000 }, async () => {
    await closeLogHere()
    await postgres.stop()
    for (const page of [plain, spoilt])
      await expect.poll(() => page.locator('[data-stale]').count(), PATIENCE).toBeGreaterThan(0)
    postgres = await openData()
    await openLogHere()
    const some = await report(40)
    await untilAll(some, 'decision-awaited')
    await accept(some)
    await untilAll(some, 'dispatched')
    for (const page of [plain, spoilt])
      await expect.poll(() => page.locator('[data-stale]').count(), PATIENCE).toBe(0)
    await expectTruthEverywhere()
  })

  it('over a line that did lose, double and shuffle messages', () => {
    for (const n of Object.values(line)) expect(n).toBeGreaterThan(0)
  })
})
