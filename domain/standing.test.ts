// Standings against the flags 考核标志 of the same lives, and against themselves: what is added is taken away again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Standing } from './board.ts'
import { foldEvent, foldTime, type OpenCase, recalled } from './board-fold.ts'
import { cityDay } from './city-time.ts'
import { flagsOf } from './flags.ts'
import { type Flag, stands } from './flags/flag.ts'
import type { FlagKey } from './flags/table.ts'
import { type CaseStanding, standingChanges, standingOf } from './standing.ts'
import { Story } from './testing/builder.ts'
import { aCity, DEMO_POLICIES, PEOPLE_POLICIES, RULE_POLICIES } from './testing/city.ts'
import { city as told, cn, toClosed, toHandling, toReplied } from './testing/flag-stories.ts'
import { arbitraryMove, arbitraryStart, makeMove } from './testing/walk.ts'
import { timersOf } from './timer.ts'

const DAY = 86_400_000

/** The flag that each figure of the month counts. */
const FLAGS: Readonly<Partial<Record<Standing, readonly FlagKey[]>>> = {
  monthDispatched: ['dispatched'],
  monthClosed: ['closed'],
  monthDueReplied: ['due-replied'],
  monthReplied: ['replied'],
  monthOnTimeReplied: ['on-time-replied'],
  monthRated: ['very-satisfied', 'satisfied', 'neutral', 'dissatisfied'],
  monthSatisfied: ['very-satisfied', 'satisfied'],
}

/** The case after each fact: its events, and its red light as soon as time brings it, up to `now`. */
function* facts({ log }: Story, now: number): Generator<{ open: OpenCase; at: number }> {
  let open: OpenCase | undefined
  for (const [i, event] of log.entries()) {
    open = foldEvent(open, event).open
    if (!open) throw new Error('an event folds to a case')
    yield { open, at: event.at }
    const until = log[i + 1]?.at ?? now
    for (const { kind, round, fireAt } of timersOf(open.state)) {
      if (kind !== 'red' || fireAt < event.at || fireAt > until) continue
      open = foldTime(open, { kind, caseId: event.caseId, round, fireAt, at: fireAt }).open
      if (open) yield { open, at: fireAt }
    }
  }
}

function at(story: Story, now: number): CaseStanding | undefined {
  const last = [...facts(story, now)].at(-1)
  return last && standingOf(last.open, story.city)
}

/** By the flags alone: those that stand of a case whose dispatch does; not where an appeal leaves them out for the unit that has it. */
function byFlags(flags: readonly Flag[], unit: string | undefined): string[] {
  const isExempt = (key: FlagKey) =>
    flags.some(
      (f) =>
        f.key === key &&
        stands(f) &&
        f.exempt !== undefined &&
        (f.for.kind === 'case' || (f.for.kind === 'unit' && f.for.unit === unit)),
    )
  if (!flags.some((f) => f.key === 'dispatched' && f.for.kind === 'case' && stands(f))) return []
  return Object.entries(FLAGS)
    .filter(([, keys]) =>
      keys.some(
        (key) => flags.some((f) => f.key === key && f.for.kind === 'case' && stands(f)) && !isExempt(key),
      ),
    )
    .map(([metric]) => metric)
    .sort()
}

const months = (standing: CaseStanding | undefined) =>
  (standing?.metrics ?? []).filter((m) => m in FLAGS).sort()

const CITIES = [
  DEMO_POLICIES,
  RULE_POLICIES,
  PEOPLE_POLICIES,
  { ...DEMO_POLICIES, clockStops: 'close' as const },
  { ...RULE_POLICIES, clockStops: 'pass' as const },
].map((policies) => aCity(policies))

const arbitraryLife = fc.record({
  start: arbitraryStart,
  city: fc.nat(CITIES.length - 1),
  moves: fc.array(arbitraryMove, { maxLength: 45, size: 'max' }),
  later: fc.integer({ min: 0, max: 20 * DAY }),
})

/** A life, and an instant after it. */
function lived({
  start: { policies: _, ...start },
  city,
  moves,
  later,
}: typeof arbitraryLife extends fc.Arbitrary<infer L> ? L : never) {
  const story = new Story({ ...start, city: CITIES[city] ?? aCity() }).rules()
  for (const move of moves) {
    makeMove(story, move)
    if (move.rules) story.rules()
  }
  return { story, now: (story.log.at(-1)?.at ?? 0) + later }
}

