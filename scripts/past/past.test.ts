// A small past in a real database: the audit finds nothing wrong with it, it lies where it should, and the hot queries
// of the bench are answered on it by the indexes that are there for them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '#store/audit.ts'
import { loadPack } from '#store/city.ts'
import { migrate } from '#store/migrate.ts'
import { type TestDatabase, testDatabase } from '#store/testing.ts'
import { type ExplainedQuery, explainHotQueries } from '../bench/flat/plans.ts'
import { demoCity } from '../life/testing.ts'
import { type MadePast, makePast } from './past.ts'

const UNTIL = Date.parse('2026-07-14T10:20:00+08:00')
const CASES = 1500

let database: TestDatabase
let made: MadePast
let plans: ExplainedQuery[]
let bitmaps: ExplainedQuery[]

beforeAll(async () => {
  database = await testDatabase()
  const { pack } = await demoCity()
  // Nobody logs in here.
  await loadPack(database.store, { ...pack, users: pack.users.map(({ password: _, ...user }) => user) })
  made = await makePast({
    store: database.store,
    ownerUrl: database.ownerUrl,
    cases: CASES,
    present: 200,
    presentDays: 10,
    open: 16,
    years: 0.2,
    until: UNTIL,
  })
  const explained = (settings: Record<string, string>) =>
    explainHotQueries({ databaseUrl: database.url, analyze: false, settings })
  // Tables this small would be read from end to end, or in order of time whatever is looked for.
  plans = await explained({ enable_seqscan: 'off' })
  bitmaps = await explained({ enable_seqscan: 'off', enable_indexscan: 'off', enable_indexonlyscan: 'off' })
}, 300_000)
afterAll(() => database.drop())

describe('a past', () => {
  it('is as large as asked for, and the audit finds nothing', async () => {
    expect(made.cases).toBe(CASES)
    const report = await audit(database.store)
    expect(report.differences).toEqual([])
    expect(report).toMatchObject({ cases: CASES, events: made.events })
    expect(report.openOnBoard).toBeGreaterThan(0)
    expect(report.words.kept).toBeGreaterThan(CASES)
  })

  it('ends before the present, with numbers, ids and places of its own', async () => {
    const [seen] = await database.store.sql<
      { past: number; open: number; receipts: number; ids: number; places: number }[]
    >`
      select count(*)::int as past, count(*) filter (where closed_at is null)::int as open,
        count(distinct receipt_no)::int as receipts, count(distinct id)::int as ids,
        count(distinct state -> 'position')::int as places
      from "case" where reported_at < '2026-06-30T00:00+08:00'`
    expect(seen).toMatchObject({ past: made.past.cases, open: 0, receipts: made.past.cases })
    expect(seen?.ids).toBe(made.past.cases)
    expect(seen?.places).toBeGreaterThan(made.past.cases / 4)
  })

  it('leaves no work to those who read the feed, but for the present', async () => {
    const readers = await database.store.sql<{ seq: number }[]>`select seq::int from reader`
    expect(readers.length).toBeGreaterThan(0)
    for (const { seq } of readers) expect(seq).toBeGreaterThanOrEqual(made.past.facts)
  })

  it('is refused by a city that has cases', async () => {
    const again = { store: database.store, ownerUrl: database.ownerUrl, until: UNTIL }
    await expect(
      makePast({ ...again, cases: 400, present: 200, presentDays: 10, open: 16, years: 0.2 }),
    ).rejects.toThrow('take an empty one')
  })

  it('leaves the schema as the migrations made it', async () => {
    expect(await migrate({ databaseUrl: database.ownerUrl })).toEqual([])
    const [indexes] = await database.store.sql<{ n: number; off: number }[]>`
      select (select count(*)::int from pg_indexes where schemaname = 'public' and tablename = 'case') as n,
        (select count(*)::int from pg_trigger where tgenabled = 'D') as off`
    expect(indexes?.n).toBeGreaterThan(12)
    expect(indexes?.off).toBe(0)
  })
})

const depth = (line: string) => line.search(/\S/)

/** They grow with history: no hot query may read one from end to end. */
const GROWING =
  /Seq Scan on "?(case|case_event|case_private|feed|rollup|standing|timer|field_task|photo_use)"?\b/

describe('the hot queries', () => {
  it('read no growing table from end to end', () => {
    const reading = plans.filter(({ statements }) => statements.some(({ plan }) => GROWING.test(plan)))
    expect(reading.map(({ query }) => query.name)).toEqual([])
  })

  it('search words period by period, the newest first, and sort no more than one', () => {
    const searches = plans.filter(({ query }) => /^search: (words|address|place)$/.test(query.name))
    expect(searches).toHaveLength(3)
    for (const { query, statements } of searches) {
      const lines = statements[0]?.plan.split('\n') ?? []
      const periods = lines.findIndex((line) => line.includes('Function Scan on generate_series p'))
      const above = (i: number) =>
        lines.findLastIndex((line, n) => n < i && depth(line) < depth(lines[i] ?? ''))
      const loop = above(periods)
      expect(lines[loop], query.name).toMatch(/-> {2}Nested Loop$/)
      expect(lines[above(loop)], query.name).toMatch(/-> {2}Limit$/)
      expect(lines[periods + 1], query.name).toMatch(/-> {2}Limit$/)
    }
  })

  it('are answered by the indexes that they rest on', () => {
    const missing = plans.flatMap(({ query, statements }, i) =>
      query.rests
        .filter(
          (index) =>
            ![...statements, ...(bitmaps[i]?.statements ?? [])].some(({ plan }) => plan.includes(index)),
        )
        .map((index) => `${query.name}: ${index}`),
    )
    expect(missing).toEqual([])
  })
})
