import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyDelta,
  applyHeartbeat,
  countKey,
  fromSnapshot,
  METRICS,
  toSnapshot,
  type BoardCase,
  type BoardDelta,
  type BoardSnapshot,
  type Count,
  type Heartbeat,
} from './board.ts'
import { boardView, casesIn, stageRows, waitingRows, worstFirst, type Scope } from './board-view.ts'
import { OPEN_STATUSES } from './case.ts'

const NOON = Date.UTC(2026, 10, 19, 4)
const MINUTE = 60_000

const aCase = (over: Partial<BoardCase> = {}): BoardCase => ({
  id: 'c1',
  receiptNo: 'R202611190001',
  status: 'handling',
  source: 'grid',
  dispatchMode: 'assign',
  category: 'E0110',
  area: 'g1',
  areaPath: ['s1', 'm1', 'g1'],
  department: 'sanitation',
  coDepartments: [],
  lng: 113,
  lat: 30,
  urgent: false,
  round: 1,
  overseen: false,
  light: 'green',
  reportedAt: NOON - 60 * MINUTE,
  since: NOON - 30 * MINUTE,
  ...over,
})

const aBoard = (cases: BoardCase[], counts: Count[] = []) =>
  fromSnapshot({ epoch: 'e', seq: 7, day: '2026-11-19', at: NOON, cases, counts, recent: [] })

describe('boardView', () => {
  it('counts open and overdue by unit, and nothing against the unit after its reply', () => {
    const board = boardView(
      aBoard([
        aCase({ id: 'a', light: 'red' }),
        aCase({ id: 'b', light: 'red', status: 'replied' }),
        aCase({ id: 'c', department: 'water', coDepartments: ['sanitation'] }),
      ]),
      NOON,
      'city',
    )
    expect(board.byDepartment.map(({ code, open, overdue }) => ({ code, open, overdue }))).toEqual([
      { code: 'sanitation', open: 2, overdue: 1 },
      { code: 'water', open: 1, overdue: 0 },
    ])
    expect(board.overdue).toBe(1)
    expect(board.lights).toEqual({ green: 1, yellow: 0, red: 1, none: 1 })
  })

  it('counts a case in every area of its path, and in an area scope only from that area down', () => {
    const state = aBoard([
      aCase({ id: 'a' }),
      aCase({ id: 'b', area: 'g2', areaPath: ['s1', 'm2', 'g2'] }),
      aCase({ id: 'c', area: 'g3', areaPath: ['s2', 'm3', 'g3'] }),
    ])
    expect(boardView(state, NOON, 'city').byArea.find((a) => a.code === 's1')?.open).toBe(2)
    expect(boardView(state, NOON, 'area:m1').byArea.map((a) => a.code)).toEqual(['g1', 'm1'])
    expect(boardView(state, NOON, 'area:s1').open).toBe(2)
  })

  it('takes totals from the counts of its own scope', () => {
    const counts: Count[] = [
      { key: 'city', metric: 'reported', n: 9 },
      { key: 'area:s1', metric: 'reported', n: 5 },
      { key: 'department:water', metric: 'closed', n: 2 },
      { key: 'hour:08', metric: 'reported', n: 4 },
    ]
    const state = aBoard([], counts)
    expect(boardView(state, NOON, 'city').totals).toMatchObject({ reported: 9, closed: 0 })
    expect(boardView(state, NOON, 'area:s1').totals.reported).toBe(5)
    expect(boardView(state, NOON, 'department:water').totals).toMatchObject({ reported: 0, closed: 2 })
    expect(boardView(state, NOON, 'city').hourly[8]).toEqual({ hour: 8, reported: 4, closed: 0 })
    expect(boardView(state, NOON, 'area:s1').hourly).toEqual([])
  })

  it('keeps a unit that was busy today and has nothing open', () => {
    const state = aBoard([aCase()], [{ key: 'department:water', metric: 'closed', n: 2 }])
    const row = boardView(state, NOON, 'city').byDepartment.find((d) => d.code === 'water')
    expect(row).toMatchObject({ open: 0, overdue: 0, today: { closed: 2 } })
  })

  it('lists every stage, with the oldest wait and how many are past the stage limit', () => {
    const rows = stageRows(
      [
        aCase({ id: 'a', status: 'accepted', since: NOON - 40 * MINUTE, stageDueAt: NOON - 10 * MINUTE }),
        aCase({ id: 'b', status: 'accepted', since: NOON - 5 * MINUTE, stageDueAt: NOON + 25 * MINUTE }),
        aCase({ id: 'c', status: 'handling', dueAt: NOON, stageDueAt: NOON }),
        aCase({ id: 'd', status: 'suspended', dueAt: NOON - MINUTE }),
      ],
      NOON,
    )
    expect(rows.map((r) => [r.stage, r.n, r.overLimit])).toEqual([
      ['accept', 0, 0],
      ['file', 2, 1],
      ['dispatch', 0, 0],
      ['acknowledge', 0, 0],
      ['handle', 1, 1],
      ['check', 0, 0],
      ['close', 0, 0],
    ])
    expect(rows[1]?.oldest?.id).toBe('a')
  })

  it('counts a case for its unit at every level, and in each list of units once', () => {
    const passed = { department: 'water', unit: 'crew', unitPath: ['water', 'crew'] }
    const state = aBoard(
      [
        aCase({ id: 'a', ...passed, light: 'red', unitOverdue: true }),
        aCase({ id: 'b', ...passed, unitOverdue: true }),
        // Answered: no longer its unit's.
        aCase({ id: 'c', ...passed, status: 'replied', unitOverdue: true }),
        aCase({ id: 'd', department: 'water' }),
      ],
      [
        { key: 'department:crew-2', metric: 'replied', n: 1 },
        { key: 'department:water', metric: 'replied', n: 1 },
      ],
    )
    const board = boardView(state, NOON, 'city', (unit) => unit.startsWith('crew'))
    expect(board.byDepartment).toMatchObject([{ code: 'water', open: 4, overdue: 1, today: { replied: 1 } }])
    expect(board.byUnit).toMatchObject([
      { code: 'crew', open: 3, overdue: 1, unitOverdue: 2 },
      { code: 'crew-2', open: 0, overdue: 0, unitOverdue: 0, today: { replied: 1 } },
    ])
    const own = boardView(state, NOON, 'department:crew')
    expect([own.open, own.byDepartment.map((r) => r.open), own.byUnit.map((r) => r.open)]).toEqual([
      3,
      [3],
      [3],
    ])
    expect(casesIn(state, 'department:water')).toHaveLength(4)
  })

  it('groups what waits for a decision by who and what, longest wait first', () => {
    const file = { who: 'duty-manager', action: 'file', reason: 'policy' } as const
    const rows = waitingRows([
      aCase({ id: 'a', waitsFor: { ...file, since: NOON - 5 } }),
      aCase({ id: 'b', waitsFor: { ...file, since: NOON - 50 } }),
      aCase({ id: 'c', waitsFor: { ...file, who: 'operator', action: 'accept', since: NOON - 70 } }),
      aCase({ id: 'd' }),
    ])
    expect(rows).toEqual([
      { who: 'operator', action: 'accept', n: 1, oldestSince: NOON - 70 },
      { who: 'duty-manager', action: 'file', n: 2, oldestSince: NOON - 50 },
    ])
  })

  it('sorts units by overdue, then open, then code', () => {
    const rows = [
      { code: 'c', open: 9, overdue: 0 },
      { code: 'b', open: 2, overdue: 1 },
      { code: 'a', open: 9, overdue: 0 },
    ]
    expect(rows.sort(worstFirst).map((r) => r.code)).toEqual(['b', 'a', 'c'])
  })
})

