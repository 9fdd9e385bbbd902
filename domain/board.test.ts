import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyDelta,
  applyHeartbeat,
  type BoardCase,
  type BoardDelta,
  type BoardSnapshot,
  type BoardState,
  countKey,
  type CountMetric,
  fromSnapshot,
  type Heartbeat,
  toSnapshot,
} from './board.ts'

const aBoardCase = (id: string, since: number): BoardCase => ({
  id,
  receiptNo: `R${id}`,
  status: 'handling',
  source: 'grid',
  dispatchMode: 'assign',
  areaPath: [],
  coDepartments: [],
  lng: 113,
  lat: 30,
  urgent: false,
  round: 1,
  overseen: false,
  light: 'green',
  reportedAt: 0,
  since,
})
const empty: BoardSnapshot = {
  epoch: 'e1',
  seq: 0,
  day: '2019-09-29',
  at: 0,
  cases: [],
  counts: [],
  recent: [],
}
const delta = (prevSeq: number, seq: number, changes: Partial<BoardDelta['changes']> = {}): BoardDelta => ({
  epoch: 'e1',
  prevSeq,
  seq,
  changes: { day: '2019-09-29', at: seq, cases: [], gone: [], counts: [], recent: [], ...changes },
})
const beat = (prevSeq: number, seq: number): Heartbeat => ({ epoch: 'e1', prevSeq, seq, at: seq })

describe('a delta', () => {
  it.each([
    ['of old facts is dropped', delta(0, 5), 'dropped'],
    ['that ends where the board stands is dropped', delta(3, 10), 'dropped'],
    ['that begins where the board stands is applied', delta(10, 12), 'applied'],
    ['that begins before and ends after is applied', delta(7, 12), 'applied'],
    ['that leaves a gap asks for a resync', delta(11, 12), 'resync'],
    ['of another epoch asks for a resync, however old', { ...delta(0, 5), epoch: 'e2' }, 'resync'],
  ] as const)('%s', (_, message, verdict) => {
    const state = fromSnapshot({ ...empty, seq: 10 })
    const before = structuredClone(state)
    expect(applyDelta(state, message)).toBe(verdict)
    if (verdict !== 'applied') expect(state).toEqual(before)
    else expect(state.seq).toBe(12)
  })

  it('sets cases and counts, and takes away what is gone', () => {
    const state = fromSnapshot({ ...empty, cases: [aBoardCase('a', 1), aBoardCase('b', 1)] })
    const counts = [{ key: 'city', metric: 'closed', n: 4 }] as const
    applyDelta(state, delta(0, 1, { cases: [aBoardCase('a', 2)], gone: ['b'], counts: [...counts] }))
    expect([...state.cases.values()].map((c) => [c.id, c.since])).toEqual([['a', 2]])
    expect([...state.counts.values()]).toEqual(counts)
  })

  it('of a new day begins counting anew', () => {
    const state = fromSnapshot({ ...empty, counts: [{ key: 'city', metric: 'closed', n: 4 }] })
    const counts = [{ key: 'city', metric: 'reported' as const, n: 1 }]
    applyDelta(state, delta(0, 1, { day: '2019-09-30', counts }))
    expect([state.day, [...state.counts.values()]]).toEqual(['2019-09-30', counts])
  })

  describe('with standings', () => {
    const september = { start: '2019-09-01', end: '2019-09-30' }
    const august = { start: '2019-08-01', end: '2019-08-31', through: '2019-08-29' }
    const month = { ...september, day: '2019-09-29', before: august }
    const band = [{ hour: 0, low: 1, mid: 2, high: 3 }]
    const count = (metric: CountMetric, n: number) => ({ key: 'city', metric, n })
    const counts = [
      count('closed', 1),
      count('dueToday', 2),
      count('monthClosed', 3),
      count('beforeClosed', 4),
    ]
    const state = () => fromSnapshot({ ...empty, counts, month, band })
    const applied = (changes: Partial<BoardDelta['changes']>) => {
      const s = state()
      expect(applyDelta(s, delta(0, 1, changes))).toBe('applied')
      return s
    }
    const named = (s: BoardState) => [...s.counts.values()].map((c) => `${c.metric} ${c.n}`)

    it('of a new day keeps the month, and counts the month before as far as the new day', () => {
      const next = { ...month, day: '2019-09-30', before: { ...august, through: '2019-08-30' } }
      const s = applied({ day: '2019-09-30', month: next, counts: [count('beforeClosed', 5)] })
      expect(named(s)).toEqual(['monthClosed 3', 'beforeClosed 5'])
      expect([s.month, s.band]).toEqual([next, undefined])
    })

    it('of a new month begins it anew', () => {
      const next = {
        start: '2019-10-01',
        end: '2019-10-31',
        day: '2019-10-01',
        before: { ...september, through: '2019-09-01' },
      }
      const newBand = [{ hour: 0, low: 0, mid: 0, high: 1 }]
      const s = applied({ day: '2019-10-01', month: next, band: newBand, counts: [count('beforeClosed', 1)] })
      expect(named(s)).toEqual(['beforeClosed 1'])
      expect([s.month, s.band]).toEqual([next, newBand])
    })

    it('of the same day in a month that the pack cuts otherwise begins the month anew, not the day', () => {
      const next = { ...month, name: '2019-09', start: '2019-08-26', end: '2019-09-25' }
      expect(named(applied({ month: next }))).toEqual(['closed 1', 'dueToday 2', 'beforeClosed 4'])
    })

    it('of the same day changes what it names', () => {
      const s = applied({ counts: [count('monthClosed', 2)] })
      expect(named(s)).toEqual(['closed 1', 'dueToday 2', 'monthClosed 2', 'beforeClosed 4'])
      expect(s.band).toEqual(band)
    })
  })

  it('keeps the twenty newest steps, each once and in order', () => {
    const step = (seq: number) => ({ seq, at: seq, caseId: 'a', type: 'commented' })
    const steps = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => step(from + i))
    const state = fromSnapshot({ ...empty, recent: steps(1, 15) })
    applyDelta(state, delta(0, 30, { recent: steps(10, 30).reverse() }))
    expect(state.recent.map((s) => s.seq)).toEqual(steps(11, 30).map((s) => s.seq))
  })
})

