import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openProjector, type Projector } from '#store/projector.ts'
import { dueTimers, followTimers } from '#store/timers.ts'
import type { BoardCase } from '#domain/board.ts'
import type { CityPack } from '#domain/city/types.ts'
import type { Rung } from '#domain/escalation.ts'
import { CANAL, PACK } from '../testing/city.ts'
import { feedOf, HOUR, LOG, MORNING, openTown, type Town } from '../testing/stage.ts'
import { beginDays, nextDay } from './days.ts'
import { fireDueTimers } from './due.ts'
import { fireTimer } from './fire.ts'

let town: Town
let projector: Projector
const MINUTE = 60_000

async function open(pack: CityPack = PACK) {
  town = await openTown(pack)
  projector = openProjector({ store: town.store, cityFor: town.runtime.cityFor })
}
beforeEach(() => open())
afterEach(() => town.close())

const context = () => ({ store: town.store, runtime: town.runtime, log: LOG })

/** What the worker's loops do, by hand: sequence, and let the timers follow. */
async function follow() {
  await projector.catchUp()
  while ((await followTimers(town.store, town.runtime.cityFor)) > 0);
}

async function dispatchedCase() {
  const { id } = await town.report()
  await town.runtime.commander.advance(id)
  await follow()
  return id
}

/** Moves the clock and fires what is due then. */
async function passTo(at: number) {
  town.clock.set(at)
  const fired = await fireDueTimers(context())
  await follow()
  return fired
}

const lightsOf = async (id: string) =>
  (await feedOf(town.store, id)).filter((t) => t === 'yellow' || t === 'red')

describe('lights', () => {
  test('turn yellow at 80 % of the limit and red right after it', async () => {
    const id = await dispatchedCase()
    expect(await passTo(MORNING + 192 * MINUTE - 1)).toBe(0)
    expect(await passTo(MORNING + 192 * MINUTE)).toBe(1)
    expect(await lightsOf(id)).toEqual(['yellow'])
    expect(await passTo(MORNING + 4 * HOUR)).toBe(0)
    expect(await passTo(MORNING + 4 * HOUR + 1)).toBe(1)
    expect(await lightsOf(id)).toEqual(['yellow', 'red'])
  })

  test('fire once, however often they are fired, and at once', async () => {
    const id = await dispatchedCase()
    town.clock.set(MORNING + 5 * HOUR)
    const passes = await Promise.all([1, 2, 3, 4].map(() => fireDueTimers(context())))
    expect(passes.reduce((a, b) => a + b)).toBe(2)
    await follow()
    expect(await lightsOf(id)).toEqual(['yellow', 'red'])
  })

  test('stay as they are when the reply came in time', async () => {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await town.act(id, 'dept-sanitation', { action: 'reply', payload: { result: '已清理' } })
    // Not followed: the timers are still there when they ring.
    expect(await passTo(MORNING + 5 * HOUR)).toBe(0)
    expect(await lightsOf(id)).toEqual([])
  })

  test('do not turn at an instant that an extension has moved', async () => {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await town.act(id, 'dept-sanitation', { action: 'request-extension', payload: { reason: '车辆故障' } })
    await town.act(id, 'duty', { action: 'grant-extension', payload: {} })
    expect(await passTo(MORNING + 4 * HOUR + 1)).toBe(0)
    expect(await lightsOf(id)).toEqual([])
    expect(await passTo(MORNING + 8 * HOUR + 1)).toBe(2)
    expect(await lightsOf(id)).toEqual(['yellow', 'red'])
  })
})

