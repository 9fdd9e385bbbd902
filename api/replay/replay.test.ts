// Replay is honest: what it shows at an instant equals what screens were shown then, for the city, an area and a unit;
// through snapshot and frames as a screen takes them, and as GET /board?at=.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  applyDelta,
  type BoardDelta,
  type BoardSnapshot,
  type BoardState,
  fromSnapshot,
  toSnapshot,
} from '#domain/board.ts'
import { cityDay } from '#domain/city-time.ts'
import { boardSnapshot } from '#store/board.ts'
import { snapshotOf } from '../live/scope.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from '../testing/api.ts'
import { live } from '../testing/lives.ts'
import { openReels } from './reels.ts'

const SCOPES = ['city', 'area:1', 'area:101', 'department:water']
const TURNS = 420
const EVERY = 15
const ZONE = 'Asia/Shanghai'

interface Record {
  at: number
  /** As it was sent then, by scope. */
  shown: Map<string, BoardSnapshot>
  /** GET /board as it was then, by scope. */
  boards: Map<string, Board>
}
type Board = { asOf: string; seq: number; totals: object }

let api: TestApi
const records: Record[] = []
let taken: Set<string>

const iso = (at: number) => new Date(at).toISOString()
const get = async (path: string) => {
  const answer = await api.get(path, { as: 'wall' })
  expect([path, answer.status]).toEqual([path, 200])
  return answer.body
}

/** Order of cases and counts says nothing, and neither does a count of 0. */
const plain = ({ cases, counts, ...rest }: BoardSnapshot) => ({
  ...JSON.parse(JSON.stringify(rest)),
  cases: Object.fromEntries(cases.map((c) => [c.id, c])),
  counts: Object.fromEntries(counts.filter((c) => c.n !== 0).map((c) => [`${c.key}|${c.metric}`, c.n])),
})

/** A screen that follows remembers up to twenty steps of its scope, a snapshot those among the city's last twenty. */
function expectShown(board: BoardState, then: BoardSnapshot | undefined): void {
  if (!then) throw new Error('nothing was recorded')
  const { recent, ...is } = plain(toSnapshot(board))
  const { recent: steps, ...was } = plain(then)
  expect(is).toEqual(was)
  expect(recent.slice(recent.length - steps.length)).toEqual(steps)
}

beforeAll(async () => {
  api = await openTestApi()
  const city = await api.runtime.cityFor()
  taken = await live(api, {
    seed: 11,
    turns: TURNS,
    async afterTurn(n) {
      if (n % EVERY !== 0) return
      // What comes later is later: nothing else happens in this second.
      api.clock.set(Math.ceil((api.clock.now() + 1) / 1000) * 1000)
      const whole = fromSnapshot(await boardSnapshot(api.store))
      const record: Record = { at: api.clock.now(), shown: new Map(), boards: new Map() }
      for (const scope of SCOPES) {
        record.shown.set(scope, snapshotOf(whole, scope, city))
        record.boards.set(scope, await get(`/board?scope=${scope}`))
      }
      records.push(record)
      api.clock.advance(1000)
    },
  })
})
afterAll(() => api.close())

/** A screen that replays: a snapshot of the day's start, then frames of `step` seconds, hour by hour. */
async function replayed(scope: string, at: number, step: number): Promise<BoardState> {
  const day = cityDay(at, ZONE)
  const begin = await get(`/board/replay?day=${day}&scope=${scope}`)
  const board = fromSnapshot(begin.snapshot)
  for (let from = begin.start; from < at; from += 3_600_000) {
    const to = Math.min(from + 3_600_000, at)
    const page = await get(
      `/board/replay/frames?day=${day}&scope=${scope}&step=${step}&epoch=${board.epoch}&from=${iso(from)}&to=${iso(to)}`,
    )
    for (const delta of page.deltas as BoardDelta[]) expect(applyDelta(board, delta)).toBe('applied')
  }
  return board
}

test('the recorded days had everything in them that makes a replay hard', async () => {
  expect(records.length).toBeGreaterThanOrEqual(20)
  expect(new Set(records.map((r) => cityDay(r.at, ZONE))).size).toBeGreaterThanOrEqual(2)
  expect([...taken]).toEqual(expect.arrayContaining(['rework', 'reopen', 'rate', 'grant-return', 'void']))
  const kinds = await api.store.sql<{ type: string }[]>`select distinct type from feed where event_id is null`
  expect(kinds.map((k) => k.type)).toEqual(expect.arrayContaining(['day', 'yellow', 'red']))
})

