// `npm run bench`: intake and pipeline as ratios against floors measured in the same run, alternating, on a throw-away
// PostgreSQL with fsync. Reports figures; never fails because of them.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { loadPack } from '#store/city.ts'
import { openLog } from '#store/log.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { migrateQueue, type QueueConfig } from '#worker/queues.ts'
import { type Figure, median, type Ratio, ratioOf, table } from './bench/figures.ts'
import { intake, loginCookie, startApiProcess } from './bench/intake.ts'
import { findPgbench, HOW_TO_GET_PGBENCH, pgbench, preparePgbench } from './bench/pgbench.ts'
import { bareJobs, pipeline } from './bench/pipeline.ts'
import { readPack } from './city/read-pack.ts'
import { letPass, removePlace } from './runtime/postgres/place.ts'
import { startPostgres } from './runtime/postgres/start.ts'
import { freePort } from './runtime/port.ts'
import { findRedis, startRedis } from './runtime/redis.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run bench                          intake and pipeline, 5 rounds each, one table; JSON in .data/bench.json
npm run bench -- --rounds 3            fewer rounds
npm run bench -- --only intake         or: pipeline
npm run bench -- --json FILE           JSON elsewhere
npm run bench -- --cases 4000          cases a pipeline round
`)

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    cases: { type: 'string', default: '2000' },
    only: { type: 'string' },
    json: { type: 'string', default: join('.data', 'bench.json') },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const cases = Number(values.cases)
const wants = (part: string) => values.only === undefined || values.only === part
const say = (line: string) => console.error(line)

const CLIENTS = 32
const CONCURRENCY = 64
const DEMO_PACK = fileURLToPath(new URL('../cities/demo', import.meta.url))

const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
await letPass(dataDir)
const postgres = await startPostgres({ dataDir, holder: { command: 'npm run bench' } })
const ratios: Ratio[] = []
try {
  const { pack } = await readPack(DEMO_PACK)
  if (!pack) throw new Error('the demo city has faults: npm run city -- check cities/demo')
  const road = pack.zones.find((z) => z.kind === 'main-road')
  if (!road) throw new Error('the demo city has no main road')

  const prepare = async (name: string) => {
    await postgres.makeDatabase(name)
    await migrate({ databaseUrl: postgres.url(name, 'owner') })
    const store = openStore({ databaseUrl: postgres.url(name), max: 16 })
    await loadPack(store, pack)
    return store
  }
  if (wants('intake')) ratios.push(...(await benchIntake(prepare, road.centre)))
  if (wants('pipeline')) ratios.push(...(await benchPipeline(prepare, road.centre)))
} finally {
  await postgres.stop()
  await removePlace(dataDir)
}

const versions = { node: process.version, cpus: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
console.log(`\n${table(ratios)}\n`)
console.log(
  `Node ${versions.node}, ${versions.cpus} cores, load ${loadavg()[0]?.toFixed(1)}; medians of ${rounds} alternating rounds`,
)
await mkdir(join(values.json, '..'), { recursive: true })
await writeFile(
  values.json,
  `${JSON.stringify(
    {
      at: new Date().toISOString(),
      versions,
      load: loadavg(),
      rounds,
      results: ratios.map((r) => ({ ...r, ratio: ratioOf(r) })),
    },
    null,
    2,
  )}\n`,
)
console.log(`JSON: ${values.json}`)

async function benchIntake(
  prepare: (name: string) => Promise<ReturnType<typeof openStore>>,
  place: { lng: number; lat: number },
) {
  const program = findPgbench()
  if (program === undefined) {
    say(`intake left out: ${HOW_TO_GET_PGBENCH}`)
    return []
  }
  const store = await prepare('bench_intake')
  await postgres.makeDatabase('bench_floor')
  await preparePgbench(program, postgres.url('bench_floor', 'owner'))
  const api = await startApiProcess(
    {
      DATABASE_URL: postgres.url('bench_intake'),
      QUEUE_DATABASE_URL: postgres.url('huiyin_queue'),
      SESSION_SECRET: 'bench'.repeat(8),
      DATA_DIR: join(dataDir, 'app'),
      DEMO: '1',
    },
    await freePort(),
  )
  const floor: Figure = { name: `pgbench -N -c ${CLIENTS}`, unit: 'tps', rounds: [] }
  const figure: Figure = { name: 'POST /cases', unit: '/s', rounds: [] }
  const p99: number[] = []
  try {
    const cookie = await loginCookie(api.url, 'grid')
    await intake(api.url, cookie, place, { connections: CLIENTS, seconds: 2, round: -1 })
    for (let round = 0; round < rounds; round++) {
      floor.rounds.push(await pgbench(program, postgres.url('bench_floor', 'owner'), CLIENTS, seconds))
      const got = await intake(api.url, cookie, place, { connections: CLIENTS, seconds, round })
      figure.rounds.push(got.perSecond)
      p99.push(got.p99Ms)
      say(
        `intake ${round + 1}/${rounds}: ${Math.round(got.perSecond)} /s, floor ${Math.round(floor.rounds.at(-1) ?? 0)} tps`,
      )
    }
    const [kept] = await store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
    say(`intake: ${kept?.n} cases in the log`)
  } finally {
    await api.stop()
    await store.close()
  }
  return [{ name: `intake, ${CLIENTS} connections`, figure, floor, target: 1, note: `p99 ${median(p99)} ms` }]
}

async function benchPipeline(
  prepare: (name: string) => Promise<ReturnType<typeof openStore>>,
  place: { lng: number; lat: number },
) {
  const log = openLog('warn', 'bench')
  const queueDatabaseUrl = postgres.url('huiyin_queue')
  await migrateQueue({ queueDatabaseUrl })
  const backends: { kind: string; config: QueueConfig; stop(): Promise<void> }[] = [
    { kind: 'PostgreSQL', config: { queueDatabaseUrl }, stop: async () => {} },
  ]
  const program = findRedis((line) => say(line))
  if (program) {
    const redis = await startRedis(program)
    backends.push({ kind: 'Redis', config: { redisUrl: redis.url }, stop: redis.stop })
  } else say('the Redis half is left out: no redis-server here')
  const out: Ratio[] = []
  for (const { kind, config, stop } of backends) {
    const store = await prepare(`bench_${kind.toLowerCase()}`)
    const floor: Figure = { name: `bare BullMQ on ${kind}`, unit: 'jobs/s', rounds: [] }
    const figure: Figure = { name: 'steps', unit: 'steps/s', rounds: [] }
    const whole: number[] = []
    try {
      for (let round = -1; round < rounds; round++) {
        const bare = await bareJobs(config, cases, CONCURRENCY)
        const got = await pipeline(store, config, log, { cases, concurrency: CONCURRENCY, place })
        if (round < 0) continue
        floor.rounds.push(bare)
        figure.rounds.push(got.stepsPerSecond)
        whole.push(got.casesPerSecond)
        say(
          `pipeline on ${kind} ${round + 1}/${rounds}: ${Math.round(got.stepsPerSecond)} steps/s, floor ${Math.round(bare)} jobs/s`,
        )
      }
    } finally {
      await store.close()
      await stop()
    }
    out.push({
      name: `pipeline on ${kind}`,
      figure,
      floor,
      target: 1,
      note: `${Math.round(median(whole))} cases/s report → dispatched`,
    })
  }
  return out
}
