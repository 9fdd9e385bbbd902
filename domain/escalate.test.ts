// The ladder 升级: each rung on its instant, once a case and go, and never lost with a queue.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCity } from './city/compile.ts'
import type { CaseState, Climbed } from './case.ts'
import type { CityPack, Policies } from './city/types.ts'
import { climb, dueRungs, type Escalated, nextRungs, remember, nextRungTime } from './escalate.ts'
import { type Rung, USUAL_LADDER } from './escalation.ts'
import { turnOf } from './stage-limit.ts'
import { aCase, type ReportFacts, Story } from './testing/builder.ts'
import { at } from './testing/calendars.ts'
import { cityPack, DEMO_POLICIES, PLACES } from './testing/city.ts'
import { arbitraryMove, arbitraryStart, makeMove } from './testing/walk.ts'

const cn = (text: string) => `2019-${text.replace(' ', 'T')}:00+08:00`
const stageLimits = {
  accept: '0.25紧急工作时',
  file: '1工作时',
  dispatch: '1工作时',
  acknowledge: '0.5工作时',
  confirm: '1工作时',
  check: '1工作时',
  close: '1工作时',
}
function cityWith(escalation: readonly Rung[] | undefined, more: Partial<Policies> = {}) {
  const policies = { ...DEMO_POLICIES, stageLimits, ...more, ...(escalation ? { escalation } : {}) }
  const pack: CityPack = cityPack(policies)
  const departments = pack.departments.map((d) => (d.code === 'water' ? { ...d, dutyPhone: '0000-0000' } : d))
  return compileCity({ ...pack, departments }, 1)
}
const usual = cityWith(USUAL_LADDER)
const rung = (change: Partial<Rung>): Rung => ({
  id: 'r',
  name: '级',
  stage: 'handle',
  do: 'remind',
  ...change,
})

/** Water has 4 working hours from 08:00: yellow at 11:12, due at 12:00. */
const handling = (city = usual) => aCase('handling', { city, pace: 0 })
const times = (state: CaseState, city = usual) =>
  nextRungs(state, city).map((r) => [r.rung.id, new Date(r.fireAt).toISOString()])
const iso = (text: string, plus = 0) => new Date(at(cn(text)) + plus).toISOString()
const facts = (events: ReturnType<typeof climb>) => events?.[0]?.payload as unknown as Escalated

function climbAll(state: CaseState, now: number, city = usual): CaseState {
  let next = state
  for (const due of dueRungs(state, city, now)) {
    const [escalated] = climb(next, due.rung.id, city, now) ?? []
    if (escalated) next = { ...next, ...remember(next, { at: now, payload: escalated.payload }) }
  }
  return next
}

