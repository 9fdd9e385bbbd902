// `npm start`: everything in one process, from an empty folder or on the data of the last run. Ends with the addresses;
// Ctrl-C closes in reverse order. Says what it does; the doing is in scripts/runtime/.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startApi } from '#api/server.ts'
import { currentCity, loadPack } from '#store/city.ts'
import { localUrl } from '#store/config.ts'
import type { Config } from '#store/config.ts'
import { openLog } from '#store/log.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import type { Store } from '#store/open.ts'
import { openRuntime } from '#store/runtime.ts'
import { migrateQueue } from '#worker/queues.ts'
import { keptFingerprints } from '#api/photos/kept.ts'
import { startWorker } from '#worker/worker.ts'
import { readPack } from '#pack/read-pack.ts'
import { settleHistory } from './history/settle.ts'
import { welcome } from './runtime/welcome.ts'
import { ensureDashboard } from './runtime/dashboard.ts'
import { handOver, holderOf, DataDirInUse, makeDataDir } from './runtime/data-dir.ts'
import { openDatabases } from './runtime/databases.ts'
import { foldAnewIfOlder } from './runtime/fold.ts'
import { runService } from './runtime/lifecycle.ts'
import type { Lifecycle } from './runtime/lifecycle.ts'
import { assertCanListen } from './runtime/port.ts'
import { openTls } from './runtime/tls/open.ts'
import { trustAuthority } from './runtime/tls/trust-own.ts'
import { showProgress } from './runtime/progress.ts'
import { settleClock } from './runtime/demo-clock.ts'
import { answerHelp, readConfig } from './runtime/settings.ts'
import { startTraffic } from './traffic/traffic.ts'

/** For the api, the jobs and the readers together; the server allows 120. */
const CONNECTIONS = 20
const DEMO_PACK = fileURLToPath(new URL('../cities/demo', import.meta.url))

answerHelp(`
npm start                     the demo: database, api, worker, demo city, simulated reports
DEMO_TRAFFIC=0 npm start      the demo without simulated reports
DEMO_HISTORY=0 npm start      the demo without a past: an empty board at the first start
npm start -- --tls            HTTPS with a certificate of its own, for phones; /trust helps them (or TLS_CERT, TLS_KEY)
npm start -- --clock 60       the demo's clock goes 60 times as fast as the world (1 to 720; 1 is the world's pace)
PORT=8090 npm start           on another port
DATA_DIR=/srv/huiyin npm start    keep the data there (default: .data)
DATABASE_URL=postgres://… SESSION_SECRET=… npm start    on a PostgreSQL of your own, not a demo

Also: HOST PUBLIC_URL TLS TLS_CERT TLS_KEY HTTP_PORT TRUST_PROXY MIGRATE_DATABASE_URL QUEUE_DATABASE_URL REDIS_URL DEMO DEMO_CLOCK MAPBOX_TOKEN MAP_STYLE_URL
LOG_LEVEL. While it runs, npm run demo sets clock, scene and volume.
Ctrl-C stops everything; the next start carries on with the same data, the demo's clock where it stood.
`)
takeArguments()

