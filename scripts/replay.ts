// `npm run replay`: plays a 311 export through the real pipeline, in a database of its own and on a simulated clock, and
// ends with a table in which every row is accounted for. Interrupted, it goes on where it stopped.
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cityDay, isoWithOffset } from '#domain/city-time.ts'
import type { CityPack } from '#domain/city/types.ts'
import { type Config, databaseName, parseConfig } from '#store/config.ts'
import { openLog } from '#store/log.ts'
import { migrate } from '#store/migrate.ts'
import { migrateQueue } from '#worker/queues.ts'
import { readPack } from '#pack/read-pack.ts'
import {
  dropReplay,
  lockReplay,
  readNote,
  replayName,
  type ReplayNote,
  writeNote,
} from './replay/database.ts'
import { packOf } from './replay/pack.ts'
import { readRequests, type RequestFile, TIME_ZONE } from './replay/rows.ts'
import { replay } from './replay/run.ts'
import { table, unaccounted } from './replay/summary.ts'
import { handOver, makeDataDir } from './runtime/data-dir.ts'
import { type Databases, openDatabases } from './runtime/databases.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run replay -- FILE.csv                 a 311 export with NYC Open Data's columns
  --speed max | N      as fast as possible (default), or N simulated seconds a second
  --as PACKDIR         play into that city pack; default: a pack made from the file
  --fresh              begin anew even if a replay of this file was interrupted
  --resume             go on with the replay of this file, or say that there is none; never begin anew