// ── the live protocol, whatever the network does ──────────────────────────────────────────────────────────────────

const arbitraryCase = fc
  .record({
    id: fc.integer({ min: 0, max: 9 }).map((n) => `c${n}`),
    status: fc.constantFrom(...OPEN_STATUSES),
    light: fc.constantFrom('green', 'yellow', 'red', 'none'),
    department: fc.constantFrom('water', 'sanitation', undefined),
    area: fc.constantFrom('g1', 'g2'),
    urgent: fc.boolean(),
    since: fc.integer({ min: NOON - 90 * MINUTE, max: NOON }),
    dueAt: fc.integer({ min: NOON - 90 * MINUTE, max: NOON + 90 * MINUTE }),
    waits: fc.boolean(),
  })
  .map(({ waits, area, ...c }) =>
    aCase({
      ...c,
      area,
      areaPath: ['s1', area],
      ...(waits
        ? { waitsFor: { who: 'duty-manager', action: 'file', reason: 'policy', since: c.since } }
        : {}),
    }),
  )

/** One fact of the feed: a case changed or left, a count rose, or a new day began. */
const arbitraryFact = fc.oneof(
  { weight: 6, arbitrary: arbitraryCase.map((c) => ({ kind: 'case' as const, c })) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 9 }).map((n) => ({ kind: 'gone' as const, id: `c${n}` })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        key: fc.constantFrom('city', 'department:water', 'area:s1', 'hour:08'),
        metric: fc.constantFrom(...METRICS),
      })
      .map((count) => ({ kind: 'count' as const, count })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'day' as const }) },
)
type Fact = typeof arbitraryFact extends fc.Arbitrary<infer F> ? F : never

/** What the network and the server do with each step: conflate it with the next, drop, double, hold back, or beat. */
const arbitraryFate = fc.constantFrom('send', 'send', 'send', 'conflate', 'drop', 'double', 'late', 'beat')

