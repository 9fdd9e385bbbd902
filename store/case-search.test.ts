// A search finds what a plain recount of all words finds, in the same order, in pages of any size: over many periods, with
// reports of the past that came later, and without words that were erased.
import fc from 'fast-check'
import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { type CaseFilter, listCases } from './cases.ts'
import { eraseWords } from './erase.ts'
import { searchPeriod } from './search-period.ts'
import { HOUR, openTown, square, TOWN, type Town } from './testing-town.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

const DAY = 24 * HOUR
const TEXTS = [
  '路灯不亮，影响出行',
  '人民路108号路灯歪斜',
  '白鹭困在网里',
  '白鹭白鹭',
  'LED Lamp 坏了',
  'led灯箱破损',
  '满溢100%，编号A_7',
  '满溢1000，编号AB7',
  '灯𠮷灯下有积水😀',
  '𠮷祥路井盖缺失',
  '鹭白路 垃圾',
]
const ADDRESSES = [undefined, '人民路108号', '白鹭街道 Led 灯城', '𠮷祥路3号']

/** West of the town's other places; nothing is reported in the third. */
const ZONES = ['Z1', 'Z2', 'Z3'].map((code, i) => {
  const [w, e] = [113.1 + i * 0.1, 113.2 + i * 0.1]
  return {
    code,
    name: code,
    kind: 'park',
    department: 'sanitation',
    coDepartments: [],
    priority: 1,
    categories: [],
    geometry: square(w, 29, e, 30),
    centre: { lng: (w + e) / 2, lat: 29.5 },
  }
})

let database: TestDatabase
let town: Town
const erased: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  town = await openTown(database.store, { ...TOWN, zones: ZONES })
  const began = town.clock.now()
  const period = searchPeriod(began)
  let n = 0
  const report = (from: Town) => {
    const address = ADDRESSES[n % ADDRESSES.length]
    const words = { description: TEXTS[(n * 7) % TEXTS.length] ?? '', ...(address ? { address } : {}) }
    n += 1
    return from.report(words, {
      category: n % 3 === 0 ? 'E0125' : 'E0110',
      source: n % 2 === 0 ? 'grid' : 'hotline',
      // In a zone, in another, in none.
      position: { lng: [113.15, 113.25, 113.45][n % 3] ?? 0, lat: 29.5 },
    })
  }
  // Several at one instant, and on both sides of a border between periods; then a period in which nothing is reported.
  for (const at of [0, 3, 9].map((days) => began + days * DAY)) {
    town.clock.set(at)
    for (let i = 0; i < 4; i++) await report(town)
  }
  for (const border of [period + 1, period + 2, period + 4].map((p) => p * 30 * DAY))
    for (const at of [border - 1, border, border + 5 * DAY]) {
      town.clock.set(at)
      for (let i = 0; i < 4; i++) await report(town)
    }
  const past = await openTown(database.store, { ...TOWN, zones: ZONES })
  for (let i = 0; i < 16; i++) {
    past.clock.advance(4 * DAY)
    await report(past)
  }
  for (const description of ['白鹭被困，请删除', '路灯下的电话']) {
    const id = await town.report({ description })
    await eraseWords(database.store, id, { rule: 'request', now: town.clock.now() })
    erased.push(id)
  }
}, 120_000)
afterAll(() => database.drop())

/** What a list is filtered by, and the same said to the recount. */
const FILTERS: readonly [CaseFilter, (sql: postgres.Sql) => postgres.PendingQuery<postgres.Row[]>][] = [
  [{}, (sql) => sql`true`],
  [{ category: 'E0110' }, (sql) => sql`c.category = 'E0110'`],
  [{ source: 'hotline' }, (sql) => sql`c.source = 'hotline'`],
  [{ status: ['dispatched'], area: 'S1G1' }, (sql) => sql`c.status = 'dispatched' and c.area = 'S1G1'`],
  [{ overdue: true }, (sql) => sql`c.clock_runs and c.due_at < ${new Date(town.clock.now())}`],
  [{ category: 'E9999' }, (sql) => sql`false`],
]

type Where = (typeof FILTERS)[number][1]
const always: Where = (sql) => sql`true`