/** `--tls` is TLS=own, `--clock N` is DEMO_CLOCK=N. Ends with 2 for anything else. */
function takeArguments(): void {
  try {
    const { clock, tls } = parseArgs({
      options: { clock: { type: 'string' }, tls: { type: 'boolean' } },
    }).values
    if (tls) process.env.TLS = 'own'
    // An empty variable counts as absent, an empty option as a mistake.
    if (clock !== undefined) process.env.DEMO_CLOCK = clock === '' ? '?' : clock
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nSee npm start -- --help.`)
    process.exit(2)
  }
}

/** Long work must not end in "address in use": both are asked first. */
async function checkPlace(config: Config): Promise<void> {
  const holder = config.databaseUrl === undefined ? await holderOf(config.dataDir) : undefined
  if (holder !== undefined) throw new DataDirInUse(config.dataDir, holder)
  await assertCanListen(config.port, config.host)
  if (config.httpPort) await assertCanListen(config.httpPort, config.host, 'HTTP_PORT')
  await makeDataDir(config.dataDir)
}

/** The demo keeps a random secret, so that a restart does not log everyone out. */
async function demoSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'session-secret')
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(32).toString('hex')
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  await handOver(dataDir, file)
  return secret
}

async function ensureCity(store: Store, demo: boolean, note: (line: string) => void): Promise<void> {
  const city = await currentCity(store)
  if (city !== undefined) {
    note(`${city.pack.name}, version ${city.version}`)
    return
  }
  if (!demo) throw new Error('No city is loaded yet. Load one, then start again: npm run city -- load DIR')
  const { pack, faults } = await readPack(DEMO_PACK)
  if (pack === undefined) {
    const lines = faults.map(
      ({ file, row, message }) => `  ${file}${row === undefined ? '' : `:${row}`} ${message}`,
    )
    throw new Error(['The demo city has faults:', ...lines].join('\n'))
  }
  await loadPack(store, pack)
  note(`${pack.name} loaded`)
}

async function boot(lifecycle: Lifecycle): Promise<void> {
  const given = readConfig({ LOG_LEVEL: 'warn' })
  const progress = showProgress(6 + Number(given.demoHistory) + Number(given.demoTraffic))
  const step: typeof progress.step = async (title, work) => {
    lifecycle.check()
    const answer = await progress.step(title, work)
    lifecycle.check()
    return answer
  }

  const sessionSecret = await step('Settings', async () => {
    await checkPlace(given)
    return given.sessionSecret ?? (await demoSecret(given.dataDir))
  })

  const databases = await step('PostgreSQL', async (log) => {
    const address = localUrl(given.host, given.port, given.tls && 'https')
    const opened = await openDatabases(given, { command: 'npm start', address, exclusive: true, log })
    lifecycle.onStop('PostgreSQL', opened.close)
    return opened
  })
  void databases.exited.then(() => {
    lifecycle.requestStop(1, `PostgreSQL ended unexpectedly; see ${join(given.dataDir, 'postgres.log')}.`)
  })
  const { databaseUrl, migrateDatabaseUrl, queueDatabaseUrl } = databases
  const config: Config = { ...given, sessionSecret, databaseUrl, migrateDatabaseUrl, queueDatabaseUrl }

  await step('Migrations', async (log) => {
    await migrate({ databaseUrl: migrateDatabaseUrl, log })
    await foldAnewIfOlder(databaseUrl, log)
    await migrateQueue(config)
  })

  const store = openStore({ databaseUrl, max: CONNECTIONS })
  lifecycle.onStop('The connections', () => store.close())
  await step('City', (note) => ensureCity(store, config.demo, note))
  await step('Dashboard', async (note) => note((await ensureDashboard()) ? 'built' : 'up to date'))

  // A real city on the demo's settings (a trial on the embedded server) is given neither a past nor people.
  const city = await currentCity(store)
  const isMadeUp = city?.pack.demo === true
  const real = `none: ${city?.pack.name} is no made-up city. For real work: DEMO=0 SESSION_SECRET=… npm start`
  if (config.demoHistory && !isMadeUp) await step('History 演示历史', async (note) => note(real))
  else if (config.demoHistory)
    await step('History 演示历史', (note) => settleHistory(store, config, note, () => lifecycle.check()))
  else await settleHistory(store, config)

  const log = openLog(config.logLevel, 'huiyin')
  const api = await step('API and worker', async (note) => {
    await settleClock(store, config, note)
    const runtime = await openRuntime(store, log)
    lifecycle.onStop('The runtime', () => runtime.close())
    const worker = await startWorker({ store, config, log, runtime, fingerprintOf: keptFingerprints(config) })
    lifecycle.onStop('The worker', () => worker.close())
    const tls = await openTls(config, note)
    if (tls?.authority !== undefined) trustAuthority(tls.authority)
    const started = await startApi({ store, config, log, runtime, tls })
    lifecycle.onStop('The api', () => started.close())
    return started
  })
  if (config.demoTraffic) {
    // A pack that gives the simulation nothing to go by is no reason not to start.
    await step('Demo traffic', async (note) => {
      if (!isMadeUp) return note(real)
      try {
        const traffic = await startTraffic({
          // A certificate from elsewhere seldom holds the name localhost.
          baseUrl: config.tls?.kind === 'files' ? config.publicUrl : api.url,
          log,
        })
        lifecycle.onStop('The demo traffic', () => traffic.stop())
      } catch (error) {
        note(`none: ${error instanceof Error ? error.message : String(error)}`)
      }
    })
  }
  console.log(welcome(config, api))
}

await runService(boot)