/** The truth at every seq, from the facts one by one. */
function history(facts: readonly Fact[]): BoardSnapshot[] {
  let now: BoardSnapshot = { epoch: 'e', seq: 1, day: '1', at: NOON, cases: [], counts: [], recent: [] }
  return [
    now,
    ...facts.map((fact) => {
      const cases = new Map(now.cases.map((c) => [c.id, c]))
      const counts = new Map(now.counts.map((c) => [countKey(c), c]))
      let day = now.day
      if (fact.kind === 'case') cases.set(fact.c.id, fact.c)
      else if (fact.kind === 'gone') cases.delete(fact.id)
      else if (fact.kind === 'count') {
        const n = (counts.get(countKey(fact.count))?.n ?? 0) + 1
        counts.set(countKey(fact.count), { ...fact.count, n })
      } else {
        day = String(Number(day) + 1)
        counts.clear()
      }
      now = {
        ...now,
        seq: now.seq + 1,
        at: now.at + 1,
        day,
        cases: [...cases.values()],
        counts: [...counts.values()],
      }
      return now
    }),
  ]
}

/** The delta a server sends between two truths: absolute values only, all counts again after a change of day. */
function deltaBetween(a: BoardSnapshot, b: BoardSnapshot): BoardDelta {
  const old = new Map(a.cases.map((c) => [c.id, c]))
  const kept = new Set(b.cases.map((c) => c.id))
  const oldCounts = new Map(a.day === b.day ? a.counts.map((c) => [countKey(c), c.n]) : [])
  return {
    epoch: 'e',
    prevSeq: a.seq,
    seq: b.seq,
    changes: {
      day: b.day,
      at: b.at,
      cases: b.cases.filter((c) => old.get(c.id) !== c),
      gone: a.cases.map((c) => c.id).filter((id) => !kept.has(id)),
      counts: b.counts.filter((c) => oldCounts.get(countKey(c)) !== c.n),
      recent: [],
    },
  }
}

describe('a client of the live feed', () => {
  it('shows exactly the final snapshot after dropped, doubled and shuffled messages', () => {
    const SCOPES: Scope[] = ['city', 'area:s1', 'department:water']
    const step = fc.tuple(arbitraryFact, arbitraryFate)
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const truth = history(steps.map(([fact]) => fact))
        const at = (seq: number) => truth[seq - 1] as BoardSnapshot
        let state = fromSnapshot(structuredClone(at(1)))
        let sent = 1
        const held: BoardDelta[] = []
        const receive = (message: BoardDelta | Heartbeat, upTo: number) => {
          const verdict =
            'changes' in message
              ? applyDelta(state, structuredClone(message))
              : applyHeartbeat(state, message)
          if (verdict === 'resync') state = fromSnapshot(structuredClone(at(upTo)))
        }
        steps.forEach(([, fate], i) => {
          const seq = i + 2
          if (fate === 'conflate') return
          if (fate === 'beat') {
            receive({ epoch: 'e', prevSeq: sent, seq: sent, at: NOON }, sent)
            return
          }
          const delta = deltaBetween(at(sent), at(seq))
          sent = seq
          if (fate === 'late') held.push(delta)
          else if (fate !== 'drop') receive(delta, seq)
          if (fate === 'double') receive(delta, seq)
          const late = held[0]
          if (fate === 'send' && late && late !== delta) {
            held.shift()
            receive(late, seq)
          }
        })
        for (const delta of held) receive(delta, sent)
        const last = truth.length
        if (sent < last) receive(deltaBetween(at(sent), at(last)), last)
        receive({ epoch: 'e', prevSeq: last, seq: last, at: NOON }, last)
        const final = fromSnapshot(at(last))
        for (const scope of SCOPES) {
          expect(boardView(state, NOON, scope)).toEqual(boardView(final, NOON, scope))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('survives the wire: a snapshot of a state gives the same board', () => {
    fc.assert(
      fc.property(fc.uniqueArray(arbitraryCase, { selector: (c) => c.id }), (cases) => {
        const state = aBoard(cases, [{ key: 'city', metric: 'reported', n: cases.length }])
        const again = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state))) as BoardSnapshot)
        expect(boardView(again, NOON, 'city')).toEqual(boardView(state, NOON, 'city'))
      }),
      { numRuns: 50 },
    )
  })

  it('holds a scope to its own cases', () => {
    const state = aBoard([
      aCase({ id: 'a' }),
      aCase({ id: 'b', department: 'water', areaPath: ['s2', 'g9'], area: 'g9' }),
    ])
    expect(casesIn(state, 'department:water').map((c) => c.id)).toEqual(['b'])
    expect(casesIn(state, 'area:g9').map((c) => c.id)).toEqual(['b'])
    expect(casesIn(state, 'city')).toHaveLength(2)
  })
})
