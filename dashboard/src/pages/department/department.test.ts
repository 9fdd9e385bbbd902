import { describe, expect, it, test } from 'vitest'
import { fromSnapshot, type Count } from '#domain/board.ts'
import type { CaseJson } from '../../api/cases.ts'
import type { DepartmentRow } from '../../api/city.ts'
import { listPath } from '../../components/case-list/filters.ts'
import { translator } from '../../i18n/translate.ts'
import { requestWords } from './entry-notes.tsx'
import { figuresOf } from './figures.ts'
import { entriesOf, firstSection, offeredByAll, sectionsOf, type Section } from './sections.ts'
import { orderOf } from './steps.ts'
import { isBelow, isHandlerOnly } from './unit.ts'

const me = { id: 'me', department: 'water' }
const isOurs = (code: string) => code.startsWith('water')
const aCase = (more: Partial<CaseJson>): CaseJson =>
  ({ id: 'a', status: 'handling', round: 1, desk: { offers: [] }, ...more }) as CaseJson
const request = { kind: 'extension', reason: 'x', at: '2026-11-19T08:00:00Z' } as const

describe('the sections of a desk', () => {
  test.each<[string, Partial<CaseJson>, Section[]]>([
    ['waits to be signed for', { status: 'dispatched' }, ['acknowledge']],
    [
      'is asked to be taken back unsigned',
      { status: 'dispatched', request: { ...request, kind: 'return' } },
      ['asked'],
    ],
    ['is mine', { handler: 'me' }, ['mine']],
    ['is the unit’s', {}, ['unit']],
    ['is the unit’s own, passed down to it', { unit: 'water' }, ['unit']],
    ['is with a squad', { unit: 'water-canal' }, ['passed']],
    ['is with another person', { handler: 'other' }, ['passed']],
    ['came back to me', { handler: 'me', round: 2 }, ['mine', 'rework']],
    ['came back', { round: 2, unit: 'water-canal' }, ['rework']],
    ['has a request pending', { request }, ['asked', 'unit']],
    ['is suspended', { status: 'suspended' }, ['suspended']],
    ['is replied', { status: 'replied' }, ['replied']],
    [
      'is checked, overseen',
      { status: 'checked', desk: { offers: ['answer-oversight'] } },
      ['oversight', 'replied'],
    ],
  ])('a case that %s', (_what, more, sections) => {
    expect(sectionsOf(aCase(more), { me, role: 'lead', isOurs })).toEqual(sections)
  })

  it('hold what a co-unit has not answered yet', () => {
    const as = (more: Partial<CaseJson>) => sectionsOf(aCase(more), { me, role: 'co', isOurs })
    const signed = { department: 'water-canal', signedAt: 'x' }
    expect(as({})).toEqual(['co'])
    expect(as({ coAnswers: [signed] })).toEqual(['co'])
    expect(as({ coAnswers: [{ department: 'gas', answeredAt: 'x' }] })).toEqual(['co'])
    expect(as({ coAnswers: [{ ...signed, answeredAt: 'x' }] })).toEqual([])
  })

  it('hold a case once, as the lead’s, where the unit is both', () => {
    const entries = entriesOf({ lead: [aCase({})], co: [aCase({}), aCase({ id: 'b' })] }, { me, isOurs })
    expect(entries.map((e) => [e.c.id, e.role])).toEqual([
      ['a', 'lead'],
      ['b', 'co'],
    ])
  })

  it('open where something is to be done', () => {
    const entries = (more: Partial<CaseJson>[]) =>
      entriesOf({ lead: more.map((m, i) => aCase({ id: String(i), ...m })), co: [] }, { me, isOurs })
    expect(firstSection(entries([{}, { status: 'dispatched' }]), false)).toBe('acknowledge')
    expect(firstSection(entries([{ unit: 'water-canal' }]), false)).toBe('passed')
    expect(firstSection(entries([]), false)).toBe('acknowledge')
    expect(firstSection(entries([{ status: 'dispatched' }]), true)).toBe('mine')
    expect(firstSection(entries([{ status: 'dispatched' }, {}]), true)).toBe('unit')
    expect(firstSection(entries([{}, { handler: 'me' }]), true)).toBe('mine')
  })

  it('offer at once only what is offered for each', () => {
    const [signs, replies] = entriesOf(
      {
        lead: [
          aCase({ id: '1', desk: { offers: ['acknowledge', 'comment'] } }),
          aCase({ id: '2', desk: { offers: ['reply', 'take', 'comment'] } }),
        ],
        co: [],
      },
      { me, isOurs },
    )
    if (!signs || !replies) throw new Error('two entries were made')
    expect(offeredByAll([signs, replies], 'comment')).toBe(true)
    expect(offeredByAll([signs, replies], 'reply')).toBe(false)
    expect(offeredByAll([], 'reply')).toBe(false)
  })
})