describe('a heartbeat', () => {
  it.each([
    ['moves the board on when nothing in its scope was lost', beat(8, 15), 'applied', 15],
    ['may say what is known', beat(10, 10), 'applied', 10],
    ['of the past is dropped', beat(8, 9), 'dropped', 10],
    ['tells of a lost delta', beat(12, 15), 'resync', 10],
    ['of another epoch asks for a resync', { ...beat(8, 15), epoch: 'e2' }, 'resync', 10],
  ] as const)('%s', (_, message, verdict, seq) => {
    const state = fromSnapshot({ ...empty, seq: 10 })
    expect([applyHeartbeat(state, message), state.seq]).toEqual([verdict, seq])
  })

  it('never turns the clock back', () => {
    const state = fromSnapshot({ ...empty, at: 99 })
    applyHeartbeat(state, { ...beat(0, 1), at: 5 })
    applyDelta(state, delta(1, 2, { at: 7 }))
    expect(state.at).toBe(99)
  })
})

it('a snapshot survives the wire and the state made from it', () => {
  const snapshot: BoardSnapshot = {
    ...empty,
    cases: [aBoardCase('a', 1)],
    counts: [{ key: 'city', metric: 'closed', n: 4 }],
    recent: [{ seq: 1, at: 1, caseId: 'a', type: 'closed' }],
  }
  expect(toSnapshot(fromSnapshot(JSON.parse(JSON.stringify(snapshot)) as BoardSnapshot))).toEqual(snapshot)
})

// ── a server, a network that loses, doubles and shuffles, and a screen ────────────────────────────────────────────

/** A fact of the feed: in this scope (a case or a count changes), outside it, or the beginning of a day. */
const arbitraryFact = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('case' as const), id: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('gone' as const), id: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('count' as const), id: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), id: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('day' as const), id: fc.nat(1) }) },
)
type Fact = typeof arbitraryFact extends fc.Arbitrary<infer F> ? F : never

/** The truth of the scope at every seq of the feed. */
function truths(facts: readonly Fact[]): BoardState[] {
  const states = [fromSnapshot(empty)]
  for (const [i, { kind, id }] of facts.entries()) {
    const last = states[i] as BoardState
    const next: BoardState = {
      ...last,
      seq: i + 1,
      at: i + 1,
      cases: new Map(last.cases),
      counts: kind === 'day' ? new Map() : new Map(last.counts),
      day: kind === 'day' ? `day ${i}` : last.day,
    }
    if (kind === 'case') next.cases.set(`c${id}`, aBoardCase(`c${id}`, i + 1))
    if (kind === 'gone') next.cases.delete(`c${id}`)
    if (kind === 'count') {
      const count = { key: `k${id}`, metric: 'reported' as const, n: i + 1 }
      next.counts.set(countKey(count), count)
    }
    states.push(next)
  }
  return states
}

