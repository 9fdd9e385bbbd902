// Where BullMQ keeps its jobs: Redis through ioredis, or PostgreSQL through one pool shared by every queue and worker of
// the process. Nothing outside worker/queues.ts knows which.
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
