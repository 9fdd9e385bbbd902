// Notices come out of the log once, whatever fails or is read again; old news is told to nobody; and who reads what is kept
// by person.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#domain/case.ts'
import { audiencesOf } from '#domain/notice.ts'
import {
  audiencesSince,
  countUnread,
  listNotices,
  newestNotice,
  NEWS_MS,
  readAllNotices,
  readNotice,
} from '#store/notices.ts'
import { openProjector } from '#store/projector.ts'
import { followTimers } from '#store/timers.ts'
import { trimNotices } from '#store/trim.ts'
import { PACK } from '../testing/city.ts'
import {
  eventually,
  feedOf,
  HOUR,
  LOG,
  MORNING,
  openQueueServer,
  openStage,
  openTown,
  type Town,
} from '../testing/stage.ts'
import { beginDays } from '../timers/days.ts'
import { fireDueTimers } from '../timers/due.ts'
import { writeNotices } from './notices.ts'

const DAY = 24 * HOUR
const LADDER_PACK = {
  ...PACK,
  policies: {
    ...PACK.policies,
    escalation: [
      { id: 'unsigned', name: '未签收', stage: 'acknowledge', after: '1紧急工作时', do: 'call' },
      { id: 'overdue', name: '超期', stage: 'handle', share: 1, do: 'tell', who: 'duty-manager' },
    ],
  },
} satisfies typeof PACK

let town: Town
beforeEach(async () => {
  town = await openTown(LADDER_PACK)
})
afterEach(() => town.close())

const project = () => openProjector({ store: town.store, ...town.runtime }).catchUp()
async function write() {
  await project()
  while ((await writeNotices(town)) > 0);
}
const kept = async () => [
  ...(await town.store.sql`select key, audience, kind, params, at from notice order by key`),
]
const readerOf = (username: string) => {
  const actor = town.actors.get(username) as Extract<Actor, { kind: 'user' }>
  return { account: actor.id, audiences: audiencesOf(actor) }
}
const kinds = async (username: string, unread = false) =>
  (await listNotices(town.store, readerOf(username), { unread, limit: 100 })).map((n) => n.kind)

async function dispatched(): Promise<string> {
  const { id } = await town.report()
  await town.runtime.commander.advance(id)
  return id
}
/** Lets the clock pass, and the worker's timers fire as they would. */
async function passTo(at: number) {
  await project()
  while ((await followTimers(town.store, town.runtime.cityFor)) > 0);
  town.clock.set(at)
  await fireDueTimers({ store: town.store, runtime: town.runtime, log: LOG }, { until: at })
}

