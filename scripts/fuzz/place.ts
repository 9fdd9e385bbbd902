// A throw-away PostgreSQL with a migrated database and the demo city for a fuzz, and a folder that goes with it.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from '#pack/read-pack.ts'
import { migrate } from '#store/migrate.ts'
import { letPass, removePlace } from '../runtime/postgres/place.ts'
import { startPostgres } from '../runtime/postgres/start.ts'

/** @throws when the demo city has faults */
export async function demoPack(): Promise<CityPack> {
  const { pack } = await readPack(fileURLToPath(new URL('../../cities/demo', import.meta.url)))
  if (!pack) throw new Error('the demo city has faults: npm run city -- check cities/demo')
  return pack
}

export async function openPlace(): Promise<{ databaseUrl: string; dataDir: string; close(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-fuzz-'))
  await letPass(dataDir)
  const postgres = await startPostgres({ dataDir, holder: { command: 'npm run fuzz' } })
  await postgres.makeDatabase('fuzz')
  await migrate({ databaseUrl: postgres.url('fuzz', 'owner') })
  return {
    databaseUrl: postgres.url('fuzz'),
    dataDir,
    async close() {
      await postgres.stop()
      await removePlace(dataDir)
    },
  }
}