describe('an outside due time', () => {
  const outsideLights = async (id: string) =>
    (await feedOf(town.store, id)).filter((t) => t.startsWith('outside-'))
  const onBoard = async (id: string) => {
    const [row] = await town.store.sql<{ board: BoardCase }[]>`
      select board from board_case where case_id = ${id}`
    return row?.board
  }

  test('has facts of its own, once each, through suspension and reply, and counts nothing', async () => {
    const { id } = await town.report({ externalDueAt: MORNING + HOUR })
    await town.runtime.commander.advance(id)
    await follow()
    await passTo(MORNING + 48 * MINUTE)
    expect(await onBoard(id)).toMatchObject({ outsideLight: 'yellow', light: 'green' })
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await town.act(id, 'dept-sanitation', { action: 'reply', payload: { result: '已清理' } })
    await follow()
    expect(await passTo(MORNING + HOUR)).toBe(0)
    const [timer] = await dueTimers(town.store, MORNING + HOUR + 1)
    await passTo(MORNING + HOUR + 1)
    expect(timer && (await fireTimer(context(), timer))).toBe('obsolete')
    expect(await outsideLights(id)).toEqual(['outside-yellow', 'outside-red'])
    expect(await onBoard(id)).toMatchObject({ outsideLight: 'red', light: 'green' })
    const [{ n }] = await town.store.sql<[{ n: number }]>`
      select count(*)::int as n from rollup where metric = 'overdue'`
    expect(n).toBe(0)
  })

  test('of a case that has ended says nothing more', async () => {
    const { id } = await town.report({ externalDueAt: MORNING + HOUR })
    await town.runtime.commander.advance(id)
    await follow()
    await town.act(id, 'duty', { action: 'void', payload: { reason: '测试' } })
    // Not followed: the timers are still there when they ring.
    expect(await passTo(MORNING + 2 * HOUR)).toBe(0)
    expect(await outsideLights(id)).toEqual([])
  })
})

describe('a second-level unit', () => {
  test('past its own limit is a fact of the feed; the case is not overdue', async () => {
    const { id } = await town.report({ category: 'E0125', position: CANAL })
    await town.runtime.commander.advance(id)
    await town.act(id, 'duty', { action: 'file', payload: {} })
    await town.runtime.commander.advance(id)
    await town.act(id, 'dept-water', { action: 'acknowledge', payload: {} })
    const actor = town.actors.get('dept-water')
    if (!actor) throw new Error('no account dept-water')
    await town.runtime.commander.act(
      id,
      { action: 'assign', payload: { handler: 'canal-squad', limit: '1紧急工作时' } },
      { actor, resolved: { unit: 'canal-squad' } },
    )
    await follow()
    const { unitDueAt } = await town.caseOf(id)
    expect(unitDueAt).toBe(MORNING + HOUR)
    expect(await passTo(MORNING + HOUR)).toBe(0)
    expect(await passTo(MORNING + HOUR + 1)).toBe(1)
    expect(await feedOf(town.store, id)).toContain('unit-red')
    const [row] = await town.store.sql<{ board: BoardCase }[]>`
      select board from board_case where case_id = ${id}`
    expect(row?.board).toMatchObject({ unit: 'canal-squad', unitOverdue: true, light: 'green' })
  })
})

describe('a suspension', () => {
  async function suspendedCase(until: number) {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await suspend(id, until)
    return id
  }
  const suspend = (id: string, until: number) =>
    town.act(id, 'duty', {
      action: 'suspend',
      payload: { until: new Date(until).toISOString(), reason: '等配件' },
    })

  test('ends by rule at its date, and the clock runs on', async () => {
    const id = await suspendedCase(MORNING + 24 * HOUR)
    await follow()
    expect(await passTo(MORNING + 24 * HOUR)).toBe(1)
    const state = await town.caseOf(id)
    expect(state).toMatchObject({ status: 'handling', clock: { dueAt: MORNING + 28 * HOUR } })
    expect(await dueTimers(town.store, MORNING + 1000 * HOUR)).toMatchObject([
      { kind: 'yellow' },
      { kind: 'red', fireAt: MORNING + 28 * HOUR + 1 },
    ])
  })

  test('ended by hand and begun again: the first date no longer ends it', async () => {
    const id = await suspendedCase(MORNING + 24 * HOUR)
    await follow()
    const [timer] = await dueTimers(town.store, MORNING + 24 * HOUR)
    await town.act(id, 'duty', { action: 'resume', payload: {} })
    await suspend(id, MORNING + 48 * HOUR)
    town.clock.set(MORNING + 24 * HOUR)
    expect(timer && (await fireTimer(context(), timer))).toBe('obsolete')
    expect((await town.caseOf(id)).status).toBe('suspended')
    await follow()
    expect(await passTo(MORNING + 48 * HOUR)).toBe(1)
    expect((await town.caseOf(id)).status).toBe('handling')
  })
})