describe('the reader', () => {
  test('tells the unit of a dispatch, and the centre of a rung, once', async () => {
    await dispatched()
    await write()
    expect(await kinds('dept-sanitation')).toEqual(['dispatched'])
    expect(await kinds('dept-water')).toEqual([])
    await passTo(MORNING + HOUR + 1)
    await write()
    expect(await kinds('duty')).toEqual(['call'])
    expect(await kinds('dept-sanitation')).toEqual(['called', 'dispatched'])
    await passTo(MORNING + 4 * HOUR + 1)
    await write()
    expect(await kinds('duty')).toEqual(['told', 'call'])
    const [newest] = await listNotices(town.store, readerOf('duty'), { limit: 1 })
    expect(newest).toMatchObject({
      kind: 'told',
      at: MORNING + 4 * HOUR + 1,
      params: { rung: 'overdue', stage: 'handle', unit: 'sanitation' },
    })
  })

  test('read from the beginning again, nothing is written twice; after a loss the same comes out', async () => {
    await dispatched()
    await passTo(MORNING + HOUR + 1)
    await write()
    const before = await kept()
    expect(before.length).toBeGreaterThan(3)
    await town.store.sql`update reader set seq = 0 where name = 'notices'`
    await write()
    expect(await kept()).toEqual(before)
    await town.store.sql`delete from notice`
    await town.store.sql`update reader set seq = 0 where name = 'notices'`
    await write()
    expect(await kept()).toEqual(before)
  })

  test('two readers at a time write as one', async () => {
    for (let i = 0; i < 5; i++) await dispatched()
    await project()
    await Promise.all([1, 2, 3].map(() => writeNotices(town)))
    await write()
    expect((await kinds('dept-sanitation')).length).toBe(5)
  })

  test('what fails moves no cursor', async () => {
    await dispatched()
    await project()
    const seqOf = async () =>
      (await town.store.sql<{ seq: string }[]>`select seq from reader where name = 'notices'`)[0]?.seq ?? '0'
    const before = await seqOf()
    const failing = writeNotices({
      store: town.store,
      runtime: {
        ...town.runtime,
        clock: {
          now: () => {
            throw new Error('no clock')
          },
        },
      },
    })
    await expect(failing).rejects.toThrow('no clock')
    expect(await seqOf()).toBe(before)
    await write()
    expect(await kinds('dept-sanitation')).toEqual(['dispatched'])
  })

  test('old news is told nobody: a log that was loaded brings none', async () => {
    await dispatched()
    await project()
    town.clock.set(MORNING + NEWS_MS + DAY)
    await write()
    expect(await kinds('dept-sanitation')).toEqual([])
    await dispatched()
    await write()
    expect(await kinds('dept-sanitation')).toEqual(['dispatched'])
  })

  test('a calendar that runs out is told once, however many days it lasts', async () => {
    await town.close()
    const [calendar] = PACK.calendars
    if (!calendar) throw new Error('no calendar')
    const seasons = calendar.seasons.map((s) => ({ ...s, to: '2026-03-20' }))
    town = await openTown({ ...PACK, calendars: [{ ...calendar, seasons }] })
    for (const day of [1, 2, 3]) {
      const midnight = Date.parse('2026-03-02T00:00:00+08:00') + day * DAY
      await dispatched()
      town.clock.set(midnight)
      await beginDays({ store: town.store, runtime: town.runtime, log: LOG }, midnight)
      await write()
    }
    const found = (await listNotices(town.store, readerOf('duty'), { limit: 100 })).filter(
      (n) => n.kind === 'calendar',
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ params: { owner: 'centre', ends: '2026-03-20' } })
    expect(found[0]?.caseId).toBeUndefined()
  })

  test('a running worker writes them by itself, and wakes whoever rings bells', async () => {
    const queue = await openQueueServer('postgres')
    const stage = await openStage(queue, LADDER_PACK)
    try {
      let rang = 0
      stage.runtime.signals.on('notice', () => {
        rang += 1
      })
      await stage.work()
      const { id } = await stage.report()
      const actor = stage.actors.get('dept-sanitation') as Extract<Actor, { kind: 'user' }>
      await eventually(async () => {
        expect(await feedOf(stage.store, id)).toContain('dispatched')
        const found = await listNotices(
          stage.store,
          { account: actor.id, audiences: audiencesOf(actor) },
          { limit: 10 },
        )
        expect(found.map((n) => n.kind)).toEqual(['dispatched'])
        expect(rang).toBeGreaterThan(0)
      })
    } finally {
      await stage.close()
      await queue.drop()
    }
  })
})

describe('reading', () => {
  test('is each person’s own; twice is once; all means all that was seen', async () => {
    for (let i = 0; i < 3; i++) await dispatched()
    await write()
    const officer = readerOf('dept-sanitation')
    const [newest, second] = await listNotices(town.store, officer, { limit: 100 })
    if (!newest || !second) throw new Error('no notices')
    const at = MORNING + HOUR
    expect(await countUnread(town.store, officer)).toBe(3)
    expect(await readNotice(town.store, officer, { id: second.id, at })).toBe(true)
    expect(await readNotice(town.store, officer, { id: second.id, at: at + 1 })).toBe(true)
    const seen = await listNotices(town.store, officer, { limit: 100 })
    expect(seen.map((n) => n.readAt)).toEqual([undefined, at, undefined])
    // A colleague of the unit has read nothing yet.
    const colleague = { account: readerOf('duty').account, audiences: officer.audiences }
    expect(await countUnread(town.store, colleague)).toBe(3)
    // Not theirs: not known.
    expect(await readNotice(town.store, readerOf('dept-water'), { id: newest.id, at })).toBe(false)
    await dispatched()
    await write()
    expect(await readAllNotices(town.store, officer, { upTo: newest.id, at })).toBe(2)
    expect(await kinds('dept-sanitation', true)).toEqual(['dispatched'])
    const page = await listNotices(town.store, officer, { before: newest.id, limit: 1 })
    expect(page.map((n) => n.id)).toEqual([second.id])
  })

  test('bells hear whom the new ones are for', async () => {
    const before = await newestNotice(town.store)
    expect(await audiencesSince(town.store, before)).toEqual({ audiences: [], last: before })
    await dispatched()
    await write()
    const { audiences, last } = await audiencesSince(town.store, before)
    expect(audiences).toEqual(['unit:sanitation'])
    expect(last).toBe(await newestNotice(town.store))
  })

  test('they go after thirty days, with who had read them', async () => {
    await dispatched()
    await write()
    const officer = readerOf('dept-sanitation')
    await readAllNotices(town.store, officer, { upTo: await newestNotice(town.store), at: MORNING })
    expect(await trimNotices(town.store, MORNING + 29 * DAY)).toBe(0)
    expect(await trimNotices(town.store, MORNING + 31 * DAY)).toBe(1)
    const rest = await town.store.sql`select 1 from notice_read`
    expect(rest).toHaveLength(0)
  })
})
