import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rung } from '#domain/escalation.ts'
import type { AnyHandler } from './handlers.ts'
import { screenJob } from './jobs/screen.ts'
import { stepJobId } from './readers/automation.ts'
import { reconcile } from './reconcile.ts'
import { CANAL, PACK } from './testing/city.ts'
import {
  BACKENDS,
  type Disposable,
  eventually,
  expectGapless,
  feedOf,
  HOUR,
  insteadOf,
  openQueueServer,
  openStage,
  type Stage,
  usernameOf,
} from './testing/stage.ts'

/** For the reconciler: whatever is undone is undone for long enough. */
const AT_ONCE = { stuckForMs: -1, overdueForMs: 0, retryAfterMs: 0 }

describe.each(BACKENDS)('the worker and what its queue on %s loses', (kind) => {
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

  const dispatched = (id: string) =>
    eventually(async () => expect((await stage.caseOf(id)).status).toBe('dispatched'))

  test('a queue lost in mid-run loses no case: the reconciler finds every one', async () => {
    const gate = Promise.withResolvers<void>()
    const held: AnyHandler = {
      name: 'screen',
      async run(payload: Parameters<typeof screenJob.run>[0], context) {
        await gate.promise
        return screenJob.run(payload, context)
      },
    }
    const worker = await stage.work({ concurrency: 2, handlers: insteadOf(held) })
    const ids = (await Promise.all(Array.from({ length: 30 }, () => stage.report()))).map((c) => c.id)
    await eventually(async () => {
      const { waiting, active } = (await worker.health()).jobs.pipeline
      expect([waiting, active]).toEqual([28, 2])
    })
    await queue.lose()
    gate.resolve()
    // Those that ran finish; the rest is known to PostgreSQL only.
    await eventually(async () => expect((await worker.health()).tally.steps).toBe(2 * 4))
    const done = await reconcile(stage.context, AT_ONCE)
    expect(done.requeued).toBeGreaterThanOrEqual(28)
    for (const id of ids) await dispatched(id)
    await eventually(async () => {
      const steps = (await feedOf(stage.store)).filter((type) => type !== 'day')
      expect(steps).toHaveLength(30 * 5)
    })
    await expectGapless(stage.store)
  })

  test('what a job keeps in hand or puts off is done under another name', async () => {
    const gate = Promise.withResolvers<void>()
    const held = new Set<string>()
    const holding: AnyHandler = {
      name: 'screen',
      async run(payload: Parameters<typeof screenJob.run>[0], context) {
        const { caseId } = payload
        if (caseId === taken.id && !held.has(caseId)) {
          held.add(caseId)
          await gate.promise
        }
        return screenJob.run(payload, context)
      },
    }
    const taken = await stage.report()
    const late = await stage.report()
    await stage.context.queues.add(
      'screen',
      { caseId: late.id, version: 1, because: 'reported' },
      { jobId: stepJobId(late.id, 1), delayMs: HOUR },
    )
    await stage.work({ concurrency: 2, handlers: insteadOf(holding) })
    await eventually(async () => {
      expect(held).toContain(taken.id)
      expect(await stage.context.queues.standing('screen', stepJobId(late.id, 1))).toBe('held')
    })
    expect((await reconcile(stage.context, AT_ONCE)).requeued).toBe(0)
    expect((await reconcile(stage.context, { ...AT_ONCE, heldForMs: -1 })).requeued).toBe(2)
    await dispatched(taken.id)
    await dispatched(late.id)
    gate.resolve()
    await expectGapless(stage.store)
  })

  test('what still waits in the queue is not added again', async () => {
    const gate = Promise.withResolvers<void>()
    const held: AnyHandler = {
      name: 'screen',
      async run(payload: Parameters<typeof screenJob.run>[0], context) {
        await gate.promise
        return screenJob.run(payload, context)
      },
    }
    const worker = await stage.work({ concurrency: 1, handlers: insteadOf(held) })
    const cases = await Promise.all([stage.report(), stage.report(), stage.report()])
    await eventually(async () => {
      const { waiting, active } = (await worker.health()).jobs.pipeline
      expect([waiting, active]).toEqual([2, 1])
    })
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ requeued: 0, retried: 0 })
    gate.resolve()
    for (const { id } of cases) await dispatched(id)
  })

  test('a job that failed for good is kept, and blocks the same work only until it is tried again', async () => {
    let isBroken = true
    const broken: AnyHandler = {
      name: 'screen',
      run: async (payload: Parameters<typeof screenJob.run>[0], context) => {
        if (isBroken) throw new TypeError('a bug')
        return screenJob.run(payload, context)
      },
    }
    const worker = await stage.work({ handlers: insteadOf(broken) })
    const { id } = await stage.report()
    const { queues } = stage.context
    await eventually(async () => expect(await queues.standing('screen', stepJobId(id, 1))).toBe('failed'))
    expect((await worker.health()).tally.failed).toBe(1)
    expect(await reconcile(stage.context, { ...AT_ONCE, retryAfterMs: HOUR })).toMatchObject({ retried: 0 })
    isBroken = false
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ requeued: 0, retried: 1 })
    await dispatched(id)
  })

  test('a passing fault is tried again by the queue itself', async () => {
    let failures = 0
    const shaky: AnyHandler = {
      name: 'screen',
      run: async (payload: Parameters<typeof screenJob.run>[0], context) => {
        if (failures++ === 0) throw new Error('the database restarts')
        return screenJob.run(payload, context)
      },
    }
    await stage.work({ handlers: insteadOf(shaky) })
    const { id } = await stage.report()
    await dispatched(id)
    expect(failures).toBe(2)
  })

  test('a rung of the ladder is climbed once, although the queue is lost and its alarm rings again and again', async () => {
    await stage.close()
    const escalation = [
      { id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' },
    ] as const satisfies Rung[]
    stage = await openStage(queue, { ...PACK, policies: { ...PACK.policies, escalation } })
    const worker = await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const climbed = async () => ((await stage.caseOf(id)).escalations ?? []).map((e) => e.rung)
    const timer = await timerOf(stage, id, 'rung')
    stage.clock.set(timer.fireAt)
    await queue.lose()
    await reconcile(stage.context, AT_ONCE)
    await eventually(async () => expect(await climbed()).toEqual(['near']))
    const ring = async (name: string) => {
      const before = (await worker.health()).tally.jobs
      const payload = { timerId: timer.id, kind: 'rung', fireAt: timer.fireAt } as const
      await stage.context.queues.addBulk(
        [1, 2].map((n) => ({ name: 'deadline', payload, jobId: `${name}-${n}` })),
      )
      await eventually(async () =>
        expect((await worker.health()).tally.jobs).toBeGreaterThanOrEqual(before + 2),
      )
    }
    await ring('again')
    // As if the process had died before it could mark what it had done.
    await stage.store.sql`update timer set fired_at = null where id = ${timer.id}`
    await ring('unmarked')
    await reconcile(stage.context, AT_ONCE)
    expect(await climbed()).toEqual(['near'])
    expect((await feedOf(stage.store, id)).filter((type) => type === 'escalated')).toHaveLength(1)
  })

  test('a deadline rung twice fires once', async () => {
    const worker = await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const timer = await timerOf(stage, id, 'yellow')
    stage.clock.set(timer.fireAt)
    const payload = { timerId: timer.id, kind: 'yellow', fireAt: timer.fireAt } as const
    const before = (await worker.health()).tally.jobs
    await stage.context.queues.addBulk(
      ['one', 'two', 'three'].map((ring) => ({
        name: 'deadline',
        payload,
        jobId: `${ring}-${timer.id}`,
      })),
    )
    await eventually(async () =>
      expect((await worker.health()).tally.jobs).toBeGreaterThanOrEqual(before + 3),
    )
    await eventually(async () => expect(await feedOf(stage.store, id)).toContain('yellow'))
    expect(await lightsOf(stage, id)).toEqual(['yellow'])
  })

  test('an alarm that rings before its time rings again', async () => {
    await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const timer = await timerOf(stage, id, 'yellow')
    stage.clock.set(timer.fireAt - 300)
    const payload = { timerId: timer.id, kind: 'yellow', fireAt: timer.fireAt } as const
    await stage.context.queues.add('deadline', payload, { jobId: 'too-early' })
    await eventually(async () =>
      expect((await stage.context.queues.counts()).clock.delayed).toBeGreaterThanOrEqual(1),
    )
    expect(await lightsOf(stage, id)).toEqual([])
    stage.clock.set(timer.fireAt)
    await eventually(async () => expect(await lightsOf(stage, id)).toEqual(['yellow']))
  })

  test('lights turn although the queue has lost their alarms', async () => {
    const worker = await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const red = await timerOf(stage, id, 'red')
    await worker.close()
    await queue.lose()
    stage.clock.set(red.fireAt)
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ timersFired: 2 })
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ timersFired: 0 })
    await stage.work()
    await eventually(async () => expect(await lightsOf(stage, id)).toEqual(['yellow', 'red']))
  })

  test('a day begins when its alarm rings', async () => {
    await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const fireAt = Date.parse('2026-03-03T00:00:00+08:00')
    stage.clock.set(fireAt)
    await stage.context.queues.add('deadline', { day: '2026-03-03', fireAt }, { jobId: 'day-2026-03-03' })
    await eventually(async () =>
      expect(await stage.store.sql`select fact ->> 'day' as day from feed where type = 'day'`).toContainEqual(
        {
          day: '2026-03-03',
        },
      ),
    )
  })

  test('a checked case whose job was lost is found where a rule may close it, and only there', async () => {
    const checkedCase = async (facts: Parameters<Stage['report']>[0], officer: string) => {
      const { id } = await stage.report(facts)
      await stage.runtime.commander.advance(id)
      if ((await stage.caseOf(id)).status === 'accepted') {
        await stage.act(id, 'duty', { action: 'file', payload: {} })
        await stage.runtime.commander.advance(id)
      }
      await stage.act(id, officer, { action: 'acknowledge', payload: {} })
      await stage.act(id, officer, { action: 'reply', payload: { result: '已清理' } })
      await stage.runtime.commander.advance(id)
      const state = await stage.caseOf(id)
      await stage.act(id, await usernameOf(stage, state.tasks[0]?.assignee), { action: 'pass', payload: {} })
      return id
    }
    const litter = await checkedCase({}, 'dept-sanitation')
    const canal = await checkedCase({ category: 'E0125', position: CANAL }, 'dept-water')
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ requeued: 1 })
    await stage.work()
    await eventually(async () => expect((await stage.caseOf(litter)).status).toBe('closed'))
    expect((await stage.caseOf(canal)).status).toBe('checked')
  })

  test('the lasting repair of a case made safe is reported once, with what is known of the place', async () => {
    const { id } = await stage.report({ category: 'E0125', position: CANAL })
    const { commander } = stage.runtime
    await commander.advance(id)
    await stage.act(id, 'duty', { action: 'file', payload: {} })
    await commander.advance(id)
    await stage.act(id, 'dept-water', { action: 'acknowledge', payload: {} })
    await stage.act(id, 'dept-water', { action: 'reply', payload: { result: '已围护' } })
    await commander.advance(id)
    const holder = await usernameOf(stage, (await stage.caseOf(id)).tasks[0]?.assignee)
    await stage.act(id, holder, { action: 'pass', payload: {} })
    await stage.act(id, 'duty', {
      action: 'close',
      payload: { outcome: 'made-safe', followUp: 'E0125-1' },
    })
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ followUps: 1 })
    expect(await reconcile(stage.context, AT_ONCE)).toMatchObject({ followUps: 0 })
    const cases = await stage.store.sql<{ category: string; source: string; external_id: string }[]>`
      select category, source, external_id from "case" where external_system = 'follow-up'`
    expect(cases).toEqual([{ category: 'E0125', source: 'department', external_id: id }])
  })

  test('a lost job scheduler is made again', async () => {
    const { queues } = stage.context
    await reconcile(stage.context, AT_ONCE)
    await queue.lose()
    expect((await queues.counts()).clock).toMatchObject({ delayed: 0, waiting: 0 })
    await reconcile(stage.context, AT_ONCE)
    const { delayed, waiting } = (await queues.counts()).clock
    expect(delayed + waiting).toBe(1)
  })

  test('the hourly job reconciles, and trims what is past its term', async () => {
    const { id } = await stage.report()
    await stage.store.sql`
      insert into idempotency (scope, key, digest, case_id, no, created_at)
      values ('test', 'old', '', ${id}, 1, now() - interval '31 days')`
    await stage.work()
    await stage.context.queues.add('reconcile', {}, { jobId: 'by-hand' })
    await eventually(async () => expect(await stage.store.sql`select 1 from idempotency`).toHaveLength(0))
  })
})

async function timerOf(stage: Stage, caseId: string, kind: string): Promise<{ id: string; fireAt: number }> {
  const find = () => stage.store.sql<{ id: string; fire_at: Date }[]>`
    select id, fire_at from timer where case_id = ${caseId} and kind = ${kind}`
  await eventually(async () => expect(await find()).toHaveLength(1))
  const [row] = await find()
  return { id: row?.id ?? '', fireAt: row?.fire_at.getTime() ?? 0 }
}

const lightsOf = async (stage: Stage, caseId: string) =>
  (await feedOf(stage.store, caseId)).filter((type) => type === 'yellow' || type === 'red')