/** What the server sends of the facts after `from` up to `to`, in absolute values; undefined when none is in scope. */
function deltaOf(
  facts: readonly Fact[],
  truth: readonly BoardState[],
  prevSeq: number,
  from: number,
  to: number,
) {
  const now = truth[to] as BoardState
  const changed = facts.slice(from, to).filter((f) => f.kind !== 'elsewhere')
  if (changed.length === 0) return undefined
  const touched = new Set(
    changed.flatMap((f) => (f.kind === 'case' || f.kind === 'gone' ? [`c${f.id}`] : [])),
  )
  return delta(prevSeq, to, {
    day: now.day,
    at: now.at,
    cases: [...now.cases.values()].filter((c) => touched.has(c.id)),
    gone: [...touched].filter((id) => !now.cases.has(id)),
    counts: [...now.counts.values()].filter((c) => c.n > from),
  })
}

type Message = { delta: BoardDelta } | { beat: Heartbeat }

/** The stream that a server sends: at each stop a delta of what is new, or a heartbeat when there is nothing. */
function stream(facts: readonly Fact[], truth: readonly BoardState[], stops: readonly number[]): Message[] {
  const messages: Message[] = []
  let sent = 0
  let seen = 0
  for (const stop of [...new Set(stops), facts.length].sort((a, b) => a - b)) {
    const message = deltaOf(facts, truth, sent, seen, stop)
    if (message) {
      messages.push({ delta: message })
      sent = stop
    }
    seen = stop
    messages.push({ beat: beat(sent, stop) })
  }
  return messages
}

const shown = (s: BoardState) => ({ ...toSnapshot(s), cases: sorted(s.cases), counts: sorted(s.counts) })
const sorted = <T>(m: ReadonlyMap<string, T>) => [...m].sort(([a], [b]) => (a < b ? -1 : 1))

/** What the network does with a message: how often it comes, and how much later. */
const FATES = {
  comes: { times: 1, late: 0 },
  lost: { times: 0, late: 0 },
  late: { times: 1, late: 1 },
  'very late': { times: 1, late: 9 },
  doubled: { times: 2, late: 0 },
  'doubled late': { times: 2, late: 4 },
} as const

const arbitraryTraffic = fc.record({
  facts: fc.array(arbitraryFact, { minLength: 1, maxLength: 40, size: 'max' }),
  stops: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 25, size: 'max' }),
  /** One for each message, over and over. */
  fates: fc.array(fc.constantFrom('comes', ...(Object.keys(FATES) as (keyof typeof FATES)[])), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  }),
  /** How many messages a snapshot takes to come. */
  slow: fc.nat(3),
})

describe('a screen behind a bad network', () => {
  it('shows the truth of the seq it says, or knows that it must resync, and ends with the truth', () => {
    let resyncs = 0
    fc.assert(
      fc.property(arbitraryTraffic, ({ facts, stops, fates, slow }) => {
        const truth = truths(facts)
        const messages = stream(
          facts,
          truth,
          stops.filter((s) => s <= facts.length),
        )
        const arriving = messages.flatMap((message, i) => {
          const { times, late } = FATES[fates[i % fates.length] ?? 'comes']
          return Array.from({ length: times }, (_, k) => ({ message, at: i + late + k }))
        })
        arriving.sort((a, b) => a.at - b.at)
        let state = fromSnapshot(empty)
        let snapshotAt = Number.POSITIVE_INFINITY
        let newest = 0
        const isTrue = () => expect(shown(state)).toEqual(shown(truth[state.seq] as BoardState))
        const receive = (message: Message, now: number) => {
          newest = Math.max(newest, lastSeq(message))
          if (now >= snapshotAt) {
            state = fromSnapshot(structuredClone(toSnapshot(truth[newest] as BoardState)))
            snapshotAt = Number.POSITIVE_INFINITY
          }
          const verdict =
            'delta' in message ? applyDelta(state, message.delta) : applyHeartbeat(state, message.beat)
          if (verdict === 'resync' && snapshotAt === Number.POSITIVE_INFINITY) {
            snapshotAt = now + slow
            resyncs += 1
          }
          isTrue()
        }
        for (const { message, at } of arriving) receive(message, at)
        const last = messages.at(-1) as Message
        receive(last, 1_000)
        receive(last, 2_000)
        expect(state.seq).toBe(facts.length)
      }),
      { numRuns: 300 },
    )
    expect(resyncs).toBeGreaterThan(30)
  })
})

const lastSeq = (m: Message) => ('delta' in m ? m.delta.seq : m.beat.seq)
