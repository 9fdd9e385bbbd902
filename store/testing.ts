// Databases and queues for spec files: each gets its own clone of the migrated template, so that files run side by side
// and leave nothing behind. Works in vitest's project `system` only, whose global set-up starts the servers.
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { withDatabase } from './config.ts'
import { openStore } from './open.ts'
import type { Store } from './open.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the test server, by role, and the name of the migrated template. */
    postgres: { admin: string; owner: string; app: string; template: string }
    redis: { url: string; program: { file: string; argv0: string } } | undefined
  }
}

export interface TestDatabase {
  /** As the application's role: with no more rights than in production. */
  url: string
  /** As the owner of the tables. */
  ownerUrl: string
  /** On `url`; closed by `drop`. */
  store: Store
  drop(): Promise<void>
}

async function asAdmin<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(inject('postgres').admin, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

function randomName(kind: string): string {
  return `${kind}_${randomBytes(6).toString('hex')}`
}

const drop = (name: string) =>
  asAdmin(async (sql) => void (await sql`drop database if exists ${sql(name)} with (force)`))

/** A migrated, empty database of its own. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { owner, app, template } = inject('postgres')
  const name = randomName('test')
  await asAdmin((sql) => sql`create database ${sql(name)} template ${sql(template)} owner huiyin_owner`)
  const url = withDatabase(app, name)
  const store = openStore({ databaseUrl: url, max: 5, applicationName: 'huiyin-test' })
  return {
    url,
    ownerUrl: withDatabase(owner, name),
    store,
    drop: async () => {
      await store.close()
      await drop(name)
    },
  }
}

/** An empty database without tables that belongs to the application's role, as the queue's does. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = randomName('empty')
  await asAdmin((sql) => sql`create database ${sql(name)} owner huiyin_app`)
  return { url: withDatabase(inject('postgres').app, name), drop: () => drop(name) }
}

/** The Redis shared by all spec files; undefined when the machine has none. Use a queue prefix of your own. */
export function testRedisUrl(): string | undefined {
  return inject('redis')?.url
}

/** The program to start a Redis of one's own with (`startRedis` in #scripts/runtime/redis.ts), to flush or kill it. */
export function testRedisProgram(): { file: string; argv0: string } | undefined {
  return inject('redis')?.program
}
