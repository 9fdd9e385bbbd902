// Where BullMQ keeps its jobs: Redis through ioredis, or PostgreSQL through one pool shared by every queue and worker of
// the process. What the jobs are is the worker's (worker/catalogue.ts); the api only looks at how many there are.
import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { type Config, databaseName } from './config.ts'

export type JobQueue = Queue<unknown, void, string, unknown, void, string, IQueueBackend>
export type JobWorker = Worker<unknown, void, string, IQueueBackend>
export type JobProcessor = Processor<unknown, void, string>

export interface Backend {
  kind: 'redis' | 'postgres'
  queue(name: string): JobQueue
  worker(
    name: string,
    process: JobProcessor,
    options: Omit<WorkerOptions, 'connection' | 'prefix'>,
  ): JobWorker
  close(): Promise<void>
}

/** Queues, workers and what BullMQ asks beside them need connections; this many more serve the jobs themselves. */
const SPARE_CONNECTIONS = 8

const build = <C>(
  kind: Backend['kind'],
  base: { connection: C; prefix: string },
  factory: BackendFactory<IQueueBackend, C>,
  close: () => Promise<void>,
): Backend => ({
  kind,
  // BullMQ types a queue by its backend's connection options, which do not matter to whoever uses it.
  queue: (name) => new Queue(name, base, factory) as unknown as JobQueue,
  worker: (name, process, options) =>
    new Worker(name, process, { ...options, ...base }, factory) as unknown as JobWorker,
  close,
})

/** @param prefix keeps cities that share a Redis apart. */
export function redisBackend(url: string, prefix: string, onError: (error: unknown) => void): Backend {
  // `null`: BullMQ's own demand; its commands wait for Redis to come back rather than fail.
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  connection.on('error', onError)
  return build<ConnectionOptions>(
    'redis',
    { connection, prefix },
    createRedisBackend as unknown as BackendFactory<IQueueBackend, ConnectionOptions>,
    async () => connection.disconnect(),
  )
}

/** @param workers BullMQ workers of this process: each keeps one connection to listen on. */
export function postgresBackend(url: string, workers: number, onError: (error: unknown) => void): Backend {
  const pool = new pg.Pool({
    connectionString: url,
    max: workers + SPARE_CONNECTIONS,
    keepAlive: true,
    application_name: 'huiyin-queue',
    // The queue is disposable, so its commits need not wait for the disk; the log's always do.
    options: '-c search_path=bullmq -c synchronous_commit=off',
  })
  // Every queue and worker puts its own listener on the shared pool.
  pool.setMaxListeners(0)
  pool.on('error', onError)
  return build(
    'postgres',
    { connection: pool, prefix: '' },
    createPostgresBackend as unknown as BackendFactory<IQueueBackend, pg.Pool>,
    () => pool.end(),
  )
}

/** Brings BullMQ's own schema up to this version of it. @returns the schema's version. */
export async function migratePostgres(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await runMigrations(client, 'bullmq')
  } finally {
    await client.end()
  }
}

export type QueueConfig = Pick<Config, 'redisUrl' | 'queueDatabaseUrl' | 'databaseUrl'>

/**
 * `pipeline` moves cases on; `clock` rings alarms and keeps house; `outside` sends what leaves the building. Apart, so that
 * ten thousand waiting steps never delay a light, and a receiver that hangs delays neither; not more, because every queue
 * costs a process one listening connection.
 */
export const QUEUES = ['pipeline', 'clock', 'outside'] as const
export type QueueName = (typeof QUEUES)[number]

/** @param prefix Redis only; derived from the main database's name, so that two cities on one Redis stay apart. */
export function openBackend(
  config: QueueConfig,
  {
    prefix = prefixOf(config),
    workers,
    onError,
  }: { prefix?: string | undefined; workers: number; onError: (error: unknown) => void },
): Backend {
  return config.redisUrl === undefined
    ? postgresBackend(queueUrl(config), workers, onError)
    : redisBackend(config.redisUrl, prefix, onError)
}

export function queueUrl({ queueDatabaseUrl }: QueueConfig): string {
  if (queueDatabaseUrl === undefined) throw new Error('neither REDIS_URL nor QUEUE_DATABASE_URL is known')
  return queueDatabaseUrl
}

const prefixOf = ({ databaseUrl }: QueueConfig) =>
  databaseUrl === undefined ? 'huiyin' : `huiyin-${databaseName(databaseUrl)}`

export interface QueueCounts {
  waiting: number
  active: number
  delayed: number
  failed: number
}

export async function countsOf(queue: JobQueue): Promise<QueueCounts> {
  const {
    waiting = 0,
    prioritized = 0,
    active = 0,
    delayed = 0,
    failed = 0,
  } = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed')
  return { waiting: waiting + prioritized, active, delayed, failed }
}
