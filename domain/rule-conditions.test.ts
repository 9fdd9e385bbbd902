import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoutingRule, RuleHours } from './city/types.ts'
import { compileCity } from './city/compile.ts'
import { advance } from './automate.ts'
import { fold } from './apply.ts'
import { decide } from './decide.ts'
import { route } from './route.ts'
import { speaksAt, timesText, wordRulesIn } from './rule-conditions.ts'
import { screen } from './screen.ts'
import { aCase } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { cityPack, PLACES } from './testing/city.ts'

const ZONE = 'Asia/Shanghai'
const night: RuleHours = { start: '22:00', end: '06:00' }
const WORKDAYS = [1, 2, 3, 4, 5] as RoutingRule['weekdays']

describe('the hours of a rule', () => {
  // 27 September 2019 was a Friday.
  it.each([
    ['no hours: at any time', {}, '2019-09-27T03:00', true],
    ['from its beginning', { hours: [{ start: '08:00', end: '12:00' }] }, '2019-09-27T08:00', true],
    ['until before its end', { hours: [{ start: '08:00', end: '12:00' }] }, '2019-09-27T11:59:59', true],
    ['not at its end', { hours: [{ start: '08:00', end: '12:00' }] }, '2019-09-27T12:00', false],
    ['before midnight', { hours: [night] }, '2019-09-27T22:00', true],
    ['after midnight', { hours: [night] }, '2019-09-27T05:59', true],
    ['by day', { hours: [night] }, '2019-09-27T06:00', false],
    ['until midnight', { hours: [{ start: '22:00', end: '24:00' }] }, '2019-09-27T23:59', true],
    ['not after it', { hours: [{ start: '22:00', end: '24:00' }] }, '2019-09-28T00:00', false],
    ['on a weekday of its own', { weekdays: WORKDAYS }, '2019-09-27T12:00', true],
    ['not on another', { weekdays: WORKDAYS }, '2019-09-28T12:00', false],
    [
      'Friday’s night is Friday’s on Saturday',
      { hours: [night], weekdays: WORKDAYS },
      '2019-09-28T05:00',
      true,
    ],
    ['Sunday’s night is not Monday’s', { hours: [night], weekdays: WORKDAYS }, '2019-09-30T05:00', false],
    ['Saturday’s evening', { hours: [night], weekdays: WORKDAYS }, '2019-09-28T23:00', false],
  ] satisfies [string, Partial<RoutingRule>, string, boolean][])('%s', (_, rule, time, expected) => {
    const full = time.length === 16 ? `${time}:00` : time
    expect(speaksAt(rule, Date.parse(`${full}+08:00`), ZONE)).toBe(expected)
  })

  it('agree with walking through the minutes of each period from each day that it begins on', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const two = (n: number) => String(n).padStart(2, '0')
    const text = (m: number) => `${two(Math.floor(m / 60))}:${two(m % 60)}`
    const MONDAY = Date.parse('2019-09-23T00:00:00+08:00')
    const WEEK = 7 * 24 * 60
    fc.assert(
      fc.property(
        fc.tuple(minute, minute).filter(([a, b]) => a !== b),
        fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
        fc.array(fc.integer({ min: 0, max: WEEK - 1 }), { minLength: 1, maxLength: 20 }),
        ([start, end], weekdays, asked) => {
          const rule = { hours: [{ start: text(start), end: text(end) }], weekdays } as Partial<RoutingRule>
          const spoken = new Set<number>()
          for (let day = 1; day <= 7; day++) {
            if (weekdays && !weekdays.includes(day)) continue
            for (let m = start; m % (24 * 60) !== end; m++) spoken.add(((day - 1) * 24 * 60 + m) % WEEK)
          }
          for (const m of asked) expect(speaksAt(rule, MONDAY + m * 60_000, ZONE)).toBe(spoken.has(m))
        },
      ),
    )
  })

  it('are told in both languages', () => {
    expect(timesText({ hours: [night], weekdays: [1, 2, 3, 6] })).toEqual({
      en: 'Mon–Wed, Sat 22:00–06:00',
      zh: '周一至周三、周六22:00至次日06:00',
    })
    expect(timesText({ hours: [night] })?.zh).toBe('每日22:00至次日06:00')
    expect(timesText({})).toBeUndefined()
  })
})

const rule = (id: string, order: number, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id,
  order,
  department: 'st-west',
  coDepartments: [],
  ...more,
})

describe('the words of a rule', () => {
  const rules = [
    rule('A', 1, { words: ['油烟', '烧烤'] }),
    rule('B', 2),
    rule('C', 3, { words: ['Gas leak'] }),
  ]

  it.each([
    ['门口烧烤摊油烟很大', ['A']],
    ['ＧＡＳ　LEAK at the corner', ['C']],
    ['gas\n leak，还有烧烤', ['A', 'C']],
    ['垃圾没人扫', []],
    ['', []],
  ])('%s', (description, ids) => {
    expect(wordRulesIn(description, rules)).toEqual(ids)
  })
})

const withRules = (...routing: RoutingRule[]) => compileCity({ ...cityPack(), routing }, 1)
const NIGHT = rule('NIGHT', 1, { category: 'E0110', hours: [night], department: 'st-east' })
const SMOKE = rule('SMOKE', 2, { words: ['油烟'], department: 'municipal' })
const facts = (more: Partial<Parameters<typeof route>[0]> = {}) => ({
  category: 'E0110',
  source: 'grid' as const,
  position: PLACES.west,
  areaPath: ['2', '21', '201'],
  ...more,
})

