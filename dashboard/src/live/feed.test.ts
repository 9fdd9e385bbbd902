import { describe, expect, it } from 'vitest'
import type { BoardCase, BoardDelta, BoardSnapshot } from '#domain/board.ts'
import { createFeed, type Pulse } from './feed.ts'

const snapshot = (seq: number, over: Partial<BoardSnapshot> = {}): BoardSnapshot => ({
  epoch: 'e1',
  seq,
  day: '2026-11-19',
  at: 1_000_000,
  cases: [],
  counts: [],
  recent: [],
  ...over,
})

const delta = (prevSeq: number, seq: number, changes: Partial<BoardDelta['changes']> = {}): BoardDelta => ({
  epoch: 'e1',
  prevSeq,
  seq,
  changes: {
    day: '2026-11-19',
    at: 1_000_000 + seq,
    cases: [],
    gone: [],
    counts: [],
    recent: [],
    ...changes,
  },
})

function harness() {
  let ticks = 0
  const waiting: (() => void)[] = []
  const resyncs: { lastSeq: number; epoch: string }[] = []
  const feed = createFeed({
    tick: () => ticks,
    defer: (run) => waiting.push(run),
    sendResync: (position) => resyncs.push(position),
  })
  return {
    feed,
    resyncs,
    pass: (ms: number) => {
      ticks += ms
    },
    flush: () => {
      for (const run of waiting.splice(0)) run()
    },
  }
}

describe('feed', () => {
  it('tells listeners once for a burst of deltas', () => {
    const { feed, flush } = harness()
    let told = 0
    feed.subscribe(() => {
      told += 1
    })
    feed.snapshot(snapshot(1))
    for (let seq = 2; seq <= 50; seq += 1) feed.delta(delta(seq - 1, seq))
    flush()
    expect(told).toBe(1)
    expect(feed.view().board?.seq).toBe(50)
  })

  it('asks for a lost delta once, not in a storm, and again when nobody answers', () => {
    const { feed, resyncs, pass } = harness()
    feed.snapshot(snapshot(1))
    for (let seq = 10; seq < 30; seq += 1) feed.delta(delta(seq - 1, seq))
    expect(resyncs).toEqual([{ lastSeq: 1, epoch: 'e1' }])
    pass(6_000)
    feed.heartbeat({ epoch: 'e1', prevSeq: 30, seq: 30, at: 5 })
    expect(resyncs).toHaveLength(2)
    feed.snapshot(snapshot(30))
    feed.delta(delta(40, 41))
    expect(resyncs).toHaveLength(3)
  })

  it('asks for a snapshot when the epoch changed', () => {
    const { feed, resyncs } = harness()
    feed.snapshot(snapshot(9))
    feed.heartbeat({ epoch: 'e2', prevSeq: 2, seq: 2, at: 5 })
    expect(resyncs).toEqual([{ lastSeq: 9, epoch: 'e1' }])
  })

  it('says in the handshake how far it has come', () => {
    const { feed } = harness()
    expect(feed.position()).toEqual({})
    feed.snapshot(snapshot(7))
    feed.heartbeat({ epoch: 'e1', prevSeq: 7, seq: 12, at: 5 })
    expect(feed.position()).toEqual({ epoch: 'e1', lastSeq: 12 })
  })

  it('takes its clock from the heartbeat and knows how old its data is', () => {
    const { feed, pass } = harness()
    expect(feed.now()).toBeUndefined()
    expect(feed.age()).toBeUndefined()
    feed.snapshot(snapshot(1))
    feed.heartbeat({ epoch: 'e1', prevSeq: 1, seq: 1, at: 2_000_000 })
    pass(3_000)
    expect(feed.now()).toBe(2_003_000)
    expect(feed.age()).toBe(3_000)
    feed.delta(delta(1, 2))
    expect(feed.age()).toBe(0)
  })

  it('goes by the pace of a fast demo, and tells its own age in real time', () => {
    const { feed, pass } = harness()
    feed.snapshot(snapshot(1, { clock: { at: 1_500_000, rate: 60 } }))
    expect([feed.now(), feed.rate()]).toEqual([1_500_000, 60])
    pass(1_000)
    feed.heartbeat({ epoch: 'e1', prevSeq: 1, seq: 1, at: 1_560_000, rate: 60 })
    pass(20_000)
    expect(feed.now()).toBe(2_760_000)
    expect(feed.age()).toBe(20_000)
    expect(feed.heardAt()).toBe(1_560_000)
  })

  it('does not grow younger by messages that leave a gap', () => {
    const { feed, pass } = harness()
    feed.snapshot(snapshot(1))
    pass(4_000)
    feed.delta(delta(8, 9))
    feed.heartbeat({ epoch: 'e1', prevSeq: 9, seq: 9, at: 5 })
    expect(feed.age()).toBe(4_000)
  })

  it('ignores deltas before the first snapshot', () => {
    const { feed, resyncs, flush } = harness()
    feed.delta(delta(4, 5))
    flush()
    expect(feed.view().board).toBeUndefined()
    expect(resyncs).toEqual([])
  })

  it('says where something happened, also for a case that leaves the board by it', () => {
    const { feed } = harness()
    const at = (id: string, lng: number) => ({ id, lng, lat: 30 }) as BoardCase
    const seen: Pulse[] = []
    feed.onPulses((pulses) => seen.push(...pulses))
    feed.snapshot(snapshot(1, { cases: [at('old', 1)] }))
    const steps = [
      { seq: 2, at: 0, caseId: 'old', type: 'closed' },
      { seq: 3, at: 0, caseId: 'new', type: 'reported' },
      { seq: 3, at: 0, caseId: 'unknown', type: 'commented' },
    ]
    const message = delta(1, 3, { cases: [at('new', 2)], gone: ['old'], recent: steps })
    feed.delta(message)
    feed.delta(message)
    expect(seen.map((p) => [p.step.caseId, p.lng])).toEqual([
      ['old', 1],
      ['new', 2],
    ])
  })
})