async function recounted(q: string, where = always, zones: readonly string[] = []): Promise<string[]> {
  const { sql } = database.store
  const number = /^[a-z\d-]+$/i.test(q) ? q.toUpperCase() : undefined
  const isNumbered =
    number === undefined
      ? sql`false`
      : sql`(starts_with(c.receipt_no, ${number}) or starts_with(c.case_no, ${number}) or ${number.length >= 4}
          and ${number} in (right(c.receipt_no, ${number.length}), right(c.case_no, ${number.length})))`
  const rows = await sql<{ id: string }[]>`
    select c.id from "case" c join case_private s on s.case_id = c.id and s.no = 1 and s.part = 'words',
      concat_ws(' ', coalesce(s.data ->> 'description', ''), coalesce(s.data ->> 'address', '')) as said
    where (position(lower(${q}) in lower(said)) <> 0 or ${isNumbered} or c.state ->> 'zone' = any(${[...zones]}))
      and ${where(sql)}
    order by c.reported_at desc, c.id desc`
  return rows.map((r) => r.id)
}

async function paged(filter: CaseFilter, limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await listCases(database.store, filter, { limit, cursor, now: town.clock.now() })
    ids.push(...page.items.map((c) => c.state.id))
    if (page.nextCursor !== undefined) expect(page.items).toHaveLength(limit)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids
}

const pieces = (text: string): fc.Arbitrary<string> => {
  const characters = [...text]
  return fc
    .tuple(fc.nat(characters.length - 1), fc.integer({ min: 1, max: 5 }))
    .map(([from, length]) => characters.slice(from, from + length).join(''))
}
const asked = fc.oneof(
  fc.constantFrom(...TEXTS, ...ADDRESSES.filter((a) => a !== undefined)).chain(pieces),
  fc.constantFrom(
    'LAMP',
    'lEd',
    '%',
    '_',
    '100%',
    'A_7',
    '𠮷',
    '😀',
    '灯',
    '路灯',
    '白鹭',
    '没有的词',
    ' ',
    '0003',
  ),
)

test('finds what a plain recount finds, whatever is asked, filtered and turned', async () => {
  await fc.assert(
    fc.asyncProperty(
      asked,
      fc.constantFrom(...FILTERS),
      fc.integer({ min: 1, max: 30 }),
      async (q, [filter, where], limit) => {
        expect(await paged({ ...filter, q }, limit)).toEqual(await recounted(q, where))
      },
    ),
    { numRuns: 150, seed: 22 },
  )
}, 120_000)

test('a word over several periods comes newest first, each once', async () => {
  const all = await recounted('路')
  const lamps = await paged({ q: '路灯' }, 3)
  expect(lamps.length).toBeGreaterThan(9)
  expect(lamps).toEqual(await recounted('路灯'))
  expect(all).toEqual(expect.arrayContaining(lamps))
  const periods = await database.store.sql`
    select distinct period from case_private where no = 1 and part = 'words' and case_id = any(${lamps}::uuid[])`
  expect(periods.length).toBeGreaterThan(3)
})

test('erased words are not found, and nothing is left to find them by', async () => {
  expect(await paged({ q: '请删除' }, 5)).toEqual([])
  expect(await paged({ q: '白鹭' }, 50)).not.toEqual(expect.arrayContaining(erased))
})

test('a search that names zones finds what is in them too, in order and each once', async () => {
  for (const zones of [['Z1'], ['Z2', 'Z1', 'Z3'], ['Z3']])
    for (const [filter, where] of FILTERS) {
      const found = await paged({ ...filter, q: '白鹭', qPlace: { areas: [], zones } }, 4)
      expect(found, zones.join()).toEqual(await recounted('白鹭', where, zones))
    }
  expect((await recounted('白鹭', always, ['Z1'])).length).toBeGreaterThan((await recounted('白鹭')).length)
})

test('a search that names an area finds everything in it', async () => {
  const everything = (
    await database.store.sql<{ id: string }[]>`
    select id from "case" order by reported_at desc, id desc`
  ).map((c) => c.id)
  expect(await paged({ q: '白鹭', qPlace: { areas: ['S1G1'], zones: [] } }, 7)).toEqual(everything)
})

test('every report is in the period in which it is searched for, as the migration has it and as the audit finds', async () => {
  await town.project()
  expect((await audit(database.store)).differences.filter((d) => d.what === 'words')).toEqual([])
  const others = await database.store.sql`
    select s.* from case_private s join "case" c on c.id = s.case_id
    where s.period is distinct from
      case when s.no = 1 and s.part = 'words' then floor(extract(epoch from c.reported_at) / 2592000) end`
  expect(others).toEqual([])
})
