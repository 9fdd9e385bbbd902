// Two apis and two workers behind a proxy, on one database and one Redis: what is in one process for one machine must hold
// between them, and each may be exchanged under load without anybody noticing.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#api/auth/tokens.ts'
import { USERS } from '#api/testing/api.ts'
import {
  applyDelta,
  applyHeartbeat,
  type BoardDelta,
  type BoardSnapshot,
  type BoardState,
  fromSnapshot,
  type Heartbeat,
  toSnapshot,
} from '#domain/board.ts'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { findAccount, openSession } from '#store/accounts.ts'
import { audit } from '#store/audit.ts'
import { loadPack } from '#store/city.ts'
import { sha256 } from '#store/hash.ts'
import { emptyDatabase, type TestDatabase, testDatabase, testRedisUrl } from '#store/testing.ts'
import { migrateQueue } from '#worker/queues.ts'
import { bundleFiles } from '../bundle/contents.ts'
import { ensureDashboard } from '../runtime/dashboard.ts'
import { freePort } from '../runtime/port.ts'
import { type ReverseProxy, startProxy } from '../town/proxy.ts'
import { type Kind, type Running, startProcess } from './running.ts'

let database: TestDatabase
let queue: Awaited<ReturnType<typeof emptyDatabase>>
let root = ''
let dataDir = ''
let env: NodeJS.ProcessEnv
let apis: Running[]
let workers: Running[]
let proxy: ReverseProxy
const sockets: Socket[] = []
/** A busy machine is no fault. */
const PATIENT = { timeout: 60_000 }

const start = (kind: Kind, port = 0) => startProcess(root, kind, env, port)

/** The files that an installation has, so that no api builds the pages for itself. */
async function installed(): Promise<string> {
  const here = fileURLToPath(new URL('../..', import.meta.url))
  if (!existsSync(join(here, 'dashboard/dist/index.html'))) await ensureDashboard()
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-installed-'))
  for (const file of await bundleFiles(here)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await copyFile(join(here, file), join(folder, file))
  }
  await symlink(join(here, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

beforeAll(async () => {
  root = await installed()
  database = await testDatabase()
  queue = await emptyDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'huiyin-many-'))
  await loadPack(database.store, { ...cityPack(), users: USERS })
  const redisUrl = testRedisUrl()
  if (redisUrl === undefined) await migrateQueue({ databaseUrl: database.url, queueDatabaseUrl: queue.url })
  env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    QUEUE_DATABASE_URL: queue.url,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    SESSION_SECRET: 'a secret of the tests, long enough',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    DRAIN_SECONDS: '2',
  }
  const ports = [await freePort(), await freePort()]
  apis = await Promise.all(ports.map((port) => start('api', port)))
  workers = await Promise.all([start('worker'), start('worker')])
  proxy = await startProxy(ports)
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await proxy?.close()
  const codes = await Promise.all([...(apis ?? []), ...(workers ?? [])].map((p) => p.stop()))
  await database.drop()
  await queue.drop()
  for (const folder of [dataDir, root]) await rm(folder, { recursive: true, force: true })
  expect(codes).toEqual([0, 0, 0, 0])
})

/** A session as a login makes it, without the cost of a password. */
async function cookieOf(username: string): Promise<string> {
  const { store } = database
  const account = await findAccount(store, username)
  if (!account) throw new Error(`nobody is called ${username}`)
  await store.sql`update account set must_change = false where username = ${username}`
  const token = randomBytes(16).toString('hex')
  await openSession(store, { tokenHash: sha256(token), accountId: account.id, lastsMs: 3_600_000 })
  return `${SESSION_COOKIE}=${token}`
}

const at = (api: Running | undefined) => `http://127.0.0.1:${api?.port}`