describe('the standing of a case', () => {
  it('is that of its flags, after every fact and when time has passed', () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const { story, now } = lived(life)
        for (const { open, at } of facts(story, now)) {
          const log = story.log.slice(0, open.state.no)
          // Several events of one instant: the flags of then are those of all of them.
          if (log.length < story.log.length && story.log[log.length]?.at === at) continue
          const flags = flagsOf(log, story.city, at)
          expect(months(standingOf(open, story.city))).toEqual(byFlags(flags, open.state.department))
        }
        const end = at(story, now)
        expect(months(end)).toEqual(byFlags(flagsOf(story.log, story.city, now), story.state.department))
        const dispatched = flagsOf(story.log, story.city, now).find(
          (f) => f.key === 'dispatched' && f.for.kind === 'case' && stands(f),
        )
        if (end && dispatched) expect(end.dispatchedOn).toBe(cityDay(dispatched.at, story.city.pack.timeZone))
      }),
      { numRuns: 200 },
    )
  })

  it('leaves nothing behind: the sum of all changes is what it counts in at the end', () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const { story, now } = lived(life)
        const sums = new Map<string, number>()
        let before: CaseStanding | undefined
        for (const { open } of facts(story, now)) {
          const after = standingOf(open, story.city)
          for (const { day, key, metric, n } of standingChanges(before, after) ?? [])
            sums.set(`${day}|${key}|${metric}`, (sums.get(`${day}|${key}|${metric}`) ?? 0) + n)
          before = after
        }
        const wanted = (before?.metrics ?? []).flatMap((metric) =>
          (before?.keys ?? []).map((key) => [
            `${metric.startsWith('due') ? before?.dueOn : before?.dispatchedOn}|${key}|${metric}`,
            1,
          ]),
        )
        expect(Object.fromEntries([...sums].filter(([, n]) => n !== 0))).toEqual(Object.fromEntries(wanted))
      }),
      { numRuns: 200 },
    )
  })

  it('of a case that has left the board is known from its log alone', () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const { story, now } = lived(life)
        const last = [...facts(story, now)].at(-1)
        if (!last || !['closed', 'voided', 'merged', 'rejected'].includes(last.open.state.status)) return
        const again = recalled(story.log)
        expect(again && standingOf(again, story.city)).toEqual(standingOf(last.open, story.city))
        expect(again?.standing).toEqual(last.open.standing)
      }),
      { numRuns: 200 },
    )
  })
})

describe('by example', () => {
  const metrics = (story: Story, now = story.clock.now()) => [...(at(story, now)?.metrics ?? [])].sort()
  /** Water: 4 working hours from 08:00, due at 12:00. */
  const inTime = toClosed('09-29 11:00')
  const late = toClosed('09-29 15:00')

  it('with the unit it counts as dispatched and as due on its day; should be replied only once its limit is over', () => {
    const story = toHandling()
    expect(metrics(story)).toEqual(['dueToday', 'monthDispatched'])
    const due = story.state.clock?.dueAt ?? 0
    expect(metrics(story, due)).toEqual(['dueToday', 'monthDispatched'])
    expect(metrics(story, due + 1)).toEqual(['dueToday', 'monthDispatched', 'monthDueReplied'])
    expect(at(story, due)).toMatchObject({
      dispatchedOn: '2019-09-29',
      dueOn: cityDay(due, told.pack.timeZone),
      keys: expect.arrayContaining(['city', 'department:water', 'source:grid']),
    })
  })

  it('replied in time, however long the check takes', () => {
    const story = toReplied('09-29 11:00')
    expect(metrics(story, cnAt('10-20 11:00'))).toEqual([
      'dueToday',
      'monthDispatched',
      'monthDueReplied',
      'monthOnTimeReplied',
      'monthReplied',
    ])
  })

  it('closed, in time and late', () => {
    const all = ['dueToday', 'dueTodayClosed', 'monthClosed', 'monthDispatched', 'monthDueReplied']
    expect(metrics(inTime)).toEqual([...all, 'monthOnTimeReplied', 'monthReplied'])
    expect(metrics(late)).toEqual([...all, 'monthReplied'])
  })

  it('rated, and what a granted appeal leaves out', () => {
    const rated = toClosed('09-29 15:00').step('operator', 'rate', { satisfaction: '满意' })
    expect(metrics(rated)).toEqual(expect.arrayContaining(['monthRated', 'monthSatisfied']))
    const appealed = rated.step('water', 'appeal', { about: 'overdue', reason: '停电' })
    expect(metrics(appealed)).toContain('monthReplied')
    const granted = appealed.step('evaluator', 'rule-on-appeal', { granted: true, note: '属实' })
    expect(metrics(granted)).toEqual(['monthDispatched', 'monthRated', 'monthSatisfied'])
  })

  it('a granted appeal about the dispatch leaves out all there was, and nothing of a later round', () => {
    const granted = toClosed('09-29 15:00')
      .step('water', 'appeal', { about: 'misdispatch', reason: '不归我们' })
      .step('evaluator', 'rule-on-appeal', { granted: true, note: '属实' })
    expect(metrics(granted)).toEqual([])
    const again = granted.step('duty', 'reopen', { reason: '回访不满意' })
    expect(metrics(again)).toEqual(['dueToday'])
    expect(metrics(again.step('water', 'reply', { result: '已清理' }).rules())).toEqual([
      'dueToday',
      'monthDueReplied',
      'monthOnTimeReplied',
      'monthReplied',
    ])
  })

  it('voided it counts in nothing', () => {
    expect(metrics(toHandling().step('duty', 'void', { reason: 'other' }))).toEqual([])
  })
})

const cnAt = (text: string) => Date.parse(cn(text))
