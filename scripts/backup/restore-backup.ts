// Puts a verified backup into place: photos (only added to), then the database in one transaction, then an empty queue,
// then the audit against the head that the backup was taken at.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type AuditReport, audit } from '#store/audit.ts'
import { type Config, databaseName } from '#store/config.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { forgetQueue, load, type Loaded } from '#store/restore.ts'
import { migrateQueue } from '#worker/queues.ts'
import { handOver } from '../runtime/data-dir.ts'
import type { DatabaseUrls } from '../runtime/databases.ts'
import { readRows } from './files.ts'
import { type Manifest, tableFile } from './manifest.ts'
import { type PhotoDigests, putBackPhotos } from './photos.ts'
import type { Counting } from './progress.ts'

export interface RestoreOptions {
  dir: string
  manifest: Manifest
  digests: PhotoDigests
  databases: DatabaseUrls
  config: Pick<Config, 'dataDir' | 'redisUrl'>
  count: Counting
  signal?: AbortSignal | undefined
}

export interface Restored extends Loaded {
  photosCopied: number
}

/** @throws with the database as it was; photos that were added by then stay, named by nobody. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { dir, manifest, digests, databases, config, count, signal } = options
  const photosCopied = await putBackPhotos({
    dir,
    digests,
    to: join(config.dataDir, 'photos'),
    made: (path) => handOver(config.dataDir, path),
    signal,
    onPhoto: (done) => count('photos', done, digests.size),
  })
  const entries = new Map(manifest.tables.map((t) => [t.name, t]))
  const loaded = await load({
    databaseUrl: databases.migrateDatabaseUrl,
    migrations: manifest.migrations,
    tables: manifest.tables,
    sequences: manifest.sequences,
    epoch: randomUUID(),
    onStep: () => signal?.throwIfAborted(),
    fill: async ({ name }, target) => {
      const entry = entries.get(name)
      if (entry === undefined) throw new Error(`the manifest has no table ${name}`)
      const onRows = (rows: number) => count(`rows of ${name}`, rows, entry.rows)
      await readRows(tableFile(dir, name), entry, target, { signal, onRows })
    },
  })
  return { ...loaded, photosCopied }
}

/** Rights of the application's role, and a queue that knows of nothing. */
export async function prepareForStart({
  databases,
  config,
}: Pick<RestoreOptions, 'databases' | 'config'>): Promise<void> {
  await migrate({ databaseUrl: databases.migrateDatabaseUrl })
  if (config.redisUrl !== undefined) return
  const { queueDatabaseUrl } = databases
  await forgetQueue(queueDatabaseUrl)
  await migrateQueue({ queueDatabaseUrl, databaseUrl: databases.databaseUrl })
}

/** Audits what was restored, as the application's role. */
export async function auditRestored({
  manifest,
  databases,
  count,
}: Pick<RestoreOptions, 'manifest' | 'databases' | 'count'>): Promise<AuditReport> {
  const store = openStore({ databaseUrl: databases.databaseUrl, max: 3, applicationName: 'huiyin-audit' })
  try {
    return await audit(store, {
      expect: { seq: manifest.head.seq, hash: manifest.head.hash },
      onProgress: (part, done, of) =>
        count(part === 'cases' ? 'audited events' : 'audited facts of the feed', done, of),
    })
  } finally {
    await store.close()
  }
}

/** What to do by hand where the queue is on Redis: its keys carry the database's name. */
export function redisAdvice(databaseUrl: string): string {
  return [
    'The queue is on Redis and still holds the jobs of before. Empty it before the next start:',
    `  redis-cli -u "$REDIS_URL" --scan --pattern 'huiyin-${databaseName(databaseUrl)}:*' | xargs -r redis-cli -u "$REDIS_URL" unlink`,
  ].join('\n')
}