/** A wall that comes again by itself with where it stood, as the pages do. */
function wallAt(url: string, cookie: string) {
  const wall = { board: undefined as BoardState | undefined, snapshots: 0, resyncs: 0, deltas: 0 }
  const position = () => (wall.board ? { epoch: wall.board.epoch, lastSeq: wall.board.seq } : {})
  const socket = io(`${url}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
    auth: (give) => give({ scope: 'city', ...position() }),
    extraHeaders: { cookie },
  })
  sockets.push(socket)
  // Told to go by an api that ends: Socket.IO itself does not come again then.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 50)
  })
  const judge = (verdict: string) => {
    if (verdict !== 'resync') return
    wall.resyncs += 1
    socket.emit('resync', position())
  }
  socket.on('snapshot', (s: BoardSnapshot) => {
    wall.snapshots += 1
    wall.board = fromSnapshot(s)
  })
  socket.on('delta', (d: BoardDelta) => {
    wall.deltas += 1
    if (wall.board) judge(applyDelta(wall.board, d))
  })
  socket.on('heartbeat', (h: Heartbeat) => {
    if (wall.board) judge(applyHeartbeat(wall.board, h))
  })
  return wall
}

async function report(url: string, cookie: string, text: string): Promise<{ id: string }> {
  const answer = await fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(60_000),
    body: JSON.stringify({
      description: text,
      location: PLACES.road,
      categoryCode: 'E0110',
      source: 'grid',
    }),
  })
  if (answer.status !== 201) throw new Error(`a report was answered ${answer.status}`)
  return (await answer.json()) as { id: string }
}

const headOf = async () => {
  const [row] = await database.store.sql<{ seq: string }[]>`select seq from feed_head`
  return Number(row?.seq)
}
/** Everything that was committed is in the feed. */
async function settled(): Promise<number> {
  await expect
    .poll(async () => {
      const [row] = await database.store.sql<{ n: number; undecided: number }[]>`
        select (select count(*)::int from event_inbox) as n,
          (select count(*)::int from "case" where status = 'reported') as undecided`
      return row
    }, PATIENT)
    .toEqual({ n: 0, undecided: 0 })
  return headOf()
}

describe('two apis and two workers', () => {
  test('a session, a photo and a logout of one hold at the other', async () => {
    const [one, other] = apis
    const cookie = await cookieOf('grid')
    const form = new FormData()
    const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer()
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg')
    const sent = await fetch(`${at(one)}/api/v1/uploads`, { method: 'POST', headers: { cookie }, body: form })
    expect(sent.status).toBe(201)
    const { url } = (await sent.json()) as { url: string }
    const read = await fetch(new URL(url, at(other)), { headers: { cookie } })
    expect(read.status).toBe(200)
    expect(read.headers.get('content-type')).toContain('image/')

    const me = (api: Running | undefined) => fetch(`${at(api)}/api/v1/auth/me`, { headers: { cookie } })
    expect((await me(one)).status).toBe(200)
    expect((await me(other)).status).toBe(200)
    await fetch(`${at(one)}/api/v1/auth/logout`, { method: 'POST', headers: { cookie } })
    expect((await me(one)).status).toBe(401)
    await expect.poll(async () => (await me(other)).status, PATIENT).toBe(401)
  })

  test('each is exchanged under load: no request fails, no delta is lost, one process sequences', async () => {
    const cookie = await cookieOf('grid')
    const watching = await cookieOf('wall')
    const walls = [wallAt(at(apis[0]), watching), wallAt(proxy.url, watching), wallAt(proxy.url, watching)]
    await expect.poll(() => walls.every((w) => w.board), PATIENT).toBe(true)

    const made: string[] = []
    let over = false
    const failures: unknown[] = []
    const reporting = Array.from({ length: 4 }, async (_, who) => {
      while (!over)
        try {
          made.push((await report(proxy.url, cookie, `第${made.length}件 ${who}`)).id)
          const read = await fetch(`${proxy.url}/api/v1/board?scope=city`, { headers: { cookie: watching } })
          await read.arrayBuffer()
          if (!read.ok) failures.push(read.status)
        } catch (error) {
          failures.push(error)
        }
    })
    const holders = new Set<string>()
    const look = async () => {
      const rows = await database.store.sql<{ name: string; holder: string }[]>`
        select name, holder from lease where name = 'projector' and until > now()`
      // The lease's key allows one; what changes hands is who.
      for (const { holder } of rows) holders.add(holder)
    }

    const codes: number[] = []
    for (const [i, worker] of workers.entries()) {
      await look()
      const before = made.length
      codes.push(await worker.stop())
      workers[i] = await start('worker')
      await expect.poll(() => made.length, PATIENT).toBeGreaterThan(before)
      await look()
    }
    for (const [i, api] of apis.entries()) {
      const before = made.length
      codes.push(await api.stop())
      apis[i] = await start('api', api.port)
      const answered = proxy.answers.get(api.port) ?? 0
      await expect.poll(() => proxy.answers.get(api.port) ?? 0, PATIENT).toBeGreaterThan(answered)
      expect(made.length).toBeGreaterThan(before)
    }
    over = true
    await Promise.all(reporting)

    expect(codes).toEqual([0, 0, 0, 0])
    expect(failures).toEqual([])
    expect(proxy.faults).toEqual([])
    expect(holders.size).toBeGreaterThan(1)

    const seq = await settled()
    await expect.poll(() => walls.map((w) => w.board?.seq), PATIENT).toEqual([seq, seq, seq])
    const board = await fetch(`${proxy.url}/api/v1/board?scope=city`, { headers: { cookie: watching } })
    const { totals, open } = (await board.json()) as { totals: { reported: number }; open: number }
    expect(totals.reported).toBe(made.length)
    const [first] = walls
    for (const wall of walls) {
      expect(wall.board?.cases.size).toBe(open)
      expect(wall.resyncs).toBe(0)
      const plain = (w: typeof wall) => w.board && sorted(toSnapshot(w.board))
      expect(plain(wall)).toEqual(first && plain(first))
    }
    const { differences } = await audit(database.store)
    expect(differences).toEqual([])
    const [counted] = await database.store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
    expect(counted?.n).toBe(made.length)
  }, 900_000)

  test('an api that is told to stop answers on, says so, and keeps no connection', async () => {
    const api = await start('api', await freePort())
    const url = at(api)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const stopping = api.stop()
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, PATIENT).toBe(503)
    const answer = await fetch(`${url}/api/v1/zones`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('connection')).toBe('close')
    expect(await stopping).toBe(0)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })
})

/** Lists in one order, since each wall came to its own by another way. */
function sorted(snapshot: BoardSnapshot): unknown {
  const order = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map(order).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => [k, order(v)]),
    )
  }
  return order(snapshot)
}
