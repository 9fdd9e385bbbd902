// Lifecycle steps by rule, log to log, against bare BullMQ jobs on the same backend, at the shipped concurrency.
import { openLog } from '#store/log.ts'
import type { QueueConfig } from '#store/queue-backend.ts'
import { migrateQueue } from '#worker/queues.ts'
import { CONCURRENCY } from '#worker/worker.ts'
import { findRedis, startRedis } from '../../runtime/redis.ts'
import { type Figure, median, type Row } from '../figures.ts'
import { bareJobs, oneStepJobs } from '../jobs.ts'
import { lifecycles } from '../lifecycles.ts'
import { pipeline } from '../pipeline.ts'
import type { Bench, Section } from '../section.ts'

export const pipelineSection: Section = {
  name: 'pipeline',
  says: 'steps by rule a second ÷ bare BullMQ jobs, on PostgreSQL and on Redis',
  options: { cases: { default: 2000, says: 'cases of a round' } },
  run,
}

async function run(bench: Bench): Promise<Row[]> {
  const { postgres, place } = bench
  const cases = bench.number('cases')
  const log = openLog('warn', 'bench')
  const queueDatabaseUrl = postgres.url('huiyin_queue')
  await migrateQueue({ queueDatabaseUrl })
  const backends: { kind: string; config: QueueConfig; stop(): Promise<void> }[] = [
    { kind: 'PostgreSQL', config: { queueDatabaseUrl }, stop: async () => {} },
  ]
  const program = findRedis(bench.say)
  if (program) {
    const redis = await startRedis(program)
    backends.push({ kind: 'Redis', config: { redisUrl: redis.url }, stop: redis.stop })
  } else bench.say('the Redis half is left out: no redis-server here')
  const rows: Row[] = []
  for (const { kind, config, stop } of backends) {
    const store = await bench.prepare(`bench_${kind.toLowerCase()}`)
    // Of its own: nobody sequences what single steps leave in the inbox.
    const screened = await bench.prepare(`bench_${kind.toLowerCase()}_screened`)
    const figureOf = (name: string, unit: string): Figure => ({ name, unit, rounds: [] })
    const bare = figureOf(`bare BullMQ on ${kind}`, 'jobs/s')
    const steps = figureOf('steps', 'steps/s')
    const processed = figureOf('no-op jobs, processed only', 'jobs/s')
    const single = figureOf('one-step jobs', 'jobs/s')
    const lives = figureOf('lives', '/s')
    const whole: number[] = []
    let eventsEach = 0
    const options = { cases, concurrency: CONCURRENCY, place }
    try {
      for (let round = -1; round < bench.rounds; round++) {
        const floor = await bareJobs(config, cases, CONCURRENCY)
        const got = await pipeline(store, config, log, options)
        const only = await bareJobs(config, cases, CONCURRENCY, true)
        const one = await oneStepJobs(screened, config, log, options)
        const life = await lifecycles(store, config, log, { ...options, cases: Math.ceil(cases / 4) })
        if (round < 0) continue
        bare.rounds.push(floor)
        steps.rounds.push(got.stepsPerSecond)
        whole.push(got.casesPerSecond)
        processed.rounds.push(only)
        single.rounds.push(one)
        lives.rounds.push(life.perSecond)
        eventsEach = life.eventsEach
        bench.say(
          `pipeline on ${kind} ${round + 1}/${bench.rounds}: ${Math.round(got.stepsPerSecond)} steps/s, floor ${Math.round(floor)} jobs/s; ` +
            `one-step ${Math.round(one)}, floor ${Math.round(only)} jobs/s; ${Math.round(life.perSecond)} lives/s`,
        )
      }
    } finally {
      await store.close()
      await screened.close()
      await stop()
    }
    rows.push(
      {
        name: `pipeline on ${kind}`,
        figure: steps,
        floor: bare,
        target: { atLeast: 1 },
        note: `${Math.round(median(whole))} cases/s report → dispatched`,
      },
      { name: `one-step jobs on ${kind}`, figure: single, floor: processed },
      {
        name: `whole lives on ${kind}`,
        figure: lives,
        note: `report → closed, ${eventsEach.toFixed(1)} events each`,
      },
    )
  }
  return rows
}
