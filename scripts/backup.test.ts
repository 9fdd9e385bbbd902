// `npm run backup` and `npm run restore` as a person meets them: beside a running system, into an empty folder, and where
// they must refuse.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { audit } from '#store/audit.ts'
import { listCases } from '#store/cases.ts'
import { migrate } from '#store/migrate.ts'
import { openStore, type Store } from '#store/open.ts'
import { openTown } from '#store/testing-town.ts'
import { letPass, removePlace } from './runtime/postgres/place.ts'
import { type Postgres, startPostgres } from './runtime/postgres/start.ts'
import { temporaryFolder } from './runtime/testing.ts'

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-spec-'))
  await letPass(folder)
  onTestFinished(() => removePlace(folder))
  return folder
}

async function run(command: 'backup' | 'restore', args: string[], env: Record<string, string>) {
  const file = fileURLToPath(new URL(`./${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, said: out + err }
}

async function opened(folder: string): Promise<{ server: Postgres; store: Store; close(): Promise<void> }> {
  const holder = { command: 'npm start', address: 'http://here' }
  const server = await startPostgres({ dataDir: folder, durable: false, holder })
  const store = openStore({ databaseUrl: server.url('huiyin'), max: 3 })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= store.close().then(() => server.stop()))
  onTestFinished(close)
  return { server, store, close }
}

test('a running system is saved, put into an empty folder, and is the same there', async () => {
  const here = await dataDir()
  const running = await opened(here)
  await migrate({ databaseUrl: running.server.url('huiyin', 'owner') })
  const town = await openTown(running.store)
  await town.report({ description: '北渠有漂浮垃圾', reporter: { name: '李某', phone: '13800000000' } })
  await town.project()
  await mkdir(join(here, 'photos', 'a1'), { recursive: true })
  await writeFile(join(here, 'photos', 'a1', '019a-a1.jpg'), '照片')
  const { head } = await audit(running.store)

  const folder = await temporaryFolder()
  const saved = await run('backup', ['backups'], { DATA_DIR: here, INIT_CWD: folder })
  expect(saved, saved.said).toMatchObject({ code: 0 })
  expect(saved.said).toContain(`head         ${head.seq}:${head.hash}`)
  const [name = '', ...more] = await readdir(join(folder, 'backups'))
  expect([name, more]).toEqual([expect.stringMatching(/^huiyin-\d{8}-\d{6}$/), []])
  const backup = join(folder, 'backups', name)

  const refused = await run('restore', [backup, '--replace', '--yes'], { DATA_DIR: here })
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('in use by `npm start`') })
  const url = { DATABASE_URL: running.server.url('huiyin', 'owner'), DATA_DIR: await temporaryFolder() }
  const connected = await run('restore', [backup, '--replace', '--yes'], url)
  expect(connected).toMatchObject({
    code: 1,
    said: expect.stringMatching(/running on that database: huiyin \(\d/),
  })
  await running.close()
  const full = await run('restore', [backup], { DATA_DIR: here })
  expect(full).toMatchObject({ code: 1, said: expect.stringMatching(/not empty \(小镇, 1 cases.*--replace/) })
  const unasked = await run('restore', [backup, '--replace'], { DATA_DIR: here })
  expect(unasked).toMatchObject({ code: 1, said: expect.stringContaining('add --yes') })

  const there = await dataDir()
  const restored = await run('restore', [backup], { DATA_DIR: there })
  expect(restored, restored.said).toMatchObject({ code: 0 })
  expect(restored.said).toContain(
    `audit        no differences; the head of the backup, ${head.seq}:${head.hash}`,
  )
  expect(await readFile(join(there, 'photos', 'a1', '019a-a1.jpg'), 'utf8')).toBe('照片')
  const { store } = await opened(there)
  const after = await audit(store)
  expect(after).toMatchObject({ found: 0, head: { seq: head.seq, hash: head.hash } })
  expect(after.head.epoch).not.toBe(head.epoch)
  const { items } = await listCases(store, {}, { limit: 10, now: 0 })
  expect(items.map((c) => c.words?.description)).toEqual(['北渠有漂浮垃圾'])
})

test.each<['backup' | 'restore', string[], number, RegExp]>([
  ['backup', ['--help'], 0, /DIR\/huiyin-YYYYMMDD-HHMMSS/],
  ['restore', ['--help'], 0, /--replace/],
  ['backup', [], 1, /Say where to/],
  ['backup', ['a', 'b'], 1, /Say where to/],
  ['backup', ['a', '--keeep'], 1, /Unknown option '--keeep'/],
  ['backup', ['a', '--keep', '0'], 1, /--keep is a whole number of backups, at least 1, not "0"/],
  ['restore', [], 1, /Say which backup/],
  ['restore', ['/nowhere/at/all'], 1, /there is no \/nowhere\/at\/all/],
  ['backup', ['/nowhere/at/all'], 1, /There is no backup: there is no database in .*; set DATA_DIR/],
])('%s %j ends with %d', async (command, args, code, said) => {
  const result = await run(command, args, { DATA_DIR: await temporaryFolder() })
  expect(result).toMatchObject({ code, said: expect.stringMatching(said) })
})
