// Sending to many: in order, once, and never an endless queue.
import { describe, expect, test } from 'vitest'
import type { BoardDelta, BoardSnapshot, Heartbeat } from '#domain/board.ts'
import { applyDelta, applyHeartbeat, type BoardState, fromSnapshot } from '#domain/board.ts'
import { aCity } from '#domain/testing/city.ts'
import { type Client, openRooms } from './rooms.ts'

const city = aCity()
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

class Wall implements Client {
  readonly scope: string
  readonly heard: string[] = []
  board: BoardState | undefined
  waiting = 0
  constructor(scope = 'city') {
    this.scope = scope
  }
  send(event: string, message: unknown): void {
    this.heard.push(event)
    if (event === 'snapshot') this.board = fromSnapshot(structuredClone(message as BoardSnapshot))
    if (!this.board || event === 'snapshot') return
    const verdict =
      event === 'delta'
        ? applyDelta(this.board, message as BoardDelta)
        : applyHeartbeat(this.board, message as Heartbeat)
    expect(verdict).not.toBe('resync')
  }
  pending(): number {
    return this.waiting
  }
}

function world() {
  const state = fromSnapshot({
    epoch: 'e',
    seq: 5,
    day: '2019-09-29',
    at: 0,
    cases: [],
    counts: [],
    recent: [],
  })
  const sent: unknown[] = []
  const rooms = openRooms({
    state: () => state,
    city: () => city,
    clock: () => ({ at: 7, rate: 60 }),
    mostPending: 3,
    broadcast: (clients, event, message) => {
      if (clients.length > 0) sent.push(message)
      for (const c of clients) c.send(event, message)
    },
  })
  /** A count moves; only the city and one area see it. */
  const step = (key = 'city') => {
    const dayBefore = state.day
    const delta: BoardDelta = {
      epoch: state.epoch,
      prevSeq: state.seq,
      seq: state.seq + 1,
      changes: {
        day: state.day,
        at: 0,
        cases: [],
        gone: [],
        counts: [{ key, metric: 'reported', n: state.seq }],
        recent: [],
      },
    }
    applyDelta(state, delta)
    rooms.change({ kind: 'delta', state, delta, before: new Map(), dayBefore })
  }
  return { state, rooms, step, sent }
}

test('a newcomer gets a snapshot and then every change', async () => {
  const { rooms, step, state } = world()
  const wall = new Wall()
  rooms.joinWithSnapshot(wall)
  step()
  await nextTurn()
  step()
  step()
  expect(wall.heard).toEqual(['snapshot', 'delta', 'delta'])
  expect(wall.board?.seq).toBe(state.seq)
})

test('a snapshot and a beat tell the clock and its pace', async () => {
  const { rooms, sent } = world()
  rooms.joinWithSnapshot(new Wall())
  await nextTurn()
  rooms.beat()
  expect(sent).toMatchObject([{ clock: { at: 7, rate: 60 } }, { at: 7, rate: 60 }])
})

test('a thousand that come at once share one snapshot', async () => {
  const { rooms, sent } = world()
  const walls = Array.from({ length: 1000 }, () => new Wall())
  for (const w of walls) rooms.joinWithSnapshot(w)
  await nextTurn()
  expect(sent).toHaveLength(1)
  expect(walls.every((w) => w.heard.length === 1)).toBe(true)
  expect(rooms.size()).toBe(1000)
})

test('who knows everything of its scope joins as it is; who missed something doesn’t', async () => {
  const { rooms, step, state } = world()
  const first = new Wall()
  rooms.joinWithSnapshot(first)
  await nextTurn()
  step('area:1')
  const seq = state.seq
  expect(rooms.join(new Wall(), seq - 1)).toBe(false)
  expect(rooms.join(new Wall(), seq)).toBe(true)
})

test('a scope hears nothing of others, and its beat counts on', async () => {
  const { rooms, step, state } = world()
  const wall = new Wall('area:1')
  rooms.joinWithSnapshot(wall)
  await nextTurn()
  step('area:2')
  step('city')
  expect(wall.heard).toEqual(['snapshot'])
  rooms.beat()
  expect(wall.board?.seq).toBe(state.seq)
  step('area:1')
  expect(wall.heard).toEqual(['snapshot', 'heartbeat', 'delta'])
  expect(wall.board?.counts.get('area:1|reported')?.n).toBe(state.seq - 1)
})

test('another epoch is a snapshot for everybody', async () => {
  const { rooms, state } = world()
  const walls = [new Wall(), new Wall('area:1')]
  for (const w of walls) rooms.joinWithSnapshot(w)
  await nextTurn()
  state.epoch = 'f'
  state.seq = 1
  rooms.change({ kind: 'snapshot', state })
  for (const w of walls) expect(w.board).toMatchObject({ epoch: 'f', seq: 1 })
})

describe('a client that can’t keep up', () => {
  test('is left out, and gets one snapshot when its line is free', async () => {
    const { rooms, step, state } = world()
    const [slow, quick] = [new Wall(), new Wall()]
    for (const w of [slow, quick]) rooms.joinWithSnapshot(w)
    await nextTurn()
    slow.waiting = 4
    for (let i = 0; i < 50; i++) step()
    rooms.beat()
    expect(slow.heard).toEqual(['snapshot'])
    expect(quick.heard).toHaveLength(52)
    expect(rooms.size()).toBe(2)
    // Not yet: part of it is still on its way.
    slow.waiting = 1
    rooms.drained(slow)
    await nextTurn()
    expect(slow.heard).toEqual(['snapshot'])
    slow.waiting = 0
    rooms.drained(slow)
    await nextTurn()
    step()
    expect(slow.heard).toEqual(['snapshot', 'snapshot', 'delta'])
    expect(slow.board?.seq).toBe(state.seq)
  })

  test('that leaves meanwhile is forgotten', async () => {
    const { rooms, step } = world()
    const wall = new Wall()
    rooms.joinWithSnapshot(wall)
    await nextTurn()
    wall.waiting = 4
    step()
    rooms.leave(wall)
    wall.waiting = 0
    rooms.drained(wall)
    await nextTurn()
    step()
    expect(wall.heard).toEqual(['snapshot'])
    expect(rooms.size()).toBe(0)
  })
})
