// A short chaos run on either queue: every kind of fault once. A long one is `npm run chaos -- --faults 200`.
import { expect, test } from 'vitest'
import { chaos } from './chaos/run.ts'
import { findRedis, HOW_TO_GET_REDIS } from './runtime/redis.ts'

const redis = findRedis(console.log)
if (redis === undefined) console.warn(`\n*** SKIPPED: chaos with Redis. ${HOW_TO_GET_REDIS}\n`)

/** As many faults as there are kinds, where we may mount a disk for the photos. */
const BACKENDS = [['postgres', 10], ...(redis === undefined ? [] : [['redis', 12] as const])] as const

test.each(BACKENDS)(
  'on %s, whatever dies: accepted is kept once, every case ends, every deadline rings once',
  { timeout: 600_000 },
  async (queue, faults) => {
    const said: string[] = []
    const report = await chaos({
      queue,
      faults,
      seed: `test ${queue}`,
      every: 800,
      clock: 120,
      log: (line) => said.push(line),
    })
    expect(report.findings, said.join('\n')).toEqual([])
    expect(Object.keys(report.struck).length).toBeGreaterThanOrEqual(faults - 1)
    expect(report.reports).toBeGreaterThan(0)
    expect(report.closed).toBeGreaterThan(0)
  },
)
