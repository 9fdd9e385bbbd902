// Alarms by a clock that goes faster than the world, on both queues: they ring at the log's instant, and a change of pace
// sets them anew.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '#domain/clock.ts'
import { deadlineJob } from '../jobs/deadline.ts'
import type { NewJob, Queues } from '../queues.ts'
import {
  BACKENDS,
  type Disposable,
  eventually,
  feedOf,
  MORNING,
  openQueueServer,
  openStage,
  openTown,
  type Stage,
} from '../testing/stage.ts'
import { openAlarms } from './alarms.ts'

const MINUTE = 60_000
const YELLOW = MORNING + 192 * MINUTE
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00')

/** A demo's clock without its table: a new pace begins at once. */
class FastClock implements Clock {
  #shows: number
  #at = performance.now()
  #rate: number
  #n = 0
  readonly #listeners = new Set<() => void>()
  constructor(shows: number, rate: number) {
    this.#shows = shows
    this.#rate = rate
  }
  now(): number {
    return Math.floor(this.#shows + (performance.now() - this.#at) * this.#rate)
  }
  turn(rate: number): void {
    this.#shows = this.now()
    this.#at = performance.now()
    this.#rate = rate
    this.#n += 1
    for (const tell of this.#listeners) tell()
  }
  readonly pace = {
    rate: () => this.#rate,
    stretch: () => (this.#n === 0 ? '' : String(this.#n)),
    onStretch: (tell: () => void) => {
      this.#listeners.add(tell)
      return () => this.#listeners.delete(tell)
    },
  }
}

describe.each(BACKENDS)('with the queue on %s', (kind) => {
  let queue: Disposable
  let stage: Stage
  beforeAll(async () => {
    queue = await openQueueServer(kind)
  })
  afterAll(() => queue.drop())
  beforeEach(async () => {
    stage = await openStage(queue)
  })
  afterEach(() => stage.close())

  const work = (clock: Clock) => stage.work({ runtime: { ...stage.runtime, clock } })
  const instantsOf = async (type: string) =>
    (await stage.store.sql<{ at: Date }[]>`select at from feed where type = ${type} order by seq`).map((r) =>
      r.at.getTime(),
    )
  async function dispatched(): Promise<string> {
    const { id } = await stage.report()
    await stage.runtime.commander.advance(id)
    return id
  }

  test('a light turns when the log’s clock is there: a minute of it is a second at 60', async () => {
    const id = await dispatched()
    await work(new FastClock(YELLOW - MINUTE, 60))
    await eventually(async () => expect(await feedOf(stage.store, id)).toContain('yellow'))
    const [at] = await instantsOf('yellow')
    expect(at).toBeGreaterThanOrEqual(YELLOW)
    // A reconciler's pass, half a minute later, would have come half an hour late.
    expect(at).toBeLessThan(YELLOW + 25 * MINUTE)
  })

  test('and the day begins', async () => {
    await work(new FastClock(MIDNIGHT - MINUTE, 60))
    await eventually(async () => expect(await instantsOf('day')).toContain(MIDNIGHT))
  })

  test('an alarm that was set at the world’s pace rings in time when the clock begins to run', async () => {
    const clock = new FastClock(YELLOW - 2 * MINUTE, 1)
    const id = await dispatched()
    const worker = await work(clock)
    await eventually(async () => expect((await worker.health()).jobs.clock.delayed).toBeGreaterThanOrEqual(2))
    clock.turn(60)
    await eventually(async () => expect(await feedOf(stage.store, id)).toContain('yellow'))
    const [at] = await instantsOf('yellow')
    expect(at).toBeGreaterThanOrEqual(YELLOW)
  })
})

describe('setting them', () => {
  let town: Awaited<ReturnType<typeof openTown>>
  beforeAll(async () => {
    town = await openTown()
  })
  afterAll(() => town.close())

  test('looks a real minute ahead, and waits real time', async () => {
    const added: NewJob[] = []
    const queues = { addBulk: async (jobs: readonly NewJob[]) => void added.push(...jobs) }
    const clock = new FastClock(MIDNIGHT - 50 * MINUTE, 1)
    const alarms = openAlarms({
      store: town.store,
      runtime: { ...town.runtime, clock },
      queues: queues as unknown as Queues,
    })
    expect(await alarms.set()).toBe(0)
    clock.turn(60)
    expect(await alarms.set()).toBe(1)
    expect(added).toMatchObject([{ jobId: 'day-2026-03-03-1', payload: { fireAt: MIDNIGHT } }])
    expect(added[0]?.delayMs).toBeGreaterThan(0)
    expect(added[0]?.delayMs).toBeLessThanOrEqual((50 * MINUTE) / 60)
    clock.turn(120)
    expect(await alarms.set()).toBe(1)
    expect(added[1]?.jobId).toBe('day-2026-03-03-2')
  })

  test('one that rings early rings again after the real time that is left', async () => {
    const clock: Clock = { ...new FastClock(0, 60), now: () => MIDNIGHT - 30 * MINUTE }
    const context = { store: town.store, runtime: { ...town.runtime, clock } } as unknown as Stage['context']
    expect(await deadlineJob.run({ day: '2026-03-03', fireAt: MIDNIGHT }, context)).toEqual({
      againInMs: (30 * MINUTE) / 60,
    })
  })
})
