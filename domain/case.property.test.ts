import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apply, fold, isOpenTask, openTask } from './apply.ts'
import { advance, nextAutomatic } from './automate.ts'
import { type Actor, type CaseState, isFinal, STATUSES } from './case.ts'
import { isLegal } from './permission.ts'
import { EVENT_TYPES } from './event.ts'
import { ACTIONS, REMARKS } from './lifecycle.ts'
import { isClockRunning } from './light.ts'
import type { LogEvent, Story } from './testing/builder.ts'
import { arbitraryMove, arbitraryStart, begin, makeMove, peopleAround } from './testing/walk.ts'
import { timersOf } from './timer.ts'
import { WAIT_REASONS } from './reason.ts'

const arbitraryLife = fc.tuple(arbitraryStart, fc.array(arbitraryMove, { maxLength: 45, size: 'max' }))
type Life = typeof arbitraryLife extends fc.Arbitrary<infer L> ? L : never

/** What a step of a person or of the rules did. */
interface Step {
  story: Story
  before: CaseState
  after: CaseState
  events: readonly LogEvent[]
}

/** Lives through the moves; `see` is called after each step that left events. One that left none changed nothing. */
function live([start, moves]: Life, see: (step: Step) => void): Story {
  const story = begin(start)
  const watch = (act: () => unknown) => {
    const before = story.state
    const known = story.log.length
    act()
    if (story.log.length > known) see({ story, before, after: story.state, events: story.log.slice(known) })
    else expect(story.state).toBe(before)
  }
  watch(() => story.rules())
  for (const move of moves) {
    watch(() => makeMove(story, move))
    if (move.rules) watch(() => story.rules())
  }
  return story
}

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Whether somebody whom `waitsFor` names may take the step it names, now. */
function canAct(s: CaseState, { city }: Story, now: number): boolean {
  const { who, action } = s.waitsFor ?? {}
  const isNamed = (p: Actor) => {
    if (p.kind !== 'user') return false
    if (who === 'assignee') return openTask(s)?.assignee === p.id
    if (who === 'department') return p.posts.includes('department-officer')
    return who === 'handler' ? s.handler === p.id : p.posts.some((post) => post === who)
  }
  return ACTIONS.some(
    (a) => a === action && peopleAround(s).some((p) => isNamed(p) && isLegal(a, s, p, city, now)),
  )
}

const reasonsOf = ({ city }: Story) => {
  const { accept, file, dispatch, requestCheck, close } = city.pack.policies
  return [accept, file, dispatch, requestCheck, close].flat().map((rule) => rule.reason)
}

