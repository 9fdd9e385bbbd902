// `npm run restore -- DIR`: puts a backup into an empty system, or in the place of what is there.
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type Config, parseConfig } from '#store/config.ts'
import { type Contents, contentsOf, processesOn } from '#store/restore.ts'
import { interruptSignal } from './backup/interrupt.ts'
import { headText, type Manifest } from './backup/manifest.ts'
import { showCounts } from './backup/progress.ts'
import { openBackup, verifyBackup } from './backup/read-backup.ts'
import {
  auditRestored,
  prepareForStart,
  redisAdvice,
  restoreBackup,
  type RestoreOptions,
} from './backup/restore-backup.ts'
import { DataDirInUse, holderOf } from './runtime/data-dir.ts'
import { type Databases, openDatabases } from './runtime/databases.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run restore -- DIR                   DIR is one backup: the folder huiyin-YYYYMMDD-HHMMSS that npm run backup wrote
DATA_DIR=/srv/huiyin npm run restore -- DIR    into the embedded server there (default: .data), made if missing
DATABASE_URL=postgres://… npm run restore -- DIR    into a PostgreSQL of your own; MIGRATE_DATABASE_URL for its owner's role
  --replace      also where there are cases already: all of them go. Asks first
  --yes          does not ask

The system must be stopped. Every file is verified before anything is touched; the database is restored in one
transaction, wholly or not at all, and migrated on if the backup is older than this version. Then the job queue is
emptied and the audit runs against the head of the backup.

Ends with 0 when all is restored and the audit agrees, 1 when nothing was restored, 2 when it was, with something to see to.
`)

function fail(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(1)
}

interface Wanted {
  dir: string
  replace: boolean
  yes: boolean
}

function readArguments(): Wanted {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { replace: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } },
    })
    const [dir, ...more] = positionals
    if (dir !== undefined && more.length === 0)
      // npm runs scripts in the project's folder; the caller's is in INIT_CWD.
      return { ...values, dir: resolve(process.env.INIT_CWD ?? '.', dir) }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
  return fail('Say which backup: npm run restore -- DIR')
}

/** The databases, free of everybody else. @throws when the system runs. */
async function openStopped(config: Config): Promise<Databases> {
  const holder = config.databaseUrl === undefined ? await holderOf(config.dataDir) : undefined
  if (holder !== undefined) throw new DataDirInUse(config.dataDir, holder)
  const log = (line: string) => console.error(line)
  const databases = await openDatabases(config, { command: 'npm run restore', exclusive: true, log })
  try {
    const running = await processesOn(databases.migrateDatabaseUrl)
    if (running.length === 0) return databases
    const names = running.map(({ name, connections }) => `${name} (${connections} connections)`)
    throw new Error(`the system is running on that database: ${names.join(', ')}. Stop it first.`)
  } catch (error) {
    await databases.close()
    throw error
  }
}

function describe(contents: Contents & { kind: 'huiyin' }): string {
  const { city = 'no city', cases, seq } = contents
  return `${city}, ${cases.toLocaleString('en')} cases, feed up to seq ${seq.toLocaleString('en')}`
}

/** @throws when another word, or none, is typed. */
async function confirm(question: string, word: string, signal: AbortSignal): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const closed = Promise.withResolvers<string>()
  terminal.on('close', () => closed.resolve(''))
  // The terminal is read key by key here: Ctrl-C comes as one of them.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), closed.promise])
    if (answer.trim() !== word) throw new Error('not confirmed')
  } finally {
    terminal.close()
  }
}

/** @throws when what is there must stay. */
async function assertMayReplace(
  contents: Contents,
  { replace, yes }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  if (contents.kind === 'empty') return
  if (contents.kind === 'foreign')
    throw new Error(
      `the database holds tables that are not Huiyin's (${contents.tables.slice(0, 5).join(', ')}): give it one of its own`,
    )
  const there = describe(contents)
  if (!replace)
    throw new Error(
      `the database is not empty (${there}). With --replace all of that goes; make a backup of it first.`,
    )
  if (yes) return
  if (process.stdin.isTTY !== true)
    throw new Error(`--replace asks first; without a terminal add --yes. There: ${there}`)
  await confirm(`This goes for ever: ${there}.\nType replace to go on: `, 'replace', signal)
}

/** Steps after the data are in place. @returns whether there is nothing to see to. */
async function finish(options: RestoreOptions & { databases: Databases }): Promise<boolean> {
  const { config, databases, manifest } = options
  await prepareForStart(options)
  if (config.redisUrl !== undefined) console.log(redisAdvice(databases.databaseUrl))
  const report = await auditRestored(options)
  if (report.found === 0) {
    console.log(`audit        no differences; the head of the backup, ${headText(manifest)}, is in the feed`)
    return true
  }
  console.error(
    `The audit finds ${report.found} differences in what was restored; npm run audit lists them. The first:`,
  )
  for (const { what, receiptNo, detail } of report.differences.slice(0, 5))
    console.error(`  ${what} ${receiptNo ?? ''} ${detail}`)
  return false
}

async function restore(
  wanted: Wanted,
  manifest: Manifest,
  config: Config,
  signal: AbortSignal,
): Promise<0 | 2> {
  const { dir } = wanted
  console.log(`backup       ${manifest.city ?? 'no city'}, as it was at ${manifest.takenAt}`)
  const databases = await openStopped(config)
  let restored = false
  try {
    await assertMayReplace(await contentsOf(databases.migrateDatabaseUrl), wanted, signal)
    const count = showCounts()
    const digests = await verifyBackup(dir, manifest, { count, signal })
    console.log(`verified     ${manifest.tables.length} tables, ${digests.size.toLocaleString('en')} photos`)
    const options = { dir, manifest, digests, databases, config, count, signal }
    const { migrated, leftOut, photosCopied } = await restoreBackup(options)
    restored = true
    const rows = manifest.tables.reduce((n, t) => n + t.rows, 0)
    console.log(
      `restored     ${rows.toLocaleString('en')} rows, ${photosCopied.toLocaleString('en')} photos copied`,
    )
    for (const name of migrated) console.log(`migrated     ${name}`)
    for (const name of leftOut) console.error(`The table ${name} is not Huiyin's and was left out.`)
    const isDone = await finish(options)
    return isDone && leftOut.length === 0 ? 0 : 2
  } catch (error) {
    if (!restored) throw error
    console.error(`The data are restored, but what follows was not done: ${message(error)}`)
    return 2
  } finally {
    // What was or was not restored is said above; a server that stops badly changes nothing about it.
    await databases.close().catch((error: unknown) => console.error(message(error)))
  }
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error))

const wanted = readArguments()
// A restore opens no sessions and simulates nothing: what only those need must not stop it.
const parsed = parseConfig({ ...process.env, DEMO: '1', DEMO_TRAFFIC: '0' })
if (!parsed.ok) fail('Settings are wrong:', ...parsed.faults.map((f) => `  ${f}`))

const signal = interruptSignal()
let code: number
try {
  code = await restore(wanted, await openBackup(wanted.dir), parsed.config, signal)
} catch (error) {
  console.error(
    signal.aborted ? 'Broken off: the database is as it was.' : `Nothing was restored: ${message(error)}`,
  )
  if (/must be owner of|permission denied/.test(message(error)))
    console.error('Give the role that owns the tables in MIGRATE_DATABASE_URL.')
  code = signal.aborted ? 130 : 1
}
process.exit(code)
