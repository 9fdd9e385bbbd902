import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnyHandler } from './handlers.ts'
import { HANDLERS } from './jobs/all.ts'
import { screenJob } from './jobs/screen.ts'
import { stepJobId } from './readers/automation.ts'
import { CANAL } from './testing/city.ts'
import {
  BACKENDS,
  type Disposable,
  eventually,
  feedOf,
  insteadOf,
  openQueueServer,
  openStage,
  type Stage,
  usernameOf,
} from './testing/stage.ts'

describe.each(BACKENDS)('the worker with its queue on %s', (kind) => {
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

  test('a report of litter reaches the sanitation office by rule alone', async () => {
    await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const state = await stage.caseOf(id)
    expect(state).toMatchObject({ department: 'sanitation', area: 'G1', condition: 'E0110-1' })
    await eventually(async () =>
      expect(await feedOf(stage.store, id)).toEqual([
        'reported',
        'screened',
        'accepted',
        'filed',
        'dispatched',
      ]),
    )
    const actors = await stage.store.sql<{ actor: { kind: string; id: string } }[]>`
      select actor from case_event where case_id = ${id} and no > 1 order by no`
    expect(actors.map((a) => a.actor)).toEqual(
      ['screen', 'accept-policy', 'file-policy', 'routing'].map((rule) => ({ kind: 'rule', id: rule })),
    )
  })

  test('the canal waits for the duty manager, then goes on by rule to the closing', async () => {
    await stage.work()
    const { id } = await stage.report({ category: 'E0125', position: CANAL })
    await eventually(async () =>
      expect((await stage.caseOf(id)).waitsFor).toMatchObject({ who: 'duty-manager', action: 'file' }),
    )
    await stage.act(id, 'duty', { action: 'file', payload: {} })
    await dispatched(id)
    expect((await stage.caseOf(id)).department).toBe('water')
    await stage.act(id, 'dept-water', { action: 'acknowledge', payload: {} })
    await stage.act(id, 'dept-water', { action: 'reply', payload: { result: '已清理' } })
    await eventually(async () =>
      expect((await stage.caseOf(id)).waitsFor).toMatchObject({ who: 'assignee', action: 'pass' }),
    )
  })

  test('a passed check is closed by rule where policy says so', async () => {
    await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    await stage.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await stage.act(id, 'dept-sanitation', { action: 'reply', payload: { result: '已清理' } })
    await eventually(async () => expect((await stage.caseOf(id)).tasks).toHaveLength(1))
    const assignee = (await stage.caseOf(id)).tasks[0]?.assignee
    await stage.act(id, await usernameOf(stage, assignee), { action: 'pass', payload: {} })
    await eventually(async () => expect((await stage.caseOf(id)).status).toBe('closed'))
  })

  test('a job of an earlier version does nothing', async () => {
    const worker = await stage.work()
    const { id } = await stage.report()
    await dispatched(id)
    const before = await stage.caseOf(id)
    const payload = { caseId: id, version: 1, because: 'reported' }
    const jobId = `late.${stepJobId(id, 1)}`
    await stage.context.queues.add('screen', payload, { jobId })
    await eventually(async () => expect(await stage.context.queues.standing('screen', jobId)).toBe('absent'))
    expect((await worker.health()).tally.failed).toBe(0)
    expect(await stage.caseOf(id)).toEqual(before)
  })

  test('nothing undeclared gets into a queue, nothing that does not fit, and no id that the queue misreads', async () => {
    const { queues } = stage.context
    const payload = { caseId: (await stage.report()).id, version: 1, because: 'reported' }
    await expect(queues.add('sweep' as 'screen', payload, { jobId: 'a' })).rejects.toThrow(
      /not in the catalogue/,
    )
    await expect(queues.add('screen', { ...payload, version: 0 }, { jobId: 'a' })).rejects.toThrow(
      /does not fit/,
    )
    await expect(queues.add('screen', payload, { jobId: '17' })).rejects.toThrow(/cannot be a jobId/)
    await expect(queues.add('screen', payload, { jobId: 'a:b' })).rejects.toThrow(/cannot be a jobId/)
    expect((await queues.counts()).pipeline).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 })
  })

  test('closing finishes the jobs under way and takes no more', async () => {
    const entered = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const held: AnyHandler = {
      name: 'screen',
      async run(payload: Parameters<typeof screenJob.run>[0], context) {
        entered.resolve()
        await gate.promise
        return screenJob.run(payload, context)
      },
    }
    const worker = await stage.work({ concurrency: 1, handlers: insteadOf(held) })
    const cases = await Promise.all([stage.report(), stage.report()])
    await entered.promise
    const closing = worker.close()
    gate.resolve()
    await closing
    const after = await Promise.all(cases.map((c) => stage.caseOf(c.id)))
    expect(after.map((c) => c.status).sort()).toEqual(['dispatched', 'reported'])
  })

  test('a job without a handler keeps the worker from starting', async () => {
    const handlers = HANDLERS.filter((h) => h.name !== 'dispatch')
    await expect(stage.work({ handlers })).rejects.toThrow('job dispatch has no handler')
  })
})
