// The commands as people run them: a replay killed in the middle goes on where it was, the audit agrees, names the case
// whose log was touched, and lets a rule erase.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName, withDatabase } from '#store/config.ts'
import { testDatabase, type TestDatabase } from '#store/testing.ts'
import { EXPECTED, smallExport } from './testing/export.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
let dir: string
let main: TestDatabase
let replayed: string
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-commands-'))
  await writeFile(join(dir, 'small.csv'), smallExport())
  main = await testDatabase()
  replayed = withDatabase(main.ownerUrl, `${databaseName(main.url)}_replay`)
  const { REDIS_URL: _, ...rest } = process.env
  env = { ...rest, DATABASE_URL: main.ownerUrl, DATA_DIR: join(dir, 'data') }
})
afterAll(async () => {
  await main.drop()
  await rm(dir, { recursive: true })
})

const start = (name: string, ...args: string[]) =>
  spawn(process.execPath, [`scripts/${name}.ts`, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function run(
  name: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(name, ...args)
  let [out, err] = ['', '']
  child.stdout.on('data', (d) => (out += d))
  child.stderr.on('data', (d) => (err += d))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out, err }
}

async function inReplay<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(replayed, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

const reported = () =>
  inReplay(async (sql) => {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from "case"`
    return row?.n ?? 0
  }).catch(() => 0)

describe('a replay and its audit', () => {
  test('killed with kill -9 and started again, it accounts for every row', async () => {
    const killed = start('replay', join(dir, 'small.csv'), '--speed', '40000')
    const gone = new Promise((resolve) => killed.on('close', resolve))
    while ((await reported()) < 3) {
      expect(killed.exitCode).toBeNull()
      await delay(50)
    }
    killed.kill('SIGKILL')
    await gone
    expect(await reported()).toBeLessThan(EXPECTED.reported)
    expect((await run('audit')).code).toBe(0)

    const again = await run('replay', join(dir, 'small.csv'))
    expect(again.err).toBe('')
    expect(again.code).toBe(0)
    expect(again.out).toContain('taken up where it was')
    expect(again.out).toMatch(/rows were cases already/)
    expect(again.out).toMatch(/rows read +20\n/)
    expect(again.out).toMatch(/ reported +13\n/)
    expect(again.out).toMatch(/unaccounted for +0\n/)
    expect(again.out).toMatch(/line 22: 3 cells instead of 20/)
  })

  test('the audit covers both databases, prints the head, and takes it back', async () => {
    const { code, out } = await run('audit')
    expect(code).toBe(0)
    expect(out.match(/No differences/g)).toHaveLength(2)
    const name = databaseName(replayed)
    const json = JSON.parse((await run('audit', '--json', '--database', name)).out)
    expect(json).toMatchObject([{ database: name, cases: EXPECTED.reported, found: 0 }])
    const { seq, hash } = json[0].head
    expect((await run('audit', '--database', name, '--expect', `${seq}:${hash}`)).code).toBe(0)
    const ahead = await run('audit', '--database', name, '--expect', `${seq + 1}:${hash}`)
    expect(ahead.code).toBe(1)
    expect(ahead.out).toContain(`it had reached ${seq + 1} before`)
  })

  test('erasing by rule leaves the audit content', async () => {
    const before = env
    env = { ...env, DATABASE_URL: replayed }
    const receipt = await inReplay(
      async (sql) => (await sql`select receipt_no from "case" where external_id = '2'`)[0]?.receipt_no,
    )
    const one = await run('erase', '--case', receipt, '--parts', 'words')
    expect(one.out).toMatch(new RegExp(`${receipt}: erased \\d`))
    const old = await run('erase', '--closed-before', '2011-03-02', '--parts=words', '--rule', 'retention-1')
    expect(old.out).toMatch(/2 cases .* erased/)
    expect([one.code, old.code]).toEqual([0, 0])
    const audited = await run('audit')
    env = before
    expect(audited.out).toMatch(/[1-9]\d* erased by rule/)
    expect(audited.code).toBe(0)
  })

  test('a changed byte: exit 1, and the case is named', async () => {
    const receipt = await inReplay(async (sql) => {
      await sql`alter table case_event disable trigger user`
      await sql`update case_event set payload = payload || '{"receiptNo":"R201103010099"}'
        where type = 'reported' and case_id = (select id from "case" where external_id = '3')`
      await sql`alter table case_event enable trigger user`
      return (await sql`select receipt_no from "case" where external_id = '3'`)[0]?.receipt_no
    })
    const { code, out } = await run('audit')
    expect(code).toBe(1)
    expect(out).toMatch(new RegExp(`chain +${receipt}.*: event 1 \\(reported\\) does not match its hash`))
  })
})

test.each([
  ['replay', [], 1, /Which file/],
  ['replay', ['none.csv'], 1, /There is no none\.csv/],
  ['replay', ['package.json'], 1, /not a 311 export|Invalid/],
  ['replay', ['package.json', '--speed', '0'], 1, /above 0/],
  ['audit', ['--nothing'], 2, /is not an option/],
  ['audit', ['--database', 'no_such_database'], 2, /could not be done/],
  ['audit', ['--expect', '12'], 2, /SEQ:HASH/],
  ['erase', [], 1, /Say which/],
  ['erase', ['--closed-before', 'soon'], 1, /takes a date/],
  ['erase', ['--case', 'R209901010001'], 1, /There is no case/],
] as const)('%s %j ends with %i and says why', async (name, args, code, words) => {
  const result = await run(name, ...args)
  expect(result.code).toBe(code)
  expect(result.err).toMatch(words)
})

test.each(['replay', 'audit', 'erase'])('%s --help', async (name) => {
  const { code, out } = await run(name, '--help')
  expect(code).toBe(0)
  expect(out).toContain(`npm run ${name}`)
})