It runs in the database <name>_replay beside the main one, which another replay replaces; npm start may be running.
The same file again goes on where it was interrupted, whichever way. Afterwards: npm run audit.
A row without coordinates is counted as not locatable and is not reported. Times of the file are New York time.
`)

interface Wanted {
  file: string
  speed: number
  as?: string
  fresh: boolean
  resume: boolean
}

function fail(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(1)
}

/** As typed: npm runs us in the project's folder, which may not be where the user is. */
function find(path: string): string {
  const places = [resolve(path), resolve(process.env.INIT_CWD ?? '.', path)]
  return places.find(existsSync) ?? fail(`There is no ${path}.`)
}

function readArguments(args: readonly string[]): Wanted {
  const wanted: Wanted = { file: '', speed: Number.POSITIVE_INFINITY, fresh: false, resume: false }
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    const value = () => inline ?? args[++i] ?? ''
    if (name === '--speed') {
      const text = value()
      wanted.speed = text === 'max' ? Number.POSITIVE_INFINITY : Number(text)
      if (!(wanted.speed > 0)) fail('--speed takes max or a number above 0.')
    } else if (name === '--as') wanted.as = find(value())
    else if (name === '--fresh') wanted.fresh = true
    else if (name === '--resume') wanted.resume = true
    else if (name.startsWith('-')) fail(`${name} is not an option of replay; --help lists them.`)
    else if (wanted.file === '') wanted.file = find(args[i] ?? '')
    else fail('One file at a time.')
  }
  if (wanted.file === '') fail('Which file? npm run replay -- FILE.csv; --help says more.')
  if (wanted.fresh && wanted.resume) fail('--fresh and --resume contradict each other.')
  return wanted
}

/** The pack to play into, through the same checks as any: a folder, made from the file unless one is given. */
async function preparePack(wanted: Wanted, file: RequestFile, dataDir: string): Promise<CityPack> {
  const dir = wanted.as ?? join(dataDir, 'replay', 'pack')
  if (wanted.as === undefined) {
    await makeDataDir(dataDir)
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true })
    for (const [name, contents] of packOf(file.requests, { name: basename(wanted.file), now: Date.now() }))
      await writeFile(join(dir, name), contents)
    await handOver(dataDir, join(dataDir, 'replay'))
  }
  const { pack, faults } = await readPack(dir)
  if (!pack) {
    const lines = faults
      .slice(0, 20)
      .map((f) => `  ${f.file}${f.row === undefined ? '' : `:${f.row}`} ${f.message}`)
    fail(`The pack in ${dir} has faults:`, ...lines)
  }
  console.log(
    `city pack    ${dir}: ${pack.departments.length} departments, ${pack.categories.length} categories, ${pack.areas.length} areas`,
  )
  return pack
}

/** The replay's database, taken up or begun anew, migrated. */
async function prepareDatabase(main: Databases, config: Config, wanted: Wanted, sha256: string) {
  const name = replayName(main.migrateDatabaseUrl)
  const note = await readNote(main, name)
  const isSame = note?.sha256 === sha256 && note.pack === (wanted.as ?? null)
  const goOn = isSame && !wanted.fresh && (wanted.resume || !note.finished)
  if (wanted.resume && !goOn) throw new Error(`there is no replay of this file to go on with in ${name}`)
  if (!goOn) {
    if (note && !note.finished) console.log(`an unfinished replay of ${note.file} is replaced`)
    await dropReplay(main, name, config.redisUrl === undefined)
  }
  const urls = await main.another(name)
  const mark: ReplayNote = { file: basename(wanted.file), sha256, pack: wanted.as ?? null, finished: false }
  const unlock = await lockReplay(urls)
  await writeNote(urls, mark)
  await migrate({ databaseUrl: urls.migrateDatabaseUrl })
  await migrateQueue({ ...config, ...urls })
  console.log(`database     ${databaseName(urls.databaseUrl)}${goOn ? ', taken up where it was' : ''}`)
  return { urls, unlock, finish: () => writeNote(urls, { ...mark, finished: true }) }
}

const PROGRESS_MS = 2_000

function showProgress(steps: { of: number }) {
  let shown = performance.now()
  let doneThen: number | undefined
  return ({ done, of, reported, at }: { done: number; of: number; reported: number; at: number }) => {
    steps.of = of
    const now = performance.now()
    doneThen ??= done
    if (now - shown < PROGRESS_MS) return
    // Each located row is two steps: reported and, where the file says so, closed.
    const rate = ((done - doneThen) / 2 / (now - shown)) * 1000
    shown = now
    doneThen = done
    console.log(
      `${isoWithOffset(at, TIME_ZONE).slice(0, 16).replace('T', ' ')}  ${reported} reported, step ${done} of ${of}, ${rate.toFixed(0)} rows/s`,
    )
  }
}

let stopped = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stopped) console.error('Stopping after what is under way; the same command goes on from there.')
    stopped = true
  })
process.on('disconnect', () => {
  stopped = true
})
process.channel?.unref()

async function run(wanted: Wanted): Promise<number> {
  // A replay serves nobody: what only the api needs must not stop it.
  const parsed = parseConfig({ ...process.env, DEMO: '1', DEMO_TRAFFIC: '0' }, { LOG_LEVEL: 'error' })
  if (!parsed.ok) fail('Settings are wrong:', ...parsed.faults.map((f) => `  ${f}`))
  const { config } = parsed
  const file = await readRequests(wanted.file)
  const times = file.requests.map((r) => cityDay(r.createdAt, TIME_ZONE)).sort()
  console.log(
    `file         ${basename(wanted.file)}: ${file.read} rows, created ${times[0]} to ${times.at(-1)}`,
  )
  const pack = await preparePack(wanted, file, config.dataDir)
  const main = await openDatabases(config, { command: 'npm run replay', log: (line) => console.log(line) })
  try {
    const { urls, unlock, finish } = await prepareDatabase(main, config, wanted, file.sha256)
    try {
      const result = await replay({
        file,
        pack,
        config: { ...config, ...urls },
        log: openLog(config.logLevel, 'replay', process.stderr),
        speed: wanted.speed,
        isStopped: () => stopped,
        onProgress: showProgress({ of: 0 }),
        sleep: async (ms) => {
          for (let left = ms; left > 0 && !stopped; left -= 250) await delay(Math.min(left, 250))
        },
      })
      if (result.resumed > 0) console.log(`${result.resumed} rows were cases already`)
      console.log(`\n${table(result.summary, file, result.ended)}`)
      if (!result.ended) {
        console.log('\nStopped before the end; the same command goes on from here.')
        return 130
      }
      await finish()
      const lost = unaccounted(result.summary)
      if (lost !== 0) console.error(`\n${lost} rows are not accounted for: a bug.`)
      return lost === 0 ? 0 : 1
    } finally {
      await unlock()
    }
  } finally {
    await main.close()
  }
}

try {
  process.exit(await run(readArguments(process.argv.slice(2))))
} catch (error) {
  const isPlain = error instanceof Error && error.constructor === Error
  fail(`The replay failed: ${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}`)
}