describe('a field task past its limit', () => {
  async function caseUnderCheck() {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await town.act(id, 'dept-sanitation', { action: 'reply', payload: { result: '已清理' } })
    await town.runtime.commander.advance(id)
    await follow()
    return id
  }

  test('goes to another supervisor by rule, once', async () => {
    const id = await caseUnderCheck()
    const [task] = (await town.caseOf(id)).tasks
    expect(await passTo(MORNING + 2 * HOUR)).toBe(1)
    const [after] = (await town.caseOf(id)).tasks
    expect(after?.assignee).not.toBe(task?.assignee)
    expect(after?.handedOver).toHaveLength(1)
    expect(await passTo(MORNING + 20 * HOUR)).toBe(0)
    expect((await town.caseOf(id)).tasks[0]?.handedOver).toHaveLength(1)
  })

  test('is not handed back when the process died before it was marked', async () => {
    const id = await caseUnderCheck()
    const [timer] = await dueTimers(town.store, MORNING + 2 * HOUR)
    await passTo(MORNING + 2 * HOUR)
    await town.store.sql`update timer set fired_at = null where id = ${timer?.id ?? null}`
    await passTo(MORNING + 3 * HOUR)
    expect((await town.caseOf(id)).tasks[0]?.handedOver).toHaveLength(1)
  })

  test('stays with the only supervisor there is', async () => {
    await town.close()
    await open({ ...PACK, users: PACK.users.filter((u) => u.username !== 'supervisor-2') })
    const id = await caseUnderCheck()
    expect(await passTo(MORNING + 2 * HOUR)).toBe(1)
    expect((await town.caseOf(id)).tasks[0]).toMatchObject({ status: 'assigned', handedOver: [] })
    expect(await passTo(MORNING + 3 * HOUR)).toBe(0)
  })
})

