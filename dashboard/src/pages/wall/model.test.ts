import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromSnapshot, type BoardCase } from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import { OPEN_STATUSES } from '#domain/case.ts'
import { casesOf } from '../../components/drill/drill.ts'
import { STORM_OVERDUE, wallModel } from './model.ts'

const NOW = Date.UTC(2026, 10, 19, 4)
const HOUR = 3_600_000

const aCase = (over: Partial<BoardCase> & { id: string }): BoardCase => ({
  receiptNo: `R${over.id}`,
  status: 'handling',
  source: 'grid',
  dispatchMode: 'assign',
  areaPath: ['s1'],
  coDepartments: [],
  lng: 113,
  lat: 30,
  urgent: false,
  round: 1,
  overseen: false,
  light: 'green',
  reportedAt: NOW - 9 * HOUR,
  since: NOW - HOUR,
  ...over,
})
const board = (cases: BoardCase[]) =>
  fromSnapshot({ epoch: 'e', seq: 1, day: 'd', at: NOW, cases, counts: [], recent: [] })

const anyCase = fc
  .record({
    id: fc.uuid(),
    status: fc.constantFrom(...OPEN_STATUSES),
    light: fc.constantFrom('green', 'yellow', 'red', 'none'),
    department: fc.constantFrom('water', 'sanitation', 'gas', undefined),
    urgent: fc.boolean(),
    round: fc.integer({ min: 1, max: 3 }),
    startedAt: fc.constant(NOW - 8 * HOUR),
    dueAt: fc.integer({ min: NOW - 7 * HOUR, max: NOW + 4 * HOUR }),
    who: fc.constantFrom('duty-manager', 'operator', 'department', 'assignee', undefined),
    action: fc.constantFrom('file', 'accept', 'grant-return', 'close', 'reply', 'something-new'),
  })
  .map(({ who, action, ...c }) =>
    aCase({ ...c, ...(who ? { waitsFor: { who, action, reason: 'policy', since: NOW - HOUR } } : {}) }),
  )

describe('the wall', () => {
  it('lists behind each figure exactly the cases it counts, and counts what GET /board counts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCase, { selector: (c) => c.id, maxLength: 60 }), (cases) => {
        const state = board(cases)
        const wall = wallModel(state, NOW, 'city')
        const json = boardView(state, NOW, 'city')
        const n = (drill: Parameters<typeof casesOf>[1]) => casesOf(wall.cases, drill, NOW).length
        expect(n({ kind: 'urgent' })).toBe(json.urgent)
        expect(wall.urgent).toHaveLength(json.urgent)
        expect(n({ kind: 'overdue' })).toBe(json.overdue)
        expect(wall.overdue).toHaveLength(json.overdue)
        expect(n({ kind: 'double' })).toBe(wall.double)
        expect(n({ kind: 'suspended' })).toBe(json.byStatus.suspended)
        expect(n({ kind: 'rework' })).toBe(wall.rework)
        expect(n({ kind: 'waiting-all' })).toBe(wall.decisionsTotal)
        for (const d of wall.decisions) {
          expect(n({ kind: 'waiting', actions: d.actions, label: '' })).toBe(d.n)
        }
        for (const s of json.stages) {
          expect(n({ kind: 'stage', stage: s.stage, overLimit: false })).toBe(s.n)
          expect(n({ kind: 'stage', stage: s.stage, overLimit: true })).toBe(s.overLimit)
        }
        for (const light of ['green', 'yellow', 'red', 'none'] as const) {
          expect(n({ kind: 'light', light })).toBe(json.lights[light])
        }
        for (const u of json.byDepartment) {
          expect(n({ kind: 'department', code: u.code, overdue: false })).toBe(u.open)
          expect(n({ kind: 'department', code: u.code, overdue: true })).toBe(u.overdue)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('shows the urgent with a running clock first, nearest deadline first', () => {
    const wall = wallModel(
      board([
        aCase({ id: 'replied', urgent: true, status: 'replied', dueAt: NOW - HOUR }),
        aCase({ id: 'later', urgent: true, dueAt: NOW + 2 * HOUR }),
        aCase({ id: 'unsent', urgent: true, status: 'accepted' }),
        aCase({ id: 'soon', urgent: true, dueAt: NOW + HOUR }),
      ]),
      NOW,
      'city',
    )
    expect(wall.urgent.map((c) => c.id)).toEqual(['soon', 'later', 'unsent', 'replied'])
  })

  it('turns to totals by unit only when there are more overdue than names could be read', () => {
    const overdue = (n: number) =>
      board(Array.from({ length: n }, (_, i) => aCase({ id: `c${i}`, light: 'red', dueAt: NOW - HOUR })))
    expect(wallModel(overdue(STORM_OVERDUE), NOW, 'city').storm).toBe(false)
    expect(wallModel(overdue(STORM_OVERDUE + 1), NOW, 'city').storm).toBe(true)
  })

  it('keeps red in a storm for twice the limit', () => {
    const wall = wallModel(
      board([
        aCase({ id: 'a', light: 'red', department: 'water', startedAt: NOW - 3 * HOUR, dueAt: NOW - HOUR }),
        aCase({
          id: 'b',
          light: 'red',
          department: 'water',
          startedAt: NOW - 5 * HOUR,
          dueAt: NOW - 3 * HOUR,
        }),
      ]),
      NOW,
      'city',
    )
    expect(wall.units[0]).toMatchObject({
      code: 'water',
      overdue: 2,
      double: 1,
      overdueSince: NOW - 3 * HOUR,
    })
  })

  it('keeps the six kinds of decision in their places and adds others only when they wait', () => {
    expect(wallModel(board([]), NOW, 'city').decisions.map((d) => [d.kind, d.n])).toEqual([
      ['file', 0],
      ['accept', 0],
      ['grant-return', 0],
      ['grant-extension', 0],
      ['suspend', 0],
      ['close', 0],
    ])
    const waits = { who: 'dispatcher', action: 'dispatch', reason: 'unknown-department', since: NOW } as const
    const wall = wallModel(board([aCase({ id: 'a', status: 'filed', waitsFor: waits })]), NOW, 'city')
    expect(wall.decisions.at(-1)).toMatchObject({ kind: 'dispatch', n: 1 })
  })
})
