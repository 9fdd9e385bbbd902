// A small history put into a real database: its counts are exact as the product counts them, the audit finds nothing, the
// same is made again, and an interrupted load goes on to the same end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { compileCity } from '#domain/city/compile.ts'
import { timersIn } from '#domain/timer.ts'
import type { CaseState } from '#domain/case.ts'
import { audit } from '#store/audit.ts'
import { loadPack } from '#store/city.ts'
import { readHistory } from '#store/history.ts'
import { countedTotals } from '#store/shares.ts'
import { stuckCases } from '#store/stuck.ts'
import { missingUploads } from '#store/uploads.ts'
import type { Store } from '#store/open.ts'
import { type TestDatabase, testDatabase } from '#store/testing.ts'
import { demoCity } from '../life/testing.ts'
import { isOutside } from '../shares/compare.ts'
import { measure } from '../shares/measure.ts'
import { ensureHistory, leaveHistory } from './history.ts'
import type { Period } from './period.ts'
import { settleHistory } from './settle.ts'

const ZONE = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const PERIOD: Period = {
  seed: 'small',
  from: '2026-07-01',
  to: '2026-07-11',
  counts: { reported: 200, filed: 195, closed: 180 },
  until: at('2026-07-14T10:20'),
  open: 24,
}
const STRETCH = {
  fromDay: PERIOD.from,
  toDay: PERIOD.to,
  from: at('2026-07-01T00:00'),
  to: at('2026-07-11T00:00'),
  timeZone: ZONE,
}

let pack: CityPack
/** Made once, for what only looks at it. */
let whole: { store: Store; dataDir: string }
let made: Awaited<ReturnType<typeof ensureHistory>>
const databases: TestDatabase[] = []
const folders: string[] = []

beforeAll(async () => {
  const demo = await demoCity()
  // Nobody logs in here: making a hundred password hashes would be most of the work.
  pack = { ...demo.pack, users: demo.pack.users.map(({ password: _, ...user }) => user) }
  whole = await aCity()
  made = await make(whole)
})
afterAll(async () => {
  for (const database of databases) await database.drop()
  for (const folder of folders) await rm(folder, { recursive: true })
})

async function aCity(): Promise<{ store: Store; dataDir: string }> {
  const database = await testDatabase()
  databases.push(database)
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-history-'))
  folders.push(dataDir)
  // The same ids of people, so that two databases can be compared.
  let n = 0
  const newId = () => {
    n += 1
    return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
  }
  await loadPack(database.store, pack, { newId })
  return { store: database.store, dataDir }
}

const make = (
  city: { store: Store; dataDir: string },
  more: Partial<Parameters<typeof ensureHistory>[0]> = {},
) => ensureHistory({ ...city, now: PERIOD.until, period: PERIOD, pieceSize: 400, ...more })

/** Everything but the salts: what each run must make alike. */
async function contentsOf({ sql }: Store) {
  const [log] = await sql<{ digest: string; n: number }[]>`
    select md5(string_agg(f.seq || ' ' || coalesce(e.case_id::text, '') || ' ' || f.type || ' ' || f.at || ' ' ||
      coalesce(e.payload::text, f.fact::text) || ' ' || coalesce(e.actor::text, ''), '|' order by f.seq)) as digest,
      count(*)::int as n
    from feed f left join case_event e on e.id = f.event_id`
  const [words] = await sql<{ digest: string }[]>`
    select md5(string_agg(case_id || ' ' || no || ' ' || part || ' ' || data::text, '|' order by case_id, no, part)) as digest
    from case_private`
  const [counts] = await sql<{ digest: string }[]>`
    select md5(string_agg(day || key || metric || n || seq, '|' order by day, key, metric)) as digest from rollup`
  const [timers] = await sql<{ digest: string }[]>`
    select md5(string_agg(coalesce(case_id::text, '') || kind || round || fire_at || coalesce(fired_at::text, ''), '|'
      order by fire_at, case_id, kind)) as digest from timer`
  const numbers = await sql`select key, next::int from number_series order by key`
  return { log, words, counts, timers, numbers: [...numbers] }
}