describe('a ladder', () => {
  const LADDER: Rung[] = [
    { id: 'unsigned', name: '未签收', stage: 'acknowledge', after: '1紧急工作时', do: 'call' },
    { id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' },
    { id: 'overdue', name: '超期', stage: 'handle', share: 1, do: 'tell' },
    { id: 'oversee', name: '超期督办', stage: 'handle', share: 1.5, do: 'oversee', limit: '2紧急工作时' },
    { id: 'unanswered', name: '督办未回复', stage: 'oversight', share: 1, do: 'tell', who: 'head' },
  ]
  const climbed = async (id: string) => (await town.caseOf(id)).escalations?.map((e) => [e.rung, e.at]) ?? []
  beforeEach(async () => {
    await town.close()
    await open({ ...PACK, policies: { ...PACK.policies, escalation: LADDER } })
  })

  test('is climbed rung by rung, each on its instant, and an oversight by rule has its own limit', async () => {
    const id = await dispatchedCase()
    await passTo(MORNING + HOUR)
    expect(await climbed(id)).toEqual([])
    await passTo(MORNING + HOUR + 1)
    expect(await climbed(id)).toEqual([['unsigned', MORNING + HOUR + 1]])
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await follow()
    await passTo(MORNING + 192 * MINUTE)
    await passTo(MORNING + 4 * HOUR + 1)
    await passTo(MORNING + 6 * HOUR + 1)
    const overseen = MORNING + 6 * HOUR + 1
    expect((await town.caseOf(id)).oversights).toEqual([
      { at: overseen, by: 'rule', dueAt: overseen + 2 * HOUR },
    ])
    await passTo(overseen + 2 * HOUR + 1)
    expect(await climbed(id)).toEqual([
      ['unsigned', MORNING + HOUR + 1],
      ['near', MORNING + 192 * MINUTE],
      ['overdue', MORNING + 4 * HOUR + 1],
      ['oversee', overseen],
      ['unanswered', overseen + 2 * HOUR + 1],
    ])
    expect(await dueTimers(town.store, MORNING + 1000 * HOUR)).toEqual([])
  })

  test('is climbed once, however often it rings, and although the mark of the timer was lost', async () => {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    await follow()
    const timers = (await dueTimers(town.store, MORNING + 1000 * HOUR)).filter((t) => t.kind === 'rung')
    const [near] = timers
    if (near === undefined) throw new Error('no rung is to come')
    town.clock.set(near.fireAt)
    const fired = await Promise.all([1, 2, 3, 4].map(() => fireTimer(context(), near)))
    expect(fired).toContain('fired')
    await town.store.sql`update timer set fired_at = null where id = ${near.id}`
    expect(await fireTimer(context(), near)).toBe('obsolete')
    expect(await climbed(id)).toEqual([['near', near.fireAt]])
    await follow()
    expect((await dueTimers(town.store, near.fireAt)).filter((t) => t.kind === 'rung')).toEqual([])
  })

  test('stands still while the case is suspended, and is climbed anew after rework', async () => {
    const id = await dispatchedCase()
    await town.act(id, 'dept-sanitation', { action: 'acknowledge', payload: {} })
    const until = new Date(MORNING + 24 * HOUR).toISOString()
    await town.act(id, 'duty', { action: 'suspend', payload: { until, reason: '等配件' } })
    await follow()
    await passTo(MORNING + 23 * HOUR)
    expect(await climbed(id)).toEqual([])
    await passTo(MORNING + 24 * HOUR)
    await passTo(MORNING + 24 * HOUR + 192 * MINUTE)
    expect(await climbed(id)).toEqual([['near', MORNING + 24 * HOUR + 192 * MINUTE]])
    await town.act(id, 'dept-sanitation', { action: 'reply', payload: { result: '已清理' } })
    await town.act(id, 'duty', { action: 'rework', payload: { reason: '未清理' } })
    await follow()
    const again = MORNING + 24 * HOUR + 2 * 192 * MINUTE
    await passTo(again)
    expect((await town.caseOf(id)).escalations?.map((e) => [e.rung, e.turn, e.at])).toEqual([
      ['near', 1, MORNING + 24 * HOUR + 192 * MINUTE],
      ['near', 2, again],
    ])
  })
})

describe('city days', () => {
  const midnight = Date.parse('2026-03-03T00:00:00+08:00')

  test('begin at the city’s midnight, once', async () => {
    await dispatchedCase()
    town.clock.set(midnight)
    expect(await beginDays(context(), midnight)).toBe(1)
    expect(await beginDays(context(), midnight)).toBe(0)
    await follow()
    expect(await beginDays(context(), midnight + HOUR)).toBe(0)
    expect((await feedOf(town.store)).filter((t) => t === 'day')).toHaveLength(1)
    const [head] = await town.store.sql<{ day: string }[]>`select day from feed_head`
    expect(head?.day).toBe('2026-03-03')
  })

  test('are not begun again when an event was first', async () => {
    town.clock.set(midnight + 1)
    await dispatchedCase()
    expect(await beginDays(context(), midnight + 1)).toBe(0)
  })

  test('begin before the first event of an empty board', async () => {
    expect(await beginDays(context(), MORNING)).toBe(1)
    await follow()
    expect(await feedOf(town.store)).toEqual(['day'])
  })

  test('lie in order between the timers when a clock jumps over several', async () => {
    await town.report({ category: 'E0110' })
    const id = await dispatchedCase()
    const instants: number[] = []
    await fireDueTimers(context(), {
      until: MORNING + 48 * HOUR,
      onInstant: (at) => {
        town.clock.set(at)
        instants.push(at)
      },
    })
    await follow()
    expect(instants).toEqual([MORNING + 192 * MINUTE, MORNING + 4 * HOUR + 1, MORNING + 48 * HOUR])
    const facts = await town.store.sql<{ type: string; at: Date }[]>`
      select type, at from feed where event_id is null order by seq`
    expect(facts.map((f) => [f.type, f.at.getTime()])).toEqual([
      ['yellow', MORNING + 192 * MINUTE],
      ['red', MORNING + 4 * HOUR + 1],
      ['day', midnight],
      ['day', midnight + 24 * HOUR],
    ])
    expect(await lightsOf(id)).toEqual(['yellow', 'red'])
  })

  test('the next one is the next local midnight, also where clocks change', () => {
    expect(nextDay(MORNING, 'Asia/Shanghai')).toEqual({ day: '2026-03-03', fireAt: midnight })
    const before = Date.parse('2026-03-28T12:00:00+01:00')
    expect(nextDay(before, 'Europe/Berlin').fireAt).toBe(Date.parse('2026-03-29T00:00:00+01:00'))
    const after = Date.parse('2026-03-29T12:00:00+02:00')
    expect(nextDay(after, 'Europe/Berlin').fireAt).toBe(Date.parse('2026-03-30T00:00:00+02:00'))
  })
})
