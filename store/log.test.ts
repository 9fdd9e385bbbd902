// The log's promises, on a real PostgreSQL: append-only, guarded, gapless, and a board that a delta cannot make differ.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoardSnapshot, applyDelta, fromSnapshot, toSnapshot } from '#domain/board.ts'
import type { Actor } from '#domain/case.ts'
import { SimulatedClock } from '#domain/clock.ts'
import { aCity, PLACES, RULE_POLICIES } from '#domain/testing/city.ts'
import { type Appender, openAppender } from './append.ts'
import { boardDelta, boardSnapshot } from './board.ts'
import { caseLog, findCase } from './cases.ts'
import { type Commander, openCommander, requestDigest } from './commander.ts'
import { openNumbers, receiptNo } from './numbers.ts'
import { openProjector, type Projector } from './projector.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { dueTimers, fireLight, followTimers, startDay } from './timers.ts'

const START = Date.parse('2019-10-08T09:00:00+08:00')
const OFFICER: Actor = {
  kind: 'user',
  id: '00000000-0000-7000-8000-000000000001',
  posts: ['department-officer', 'duty-manager'],
  department: 'sanitation',
}
const SUPERVISOR = '00000000-0000-7000-8000-000000000002'

let database: TestDatabase
let appender: Appender
let commander: Commander
let projector: Projector
const clock = new SimulatedClock(START)
const city = aCity(RULE_POLICIES)

const aReport = (description = '路边有垃圾') => ({
  facts: {
    source: 'grid' as const,
    dispatchMode: 'assign' as const,
    category: 'E0110',
    position: PLACES.road,
    photos: [],
  },
  words: { description },
})

async function reported(description?: string) {
  const result = await commander.report(aReport(description), { actor: OFFICER })
  if (!result.ok) throw new Error(result.refusal.detail)
  return result.state
}

beforeAll(async () => {
  database = await testDatabase()
  const { store } = database
  appender = openAppender(store)
  const cityFor = async () => city
  const directory = { refresh: async () => {}, assigneeFor: () => SUPERVISOR }
  commander = openCommander({ store, appender, numbers: openNumbers(store), clock, directory, cityFor })
  projector = openProjector({ store, cityFor })
})
afterAll(() => database.drop())

describe('the log', () => {
  it('refuses UPDATE, DELETE and TRUNCATE, even to the owner of the tables', async () => {
    const { id } = await reported()
    await projector.catchUp()
    const { sql } = database.store
    await expect(sql`update case_event set payload = '{}' where case_id = ${id}`).rejects.toThrow(
      /permission|append-only/,
    )
    await expect(sql`delete from feed`).rejects.toThrow(/permission|append-only/)
    const { default: postgres } = await import('postgres')
    const owner = postgres(database.ownerUrl, { max: 1 })
    await expect(owner`update case_event set payload = '{}' where case_id = ${id}`).rejects.toThrow(
      /append-only/,
    )
    await expect(owner`delete from case_event where case_id = ${id}`).rejects.toThrow(/append-only/)
    await expect(owner`truncate case_event`).rejects.toThrow(/append-only/)
    await expect(owner`truncate feed`).rejects.toThrow(/append-only/)
    await owner.end()
  })

  it('takes one of two appends that were decided on the same row, and tells the other', async () => {
    const { id } = await reported()
    const found = await findCase(database.store, id)
    if (!found) throw new Error('lost')
    const entry = (text: string) => ({
      before: found,
      state: { ...found.state, no: 2, lastAt: START },
      events: [
        {
          type: 'commented' as const,
          no: 2,
          nth: 1,
          at: START,
          actor: { kind: 'rule' as const, id: text },
          payload: {},
        },
      ],
    })
    const outcomes = await Promise.all([appender.append(entry('a')), appender.append(entry('b'))])
    expect(outcomes.map((o) => o.result).sort()).toEqual(['appended', 'conflict'])
    expect(await caseLog(database.store, id)).toHaveLength(2)
  })

  it('lets many act on one case at once without losing or doubling a remark', async () => {
    const { id } = await reported()
    const before = (await caseLog(database.store, id)).length
    const results = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        commander.act(id, { action: 'comment', payload: { text: `备注 ${n}` } }, { actor: OFFICER }),
      ),
    )
    const accepted = results.filter((r) => r.ok).length
    const log = await caseLog(database.store, id)
    expect(log.length - before).toBe(accepted)
    expect(log.map((e) => e.no)).toEqual(log.map((_, i) => i + 1))
    expect(accepted).toBe(4)
  })

  it('answers the same idempotency key with the first case, whoever was faster', async () => {
    const key = { scope: 'phone', key: 'k1', digest: requestDigest('same') }
    const results = await Promise.all(
      Array.from({ length: 5 }, () => commander.report(aReport(), { actor: OFFICER, idempotency: key })),
    )
    const ids = new Set(results.map((r) => (r.ok ? r.state.id : 'refused')))
    expect(ids.size).toBe(1)
    expect(results.filter((r) => r.ok && !r.replayed)).toHaveLength(1)
    const other = await commander.report(aReport(), {
      actor: OFFICER,
      idempotency: { ...key, digest: requestDigest('other') },
    })
    expect(other.ok ? 'accepted' : other.refusal.code).toBe('key-reused')
  })

  it('numbers reports of a quiet day without a gap and never twice when it is busy', async () => {
    const numbers = openNumbers(database.store)
    const quiet = [await numbers.take('Rquiet'), await numbers.take('Rquiet')]
    numbers.giveBack('Rquiet', quiet[1] ?? 0)
    expect([...quiet, await numbers.take('Rquiet')]).toEqual([1, 2, 2])
    const other = openNumbers(database.store)
    const busy = await Promise.all(
      Array.from({ length: 600 }, (_, i) => (i % 2 ? numbers : other).take('Rbusy')),
    )
    expect(new Set(busy).size).toBe(600)
    expect(receiptNo('2019-10-08', 12345)).toBe('R2019100812345')
  })
})

