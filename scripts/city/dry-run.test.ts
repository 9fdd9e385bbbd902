// `load --dry-run` on a database with cases: which of them a changed set of rules would send elsewhere, and nothing loaded.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { cityPack, RULE_POLICIES } from '#domain/testing/city.ts'
import { loadPack, newestPack } from '#store/city.ts'
import { openCaseUses } from '#store/city-uses.ts'
import { dispatchedLately } from '#store/dispatched.ts'
import { presentLessons } from '#store/register.ts'
import { type TestDatabase, testDatabase } from '#store/testing.ts'
import { openTown, TOWN } from '#store/testing-town.ts'
import { cityCommand, type Io } from './command.ts'
import { readPack } from '#pack/read-pack.ts'
import { rerouting, reroutingText } from './reroute.ts'
import { sample } from '#pack/testing.ts'

let database: TestDatabase
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'huiyin-dry-run-'))
  database = await testDatabase()
})
afterAll(async () => {
  await database.drop()
  await rm(root, { recursive: true })
})

const DAY = 86_400_000
const lately = (days: number) => dispatchedLately(database.store, days)
const compared = (before: CityPack, after: CityPack, days = 30) =>
  rerouting(before, after, { pages: lately(days), lessons: [] })

const smoke = (department: string, words = ['油烟']): CityPack['routing'] => [
  { id: 'R1', order: 1, words, department, coDepartments: [] },
]
/** The town with a rule for words, under which its cases are screened. */
const withRule: CityPack = {
  ...TOWN,
  departments: [
    ...TOWN.departments,
    { code: 'enforcement', name: '执法大队', kind: 'bureau', calendar: 'centre' },
  ],
  routing: smoke('sanitation'),
}

test('cases of the last days of the log are asked of both packs, with their words', async () => {
  const before = withRule
  const town = await openTown(database.store, before)
  await town.report({ description: '很久以前的垃圾' })
  town.clock.advance(40 * DAY)
  await town.report({ description: '门口有油烟' })
  await town.report({ description: '路边垃圾' })
  expect(await compared(before, before)).toEqual({ cases: 2, elsewhere: [] })
  expect((await compared(before, before, 60)).cases).toBe(3)
  const after = { ...before, routing: smoke('enforcement') }
  const found = await compared(before, after)
  expect(found.cases).toBe(2)
  expect(found.elsewhere).toMatchObject([{ before: 'sanitation', after: 'enforcement', step: { ref: 'R1' } }])
  const text = reroutingText(found, 30, { before, after }, 'zh')
  expect(text).toMatch(/^近30天派遣的2件案件中，1件按新规则将派往别处\n {2}1 {2}环卫所 → 执法大队\n/)
  expect(text).toContain('规则R1')
  expect(text).not.toContain('门口')
  // Words that screening was not asked about are looked for as well.
  const other = await compared(before, { ...before, routing: smoke('enforcement', ['路边']) })
  expect(other.elsewhere).toHaveLength(1)
  expect(other.elsewhere[0]?.caseId).not.toBe(found.elsewhere[0]?.caseId)
})

test('a case whose words were erased goes by what screening had found of them', async () => {
  const before = (await newestPack(database.store))?.pack
  if (!before) throw new Error('no town')
  await database.store.sql`
    update case_private set data = null, salt = null, erased_at = now(), erased_by = 'test'`
  for await (const page of lately(30)) for (const found of page) expect(found.description).toBeUndefined()
  const known = await compared(before, { ...before, routing: smoke('enforcement') })
  expect(known.elsewhere).toHaveLength(1)
  const unknown = await compared(before, { ...before, routing: [] })
  expect(unknown).toEqual({ cases: 2, elsewhere: [] })
})

test('the command tells it and loads nothing', async () => {
  const { store } = database
  const dir = join(root, 'pack')
  await writePack(dir)
  const { pack } = await readPack(dir, { today: '2026-11-20' })
  if (!pack) throw new Error('the sample has faults')
  await loadPack(store, { ...pack, categories: cityPack(RULE_POLICIES).categories })
  const { version } = (await newestPack(store)) ?? {}
  const said: string[] = []
  const io: Io = {
    cwd: root,
    out: (text) => said.push(text),
    err: () => {},
    withStore: (work) =>
      work({
        newest: () => newestPack(store),
        openCaseUses: () => openCaseUses(store),
        dispatchedLately: (days) => dispatchedLately(store, days),
        lessons: () => presentLessons(store.sql),
        load: () => {
          throw new Error('a dry run loads nothing')
        },
        hasAdministrator: async () => true,
        passwordOutcome: async () => 'set',
        setPassword: async () => 'set',
      }),
    password: async () => undefined,
  }
  expect(await cityCommand(['load', dir, '--dry-run', '--days', '90'], io)).toBe(0)
  expect(said.join('\n')).toMatch(/近90天派遣的3件案件中，\d件按新规则将派往别处/)
  expect(said.at(-1)).toBe('试运行：未装载')
  expect((await newestPack(store))?.version).toBe(version)
})

async function writePack(dir: string): Promise<void> {
  await mkdir(dir)
  for (const [name, text] of sample) await writeFile(join(dir, name), text)
}
