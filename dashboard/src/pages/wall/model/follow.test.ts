import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromSnapshot, type BoardCase } from '#domain/board.ts'
import { lightCounts, loadBy, departmentKey, stageRows, worstFirst } from '#domain/board-view.ts'
import { OPEN_STATUSES } from '#domain/case.ts'
import { rowChanges } from '../../../live/row-changes.ts'
import { followBoard, wallModel } from '../model.ts'

const NOW = Date.UTC(2026, 10, 19, 4)
const HOUR = 3_600_000
const CODES = ['water', 'sanitation', 'gas']

const anyCase = (id: string) =>
  fc
    .record({
      status: fc.constantFrom(...OPEN_STATUSES),
      light: fc.constantFrom('green', 'yellow', 'red', 'none'),
      department: fc.constantFrom(...CODES, undefined),
      urgent: fc.boolean(),
      round: fc.integer({ min: 1, max: 2 }),
      since: fc.integer({ min: NOW - 3, max: NOW }),
      stageDueAt: fc.option(fc.integer({ min: NOW - 3, max: NOW + 3 }), { nil: undefined }),
      dueAt: fc.option(fc.integer({ min: NOW - 7 * HOUR, max: NOW + HOUR }), { nil: undefined }),
      waits: fc.boolean(),
    })
    .map(
      ({ waits, ...c }): BoardCase => ({
        ...c,
        id,
        receiptNo: id,
        source: 'grid',
        dispatchMode: 'assign',
        areaPath: [Number.parseInt(id, 10) % 2 ? 's1' : 's2'],
        coDepartments: [],
        lng: 113,
        lat: 30,
        overseen: false,
        reportedAt: NOW - 9 * HOUR,
        startedAt: NOW - 8 * HOUR,
        waitsFor: waits
          ? { who: 'duty-manager', action: 'file', reason: 'policy', since: c.since }
          : undefined,
      }),
    )

/** A case comes or changes, or leaves. */
const step = fc
  .integer({ min: 0, max: 30 })
  .chain((id) =>
    fc.oneof(
      { weight: 3, arbitrary: anyCase(`${id}`).map((put) => ({ put, gone: undefined })) },
      { weight: 1, arbitrary: fc.constant({ put: undefined, gone: `${id}` }) },
    ),
  )
const boardOf = (cases: BoardCase[]) =>
  fromSnapshot({ epoch: 'e', seq: 1, day: 'd', at: NOW, cases, counts: [], recent: [] })

it('followed from change to change, a board shows what it shows at one look', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(step, { maxLength: 12 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('city', 'area:s1', 'department:water'),
      (rounds, scope) => {
        const board = boardOf([])
        const follow = followBoard()
        for (const [i, round] of rounds.entries()) {
          for (const { put, gone } of round)
            if (put) board.cases.set(put.id, put)
            else board.cases.delete(gone)
          const now = NOW - 2 + i
          const seen = follow(board, now, scope)
          expect(seen).toEqual(wallModel(board, now, scope))
          expect(seen.stages).toEqual(stageRows(seen.cases, now))
          expect(seen.lights).toEqual(lightCounts(seen.cases))
          const loads = loadBy(seen.cases, departmentKey).sort(worstFirst)
          expect(seen.units.map(({ code, open, overdue }) => ({ code, open, overdue }))).toEqual(loads)
        }
      },
    ),
    { numRuns: 150 },
  )
})

it('takes another board, another scope and many changes at once as they come', () => {
  const many = fc.sample(
    fc.integer({ min: 0, max: 9_999 }).chain((n) => anyCase(`${n}`)),
    600,
  )
  const [one, two] = [boardOf(many.slice(0, 400)), boardOf(many.slice(200))]
  const follow = followBoard()
  for (const [board, scope] of [
    [one, 'city'],
    [two, 'city'],
    [two, 'area:s2'],
    [one, 'area:s2'],
  ] as const)
    expect(follow(board, NOW, scope)).toEqual(wallModel(board, NOW, scope))
  const before = follow(one, NOW, 'city')
  const kept = before.overdue.map((c) => c.id)
  one.cases.clear()
  expect(follow(one, NOW, 'city')).toMatchObject({ cases: [], urgent: [], overdue: [], decisionsTotal: 0 })
  expect(before.overdue.map((c) => c.id)).toEqual(kept)
})

it('gives the same lists while nothing changed, so that nobody looks through them again', () => {
  const board = boardOf(fc.sample(anyCase('1'), 1))
  const follow = followBoard()
  const [a, b] = [follow(board, NOW, 'city'), follow(board, NOW + 1, 'city')]
  expect(a.cases).toBe(b.cases)
  expect(a.urgent).toBe(b.urgent)
})

it('finds every row that came or left, in whatever order', () => {
  const row = (id: number, turn: number) => ({ id: `${id}`, turn }) as unknown as BoardCase
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2 })))
  const pool = new Map<string, BoardCase>()
  const same = (id: number, turn: number) => {
    const key = `${id} ${turn}`
    const found = pool.get(key) ?? row(id, turn)
    pool.set(key, found)
    return found
  }
  const unique = (list: [number, number][]) => [...new Map(list.map(([id, t]) => [id, same(id, t)])).values()]
  fc.assert(
    fc.property(rows, rows, (x, y) => {
      const [before, now] = [unique(x), unique(y)]
      const { gone, come } = rowChanges(before, now)
      const left = new Set(gone)
      expect(new Set([...before.filter((c) => !left.has(c)), ...come])).toEqual(new Set(now))
    }),
  )
})