describe('the sequencer', () => {
  it('gives every event one seq without a gap, also when two sequencers work at once', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, i) => reported(`第${i}件`)))
    const second = openProjector({ store: database.store, cityFor: async () => city })
    await Promise.all([projector.catchUp(), second.catchUp(), projector.catchUp()])
    await projector.catchUp()
    const [count] = await database.store.sql<{ events: number; fed: number; last: string; inbox: number }[]>`
      select (select count(*)::int from case_event) as events, (select count(distinct event_id)::int from feed) as fed,
        (select max(seq) from feed) as last, (select count(*)::int from event_inbox) as inbox`
    expect(count).toEqual({
      events: count?.events,
      fed: count?.events,
      last: String(count?.events),
      inbox: 0,
    })
  })

  it('keeps the board equal to snapshot plus deltas after any of a case’s steps', async () => {
    const wall = fromSnapshot(await boardSnapshot(database.store))
    const seen: BoardSnapshot[] = []
    for (let i = 0; i < 6; i++) {
      const { id } = await reported()
      await commander.advance(id)
      if (i % 2) await commander.act(id, { action: 'acknowledge', payload: {} }, { actor: OFFICER })
      if (i % 3 === 2)
        await commander.act(id, { action: 'reply', payload: { result: '已清理' } }, { actor: OFFICER })
      if (i === 4)
        await commander.act(id, { action: 'void', payload: { reason: '误报' } }, { actor: OFFICER })
      clock.advance(60_000)
      await projector.catchUp()
      const delta = await boardDelta(database.store, wall.epoch, wall.seq)
      if (delta === undefined || delta === 'snapshot') throw new Error('a delta was expected')
      expect(applyDelta(wall, delta)).toBe('applied')
      seen.push(toSnapshot(wall))
      expect(sorted(toSnapshot(wall))).toEqual(sorted(await boardSnapshot(database.store)))
    }
    expect(new Set(seen.map((s) => s.seq)).size).toBe(6)
    expect(await boardDelta(database.store, wall.epoch, wall.seq)).toBeUndefined()
    expect(await boardDelta(database.store, crypto.randomUUID(), wall.seq)).toBe('snapshot')
    expect(await boardDelta(database.store, wall.epoch, wall.seq + 1)).toBe('snapshot')
  })
})

describe('timers', () => {
  const lightOnBoard = async (id: string) =>
    (await boardSnapshot(database.store)).cases.find((c) => c.id === id)?.light
  const ring = async (id: string, kind: string) => {
    const due = (await dueTimers(database.store, clock.now())).filter(
      (t) => t.caseId === id && t.kind === kind,
    )
    const fired = []
    for (const t of due) fired.push(await fireLight(database.store, t.id, clock.now()))
    await projector.catchUp()
    return fired
  }
  const follow = async () => {
    await projector.catchUp()
    while ((await followTimers(database.store, async () => city)) > 0);
  }

  it('turn the light once each, and count the case overdue once', async () => {
    const { id } = await reported()
    await commander.advance(id)
    await follow()
    const clockOf = (await findCase(database.store, id))?.state.clock
    if (!clockOf) throw new Error('no clock')
    expect(await ring(id, 'yellow')).toEqual([])
    clock.set(clockOf.warnAt)
    expect(await ring(id, 'yellow')).toEqual([true])
    expect(await lightOnBoard(id)).toBe('yellow')
    clock.set(clockOf.dueAt)
    expect(await ring(id, 'red')).toEqual([])
    clock.advance(1)
    expect(await ring(id, 'red')).toEqual([true])
    expect(await ring(id, 'red')).toEqual([])
    expect(await lightOnBoard(id)).toBe('red')
    const overdue = (await boardSnapshot(database.store)).counts.filter(
      (c) => c.key === 'category:E0110' && c.metric === 'overdue',
    )
    expect(overdue.map((c) => c.n)).toEqual([1])
  })

  it('do nothing once the unit has replied', async () => {
    const { id } = await reported()
    await commander.advance(id)
    await follow()
    await commander.act(id, { action: 'acknowledge', payload: {} }, { actor: OFFICER })
    const due = (await findCase(database.store, id))?.state.clock?.dueAt ?? 0
    await commander.act(id, { action: 'reply', payload: { result: '已清理' } }, { actor: OFFICER })
    clock.set(due + 1)
    expect(await ring(id, 'red')).toEqual([false])
    await follow()
    expect(
      (await dueTimers(database.store, due + 86_400_000)).filter((t) => t.caseId === id && t.kind === 'red'),
    ).toEqual([])
  })

  it('begin a city day once', async () => {
    expect(await startDay(database.store, '2019-12-01', clock.now())).toBe(true)
    expect(await startDay(database.store, '2019-12-01', clock.now())).toBe(false)
    await projector.catchUp()
    const board = await boardSnapshot(database.store)
    expect(board.day).toBe('2019-12-01')
    expect(board.counts).toEqual([])
  })
})

const sorted = (s: BoardSnapshot) => ({
  ...s,
  cases: [...s.cases].sort((a, b) => a.id.localeCompare(b.id)),
  counts: [...s.counts].sort((a, b) => `${a.key}${a.metric}`.localeCompare(`${b.key}${b.metric}`)),
})