describe('a pending request in words', () => {
  const t = translator('zh-CN')
  const now = Date.parse(request.at) + 2 * 3_600_000
  it('names who decides, and the step of a chain', () => {
    const desk = { offers: [], decides: ['duty-manager', 'head'] }
    expect(requestWords(aCase({ request, desk }), now, t)).toBe('申请延期，等值班长或中心主任决定，已等 2时')
    const chain = { ...request, chain: ['dispatcher', 'head'], approved: 1 }
    expect(requestWords(aCase({ request: chain, desk: { offers: [], decides: ['head'] } }), now, t)).toBe(
      '申请延期，等中心主任决定，已等 2时（第 2 级，共 2 级）',
    )
    expect(requestWords(aCase({}), now, t)).toBeUndefined()
  })
})

describe('the figures of a unit', () => {
  const scope = 'department:water'
  const board = (counts: Record<string, number>) =>
    fromSnapshot({
      epoch: 'e',
      seq: 1,
      day: '2026-11-19',
      at: 0,
      cases: [],
      counts: Object.entries(counts).map(([metric, n]) => ({ key: scope, metric, n }) as Count),
      recent: [],
      month: {
        day: '2026-11-19',
        start: '2026-11-01',
        end: '2026-11-30',
        before: { start: '2026-10-01', end: '2026-10-31', through: '2026-10-19' },
      },
    })
  const of = (counts: Record<string, number>) => {
    const { today, month, against } = figuresOf(board(counts), 0, 'water')
    return Object.fromEntries([...today, ...month, ...against].map((f) => [f.name, f]))
  }

  it('are rates with both numbers, and none where nothing is to be divided by', () => {
    expect(of({ monthDueReplied: 8, monthOnTimeReplied: 6 })['on-time']).toMatchObject({
      n: 6,
      of: 8,
      share: 0.75,
    })
    expect(of({})['on-time']).not.toHaveProperty('share')
  })

  it('count against the unit exactly what is not in time, and lead to those cases', () => {
    const found = of({ monthDueReplied: 8, monthOnTimeReplied: 6 })['not-in-time']
    expect(found?.n).toBe(2)
    expect(listPath(found?.list ?? {})).toBe(
      '/cases?metric=monthDueReplied&without=monthOnTimeReplied&day=2026-11-19&scope=department%3Awater',
    )
  })

  it('lead to what was counted today', () => {
    expect(of({ reworked: 3 }).reworked).toMatchObject({ n: 3, list: { metric: 'reworked', scope } })
  })
})

describe('the tree of units', () => {
  const departments = [
    { code: 'water' },
    { code: 'canal', parent: 'water' },
    { code: 'crew', parent: 'canal' },
    { code: 'loop', parent: 'loop' },
  ] as DepartmentRow[]
  test.each([
    ['crew', 'water', true],
    ['water', 'water', true],
    ['water', 'canal', false],
    ['loop', 'water', false],
    ['gone', 'water', false],
  ])('%s below %s: %s', (code, above, is) => expect(isBelow(code, above, { departments })).toBe(is))

  it('tells who works outdoors from who sits at the desk', () => {
    const account = (...posts: ('handler' | 'department-officer')[]) => ({
      id: 'u',
      username: 'u',
      name: 'U',
      posts,
    })
    expect(isHandlerOnly(account('handler'))).toBe(true)
    expect(isHandlerOnly(account('handler', 'department-officer'))).toBe(false)
  })
})

it('puts the first step of the work first', () => {
  const sorted = ['comment', 'request-return', 'reply', 'urge', 'take'].sort(
    (a, b) => orderOf(a) - orderOf(b),
  )
  expect(sorted).toEqual(['reply', 'take', 'request-return', 'comment', 'urge'])
})