const INVARIANTS: Record<string, (step: Step) => void> = {
  'the log counts on without a gap and time never runs back': ({ story, before, after, events }) => {
    expect(events.map((e) => e.no)).toEqual(events.map((_, i) => before.no + 1 + i))
    expect(events.map((e) => e.at)).toEqual(
      [...events.map((e) => e.at)].sort((a, b) => a - b).map((at) => Math.max(at, before.lastAt)),
    )
    expect(after.lastAt).toBe(events.at(-1)?.at)
    for (const e of events)
      expect(e.nth).toBe(story.log.filter((x) => x.type === e.type && x.no <= e.no).length)
  },

  'an event is JSON': ({ events }) => {
    for (const e of events) expect(json(e.payload)).toStrictEqual(e.payload)
  },

  'no word that a person wrote stands in the chain': ({ events }) => {
    expect(JSON.stringify(events.map((e) => [e.payload, e.actor]))).not.toMatch(/13800138000|138-0013|张三/u)
  },

  'what ended owes nobody anything': ({ after: s }) => {
    if (!isFinal(s.status)) return
    expect({
      runs: isClockRunning(s),
      task: openTask(s),
      waitsFor: s.waitsFor,
      request: s.request,
      timers: timersOf(s),
    }).toEqual({ runs: false, timers: [] })
    if (s.clock) expect(s.clock.stoppedAt).toBeGreaterThanOrEqual(s.clock.startedAt)
    expect(s.closedAt).toBe(s.since)
  },

  'a suspension, a request and a task stand where they belong': ({ after: s }) => {
    const pauses = s.clock?.pauses.filter((p) => p.to === undefined).length ?? 0
    expect([pauses, s.suspendedUntil !== undefined]).toEqual(
      s.status === 'suspended' ? [1, true] : [0, false],
    )
    if (s.request) expect(['dispatched', 'handling']).toContain(s.status)
    const open = s.tasks.filter(isOpenTask)
    expect(open.length).toBeLessThanOrEqual(1)
    for (const t of open)
      expect(t.kind === 'check' ? ['replied'] : ['reported', 'accepted']).toContain(s.status)
  },

  'closed means that every stage is stamped, in order': ({ after: s }) => {
    if (s.status !== 'closed' || s.selfHandled) return
    const stamps = [s.reportedAt, s.acceptedAt, s.filedAt, s.dispatchedAt, s.acknowledgedAt]
    stamps.push(s.repliedAt, s.checkedAt, s.closedAt)
    expect(stamps).not.toContain(undefined)
    expect(stamps).toEqual([...stamps].sort((a = 0, b = 0) => a - b))
    expect([s.caseNo, s.condition, s.outcome]).not.toContain(undefined)
  },

  'what was once a fact stays one: numbers, earlier rounds, tasks done, lateness': ({ before, after: s }) => {
    expect(s.receiptNo).toBe(before.receiptNo)
    if (before.caseNo !== undefined) expect(s.caseNo).toBe(before.caseNo)
    expect(s.rounds.slice(0, before.rounds.length)).toEqual(before.rounds)
    expect(s.round).toBeGreaterThanOrEqual(before.round)
    for (const r of s.rounds) expect(r.late).toBe((r.countedAt ?? r.repliedAt) > r.dueAt)
    expect(s.tasks.slice(0, before.tasks.length).map((t) => t.id)).toEqual(before.tasks.map((t) => t.id))
    for (const [i, t] of before.tasks.entries()) if (!isOpenTask(t)) expect(s.tasks[i]).toEqual(t)
    expect(s.wasOverdue).toBe(before.wasOverdue || s.wasOverdue)
    if (s.rounds.some((r) => r.late)) expect(s.wasOverdue).toBe(true)
    for (const key of ['returns', 'extensions', 'suspensions', 'overseen', 'urged', 'version'] as const)
      expect(s[key]).toBeGreaterThanOrEqual(before[key])
  },

  'a reason for waiting is one that the glossary explains, or the pack’s own': ({ story, after: s }) => {
    if (s.waitsFor) expect([...Object.keys(WAIT_REASONS), ...reasonsOf(story)]).toContain(s.waitsFor.reason)
  },

  'a remark, an urging, an oversight or a rating makes no step stale': ({ before, after, events }) => {
    const remarks = [
      'commented',
      'urged',
      'overseen',
      'escalated',
      'oversight-answered',
      'co-answered',
      'rated',
      'screened',
      'decision-awaited',
    ]
    if (events.every((e) => remarks.includes(e.type))) expect(after.version).toBe(before.version)
  },

  'once the rules have done their part, somebody is named who can act, or the case is suspended': ({
    story,
  }) => {
    const ctx = story.context()
    const { state } = advance(story.state, ctx)
    if (isFinal(state.status) || state.status === 'suspended') expect(state.waitsFor).toBeUndefined()
    else expect([state.waitsFor, canAct(state, story, ctx.now)]).toEqual([state.waitsFor, true])
  },

  'the rules come to an end, and looking again finds nothing left to do': ({ story }) => {
    const once = advance(story.state, story.context())
    const twice = advance(once.state, story.context())
    expect([twice.events, twice.state]).toEqual([[], once.state])
  },

  'what the rules have left to do shows in the case, although the job for it was lost': ({
    story,
    after: s,
  }) => {
    const next = nextAutomatic(s, story.city, s.lastAt)
    if (!next || next.command.action === 'await-decision') return
    const seen =
      s.waitsFor === undefined
        ? ['reported', 'accepted', 'filed', 'replied'].includes(s.status)
        : s.waitsFor.action === next.command.action
    expect([s.status, s.waitsFor, seen]).toEqual([s.status, s.waitsFor, true])
  },
}

it('whatever people and rules do, what must hold holds', () => {
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      const { log, state } = live(life, (step) => {
        for (const [name, holds] of Object.entries(INVARIANTS))
          try {
            holds(step)
          } catch (error) {
            throw new Error(`does not hold after ${step.events.map((e) => e.type)}: ${name}`, {
              cause: error,
            })
          }
      })
      expect(json(state)).toStrictEqual(state)
      expect(fold(json(log))).toStrictEqual(state)
    }),
    { numRuns: 150 },
  )
})

it('the version rises exactly when somebody’s legal actions, the handler or a deadline changed', () => {
  const possible = (s: CaseState, story: Story, now: number, people: readonly Actor[]) =>
    people.map((p) => ACTIONS.filter((a) => !REMARKS.has(a) && isLegal(a, s, p, story.city, now)).join())
  const deadlines = (s: CaseState) => [
    s.handler,
    s.clock?.dueAt,
    s.suspendedUntil,
    s.tasks.filter(isOpenTask).map((t) => [t.id, t.assignee, t.dueAt]),
  ]
  fc.assert(
    fc.property(arbitraryLife, (life) => {
      live(life, ({ story, before, events }) => {
        let last = before
        for (const e of events) {
          const next = apply(last, e)
          const people = new Set([...peopleAround(last), ...peopleAround(next)])
          const seen = (s: CaseState) => JSON.stringify([possible(s, story, e.at, [...people]), deadlines(s)])
          expect([e.type, next.version - last.version]).toEqual([e.type, seen(last) === seen(next) ? 0 : 1])
          last = next
        }
      })
    }),
    { numRuns: 40 },
  )
})

it('random lives reach every status and leave every event, so that the above says something', () => {
  const seen = new Set<string>()
  for (const life of fc.sample(arbitraryLife, { numRuns: 300, seed: 42 }))
    live(life, ({ after, events }) => {
      seen.add(after.status)
      for (const e of events) seen.add(e.type)
    })
  const unseen = [...STATUSES, ...EVENT_TYPES].filter((name) => !seen.has(name))
  expect(unseen).toEqual(['erased'])
})
