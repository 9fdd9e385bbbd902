// The embedded server through hard deaths. Each test has a DATA_DIR of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import sql from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { DataDirInUse } from '../data-dir.ts'
import { commandLine, isAlive } from '../process-identity.ts'
import { temporaryFolder } from '../testing.ts'
import { letPass, removePlace } from './place.ts'
import { ensureDatabase } from './roles.ts'
import { joinPostgres, startPostgres } from './start.ts'

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-spec-'))
  await letPass(folder)
  onTestFinished(() => removePlace(folder))
  return folder
}

async function start(folder: string) {
  const server = await startPostgres({ dataDir: folder, durable: false })
  onTestFinished(() => server.stop())
  return server
}

async function query<T>(url: string, work: (db: sql.Sql) => Promise<T>): Promise<T> {
  const db = sql(url, { max: 1, onnotice: () => {} })
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

/** Another process that starts the server, writes a row and waits to be killed. Answers its postmaster's number. */
async function startElsewhere(folder: string): Promise<{ kill: () => Promise<void>; postmaster: number }> {
  const script = `
    import { startPostgres } from ${JSON.stringify(fileURLToPath(new URL('./start.ts', import.meta.url)))}
    import { readFileSync } from 'node:fs'
    import postgres from ${JSON.stringify(import.meta.resolve('postgres'))}
    const pg = await startPostgres({ dataDir: process.argv[2], durable: false, holder: { command: 'npm start', address: 'http://here' } })
    const sql = postgres(pg.url('huiyin', 'owner'))
    await sql\`create table if not exists kept (n int)\`
    await sql\`insert into kept values (1)\`
    console.log('up')
    setInterval(() => {}, 1000)`
  const file = join(await temporaryFolder(), 'holder.ts')
  await writeFile(file, script)
  const child = spawn(process.execPath, [file, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  expect(line).toBe('up')
  const inside = join(folder, 'postgres')
  const cluster = existsSync(inside)
    ? inside
    : join(
        (await readFile(join(folder, 'postgres-is-elsewhere.txt'), 'utf8')).split('\n')[0] ?? '',
        'postgres',
      )
  const postmaster = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  onTestFinished(async () => void (child.exitCode === null && child.signalCode === null && (await kill())))
  return { kill, postmaster }
}

async function watcherOf(postmaster: number): Promise<number> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const isWatcher = (words: string[] = []) =>
    words.includes('huiyin-watchdog') && words.includes(String(postmaster))
  const found = pids.find((pid) => isWatcher(commandLine(pid)))
  if (found === undefined) throw new Error('the postmaster has no watcher')
  return found
}

const kept = (url: string) => query(url, async (db) => (await db`select count(*)::int as n from kept`)[0]?.n)

test('the first start makes two databases for two roles, UTF-8, UTC, with Chinese letters known to trigrams', async () => {
  const server = await start(await dataDir())
  const [facts] = await query(server.url('huiyin', 'owner'), async (db) => {
    await db`create extension pg_trgm`
    return db`select current_user as role, current_setting('server_encoding') as encoding,
      current_setting('TimeZone') as zone, similarity('北渠桥', '北渠') as similarity`
  })
  expect(facts).toMatchObject({ role: 'huiyin_owner', encoding: 'UTF8', zone: 'UTC' })
  expect(facts?.similarity).toBeGreaterThan(0)
  const [queue] = await query(
    server.url('huiyin_queue'),
    (db) => db`select current_user as role, has_database_privilege(current_database(), 'create') as own`,
  )
  expect(queue).toEqual({ role: 'huiyin_app', own: true })
  const main = query(server.url('huiyin'), (db) => db`create table x ()`)
  await expect(main).rejects.toThrow(/permission denied/)
})

test('a durable server syncs, and only its owner reads the passwords', async () => {
  const folder = await dataDir()
  const server = await startPostgres({ dataDir: folder })
  onTestFinished(() => server.stop())
  const [setting] = await query(server.url('huiyin'), (db) => db`select current_setting('fsync') as fsync`)
  expect(setting).toEqual({ fsync: 'on' })
  expect((await stat(join(folder, 'postgres.json'))).mode & 0o777).toBe(0o600)
  await expect(
    query(server.url('huiyin').replace(/:[^:@/]+@/, ':wrong@'), (db) => db`select 1`),
  ).rejects.toThrow(/password/)
})

test('a second start in the same folder names the first; another command may join it', async () => {
  const folder = await dataDir()
  await startElsewhere(folder)
  const refusal = await startPostgres({ dataDir: folder }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataDirInUse)
  expect(String(refusal)).toContain('at http://here')
  const joined = await joinPostgres(folder)
  expect(joined?.holder.command).toBe('npm start')
  expect(await kept(joined?.url('huiyin', 'owner') ?? '')).toBe(1)
})

test('when its process is killed hard the server stops by itself, and the next start has the data', async () => {
  const folder = await dataDir()
  const { kill, postmaster } = await startElsewhere(folder)
  await kill()
  await expect.poll(() => isAlive(postmaster), { timeout: 20_000 }).toBe(false)
  const server = await start(folder)
  expect(await kept(server.url('huiyin', 'owner'))).toBe(1)
})

test('process and server killed together: the stale pid file does not keep the next start from recovering', async () => {
  const folder = await dataDir()
  const { kill, postmaster } = await startElsewhere(folder)
  process.kill(postmaster, 'SIGKILL')
  await kill()
  const server = await start(folder)
  expect(await kept(server.url('huiyin', 'owner'))).toBe(1)
})

test.runIf(process.platform === 'linux')(
  'a server that outlived its process is stopped and started anew at once',
  async () => {
    const folder = await dataDir()
    const first = await startElsewhere(folder)
    process.kill(await watcherOf(first.postmaster), 'SIGKILL')
    await first.kill()
    expect(isAlive(first.postmaster)).toBe(true)
    const server = await start(folder)
    expect(await kept(server.url('huiyin', 'owner'))).toBe(1)
    expect(isAlive(first.postmaster)).toBe(false)
  },
)

test('data without its passwords (copied, restored) gets new ones', async () => {
  const folder = await dataDir()
  const first = await start(folder)
  await query(first.url('huiyin', 'owner'), (db) => db`create table kept as select 1 as n`)
  await first.stop()
  await rm(join(folder, 'postgres.json'))
  const second = await start(folder)
  expect(await kept(second.url('huiyin', 'owner'))).toBe(1)
  expect(second.url('huiyin')).not.toBe(first.url('huiyin'))
})

test('a missing database is made once; an unreachable server is an error with its address', async () => {
  const server = await start(await dataDir())
  const url = server.url('huiyin_replay', 'owner')
  expect([await ensureDatabase(url), await ensureDatabase(url)]).toEqual([true, false])
  await expect(ensureDatabase(server.url('other', 'app'))).rejects.toThrow(
    /could not be made .*createdb other/,
  )
  await server.stop()
  await expect(ensureDatabase(url)).rejects.toThrow(/huiyin_replay on 127\.0\.0\.1:\d+ can't be reached/)
})