describe('when each rung falls due', () => {
  it('by share of the limit, on the unit’s own clock', () => {
    expect(times(handling().state)).toEqual([
      ['near', iso('09-29 11:12')],
      ['overdue', iso('09-29 12:00', 1)],
      ['oversee', iso('09-29 16:00', 1)],
      ['leader', iso('09-29 18:00', 1)],
      ['talk', iso('09-30 12:00', 1)],
    ])
  })

  it('so long after the stage began, or after its due instant', () => {
    const city = cityWith([
      rung({ id: 'long', stage: 'acknowledge', after: '0.5工作时' }),
      rung({ id: 'past', past: '1工作时' }),
      rung({ id: 'past-urgent', past: '1紧急工作时' }),
    ])
    expect(times(aCase('dispatched', { city, pace: 0 }).state, city)).toEqual([
      ['long', iso('09-29 08:30', 1)],
      ['past-urgent', iso('09-29 13:00', 1)],
      ['past', iso('09-29 15:00', 1)],
    ])
  })

  it('on the calendar of whoever holds the stage', () => {
    const city = cityWith([rung({ stage: 'acknowledge', after: '1工作时' })])
    const start = cn('10-02 20:00')
    const story = new Story({ city, start, report: { category: 'E0110', position: PLACES.backLane } }).rules()
    // Sanitation works through the National Day week.
    expect(times(story.state, city)).toEqual([['r', iso('10-02 21:00', 1)]])
  })

  it('moves with an extension, by the same shares of the longer limit', () => {
    const story = handling()
      .step('water', 'request-extension', { reason: '配件' })
      .step('duty', 'grant-extension', {})
    expect(times(story.state)).toEqual([
      ['near', iso('09-29 16:24')],
      ['overdue', iso('09-29 18:00', 1)],
      ['oversee', iso('09-30 12:00', 1)],
      ['leader', iso('09-30 18:00', 1)],
      ['talk', iso('10-08 18:00', 1)],
    ])
  })

  it('stands still while suspended, and goes on where it was', () => {
    const story = handling().wait(60).step('duty', 'suspend', { until: '2019-10-20T08:00:00+08:00' })
    expect(nextRungs(story.state, usual)).toEqual([])
    story.wait('2019-10-08T08:00+08:00').step('duty', 'resume')
    expect(times(story.state)[0]).toEqual(['near', iso('10-08 10:12')])
  })

  it('ends with the stage: acknowledged, nobody is called any more', () => {
    const story = aCase('dispatched', { city: usual, pace: 0 })
    expect(times(story.state).map(([id]) => id)).toContain('unacknowledged')
    story.step('water', 'acknowledge')
    expect(times(story.state).map(([id]) => id)).not.toContain('unacknowledged')
    expect(climb(story.state, 'unacknowledged', usual, at(cn('09-30 08:00')))).toBeUndefined()
  })

  it('is of the stage that runs: an operator who waits, a 督办, an outside due time', () => {
    const report = { source: 'citizen', externalDueAt: at(cn('09-29 18:00')) } as ReportFacts
    const story = new Story({ city: usual, report, pace: 0 }).rules()
    story.step('leader', 'oversee', { note: '尽快', dueAt: '2019-09-29T12:00:00+08:00' })
    expect(times(story.state)).toEqual([
      ['unaccepted', iso('09-29 08:15', 1)],
      ['unanswered', iso('09-29 12:00', 1)],
      ['outside', iso('09-29 16:00')],
    ])
  })

  it('only for the cases that it names', () => {
    const city = cityWith([
      rung({ when: { risk: ['urgent'] } }),
      rung({ id: 's', share: 1, when: { source: ['grid'] } }),
    ])
    expect(times(handling(city).state, city).map(([id]) => id)).toEqual(['s'])
  })

  it('a pack without a ladder climbs none', () => {
    const city = cityWith(undefined)
    expect(nextRungs(handling(city).state, city)).toEqual([])
  })

  it('is looked for at the earliest instant that is left, for all that falls due then', () => {
    const city = cityWith([
      rung({ id: 'a', share: 1 }),
      rung({ id: 'b', share: 1 }),
      rung({ id: 'c', share: 0.5 }),
    ])
    const { state } = handling(city)
    const half = at(cn('09-29 10:00'))
    expect(nextRungTime(state, city)).toEqual({ round: 1, fireAt: half })
    expect(nextRungTime(climbAll(state, half, city), city)).toEqual({
      round: 1,
      fireAt: at(cn('09-29 12:00')) + 1,
    })
    expect(nextRungTime(climbAll(state, at(cn('09-29 12:00')) + 1, city), city)).toBeUndefined()
  })
})

describe('what a rung leaves', () => {
  const late = at(cn('10-12 10:00'))

  it('a fact with whom it is about, and when it fell due', () => {
    const { state } = handling()
    expect(climb(state, 'near', usual, at(cn('09-29 11:12')) - 1)).toBeUndefined()
    expect(climb(state, 'near', usual, late)).toEqual([
      {
        type: 'escalated',
        payload: {
          rung: 'near',
          do: 'remind',
          stage: 'handle',
          of: 'handle:1',
          round: 1,
          turn: 1,
          fellDueAt: at(cn('09-29 11:12')),
          unit: 'water',
        },
      },
    ])
    expect(facts(climb(state, 'overdue', usual, late))).toMatchObject({ do: 'tell', post: 'duty-manager' })
    expect(climb(state, 'no-such-rung', usual, late)).toBeUndefined()
  })

  it('the person who handles it or holds the task; the duty phone of the unit, or of the one above', () => {
    const story = handling().step('waterHandler', 'take')
    expect(facts(climb(story.state, 'near', usual, late))).toMatchObject({ person: 'u-water-handler' })
    const checking = aCase('checking', { city: usual })
    expect(facts(climb(checking.state, 'unchecked', usual, late))).toMatchObject({ person: 'u-supervisor' })
    const squad = cityWith([rung({ do: 'call', share: 1 })])
    const passedOn = handling(squad).step(
      'water',
      'assign',
      { handler: 'squad' },
      { resolved: { unit: 'water-canal' } },
    )
    expect(facts(climb(passedOn.state, 'r', squad, late))).toMatchObject({ unit: 'water' })
  })

  it('where nobody has it yet, whoever must see to that', () => {
    const city = cityWith([rung({ stage: 'acknowledge', after: '1工作时', do: 'call' })])
    expect(facts(climb(aCase('in a pool', { city }).state, 'r', city, late))).toMatchObject({
      post: 'dispatcher',
    })
  })

  it('督办 is issued with it, with the rung’s own limit, the policy’s, or none', () => {
    const { state } = handling()
    expect(climb(state, 'oversee', usual, at(cn('09-29 17:00')))?.[1]).toEqual({
      type: 'overseen',
      payload: { rung: 'oversee', dueAt: at(cn('09-30 11:00')) },
    })
    const policy = cityWith([rung({ do: 'oversee', share: 1 })], {
      exceptions: { oversight: { limit: '2工作时' } },
    })
    expect(climb(state, 'r', policy, at(cn('09-29 17:00')))?.[1]?.payload).toMatchObject({
      dueAt: at(cn('09-30 09:00')),
    })
    const none = cityWith([rung({ do: 'oversee', share: 1 })])
    expect(climb(state, 'r', none, at(cn('09-29 17:00')))?.[1]?.payload).toEqual({ rung: 'r' })
  })
})

