// The main database for a command that serves nobody (audit, erase): a given one is only connected to, never prepared;
// the embedded one of DATA_DIR is joined while it runs, or started for the time of the command. Never makes one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '#store/config.ts'
import { openDatabases } from './databases.ts'

export interface MainDatabase {
  /** Application role. */
  url: string
  close(): Promise<void>
}

/** @param command how it is named to another process, e.g. `npm run audit`. @throws with advice. */
export async function openMainDatabase(command: string): Promise<MainDatabase> {
  // Sessions and simulated reports are not its business: their settings must not stop it.
  const parsed = parseConfig({ ...process.env, DEMO: '1', DEMO_TRAFFIC: '0' })
  if (!parsed.ok) throw new Error(['settings are wrong', ...parsed.faults].join('\n  '))
  const { databaseUrl, dataDir } = parsed.config
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => {} }
  if (!existsSync(join(dataDir, 'postgres.json')))
    throw new Error(`there is no database in ${dataDir}; set DATA_DIR or DATABASE_URL`)
  const opened = await openDatabases(parsed.config, { command, log: (line) => console.error(line) })
  return { url: opened.databaseUrl, close: opened.close }
}
