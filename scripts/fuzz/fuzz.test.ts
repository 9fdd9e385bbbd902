// A short fuzz: the same requests as always, then others. What it finds is printed with the seed to make it again.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#store/testing.ts'
import { fuzzFiles } from './files.ts'
import { demoPack } from './place.ts'
import { report } from './report.ts'
import { runFuzz } from './run.ts'
import { type FuzzSystem, openFuzzSystem } from './system.ts'
import { openWatch, type Watch } from './untouched.ts'

let database: TestDatabase
let dataDir: string
let system: FuzzSystem
let watch: Watch
beforeAll(async () => {
  database = await testDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'huiyin-fuzz-'))
  system = await openFuzzSystem({ databaseUrl: database.url, dataDir, pack: await demoPack() })
  watch = await openWatch(database.url)
})
afterAll(async () => {
  await watch.close()
  await system.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a table that changes is seen, though it holds the same as before', async () => {
  expect(await watch.changed()).toEqual([])
  await system.store.sql`update account set name = name`
  expect(await watch.changed()).toEqual(['account'])
  await watch.note()
  expect(await watch.changed()).toEqual([])
})

test.each([1, Date.now() % 1_000_000_000])(
  'no server error, nothing undescribed, nothing changed by a refusal: seed %i',
  { timeout: 300_000 },
  async (seed) => {
    const outcome = await runFuzz(system, watch, { runs: 300, seed, files: await fuzzFiles() })
    const said = report(outcome, { seed, callers: system.callers.length, watch })
    expect(outcome.findings.length === 0 || said).toBe(true)
    expect(outcome.byClass['2'] ?? 0, said).toBeGreaterThan(30)
    expect(outcome.refusals, said).toBeGreaterThan(100)
  },
)
