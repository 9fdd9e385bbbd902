// A town of our own to load or to break: a durable PostgreSQL, a queue on it or on Redis, two apis and two workers, all
// reached over cables that can be cut, with the demo city and no simulated people.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Post } from '#domain/case.ts'
import { readPack } from '#pack/read-pack.ts'
import { loadPack } from '#store/city.ts'
import { changeDemo } from '#store/demo.ts'
import { migrate } from '#store/migrate.ts'
import { openStore, type Store } from '#store/open.ts'
import { migrateQueue } from '#worker/queues.ts'
import { freePort } from '../runtime/port.ts'
import { findPlace, letPass, removePlace } from '../runtime/postgres/place.ts'
import { startPostgres } from '../runtime/postgres/start.ts'
import { serviceUser } from '../runtime/postgres/service-user.ts'
import { findRedis, startRedis } from '../runtime/redis.ts'
import { type Cable, layCable } from './cable.ts'
import { keepRunning, type Program } from './program.ts'

const DEMO_PACK = fileURLToPath(new URL('../../cities/demo', import.meta.url))
const MAIN = 'huiyin'
const QUEUE = 'huiyin_queue'
const READY_WITHIN_MS = 120_000
const PHOTO_DISK_MB = 64

export interface Town {
  /** Of the two apis. */
  urls: string[]
  apis: Program[]
  workers: Program[]
  cables: { database: Cable; queue: Cable }
  /** Names of the demo's users who hold this post. */
  usersOf(post: Post): string[]
  /** Straight to the database, past the cable. */
  databaseUrl: () => string
  /** Photos lie on a disk of their own of a few megabytes; undefined where we may not mount one. */
  photoDisk: string | undefined
  killDatabase(): Promise<void>
  /** On Redis only. */
  killRedis?: (() => Promise<void>) | undefined
  flushQueue(): Promise<void>
  /** Until every process answers that it is ready. */
  ready(): Promise<void>
  /** A store of our own, past the cable. */
  store(): Store
  stop(): Promise<void>
}

export interface TownOptions {
  /** Who holds its database, for messages: `npm run chaos`. */
  command: string
  queue: 'postgres' | 'redis'
  /** So many times as fast as the world. */
  clock: number
  log: (line: string) => void
}

export async function buildTown({ command, queue, clock, log }: TownOptions): Promise<Town> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-town-'))
  await letPass(dataDir)
  const lines: string[] = []
  const keepLine = (line: string) => {
    lines.push(line)
    if (lines.length > 20_000) lines.splice(0, 10_000)
  }

  let postgres = await startPostgres({ dataDir, holder: { command } })
  const databaseUrl = () => postgres.url(MAIN)
  const database = await layCable(postgres.port)
  const over = (url: string) => url.replace(`:${postgres.port}/`, `:${database.port}/`)

  const program = queue === 'redis' ? findRedis(log) : undefined
  if (queue === 'redis' && program === undefined) throw new Error('there is no Redis here')
  let redis = program && (await startRedis(program))
  const redisPort = () => Number(new URL(redis?.url ?? 'redis://127.0.0.1:1').port)
  const queueCable = queue === 'redis' ? await layCable(redisPort()) : database

  const config = {
    queueDatabaseUrl: postgres.url(QUEUE),
    ...(redis ? { redisUrl: redis.url } : {}),
  }
  await migrate({ databaseUrl: postgres.url(MAIN, 'owner') })
  await migrateQueue(config)
  const { pack } = await readPack(DEMO_PACK)
  if (!pack) throw new Error('the demo pack has faults')
  const store = openStore({ databaseUrl: databaseUrl(), max: 2, applicationName: 'huiyin-town' })
  try {
    await loadPack(store, pack)
    await changeDemo(store, { rate: clock })
  } finally {
    await store.close()
  }

  const photoDisk = await mountPhotoDisk(join(dataDir, 'photos'), log)
  const ports = [await freePort(), await freePort()]
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: over(databaseUrl()),
    QUEUE_DATABASE_URL: over(postgres.url(QUEUE)),
    ...(redis ? { REDIS_URL: `redis://127.0.0.1:${queueCable.port}` } : {}),
    SESSION_SECRET: randomBytes(24).toString('hex'),
    DEMO: '1',
    LOG_LEVEL: 'warn',
    // Several apis behind one address.
    PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
  }
  const apis = ports.map((port, i) =>
    keepRunning(`api ${i + 1}`, '../api.ts', { ...env, PORT: String(port) }, keepLine),
  )
  const workers = [1, 2].map((i) => keepRunning(`worker ${i}`, '../worker.ts', env, keepLine))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)

  async function startAgain(): Promise<void> {
    await postgres.stop().catch(() => undefined)
    postgres = await startPostgres({ dataDir, holder: { command } })
    database.to = postgres.port
  }

  return {
    urls,
    apis,
    workers,
    cables: { database, queue: queueCable },
    usersOf: (post) => pack.users.filter((u) => u.posts.includes(post)).map((u) => u.username),
    databaseUrl,
    photoDisk,
    async killDatabase() {
      const { cluster } = await findPlace(dataDir, serviceUser())
      const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await postgres.exited
      await startAgain()
    },
    killRedis:
      program &&
      (async () => {
        await redis?.kill()
        redis = await startRedis(program)
        queueCable.to = redisPort()
        queueCable.cut()
      }),
    async flushQueue() {
      if (redis) {
        const { Redis } = await import('ioredis')
        const client = new Redis(redis.url)
        await client.flushall()
        await client.quit()
        return
      }
      // The server may have been killed a moment ago.
      for (let tries = 1; ; tries++) {
        const client = openStore({ databaseUrl: postgres.url(QUEUE), max: 1 })
        try {
          await client.sql`truncate bullmq.job, bullmq.scheduler, bullmq.event, bullmq.dedup cascade`
          return
        } catch (error) {
          if (tries === 50) throw error
          await delay(200)
        } finally {
          await client.close()
        }
      }
    },
    async ready() {
      const until = Date.now() + READY_WITHIN_MS
      for (const url of urls)
        for (;;) {
          const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(
            () => undefined,
          )
          if (answer?.ok) break
          if (Date.now() > until)
            throw new Error(`${url} did not become ready:\n${lines.slice(-40).join('\n')}`)
          await delay(200)
        }
    },
    store: () => openStore({ databaseUrl: databaseUrl(), max: 4, applicationName: 'huiyin-town' }),
    async stop() {
      await Promise.all([...apis, ...workers].map((p) => p.stop()))
      if (queueCable !== database) await queueCable.close()
      await database.close()
      await redis?.stop()
      await postgres.stop()
      if (photoDisk !== undefined) execFileSync('umount', [photoDisk])
      await writeFile(join(tmpdir(), 'huiyin-town.log'), `${lines.join('\n')}\n`)
      await removePlace(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function mountPhotoDisk(folder: string, log: (line: string) => void): Promise<string | undefined> {
  await mkdir(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${PHOTO_DISK_MB}m`, 'tmpfs', folder], { stdio: 'pipe' })
    return folder
  } catch {
    log('no disk of its own for photos: we may not mount one here, and it is not filled')
    return undefined
  }
}
