// Steps pending when worker and api are killed hard: when the first moves again, how fast the rest is worked off against the
// same backlog without a kill, and when the board is back. Refused unless log and board are exact afterwards.
import { fileURLToPath } from 'node:url'
import { audit } from '#store/audit.ts'
import { openLog } from '#store/log.ts'
import { openRuntime } from '#store/runtime.ts'
import { migrateQueue } from '#worker/queues.ts'
import { type Kind, startProcess } from '../../processes/running.ts'
import { freePort } from '../../runtime/port.ts'
import { findRedis, startRedis } from '../../runtime/redis.ts'
import { type Figure, median, type Row } from '../figures.ts'
import { hangScreens } from '../live/round.ts'
import { type Recovered, type RecoverySite, recoveryRound, wrongLives } from '../recovery.ts'
import type { Bench, Section } from '../section.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Of the pending steps, made before the clock starts. */
const AHEAD = 0.15

export const recoverySection: Section = {
  name: 'recovery',
  says: 'kill -9 of worker and api with steps pending: first step, drain ÷ the same without a kill',
  options: {
    pending: { default: 20_000, says: 'steps pending at the kill' },
    recoveries: { default: 1, says: 'rounds of the section, each with and without a kill' },
  },
  run,
}

async function run(bench: Bench): Promise<Row[]> {
  const { postgres } = bench
  await postgres.makeDatabase('bench_recovery_queue', 'app')
  const onPostgres = { QUEUE_DATABASE_URL: postgres.url('bench_recovery_queue') }
  await migrateQueue({ queueDatabaseUrl: onPostgres.QUEUE_DATABASE_URL })
  const rows = await measure(bench, 'PostgreSQL', onPostgres)
  const program = findRedis(bench.say)
  if (!program) {
    bench.say('the Redis half is left out: no redis-server here')
    return rows
  }
  const redis = await startRedis(program)
  try {
    return [...rows, ...(await measure(bench, 'Redis', { ...onPostgres, REDIS_URL: redis.url }))]
  } finally {
    await redis.stop()
  }
}

async function measure(bench: Bench, kind: string, queue: NodeJS.ProcessEnv): Promise<Row[]> {
  const pending = bench.number('pending')
  const rounds = bench.number('recoveries')
  const name = `bench_recovery_${kind.toLowerCase()}`
  const store = await bench.prepare(name)
  const runtime = await openRuntime(store, openLog('warn', 'bench'))
  const port = await freePort()
  const env = { ...bench.environment(name), REDIS_URL: undefined, ...queue, DRAIN_SECONDS: '0' }
  const [cookie = ''] = await hangScreens(store, 1)
  const site: RecoverySite = {
    store,
    runtime,
    place: bench.place,
    start: (process: Kind) => startProcess(ROOT, process, env, process === 'api' ? port : 0),
    url: `http://127.0.0.1:${port}`,
    cookie,
  }
  const normal: Recovered[] = []
  const killed: Recovered[] = []
  try {
    const options = { pending, ahead: pending * AHEAD }
    for (let round = 0; round < rounds; round++) {
      const [without, after] = [
        await recoveryRound(site, { ...options, kill: false }),
        await recoveryRound(site, { ...options, kill: true }),
      ]
      normal.push(without)
      killed.push(after)
      bench.say(
        `recovery on ${kind} ${round + 1}/${rounds}: ${after.pending} steps pending, first after ${seconds(after.firstStep)}, ` +
          `99 % after ${seconds(after.almost)}, all after ${seconds(after.drained)}, board after ${seconds(after.boardBack)}; ` +
          `without a kill ${without.pending} in ${seconds(without.drained)}, 99 % in ${seconds(without.almost)}`,
      )
    }
    await assertExact(bench, kind, site)
  } finally {
    await runtime.close()
    await store.close()
  }
  return rowsOf(kind, normal, killed)
}

async function assertExact(bench: Bench, kind: string, { store }: RecoverySite): Promise<void> {
  const wrong = await wrongLives(store)
  if (wrong.length > 0) throw new Error(`recovery on ${kind}: ${wrong.join('; ')}`)
  const { cases, events, found, differences } = await audit(store)
  if (found > 0)
    throw new Error(`recovery on ${kind}: the audit finds ${found}: ${JSON.stringify(differences[0])}`)
  bench.say(`recovery on ${kind}: ${cases} cases with ${events} events audited, no difference`)
}

const seconds = (v: number | undefined) => `${(v ?? 0).toFixed(1)} s`

function rowsOf(kind: string, normal: readonly Recovered[], killed: readonly Recovered[]): Row[] {
  const of = (
    rounds: readonly Recovered[],
    name: string,
    unit: string,
    value: (r: Recovered) => number,
  ): Figure => ({
    name,
    unit,
    rounds: rounds.map(value),
  })
  const mid = (value: (r: Recovered) => number) => seconds(median(killed.map(value)))
  const rate = (r: Recovered) => r.pending / r.drained
  const almost = (r: Recovered) => (r.pending * 0.99) / r.almost
  const many = Math.round(median(killed.map((r) => r.pending))).toLocaleString('en')
  return [
    {
      name: `recovery on ${kind}, first step`,
      figure: of(killed, 'kill -9 → first step', 's', (r) => r.firstStep ?? 0),
      note: `${many} steps pending; GET /board back after ${mid((r) => r.boardBack ?? 0)}, exact`,
    },
    {
      name: `recovery on ${kind}, all`,
      figure: of(killed, 'steps', 'steps/s', rate),
      floor: of(normal, 'without a kill', 'steps/s', rate),
      note: `drained in ${mid((r) => r.drained)}`,
    },
    {
      name: `recovery on ${kind}, 99 %`,
      figure: of(killed, 'steps', 'steps/s', almost),
      floor: of(normal, 'without a kill', 'steps/s', almost),
      note: `in ${mid((r) => r.almost)}`,
    },
  ]
}