describe('once a case and go', () => {
  const climbed = (state: CaseState) => state.escalations?.map((c) => `${c.rung} ${c.of}`)

  it('a timer that rings late finds all that fell due, one that rings twice nothing', () => {
    const once = climbAll(handling().state, at(cn('09-29 17:00')))
    expect(climbed(once)).toEqual(['near handle:1', 'overdue handle:1', 'oversee handle:1'])
    expect(climbAll(once, at(cn('09-29 17:00')))).toBe(once)
  })

  it('a new round and a new unit climb it anew', () => {
    const story = handling().wait(cn('09-29 12:30'))
    const first = climbAll(story.state, story.clock.now()).escalations ?? []
    story.step('water', 'reply').rules().step('supervisor', 'fail').step('duty', 'rework')
    const again = climbAll({ ...story.state, escalations: first }, at(cn('09-29 17:13')))
    expect(climbed(again)).toEqual(['near handle:1', 'overdue handle:1', 'near handle:2'])
    const returned = aCase('returned', { city: usual, pace: 0 }).step('dispatcher', 'dispatch')
    const asked = climbAll({ ...returned.state, escalations: first }, at(cn('09-29 11:30')))
    expect(climbed(asked)?.slice(2)).toEqual([
      'unacknowledged acknowledge:2',
      'unacknowledged-long acknowledge:2',
      'near handle:2',
    ])
  })

  it('what outlasts a go is told of once', () => {
    const report = { externalDueAt: at(cn('09-29 08:30')) } as ReportFacts
    const story = new Story({ city: usual, report, pace: 0 }).rules().wait(cn('09-29 08:29'))
    const first = climbAll(story.state, story.clock.now())
    expect(climbed(first)).toEqual(['outside outside'])
    story.step('duty', 'file').rules()
    expect(turnOf(story.state)).toBe(1)
    expect(climbed(climbAll({ ...story.state, escalations: first.escalations }, story.clock.now()))).toEqual([
      'outside outside',
    ])
  })

  it('however often and late it is looked at, in whatever life', () => {
    const life = fc.record({
      start: arbitraryStart,
      moves: fc.array(fc.tuple(arbitraryMove, fc.integer({ min: 0, max: 3 })), {
        maxLength: 35,
        size: 'max',
      }),
    })
    fc.assert(
      fc.property(life, ({ start: { policies: _, ...start }, moves }) => {
        const story = new Story({ ...start, city: usual }).rules()
        let escalations: readonly Climbed[] = []
        for (const [move, looks] of moves) {
          makeMove(story, move)
          if (move.rules) story.rules()
          for (let look = 0; look < looks; look++) {
            const now = story.context().now
            const state = { ...story.state, escalations }
            for (const due of dueRungs(state, usual, now)) {
              const events = climb({ ...state, escalations }, due.rung.id, usual, now)
              expect(events).toBeDefined()
              expect(facts(events).fellDueAt).toBeLessThanOrEqual(now)
              escalations =
                remember({ ...state, escalations }, { at: now, payload: { ...facts(events) } }).escalations ??
                []
            }
            expect(dueRungs({ ...story.state, escalations }, usual, now)).toEqual([])
          }
        }
        const keys = escalations.map((c) => `${c.rung} ${c.turn}`)
        expect(new Set(keys).size).toBe(keys.length)
        const things = escalations.map((c) => `${c.rung} ${c.of}`)
        expect(new Set(things).size).toBe(things.length)
        if (story.state.closedAt !== undefined) expect(nextRungs(story.state, usual)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
