// A stage for the worker's specs: a database and a queue of its own with the small city in it, on a clock moved by hand.
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { Redis } from 'ioredis'
import { expect, vi } from 'vitest'
import type { Actor, CaseState, Post } from '#domain/case.ts'
import { SimulatedClock } from '#domain/clock.ts'
import type { Command } from '#domain/command.ts'
import { startRedis } from '#scripts/runtime/redis.ts'
import { findCase } from '#store/cases.ts'
import { loadPack } from '#store/city.ts'
import { openLog } from '#store/log.ts'
import { openRuntime, type Runtime, type RuntimeOptions } from '#store/runtime.ts'
import { emptyDatabase, testDatabase, testRedisProgram } from '#store/testing.ts'
import type { Store } from '#store/open.ts'
import type { CityPack } from '#domain/city/types.ts'
import type { JobContext } from '../context.ts'
import { outsideOf } from '../delivery/outside.ts'
import type { AnyHandler } from '../handlers.ts'
import { HANDLERS } from '../jobs/all.ts'
import type { QueueConfig } from '#store/queue-backend.ts'
import { migrateQueue, openQueues } from '../queues.ts'
import { type RunningWorker, startWorker, type WorkerOptions } from '../worker.ts'
import { PACK, STREET } from './city.ts'

export type BackendKind = 'postgres' | 'redis'
/** Both, or PostgreSQL alone on a machine without Redis (the set-up says so). */
export const BACKENDS: BackendKind[] = testRedisProgram() ? ['postgres', 'redis'] : ['postgres']

/** All handlers, this one in the place of its namesake. */
export const insteadOf = (handler: AnyHandler): AnyHandler[] => [
  ...HANDLERS.filter((h) => h.name !== handler.name),
  handler,
]

export interface Disposable {
  config: QueueConfig
  /** Forgets everything at once, as FLUSHALL or an emptied database does. */
  lose(): Promise<void>
  drop(): Promise<void>
}

/** The workers go on meanwhile: whoever holds rows in another order than the truncation is a deadlock, and one of both goes. */
async function emptied(sql: postgres.Sql): Promise<void> {
  try {
    await sql`truncate bullmq.job, bullmq.scheduler, bullmq.event, bullmq.dedup cascade`
  } catch (error) {
    if ((error as { code?: unknown }).code !== '40P01') throw error
    await emptied(sql)
  }
}

/** A queue of its own: on Redis a whole server, since FLUSHALL knows no prefix. */
export async function openQueueServer(kind: BackendKind): Promise<Disposable> {
  if (kind === 'postgres') {
    const database = await emptyDatabase()
    const config = { queueDatabaseUrl: database.url }
    await migrateQueue(config)
    return {
      config,
      async lose() {
        const sql = postgres(database.url, { max: 1, onnotice: () => {} })
        await emptied(sql).finally(() => sql.end())
      },
      drop: database.drop,
    }
  }
  const program = testRedisProgram()
  if (!program) throw new Error('there is no Redis here')
  const server = await startRedis(program)
  return {
    config: { redisUrl: server.url },
    async lose() {
      const redis = new Redis(server.url)
      await redis.flushall()
      await redis.quit()
    },
    drop: server.stop,
  }
}

/** A Monday morning in the small city. */
export const MORNING = Date.parse('2026-03-02T09:00:00+08:00')
export const HOUR = 3_600_000
export const LOG = openLog('silent', 'test')

export interface Town {
  /** Everybody of the pack, by username. */
  actors: ReadonlyMap<string, Actor>
  store: Store
  runtime: Runtime
  clock: SimulatedClock
  report(
    facts?: Partial<{ category: string; position: { lng: number; lat: number }; externalDueAt: number }>,
  ): Promise<CaseState>
  act(caseId: string, username: string, command: Command): Promise<CaseState>
  caseOf(id: string): Promise<CaseState>
  close(): Promise<void>
}

export interface TownOptions extends Pick<RuntimeOptions, 'directory'> {
  /** Where the clock stands at first; epoch ms. */
  start?: number
}

