// `npm run backup -- DIR`: the whole system as one folder, while it runs or while it is stopped.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, parseConfig } from '#store/config.ts'
import { openStore } from '#store/open.ts'
import { noteUpkeep } from '#store/upkeep.ts'
import { interruptSignal } from './backup/interrupt.ts'
import { headText } from './backup/manifest.ts'
import { showCounts, size } from './backup/progress.ts'
import { type Backup, backupName, keepNewest, writeBackup } from './backup/write-backup.ts'
import { openDatabases } from './runtime/databases.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run backup -- DIR                    a new folder DIR/huiyin-YYYYMMDD-HHMMSS: the database and the photos
DATA_DIR=/srv/huiyin npm run backup -- DIR    of the system that keeps its data there (default: .data), running or not
DATABASE_URL=postgres://… npm run backup -- DIR    of a PostgreSQL of your own; photos from DATA_DIR
  --keep N       afterwards removes the oldest backups of DIR until N are left; nothing when this one failed

The folder gets its name when everything in it is on the disk: what was broken off never looks whole. Photos are linked
to those of the backup before, or of DATA_DIR, where the file system can; any backup may be removed without the others.
It holds names, phone numbers and password hashes: keep it where only those may look who may look at the system.
Not in it: the job queue (made again from the database), the replay's database, the environment, the demo's session secret.

Ends with 0 when the backup is whole, 1 when there is none, 2 when photos that the database names were not there.
`)

function fail(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(1)
}

interface Wanted {
  into: string
  /** Backups that stay; absent = all. */
  keep: number | undefined
}

function readArguments(): Wanted {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { keep: { type: 'string' } },
    })
    const keep = values.keep === undefined ? undefined : Number(values.keep)
    if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1))
      fail(`--keep is a whole number of backups, at least 1, not "${values.keep}"`)
    const [dir, ...more] = positionals
    if (dir !== undefined && more.length === 0)
      // npm runs scripts in the project's folder; the caller's is in INIT_CWD.
      return { into: resolve(process.env.INIT_CWD ?? '.', dir), keep }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
  return fail('Say where to: npm run backup -- DIR')
}

/** Where to read and how to let go of it. A given server is only connected to, never prepared. */
async function findDatabase(config: Config): Promise<{ url: string; close(): Promise<void> }> {
  const { databaseUrl, dataDir } = config
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => {} }
  if (!existsSync(join(dataDir, 'postgres.json')))
    throw new Error(`there is no database in ${dataDir}; set DATA_DIR or DATABASE_URL`)
  const log = (line: string) => console.error(line)
  const opened = await openDatabases(config, { command: 'npm run backup', log })
  return { url: opened.databaseUrl, close: opened.close }
}

function describe({ dir, manifest, added }: Backup, seconds: number): string {
  const { tables, photos, city, takenAt } = manifest
  const sum = (what: 'rows' | 'bytes') => tables.reduce((n, t) => n + t[what], 0)
  const n = (value: number) => value.toLocaleString('en')
  return [
    `backup       ${dir}`,
    `of           ${city ?? 'no city yet'}, as it was at ${takenAt}`,
    `database     ${n(tables.length)} tables, ${n(sum('rows'))} rows, ${size(sum('bytes'))}`,
    `photos       ${n(photos.count)}, ${size(photos.bytes)}; ${n(added)} new since the backup before`,
    `head         ${headText(manifest)}`,
    `seconds      ${seconds.toFixed(1)}`,
  ].join('\n')
}

/** For the administrator's page; a backup is one without it too. */
async function note(databaseUrl: string, missing: number): Promise<void> {
  const store = openStore({ databaseUrl, max: 1, applicationName: 'huiyin-backup' })
  try {
    await noteUpkeep(store, 'backup', missing === 0, { missing })
  } catch (error) {
    console.error(`(not noted in the database: ${error instanceof Error ? error.message : error})`)
  } finally {
    await store.close()
  }
}

const { into, keep } = readArguments()
// A backup opens no sessions and simulates nothing: what only those need must not stop it.
const parsed = parseConfig({ ...process.env, DEMO: '1', DEMO_TRAFFIC: '0' })
if (!parsed.ok) fail('Settings are wrong:', ...parsed.faults.map((f) => `  ${f}`))
const { config } = parsed

const signal = interruptSignal()
let code = 1
try {
  const began = performance.now()
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const database = await findDatabase(config)
  try {
    const backup = await writeBackup({
      databaseUrl: database.url,
      dataDir: config.dataDir,
      into,
      name: backupName(new Date()),
      version,
      say: (line) => console.error(line),
      count: showCounts(),
      signal,
    })
    console.log(describe(backup, (performance.now() - began) / 1000))
    for (const old of keep === undefined ? [] : await keepNewest(into, keep))
      console.log(`removed      ${old}`)
    const { missing } = backup.manifest.photos
    await note(database.url, missing)
    code = missing === 0 ? 0 : 2
    if (missing > 0)
      console.error(
        `${missing} photos that the database names are not in ${join(config.dataDir, 'photos')}. Is DATA_DIR the api's?`,
      )
  } finally {
    await database.close()
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(
    signal.aborted ? 'Broken off: there is no backup of this run.' : `There is no backup: ${reason}`,
  )
  code = signal.aborted ? 130 : 1
}
process.exit(code)