describe.each(SCOPES)('%s', (scope) => {
  test('a replay by the second shows at every recorded instant what was shown then', async () => {
    for (const { at, shown } of records) {
      expectShown(await replayed(scope, at, 1), shown.get(scope))
    }
  })

  test('so do frames that draw five minutes together, when the last of them ends there', async () => {
    for (const { at, shown } of records) {
      expectShown(await replayed(scope, at, 300), shown.get(scope))
    }
  })

  test('so does a snapshot of that instant, and GET /board?at=', async () => {
    for (const { at, shown, boards } of records) {
      const then = shown.get(scope)
      const { snapshot } = await get(`/board/replay?day=${cityDay(at, ZONE)}&scope=${scope}&at=${iso(at)}`)
      expect(plain(snapshot)).toEqual(then && plain(then))
      expect(await get(`/board?scope=${scope}&at=${iso(at)}`)).toEqual(boards.get(scope))
    }
  })
})

test('days from before their beginnings were noted are found and replayed from the log', async () => {
  const days = await get('/board/days')
  const noted = await api.store.sql`delete from board_day returning *`
  try {
    expect((await get('/board/days')).items.map((d: { day: string }) => d.day)).toEqual(
      days.items.slice(1).map((d: { day: string }) => d.day),
    )
    const fresh = openReels(api)
    for (const { at, shown } of records.filter((r) => cityDay(r.at, ZONE) !== days.items[0].day)) {
      const state = await fresh.boardAt(at)
      expect(state && plain(toSnapshot(state))).toEqual(plain(shown.get('city') as BoardSnapshot))
    }
  } finally {
    for (const row of noted) await api.store.sql`insert into board_day ${api.store.sql(row)}`
  }
})

describe('asking', () => {
  test('a day that is over is kept by browsers, one that runs is asked for again, and nothing is sent twice', async () => {
    const { items } = await get('/board/days')
    const [first] = items
    const last = items.at(-1)
    const { snapshot, isOver } = await get(`/board/replay?day=${first.day}`)
    expect(isOver).toBe(true)
    const from = iso(Date.parse(first.start))
    const to = iso(Date.parse(first.start) + 3_600_000)
    const path = `/board/replay/frames?day=${first.day}&epoch=${snapshot.epoch}&from=${from}&to=${to}`
    const answer = await api.get(path, { as: 'wall', headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, max-age=86400',
      'content-encoding': 'gzip',
    })
    const again = await api.get(path, {
      as: 'wall',
      headers: { 'if-none-match': String(answer.headers.etag) },
    })
    expect(again.status).toBe(304)
    const running = await api.get(`/board/replay?day=${last.day}`, { as: 'wall' })
    expect([running.headers['cache-control'], running.body.isOver]).toEqual(['no-cache', false])
  })

  test('what cannot be answered says what to do', async () => {
    const missing = await api.get('/board/replay?day=2001-01-01', { as: 'wall' })
    expectProblem(missing, 404, 'no-such-day')
    expectProblem(await api.get('/board?at=2001-01-01T00:00:00Z', { as: 'wall' }), 404, 'no-such-day')
    const future = await api.get(`/board?at=${iso(api.clock.now() + 60_000)}`, { as: 'wall' })
    expect(faultPaths(future)).toEqual(['/at'])
    const { items } = await get('/board/days')
    const base = `/board/replay/frames?day=${items[0].day}&from=2019-09-29T00:00:00Z`
    expect(faultPaths(await api.get(`${base}&to=2019-09-29T07:00:00Z`, { as: 'wall' }))).toEqual(['/to'])
    expect(faultPaths(await api.get(`${base}&to=2019-09-29T01:00:00Z&step=7`, { as: 'wall' }))).toEqual([
      '/step',
    ])
    const other = await api.get(`${base}&to=2019-09-29T01:00:00Z&epoch=another`, { as: 'wall' })
    expectProblem(other, 409, 'other-epoch')
    expectProblem(await api.get('/board/replay?day=2019-09-29'), 401, 'unauthorized')
    expect(
      faultPaths(await api.get('/board/replay?day=2019-09-29&scope=area:nowhere', { as: 'wall' })),
    ).toEqual(['/scope'])
  })
})
