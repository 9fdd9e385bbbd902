import { describe, expect, it, test } from 'vitest'
import type { BoardCase } from '#domain/board.ts'
import type { CaseJson } from '../../api/cases.ts'
import type { CityNames } from '../../api/city.ts'
import { filtersOf, listPath, narrowedBy, queryOf, searchOf, type ListFilters } from './filters.ts'
import { translator } from '../../i18n/translate.ts'
import { listBindings, moved } from './move.ts'
import { byDue, rowOfBoard, rowOfCase, type ListRow } from './row.ts'
import { liveScopeOf } from './scope.ts'

const parse = (search: string) => filtersOf(new URLSearchParams(search))

describe('filters in the address', () => {
  test.each<[string, ListFilters]>([
    ['', {}],
    ['status=open&light=red&overdue=1', { status: 'open', light: 'red', overdue: true }],
    ['department=water&role=co&q=%E5%8C%97%E6%B8%A0', { department: 'water', role: 'co', q: '北渠' }],
    ['late=1&rework=1&area=101&category=E0125', { late: true, rework: true, area: '101', category: 'E0125' }],
    ['metric=replied&day=2026-11-19&scope=city', { metric: 'replied', day: '2026-11-19', scope: 'city' }],
  ])('%s reads, and is written again', (search, filters) => {
    expect(parse(search)).toEqual(filters)
    expect(parse(searchOf(filters))).toEqual(filters)
  })

  test.each(['status=lost', 'light=blue', 'overdue=yes', 'role=co', 'metric=luck', 'day=today', 'q=%20'])(
    '%s is dropped',
    (search) => expect(parse(search)).toEqual({}),
  )

  it('asks the API for what is open by its statuses', () => {
    const asked = new URLSearchParams(queryOf({ status: 'open', overdue: true }, { limit: 50 }).split('?')[1])
    expect(asked.get('status')?.split(',')).toContain('handling')
    expect(asked.get('status')?.split(',')).not.toContain('closed')
    expect(asked.get('overdue')).toBe('1')
    expect(asked.get('limit')).toBe('50')
  })

  it('asks the board for what a figure counted; a day’s count comes whole', () => {
    expect(queryOf({ metric: 'returned', scope: 'city' }, { limit: 50, cursor: 'x' })).toBe(
      '/board/cases?metric=returned&scope=city',
    )
    expect(
      queryOf({ metric: 'monthDueReplied', without: 'monthOnTimeReplied', scope: 'city' }, { limit: 50 }),
    ).toBe('/board/cases?metric=monthDueReplied&without=monthOnTimeReplied&scope=city&limit=50')
  })

  it('counts what narrows it', () => {
    expect(narrowedBy({ status: 'open', q: 'x' })).toBe(0)
    expect(narrowedBy({ status: 'closed', late: true, area: '1' })).toBe(3)
    expect(listPath({})).toBe('/cases')
    expect(listPath({ late: true })).toBe('/cases?late=1')
  })
})

const names: CityNames = {
  category: (code) => (code === undefined ? undefined : `类别${code}`),
  department: (code) => code,
  area: (code) => code,
  place: (path) => path[1],
}
const aCase = (more: Partial<CaseJson>) =>
  ({
    id: 'a',
    receiptNo: 'R1',
    status: 'handling',
    leadingLight: 'yellow',
    photos: [],
    reportedAt: '2026-11-19T08:00:00+08:00',
    dueAt: '2026-11-19T12:00:00+08:00',
    ...more,
  }) as unknown as CaseJson

describe('a row', () => {
  it('shows working time left only when it is that of the due time shown', () => {
    const desk = { offers: [], workLeftMs: 60_000 }
    expect(rowOfCase(aCase({ desk }), names).workLeftMs).toBe(60_000)
    const outside = aCase({ desk, leadingDueAt: '2026-11-19T10:00:00+08:00' })
    expect(rowOfCase(outside, names).workLeftMs).toBeUndefined()
    expect(rowOfCase(outside, names).dueAt).toBe(Date.parse('2026-11-19T10:00:00+08:00'))
  })

  it('has no light and no due time once the unit has replied', () => {
    const row = rowOfCase(aCase({ status: 'replied', leadingLight: 'red' }), names)
    expect([row.light, row.dueAt]).toEqual(['none', undefined])
  })

  it('from the board says the same', () => {
    const c = { id: 'a', receiptNo: 'R1', status: 'handling', light: 'red', areaPath: ['1', '11'], dueAt: 5 }
    expect(rowOfBoard(c as unknown as BoardCase, names)).toMatchObject({
      light: 'red',
      place: '11',
      dueAt: 5,
      number: 'R1',
    })
  })

  it('stands by its due time; without one behind, the oldest first', () => {
    const row = (id: string, dueAt: number | undefined, reportedAt: number) =>
      ({ id, dueAt, reportedAt }) as ListRow
    const rows = [row('c', undefined, 3), row('b', undefined, 1), row('a', 9, 2), row('d', 7, 5)]
    expect(rows.sort(byDue).map((r) => r.id)).toEqual(['d', 'a', 'b', 'c'])
  })
})

describe('keys', () => {
  test.each<[string | undefined, 'next' | 'previous', string | undefined]>([
    [undefined, 'next', 'a'],
    [undefined, 'previous', 'c'],
    ['a', 'next', 'b'],
    ['c', 'next', 'c'],
    ['a', 'previous', 'a'],
    ['gone', 'next', 'a'],
  ])('from %s to the %s: %s', (from, step, to) => expect(moved(['a', 'b', 'c'], from, step)).toBe(to))

  it('has nowhere to go in an empty list', () => expect(moved([], 'a', 'next')).toBeUndefined())

  it('do only what the list can do, and nothing to a row that is gone', () => {
    const done: string[] = []
    const list = {
      ids: ['a', 'b'],
      active: 'b',
      onActive: (id: string) => done.push(`to ${id}`),
      onOpen: (id: string) => done.push(`open ${id}`),
    }
    const press = (key: string, more = {}) =>
      listBindings({ ...list, ...more }, translator('zh-CN'))
        .find((b) => b.key === key)
        ?.run()
    press('k')
    press('enter')
    press('enter', { active: 'gone' })
    press('x')
    press('x', { onMark: (id: string) => done.push(`mark ${id}`) })
    expect(done).toEqual(['to a', 'open b', 'mark b'])
  })
})

describe('the feed of a list', () => {
  test.each([
    [['handler'], 'water', 'department:water'],
    [['department-officer', 'dispatcher'], 'water', 'city'],
    [['duty-manager'], undefined, 'city'],
  ] as const)('of %s in %s is %s', (posts, department, scope) =>
    expect(
      liveScopeOf({
        id: 'u',
        username: 'u',
        name: 'U',
        posts: [...posts],
        ...(department ? { department } : {}),
      }),
    ).toBe(scope),
  )
})