describe('a history', () => {
  it('shows its counts exactly, by the product’s own count, and the audit finds nothing', async () => {
    expect(made).toMatchObject(PERIOD.counts)
    const totals = await countedTotals(whole.store, STRETCH)
    expect(Object.fromEntries(totals)).toMatchObject({
      reported: 200,
      filed: 195,
      dispatched: 195,
      closed: 180,
    })
    expect(totals.get('selfHandled') ?? 0).toBeGreaterThan(8)
    const report = await audit(whole.store)
    expect(report.differences).toEqual([])
    expect(report.openOnBoard).toBe(made?.open)
    expect(Math.abs((made?.open ?? 0) - PERIOD.open)).toBeLessThanOrEqual(6)
  })

  it('can be measured against what is stated', async () => {
    const sections = await measure(whole.store, pack, STRETCH, { counts: PERIOD.counts }, PERIOD.until)
    const [quarter] = sections
    expect(quarter?.lines.filter(isOutside)).toEqual([])
    const lines = sections.flatMap((s) => s.lines)
    expect(lines.length).toBeGreaterThan(120)
    for (const l of lines)
      expect(Number.isFinite(l.measured) && Number.isFinite(l.tolerance), l.what).toBe(true)
    // So few cases are far from each share, but hardly one is outside what chance explains.
    expect(lines.filter(isOutside).length).toBeLessThan(12)
    // The test of the tests: with other counts the quarter is outside.
    const wrong = await measure(
      whole.store,
      pack,
      STRETCH,
      { counts: { reported: 201, filed: 195, closed: 180 } },
      PERIOD.until,
    )
    expect(wrong[0]?.lines.filter(isOutside)).toHaveLength(1)
  })

  it('leaves every desk something, lights of every kind, and nothing that only a rule or a timer waits for', async () => {
    const { store } = whole
    const open = await store.sql<{ state: CaseState; light: string }[]>`
      select c.state, b.light from board_case b join "case" c on c.id = b.case_id`
    const statuses = new Set(open.map((o) => o.state.status))
    for (const status of [
      'reported',
      'accepted',
      'filed',
      'dispatched',
      'handling',
      'replied',
      'checked',
    ] as const)
      expect(statuses, status).toContain(status)
    const actions = new Set(open.map((o) => o.state.waitsFor?.action))
    for (const action of [
      'accept',
      'file',
      'dispatch',
      'acknowledge',
      'reply',
      'pass',
      'close',
      'grant-return',
    ])
      expect(actions, action).toContain(action)
    expect(new Set(open.map((o) => o.light))).toEqual(new Set(['green', 'yellow', 'red', 'none']))
    expect(open.some((o) => o.state.urgent)).toBe(true)
    for (const { state } of open) expect(state.lastAt).toBeLessThanOrEqual(PERIOD.until)
    expect(await stuckCases(store, PERIOD.until, 0, { limit: 100, checked: false })).toEqual([])
    const [late] = await store.sql<{ n: number }[]>`
      select count(*)::int as n from timer where fired_at is null and fire_at <= ${new Date(PERIOD.until)}`
    expect(late?.n).toBe(0)
    // What the living demo's timers will ring is there already.
    const waiting = await store.sql<{ case_id: string; kind: string; fire_at: Date }[]>`
      select case_id, kind, fire_at from timer where fired_at is null`
    const city = compileCity(pack, 1)
    const wanted = open.flatMap(({ state }) => timersIn(state, city))
    expect(wanted.filter((t) => t.kind === 'rung' && t.fireAt <= PERIOD.until)).toEqual([])
    expect(waiting).toHaveLength(wanted.filter((t) => t.fireAt > PERIOD.until).length)
  })

  it('leaves the bell the notices of its last day only', async () => {
    const [place] = await whole.store.sql<{ before: number; after: number }[]>`
      select (select count(*)::int from feed where seq <= r.seq and at >= ${new Date(PERIOD.until - 86_400_000)}) as before,
        (select count(*)::int from feed where seq > r.seq) as after
      from reader r where r.name = 'notices'`
    expect(place?.before).toBe(0)
    expect(place?.after).toBeGreaterThan(0)
  })

  it('climbs the city’s ladder as the worker would: each rung at its instant, once a go', async () => {
    const rungs = await whole.store.sql<{ id: string; rung: string; turn: number; at: Date; due: string }[]>`
      select case_id as id, payload ->> 'rung' as rung, (payload ->> 'turn')::int as turn, at,
        payload ->> 'fellDueAt' as due
      from case_event where type = 'escalated'`
    expect(rungs.length).toBeGreaterThan(10)
    expect(new Set(rungs.map((r) => r.rung))).toContain('near')
    expect(new Set(rungs.map((r) => `${r.id} ${r.rung} ${r.turn}`)).size).toBe(rungs.length)
    for (const { rung, at, due } of rungs) expect([rung, at.getTime()]).toEqual([rung, Number(due)])
  })

  it('is in the feed in order of time, each day begun once', async () => {
    const { store } = whole
    const [order] = await store.sql<{ n: number }[]>`
      select count(*)::int as n from (select at, lag(at) over (order by seq) as before from feed) f where at < before`
    expect(order?.n).toBe(0)
    const days = await store.sql<
      { day: string }[]
    >`select fact ->> 'day' as day from feed where type = 'day' order by seq`
    expect(days.map((d) => d.day)).toEqual(
      Array.from({ length: 14 }, (_, i) => `2026-07-${String(i + 1).padStart(2, '0')}`),
    )
    const lights = await store.sql`
      select 1 from feed f join timer t on t.case_id = f.case_id and t.kind = f.type and t.fire_at = to_timestamp((f.fact ->> 'fireAt')::float8 / 1000)
      where f.type in ('yellow', 'red') and t.fired_at is not null`
    const [facts] = await store.sql<
      { n: number }[]
    >`select count(*)::int as n from feed where type in ('yellow', 'red')`
    expect(facts?.n).toBeGreaterThan(10)
    expect(lights).toHaveLength(facts?.n ?? 0)
  })

  it('lets numbers go on where it ended', async () => {
    const { store } = whole
    const [receipt] = await store.sql<{ last: string; next: number }[]>`
      select (select max(receipt_no) from "case") as last, next::int from number_series where key = 'R20260714'`
    expect(Number(receipt?.last.slice(-4)) + 1).toBe(receipt?.next)
    const [clash] = await store.sql<{ n: number }[]>`
      select count(*)::int as n from "case" where case_no is not null group by case_no having count(*) > 1`
    expect(clash).toBeUndefined()
  })

  it('has the photos that its cases name, and words that can be erased', async () => {
    const { store } = whole
    const named = await store.sql<{ id: string }[]>`
      select distinct p.id from case_event e, jsonb_array_elements_text(e.payload -> 'photos') as p(id)`
    expect(named.length).toBeGreaterThan(40)
    expect(
      await missingUploads(
        store,
        named.map((p) => p.id),
      ),
    ).toEqual(new Set())
    const [words] = await store.sql<{ described: number; inLog: number }[]>`
      select (select count(*)::int from case_private where no = 1 and part = 'words' and data ->> 'description' <> '') as described,
        (select count(*)::int from case_event where payload ? 'description') as "inLog"`
    const [cases] = await store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
    expect(words).toEqual({ described: cases?.n, inLog: 0 })
  })
})