/** The small city in a database of its own; nothing runs by itself. */
export async function openTown(
  pack: CityPack = PACK,
  { start = MORNING, ...options }: TownOptions = {},
): Promise<Town> {
  const database = await testDatabase()
  const { store } = database
  await loadPack(store, pack)
  const clock = new SimulatedClock(start)
  const runtime = await openRuntime(store, LOG, { clock, ...options })
  const actors = await actorsOf(store)
  const actorOf = (username: string): Actor => {
    const actor = actors.get(username)
    if (!actor) throw new Error(`no account ${username}`)
    return actor
  }
  const settled = async (done: ReturnType<Runtime['commander']['act']>) => {
    const result = await done
    if (!result.ok) throw new Error(`refused: ${result.refusal.code} ${result.refusal.detail}`)
    return result.state
  }
  return {
    actors,
    store,
    runtime,
    clock,
    report: ({ category = 'E0110', position = STREET, ...more } = {}) =>
      settled(
        runtime.commander.report(
          {
            facts: { source: 'grid', dispatchMode: 'assign', category, position, photos: [], ...more },
            words: { description: '路边有垃圾' },
          },
          { actor: actorOf('grid') },
        ),
      ),
    act: (caseId, username, command) =>
      settled(runtime.commander.act(caseId, command, { actor: actorOf(username) })),
    async caseOf(id) {
      const found = await findCase(store, id)
      if (!found) throw new Error(`no case ${id}`)
      return found.state
    },
    async close() {
      await runtime.close()
      await database.drop()
    },
  }
}

export interface Stage extends Town {
  /** What handlers and the reconciler get, with a connection to the queue of its own. */
  context: JobContext
  /** Starts a worker; closed with the stage at the latest. */
  work(options?: Partial<WorkerOptions>): Promise<RunningWorker>
}

/** A town with a queue, emptied when the stage closes. */
export async function openStage(queue: Disposable, pack?: CityPack, options?: TownOptions): Promise<Stage> {
  const town = await openTown(pack, options)
  const { store, runtime } = town
  const prefix = `test-${randomBytes(4).toString('hex')}`
  const queues = openQueues({ config: queue.config, log: LOG, prefix })
  const workers: RunningWorker[] = []
  return {
    ...town,
    context: {
      store,
      runtime,
      queues,
      log: LOG,
      tally: { jobs: 0, failed: 0, steps: 0 },
      outside: outsideOf({}),
    },
    async work(options = {}) {
      const worker = await startWorker({ store, config: queue.config, log: LOG, runtime, prefix, ...options })
      workers.push(worker)
      return worker
    },
    async close() {
      await Promise.all(workers.map((w) => w.close()))
      await queues.close()
      await queue.lose()
      await town.close()
    },
  }
}

async function actorsOf(store: Store): Promise<ReadonlyMap<string, Actor>> {
  const rows = await store.sql<
    { id: string; username: string; posts: Post[]; department: string | null }[]
  >`select id, username, posts, department from account`
  return new Map(
    rows.map((r) => [
      r.username,
      { kind: 'user', id: r.id, posts: r.posts, department: r.department ?? undefined },
    ]),
  )
}

/** Waits, asking again and again, until the expectations inside hold. */
export const eventually = (expectations: () => Promise<void> | void) =>
  vi.waitFor(expectations, { timeout: 20_000, interval: 20 })

/** Types of the feed's facts, in order; of one case if given. */
export async function feedOf(store: Store, caseId?: string): Promise<string[]> {
  const rows = await store.sql<{ type: string }[]>`
    select type from feed where ${caseId ?? null}::uuid is null or case_id = ${caseId ?? null}::uuid order by seq`
  return rows.map((r) => r.type)
}

export async function expectGapless(store: Store): Promise<void> {
  const [row] = await store.sql<{ n: number; last: number }[]>`
    select count(*)::int as n, coalesce(max(seq), 0)::int as last from feed`
  expect(row?.n).toBe(row?.last)
}

/** Of an account id. */
export async function usernameOf({ store }: Town, account: string | undefined): Promise<string> {
  const [row] = await store.sql<{ username: string }[]>`
    select username from account where id = ${account ?? null}`
  return row?.username ?? ''
}