describe('routing by hours and words', () => {
  const city = withRules(NIGHT, SMOKE)
  const [midnight, noon] = [at('2019-09-28T00:30+08:00'), at('2019-09-28T12:30+08:00')]

  it('asks the rule at its hours only, and tells why not at others', () => {
    expect(route(facts(), city, midnight)).toMatchObject({ department: 'st-east' })
    expect(route(facts(), city, midnight).steps.at(-1)?.zh).toContain('每日22:00至次日06:00')
    const byDay = route(facts(), city, noon)
    expect(byDay.department).toBe('sanitation')
    const skipped = byDay.steps.filter((s) => s.ref === 'NIGHT')
    expect(skipped).toMatchObject([{ matched: false, rule: 'category' }])
    expect(skipped[0]?.because).toMatch(/rule NIGHT .* is for 22:00–06:00/)
    expect(skipped[0]?.zh).toContain('派遣时不在该时段')
  })

  it('asks the rule for its words only, by what screening found of them', () => {
    expect(route(facts({ wordRules: ['SMOKE'] }), city, noon)).toMatchObject({ department: 'municipal' })
    const other = route(facts(), city, noon).steps.find((s) => s.ref === 'SMOKE')
    expect(other).toMatchObject({ matched: false })
    expect(other?.zh).toContain('只适用于描述含“油烟”之一的问题')
  })

  it('in a zone likewise: the zone’s own unit answers at other hours', () => {
    const canal = withRules(rule('Z', 1, { zoneKind: 'water', hours: [night], department: 'st-east' }))
    const there = facts({ position: PLACES.canal, areaPath: ['1', '11', '101'] })
    expect(route(there, canal, midnight).department).toBe('st-east')
    const byDay = route(there, canal, noon)
    expect(byDay.department).toBe('water')
    expect(byDay.steps.map((s) => [s.rule, s.ref, s.matched])).toContainEqual(['zone', 'Z', false])
  })

  it('a rule with conditions never answers outside them, and what is asked after it is as if it were not there', () => {
    const arbitraryRule = fc.record({
      category: fc.constantFrom(undefined, 'E01', 'E0110', 'E0136'),
      hours: fc.constantFrom<RuleHours[] | undefined>(undefined, [night], [{ start: '08:00', end: '18:00' }]),
      weekdays: fc.constantFrom(undefined, WORKDAYS),
      words: fc.constantFrom<string[] | undefined>(undefined, ['油烟'], ['噪声']),
      department: fc.constantFrom('st-east', 'st-west', 'municipal'),
    })
    fc.assert(
      fc.property(
        fc.array(arbitraryRule, { maxLength: 6 }),
        fc.integer({ min: 0, max: 14 * 24 * 60 }),
        fc.constantFrom('有油烟', '夜间噪声，还有油烟', '垃圾'),
        fc.constantFrom('E0110', 'E0136'),
        (drafts, minutes, description, category) => {
          const rules = drafts.map((d, i) => rule(`R${i}`, i, d))
          const all = withRules(...rules)
          const now = at('2019-09-16T00:00+08:00') + minutes * 60_000
          const wordRules = wordRulesIn(description, rules)
          const way = route(facts({ category, wordRules }), all, now)
          const speaking = rules.filter(
            (r) => speaksAt(r, now, ZONE) && (!r.words || wordRules.includes(r.id)),
          )
          const only = withRules(...speaking.map(({ hours: _, weekdays: __, words: ___, ...r }) => r))
          const plain = route(facts({ category }), only, now)
          expect(way.department).toBe(plain.department)
          expect(way.steps.find((s) => s.matched)?.ref).toBe(plain.steps.find((s) => s.matched)?.ref)
          expect(route(facts({ category, wordRules }), all, now)).toEqual(way)
        },
      ),
    )
  })
})

describe('words and the log', () => {
  const city = withRules(SMOKE)
  const description = '张三家烧烤油烟呛人，电话13800000000'

  it('screening keeps the ids of the rules and nothing of the words', () => {
    const found = screen(facts(), true, city, at('2019-09-28T12:00+08:00'), description)
    expect(found.wordRules).toEqual(['SMOKE'])
    expect(JSON.stringify(found)).not.toMatch(/油烟|张三|138/)
    expect(screen(facts(), true, city, 0, '垃圾')).not.toHaveProperty('wordRules')
  })

  it('the case is dispatched by them, and its log folds to the same case', () => {
    const made = aCase('reported', { city, report: { category: 'E0110', position: PLACES.west } })
    const { state, events } = advance(made.state, { ...made.context(), description })
    expect([state.status, state.department]).toEqual(['dispatched', 'municipal'])
    expect(state.wordRules).toEqual(['SMOKE'])
    expect(JSON.stringify(events)).not.toMatch(/张三|138/)
    expect(fold([...made.log, ...events.map((e) => ({ ...e, caseId: state.id }))])).toEqual(state)
  })

  it('a person who dispatches again is offered the same way without the words being known', () => {
    const made = aCase('reported', { city, report: { category: 'E0110', position: PLACES.west } })
    const { state } = advance(made.state, { ...made.context(), description })
    const again = { ...state, status: 'filed' as const }
    const sent = decide(
      again,
      { action: 'dispatch', payload: {} },
      {
        ...made.context(),
        actor: { kind: 'user', id: 'u-dispatcher', posts: ['dispatcher'] },
      },
    )
    expect(sent).toMatchObject({
      ok: true,
      events: [{ payload: { department: 'municipal', chosen: 'rule' } }],
    })
  })
})