describe('made again', () => {
  it('in another database it is the same, interrupted or not', async () => {
    const broken = await aCity()
    let pieces = 0
    const interrupted = make(broken, {
      onProgress: () => {
        pieces += 1
        if (pieces === 4) throw new Error('the power went')
      },
    })
    await expect(interrupted).rejects.toThrow('the power went')
    const half = await readHistory(broken.store)
    expect(half).toMatchObject({ finished: false })
    expect(half?.pieces).toBeGreaterThan(0)
    // A later start goes on with what was begun, not with another end.
    await make(broken, {
      now: PERIOD.until + 86_400_000,
      period: { ...PERIOD, until: PERIOD.until + 86_400_000 },
    })
    expect(await readHistory(broken.store)).toMatchObject({ finished: true, until: PERIOD.until })
    expect(await contentsOf(broken.store)).toEqual(await contentsOf(whole.store))
    expect((await audit(broken.store)).found).toBe(0)
  })

  it('it is there already', async () => {
    const before = await contentsOf(whole.store)
    expect(await make(whole)).toBeUndefined()
    expect(await contentsOf(whole.store)).toEqual(before)
  })

  it('with other people it is refused, with what to do', async () => {
    const city = await aCity()
    let pieces = 0
    const interrupted = make(city, {
      onProgress: () => {
        pieces += 1
        if (pieces === 4) throw new Error('the power went')
      },
    })
    await expect(interrupted).rejects.toThrow('the power went')
    await city.store.sql`update account set disabled_at = now() where 'grid-member' = any(posts)`
    await expect(make(city)).rejects.toThrow('DEMO_HISTORY=0')
    await leaveHistory(city.store)
    const used = await city.store.sql`
      select 1 from "case" c join number_series s on s.key = substr(c.receipt_no, 1, 9)
      where s.next <= substr(c.receipt_no, 10)::bigint`
    expect(used).toHaveLength(0)
    expect(await make(city)).toBeUndefined()
    expect((await audit(city.store)).found).toBe(0)
  })
})

describe('a start', () => {
  const settle = (
    city: { store: Store; dataDir: string },
    config: { demo: boolean; demoHistory: boolean },
  ) => {
    const notes: string[] = []
    return settleHistory(city.store, { ...config, dataDir: city.dataDir }, (line) => notes.push(line)).then(
      () => notes,
    )
  }

  it('outside the demo never makes a past', async () => {
    const city = await aCity()
    await settle(city, { demo: false, demoHistory: false })
    expect(await readHistory(city.store)).toBeUndefined()
  })

  it('without the wish for it makes none, and never one later beneath a log that lives', async () => {
    const city = await aCity()
    await settle(city, { demo: true, demoHistory: false })
    expect(await readHistory(city.store)).toBeUndefined()
    await city.store.sql`insert into feed (seq, type, at, hash) values (1, 'day', now(), '\\x')`
    expect(await settle(city, { demo: true, demoHistory: true })).toEqual(['there already'])
    expect(await readHistory(city.store)).toBeUndefined()
  })

  it('with a pack that gives nothing to go by goes on without', async () => {
    const city = await aCity()
    await loadPack(city.store, { ...pack, categories: pack.categories.map(({ share: _, ...c }) => c) })
    expect(await settle(city, { demo: true, demoHistory: true })).toEqual([expect.stringContaining('none')])
    expect(await readHistory(city.store)).toBeUndefined()
  })
})
