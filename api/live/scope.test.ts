// What each scope sees of a change. A client that applies its own scope's changes must end where a snapshot would put it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyDelta,
  type BoardCase,
  type BoardDelta,
  type BoardState,
  fromSnapshot,
  toSnapshot,
} from '#domain/board.ts'
import { aCity } from '#domain/testing/city.ts'
import { changesOf, knownScope, snapshotOf } from './scope.ts'

const city = aCity()
const SCOPES = ['city', 'area:1', 'area:101', 'area:2', 'department:water', 'department:sanitation']
const AREAS: Record<string, string[]> = {
  '101': ['1', '11', '101'],
  '103': ['1', '12', '103'],
  '201': ['2', '21', '201'],
}

const aCase = (id: string, area: string | undefined, department: string | undefined): BoardCase => ({
  id,
  receiptNo: id,
  status: 'dispatched',
  source: 'grid',
  dispatchMode: 'assign',
  ...(area === undefined ? {} : { area }),
  areaPath: area === undefined ? [] : (AREAS[area] ?? []),
  ...(department === undefined ? {} : { department }),
  coDepartments: [],
  lng: 0,
  lat: 0,
  urgent: false,
  round: 1,
  overseen: false,
  light: 'green',
  reportedAt: 0,
  since: 0,
})

/** One step of the world: a case appears, moves or goes, and something is counted. */
const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  area: fc.constantFrom(undefined, ...Object.keys(AREAS)),
  department: fc.constantFrom(undefined, 'water', 'sanitation'),
  isOver: fc.boolean(),
  day: fc.constantFrom('2019-09-29', '2019-09-29', '2019-09-30'),
})

function deltaOf(
  step: typeof change extends fc.Arbitrary<infer T> ? T : never,
  seq: number,
  day: string,
): BoardDelta {
  const counted = [
    'city',
    ...(step.department ? [`department:${step.department}`] : []),
    ...(AREAS[step.area ?? ''] ?? []).map((a) => `area:${a}`),
  ]
  return {
    epoch: 'e',
    prevSeq: seq - 1,
    seq,
    changes: {
      day,
      at: seq,
      cases: step.isOver ? [] : [aCase(step.id, step.area, step.department)],
      gone: step.isOver ? [step.id] : [],
      counts: counted.map((key) => ({ key, metric: 'reported' as const, n: seq })),
      recent: [
        {
          seq,
          at: seq,
          caseId: step.id,
          type: 'dispatched',
          ...(step.area === undefined ? {} : { area: step.area }),
          ...(step.department === undefined ? {} : { department: step.department }),
        },
      ],
    },
  }
}

const empty = (): BoardState =>
  fromSnapshot({ epoch: 'e', seq: 0, day: '2019-09-29', at: 0, cases: [], counts: [], recent: [] })

const plain = (state: BoardState) => {
  const s = toSnapshot(state)
  const by = (a: string, b: string) => (a < b ? -1 : 1)
  return {
    day: s.day,
    cases: s.cases.toSorted((a, b) => by(a.id, b.id)),
    counts: s.counts.toSorted((a, b) => by(a.key, b.key)),
    recent: s.recent,
  }
}

test('following a scope ends where its snapshot is, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), fc.constantFrom(...SCOPES), (steps, scope) => {
      const whole = empty()
      const client = fromSnapshot(snapshotOf(whole, scope, city))
      let sent = 0
      let day = whole.day
      for (const [i, step] of steps.entries()) {
        if (step.day > day) day = step.day
        const delta = deltaOf(step, i + 1, day)
        const known = whole.cases.get(step.id)
        const before = new Map(known ? [[step.id, known]] : [])
        const dayBefore = whole.day
        expect(applyDelta(whole, delta)).toBe('applied')
        const changes = changesOf(delta, scope, { before, dayBefore, city })
        if (!changes) continue
        expect(applyDelta(client, { ...delta, prevSeq: sent, changes })).toBe('applied')
        sent = delta.seq
      }
      expect(plain(client)).toEqual(plain(fromSnapshot(snapshotOf(whole, scope, city))))
    }),
  )
})

test('catching up without knowing what was before loses nothing either', () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(...SCOPES),
      (steps, scope) => {
        const whole = empty()
        const client = fromSnapshot(snapshotOf(whole, scope, city))
        for (const [i, step] of steps.entries()) applyDelta(whole, deltaOf(step, i + 1, '2019-09-29'))
        const { cases, counts, recent } = toSnapshot(whole)
        const gone = ['a', 'b', 'c', 'd'].filter((id) => !whole.cases.has(id))
        const delta = {
          epoch: 'e',
          prevSeq: 0,
          seq: whole.seq,
          changes: { day: whole.day, at: whole.at, cases, gone, counts, recent },
        }
        const changes = changesOf(delta, scope, { dayBefore: '', city })
        expect(changes).toBeDefined()
        if (changes) applyDelta(client, { ...delta, changes })
        expect(plain(client)).toEqual(plain(fromSnapshot(snapshotOf(whole, scope, city))))
      },
    ),
  )
})

test('what doesn’t touch a scope is not sent to it', () => {
  const delta = deltaOf(
    { id: 'a', area: '201', department: 'water', isOver: false, day: '2019-09-29' },
    1,
    '2019-09-29',
  )
  const sent = SCOPES.filter((s) => changesOf(delta, s, { before: new Map(), dayBefore: '2019-09-29', city }))
  expect(sent).toEqual(['city', 'area:2', 'department:water'])
})

test('scopes are those of this city', () => {
  for (const scope of SCOPES) expect(knownScope(scope, city)).toBe(scope)
  for (const scope of ['', 'area', 'area:', 'area:9', 'department:x', 'City', 'zone:Z-CANAL', 'area:water'])
    expect(knownScope(scope, city)).toBeUndefined()
})
