// Vitest's global set-up for everything that touches the system: one throw-away PostgreSQL with a migrated template
// database, and Redis where there is one. Spec files reach them through store/testing.ts.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#store/migrate.ts'
import type {} from '#store/testing.ts'
import { letPass, removePlace } from './postgres/place.ts'
import { startPostgres } from './postgres/start.ts'
import type { Postgres } from './postgres/start.ts'
import { findRedis, HOW_TO_GET_REDIS, startRedis } from './redis.ts'

const TEMPLATE = 'huiyin_template'

async function prepareTemplate(postgres: Postgres): Promise<void> {
  await postgres.makeDatabase(TEMPLATE)
  await migrate({ databaseUrl: postgres.url(TEMPLATE, 'owner') })
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-test-'))
  await letPass(dataDir)
  const postgres = await startPostgres({ dataDir, holder: { command: 'npm test' }, durable: false })
  const close = async () => {
    await postgres.stop()
    await removePlace(dataDir)
  }
  try {
    await prepareTemplate(postgres)
    const program = findRedis((line) => console.log(line))
    const redis = program && (await startRedis(program))
    if (redis === undefined) {
      console.warn(
        `\n*** SKIPPED: every test of the Redis queue backend. There is no redis-server here.\n*** ${HOW_TO_GET_REDIS}\n`,
      )
    }
    project.provide('postgres', {
      admin: postgres.url('postgres', 'admin'),
      owner: postgres.url('postgres', 'owner'),
      app: postgres.url('postgres', 'app'),
      template: TEMPLATE,
    })
    project.provide('redis', redis && program ? { url: redis.url, program } : undefined)
    return async () => {
      await redis?.stop()
      await close()
    }
  } catch (error) {
    await close()
    throw error
  }
}
