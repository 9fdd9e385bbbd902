import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './apply.ts'
import {
  countKeys,
  foldEvent,
  type FoldResult,
  foldTime,
  isOnBoard,
  type OpenCase,
  type TimeFact,
  toBoardCase,
} from './board-fold.ts'
import type { BoardCase, Metric } from './board.ts'
import { inScope, isOverdue, isUnitOverdue, leadingLight } from './board-view.ts'
import { cityDay } from './city-time.ts'
import { aCase, type LogEvent, type Recipe, type ReportFacts, type Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { aCity, PLACES } from './testing/city.ts'
import { caseOf, type Fact, instantOf, recount } from './testing/recount.ts'
import { arbitraryMove, arbitraryStart, begin, makeMove } from './testing/walk.ts'
import { isLightKind, timersIn } from './timer.ts'

const city = aCity()

/** The fold as the projector runs it: what has left the board is forgotten, and folded from its log when it comes back. */
class Board {
  readonly cases = new Map<string, OpenCase>()
  readonly counts: Record<string, number> = {}
  readonly #logs = new Map<string, LogEvent[]>()
  readonly #forgets: boolean

  constructor(forgets: boolean) {
    this.#forgets = forgets
  }

  #known(id: string): OpenCase | undefined {
    const open = this.cases.get(id)
    if (open || !this.#logs.has(id)) return open
    const state = fold(this.#logs.get(id) ?? [])
    return state && { state, light: 'none', overdueSeen: state.wasOverdue }
  }

  take(fact: Fact): void {
    const id = caseOf(fact)
    const before = this.#known(id)
    const result: FoldResult = 'event' in fact ? foldEvent(before, fact.event) : foldTime(before, fact.time)
    if ('event' in fact) this.#logs.set(id, [...(this.#logs.get(id) ?? []), fact.event])
    if (!result.open) return
    const when = instantOf(fact)
    for (const metric of result.metrics)
      for (const key of countKeys(result.open.state, before?.state, when, city)) {
        const k = `${cityDay(when, city.pack.timeZone)}|${key}|${metric}`
        this.counts[k] = (this.counts[k] ?? 0) + 1
      }
    if (!this.#forgets || isOnBoard(result.open.state)) this.cases.set(id, result.open)
    else this.cases.delete(id)
  }

  open(): Record<string, BoardCase> {
    const open = [...this.cases].filter(([, c]) => isOnBoard(c.state))
    return Object.fromEntries(open.map(([id, c]) => [id, toBoardCase(c, city)]))
  }
}

/** Minutes by which the alarm clocks are late, one after the other; undefined = it never rings. */
const arbitraryLags = fc.array(fc.option(fc.constantFrom(0, 0, 1, 700), { nil: undefined }), { minLength: 1 })

const arbitraryLog = fc
  .tuple(
    fc.array(
      fc.tuple(
        arbitraryStart,
        fc.array(arbitraryMove, { maxLength: 30, size: 'max' }),
        // An outside due time, so many minutes after the report.
        fc.option(fc.integer({ min: 0, max: 5 * 24 * 60 }), { nil: undefined }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    arbitraryLags,
  )
  .map(([lives, lags]) => {
    const facts: Fact[] = []
    for (const [i, [start, moves, outside]] of lives.entries()) {
      const externalDueAt = outside === undefined ? undefined : at(start.start ?? '') + outside * 60_000
      const report = { ...start.report, ...(externalDueAt === undefined ? {} : { externalDueAt }) }
      const story: Story = begin({ ...start, report, id: `case-${i}` })
      story.rules()
      for (const move of moves) {
        makeMove(story, move)
        if (move.rules) story.rules()
      }
      facts.push(...story.log.map((event) => ({ event })), ...alarms(story.log, lags))
    }
    return facts.sort((a, b) => instantOf(a) - instantOf(b))
  })

/** Every alarm that any state of the case asked for rings some time, also when nobody needs it any more. */
function alarms(log: readonly LogEvent[], lags: readonly (number | undefined)[]): Fact[] {
  const facts: Fact[] = []
  for (const [i, { caseId }] of log.entries()) {
    const state = fold(log.slice(0, i + 1))
    for (const { kind, round, fireAt } of state ? timersIn(state, city) : []) {
      const lag = lags[(i + facts.length) % lags.length]
      if (lag === undefined || !isLightKind(kind)) continue
      facts.push({ time: { kind, caseId, round, fireAt, at: fireAt + lag * 60_000 } })
    }
  }
  return facts
}

describe('the fold', () => {
  it('says what a recount of the log says, at every fact', () => {
    fc.assert(
      fc.property(arbitraryLog, (facts) => {
        const board = new Board(true)
        const check = (n: number) => {
          const { counts, open } = recount(facts.slice(0, n), city)
          expect(board.counts).toEqual(counts)
          const shown = Object.entries(board.open()).map(([id, c]) => [
            id,
            {
              status: c.status,
              ...(c.department === undefined ? {} : { department: c.department }),
              ...(c.unit === undefined ? {} : { unit: c.unit }),
              ...(c.outsideLight === undefined ? {} : { outsideLight: c.outsideLight }),
              ...(c.unitOverdue === undefined ? {} : { unitOverdue: c.unitOverdue }),
              ...(c.category === undefined ? {} : { category: c.category }),
              round: c.round,
              light: c.light,
            },
          ])
          expect(Object.fromEntries(shown)).toEqual(open)
        }
        for (const [i, fact] of facts.entries()) {
          board.take(fact)
          if (i % 5 === 0) check(i + 1)
        }
        check(facts.length)
      }),
      { numRuns: 40 },
    )
  })

  it('does not depend on who remembers: forgetting what left the board changes nothing', () => {
    fc.assert(
      fc.property(arbitraryLog, (facts) => {
        const [forgets, remembers] = [new Board(true), new Board(false)]
        for (const fact of facts) {
          forgets.take(fact)
          remembers.take(fact)
        }
        expect(forgets.counts).toEqual(remembers.counts)
        expect(forgets.open()).toEqual(remembers.open())
      }),
      { numRuns: 60 },
    )
  })

  it('counts every case overdue at most once, and gives the same when a time fact comes twice', () => {
    fc.assert(
      fc.property(arbitraryLog, (facts) => {
        const [once, twice] = [new Board(true), new Board(true)]
        for (const fact of facts) {
          once.take(fact)
          twice.take(fact)
          if ('time' in fact) twice.take(fact)
        }
        expect(twice.counts).toEqual(once.counts)
        expect(twice.open()).toEqual(once.open())
        const overdue = Object.entries(once.counts).filter(([k]) => k.endsWith('|city|overdue'))
        const cases = new Set(facts.map(caseOf)).size
        expect(overdue.reduce((sum, [, n]) => sum + n, 0)).toBeLessThanOrEqual(cases)
      }),
      { numRuns: 40 },
    )
  })
})

/** A case on the board, and what its log counted. */
function boarded(story: Story): { open: OpenCase; metrics: Metric[] } {
  let open: OpenCase | undefined
  const metrics: Metric[] = []
  for (const e of story.log) {
    const result = foldEvent(open, e)
    open = result.open
    metrics.push(...result.metrics)
  }
  if (!open) throw new Error('an empty log')
  return { open, metrics }
}
const onBoard = (recipe: Recipe) => boarded(aCase(recipe)).open
const due = (c: OpenCase) => c.state.clock?.dueAt ?? Number.NaN
const red = (c: OpenCase, over: Partial<TimeFact> = {}): TimeFact => ({
  kind: 'red',
  caseId: c.state.id,
  round: c.state.round,
  fireAt: due(c) + 1,
  at: due(c) + 1,
  ...over,
})

describe('a time fact', () => {
  it('turns the light and counts the case overdue, once', () => {
    const open = onBoard('handling')
    const warned = foldTime(
      open,
      red(open, { kind: 'yellow', fireAt: open.state.clock?.warnAt ?? 0, at: due(open) }),
    )
    expect([warned.open?.light, warned.metrics]).toEqual(['yellow', []])
    const turned = foldTime(warned.open, red(open))
    expect([turned.open?.light, turned.metrics]).toEqual(['red', ['overdue']])
    expect(foldTime(turned.open, red(open))).toEqual({ open: turned.open, metrics: [] })
  })

  it('does nothing after the reply, while suspended, for an earlier round, or for a case that is gone', () => {
    for (const recipe of ['replied', 'suspended', 'closed', 'returned'] as const) {
      const open = onBoard(recipe)
      expect(foldTime(open, red(open, { at: Number.MAX_SAFE_INTEGER }))).toEqual({ open, metrics: [] })
    }
    const again = onBoard('reworked')
    expect(foldTime(again, red(again, { round: 1 }))).toEqual({ open: again, metrics: [] })
    expect(foldTime(undefined, red(again))).toEqual({ open: undefined, metrics: [] })
  })

  it('that rings for a deadline since moved shows the light of the new one', () => {
    const old = onBoard('handling')
    const extended = onBoard('extended')
    const result = foldTime(extended, red(old))
    expect([result.open?.light, result.metrics]).toEqual(['green', []])
  })
})

describe('what is counted', () => {
  it('is the first of its kind in a case; what comes later has its own count', () => {
    const { metrics } = boarded(
      aCase('reworked')
        .step('water', 'reply')
        .rules()
        .step('supervisor2', 'pass')
        .rules()
        .step('duty', 'close'),
    )
    expect(metrics.filter((m) => m === 'replied')).toHaveLength(1)
    expect(metrics.filter((m) => m === 'reworked')).toHaveLength(1)
    const again = boarded(
      aCase('reopened').step('water', 'reply').rules().step('supervisor2', 'pass').step('duty', 'close'),
    )
    expect(again.metrics.filter((m) => m === 'closed' || m === 'reopened' || m === 'checked')).toEqual([
      'checked',
      'closed',
      'reopened',
    ])
  })

  it('keeps self-handled cases apart from closed ones', () => {
    expect(boarded(aCase('self-handled')).metrics).toEqual(['reported', 'selfHandled'])
  })

  it('counts what was fixed before it was reported as self-handled alone', () => {
    const story = aCase('self-handled')
    const [reported, ...rest] = story.log
    if (!reported) throw new Error('a case begins with its report')
    const events = [{ ...reported, payload: { ...reported.payload, selfHandled: true } }, ...rest]
    let open: OpenCase | undefined
    const metrics: string[] = []
    for (const event of events) {
      const result = foldEvent(open, event)
      open = result.open
      metrics.push(...result.metrics)
    }
    expect(metrics).toEqual(['selfHandled'])
    expect(open?.state.selfHandled).toBe(true)
  })

  it('notices lateness at the next step when no alarm rang', () => {
    expect(boarded(aCase('overdue').step('water', 'reply')).metrics.at(-1)).toBe('overdue')
  })

  it('counts a case overdue once, through return, closing and reopening', () => {
    const story = aCase('overdue').step('water', 'request-return').step('dispatcher', 'grant-return')
    story.step('dispatcher', 'dispatch').step('water', 'acknowledge').step('water', 'reply').rules()
    story.step('supervisor', 'pass').step('duty', 'close')
    const closed: OpenCase = { state: story.state, light: 'none', overdueSeen: story.state.wasOverdue }
    story
      .step('duty', 'reopen')
      .wait(30 * 24 * 60)
      .step('water', 'reply')
    const [reopened, replied] = story.log.slice(-2)
    if (!reopened || !replied) throw new Error('no log')
    const { open } = foldEvent(closed, reopened)
    expect(foldEvent(open, replied)).toMatchObject({ open: { light: 'red' }, metrics: [] })
  })

  it('stands under the city, hour, source, category, unit and every area of its path', () => {
    const { state } = aCase('dispatched')
    expect(countKeys(state, undefined, at('2019-09-29T08:00+08:00'), city)).toEqual([
      'city',
      'hour:08',
      'source:grid',
      'category:E0125',
      'department:water',
      'area:1',
      'area:11',
      'area:101',
    ])
  })

  it('counts a report in its areas before it is screened, and a return for the unit that loses it', () => {
    const { state } = aCase('reported')
    expect(state.areaPath).toEqual([])
    expect(countKeys(state, undefined, state.lastAt, city)).toContain('area:101')
    const returned = aCase('returned').state
    expect(countKeys(returned, aCase('dispatched').state, state.lastAt, city)).toContain('department:water')
  })
})

describe('an outside due time', () => {
  const HOUR = 3_600_000
  const outside = (recipe: Recipe, hours: number) => {
    const reportedAt = aCase(recipe).state.reportedAt
    return boarded(aCase(recipe, { report: { externalDueAt: reportedAt + hours * HOUR } as ReportFacts }))
      .open
  }
  const fact = (c: OpenCase, kind: TimeFact['kind'], instant: number): TimeFact => ({
    kind,
    caseId: c.state.id,
    round: 0,
    fireAt: instant,
    at: instant,
  })

  it('has a light of its own, which its facts turn, and leads while it is the earlier; nothing is counted', () => {
    const open = outside('handling', 1)
    const { externalDueAt = 0 } = open.state
    const before = toBoardCase(open, city)
    expect([before.outsideLight, before.leadingDueAt]).toEqual(['green', externalDueAt])
    const yellow = foldTime(open, fact(open, 'outside-yellow', externalDueAt - 1))
    expect(leadingLight(toBoardCase(yellow.open ?? open, city))).toBe('yellow')
    const late = foldTime(yellow.open, fact(open, 'outside-red', externalDueAt + 1))
    const shown = toBoardCase(late.open ?? open, city)
    expect([leadingLight(shown), shown.light, isOverdue(shown), late.metrics]).toEqual([
      'red',
      'green',
      false,
      [],
    ])
    // A late alarm does not turn it back.
    const again = foldTime(late.open, fact(open, 'outside-yellow', externalDueAt + 2))
    expect(again.open?.marks?.outsideLight).toBe('red')
  })

  it('leaves ours to lead when that is earlier, runs on after the reply, and ends with the case', () => {
    const open = outside('handling', 2000)
    expect(toBoardCase(open, city).leadingDueAt).toBe(open.state.clock?.dueAt)
    const replied = outside('replied', 2000)
    expect(toBoardCase(replied, city).leadingDueAt).toBe(replied.state.externalDueAt)
    const closed = outside('closed', 2000)
    expect(closed.marks).toBeUndefined()
    expect(foldTime(closed, fact(closed, 'outside-red', Number.MAX_SAFE_INTEGER)).open).toBe(closed)
  })
})

describe('a second-level unit', () => {
  const MINUTE = 60_000
  const passed = () =>
    aCase('handling').step(
      'water',
      'assign',
      { handler: 'water-canal', limit: '1工作时' },
      { resolved: { unit: 'water-canal' } },
    )
  const unitRed = (open: OpenCase, over: Partial<TimeFact> = {}) =>
    red(open, {
      kind: 'unit-red',
      fireAt: (open.state.unitDueAt ?? 0) + 1,
      at: (open.state.unitDueAt ?? 0) + 1,
      ...over,
    })

  it('counts for every level, each once, and shows whose it is', () => {
    const { state } = passed()
    const keys = countKeys(state, undefined, state.lastAt, city)
    expect(keys.filter((k) => k.startsWith('department:'))).toEqual([
      'department:water',
      'department:water-canal',
    ])
    const shown = toBoardCase(boarded(passed()).open, city)
    expect(shown).toMatchObject({
      department: 'water',
      unit: 'water-canal',
      unitPath: ['water', 'water-canal'],
      unitDueAt: state.unitDueAt,
    })
    for (const scope of ['department:water', 'department:water-canal'])
      expect(inScope(shown, scope)).toBe(true)
    expect(inScope(shown, 'department:water-lake')).toBe(false)
  })

  it('counts a return for both that lose it', () => {
    const before = passed()
    const after = passed().step('water', 'request-return').step('dispatcher', 'grant-return').state
    expect(countKeys(after, before.state, after.lastAt, city)).toEqual(
      expect.arrayContaining(['department:water', 'department:water-canal']),
    )
  })

  it('is late by its own limit, which a fact tells, while the case is not', () => {
    const { open } = boarded(passed())
    expect(timersIn(open.state, city)).toContainEqual({
      kind: 'unit-red',
      round: 1,
      fireAt: (open.state.unitDueAt ?? 0) + 1,
    })
    const turned = foldTime(open, unitRed(open))
    const shown = toBoardCase(turned.open ?? open, city)
    expect([isUnitOverdue(shown), isOverdue(shown), turned.metrics]).toEqual([true, false, []])
    expect(foldTime(open, unitRed(open, { round: 2 })).open).toBe(open)
    expect(foldTime(open, unitRed(open, { fireAt: 0, at: (open.state.unitDueAt ?? 0) - MINUTE })).open).toBe(
      open,
    )
  })

  it('is due with the case once that was extended', () => {
    const story = passed().step('water', 'request-extension').step('duty', 'grant-extension')
    const { open } = boarded(story)
    expect(open.state.unitDueAt).toBeDefined()
    expect(toBoardCase(open, city).unitDueAt).toBeUndefined()
    expect(foldTime(open, unitRed(open)).open).toBe(open)
  })
})

describe('an open case on a screen', () => {
  it('has codes, times and a light, and nothing of persons or words', () => {
    const { state } = onBoard('taken')
    expect(toBoardCase(onBoard('taken'), city)).toEqual({
      id: 'case-1',
      receiptNo: 'R20190929case-1',
      caseNo: 'E0125201909290001',
      status: 'handling',
      source: 'grid',
      dispatchMode: 'assign',
      category: 'E0125',
      area: '101',
      areaPath: ['1', '11', '101'],
      zone: 'Z-CANAL',
      department: 'water',
      coDepartments: ['st-east'],
      ...PLACES.canal,
      urgent: false,
      round: 1,
      overseen: false,
      light: 'green',
      reportedAt: state.reportedAt,
      since: state.since,
      startedAt: state.clock?.startedAt,
      warnAt: state.clock?.warnAt,
      dueAt: state.clock?.dueAt,
      leadingDueAt: state.clock?.dueAt,
      stageStartedAt: state.clock?.startedAt,
      stageDueAt: state.clock?.dueAt,
      waitsFor: state.waitsFor,
    })
  })

  it('says when its stage should be over, by the calendar of whoever has it', () => {
    const stage = (recipe: Recipe) => toBoardCase(onBoard(recipe), city).stageDueAt
    const half = 30 * 60_000
    expect(stage('waiting')).toBe(onBoard('waiting').state.since + half)
    expect(stage('accepted')).toBe(onBoard('accepted').state.since + half)
    expect(stage('handling')).toBe(onBoard('handling').state.clock?.dueAt)
    expect(stage('suspended')).toBeUndefined()
    // While somebody is on the way to look, that is the stage that runs.
    expect(toBoardCase(onBoard('checking'), city).stageStartedAt).toBe(
      onBoard('checking').state.tasks.at(-1)?.createdAt,
    )
    // Asked for at 08:15, four working hours: to 14:15, the lunch break left out.
    expect(stage('checking')).toBe(at('2019-09-29T14:15+08:00'))
  })
})
