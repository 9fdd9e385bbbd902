// A scenario 场景: one exception that a case can meet, told as steps, with what must be true at its end. Played here on the
// rules alone, and by the worker's tests on the whole machine; docs/scenarios.md is generated from the same table.
import type { CaseState, Light } from '../case.ts'
import type { City, Policies } from '../city/types.ts'
import { dueRungs } from '../escalate.ts'
import type { Action } from '../lifecycle.ts'
import { lightOf } from '../light.ts'
import { type TimerKind, timersIn } from '../timer.ts'
import { type ReportFacts, Story } from './builder.ts'
import { at } from './calendars.ts'
import { aCity, DEMO_POLICIES } from './city.ts'
import type { PersonName } from './people.ts'

/**
 * Somebody's step; five minutes pass before it. Without a payload, one that the rules accept. `refused` = it must be, with
 * this code, and the case stays as it was. `wait` = until an instant (ISO) or for so many minutes; what falls due on the
 * way happens on its instant.
 */
export type ScenarioStep =
  | readonly [who: PersonName, action: Action, payload?: object, refused?: string]
  | readonly ['wait', string | number]

export interface Scenario {
  /** One plain English sentence, and the same in Chinese. */
  name: string
  zh: string
  topic: string
  /** ISO; by default Sunday 29 September 2019, 08:00, a make-up workday. */
  start?: string
  report?: ReportFacts
  /** Over the demo's policies. */
  policies?: Partial<Policies>
  /** Who can be given field tasks; nobody = `[]`. */
  onDuty?: string[]
  steps: readonly ScenarioStep[]
  ends: {
    /** What the case must hold; absent members may be anything. */
    case: Partial<CaseState>
    /** Due moment of the handling clock, ISO. */
    due?: string
    light?: Light
    /** `who action` that it waits for; null = nobody. */
    waits?: string | null
    /** Lateness of the finished rounds. */
    late?: boolean[]
  }
}

const MOST_TIMERS = 20
/** Between one step and the next. */
export const PACE_MS = 5 * 60_000

/** Timers whose effect is an event of the case. */
const ACTS: ReadonlySet<TimerKind> = new Set(['resume', 'task', 'rung'])

function climbAll(story: Story): void {
  const next = () => dueRungs(story.state, story.city, story.clock.now())[0]
  for (let due = next(); due; due = next()) story.step('rule', 'escalate', { rung: due.rung.id })
}

/** Does what falls due until then, each thing on its instant, as the worker does. */
function pass(story: Story, until: number): void {
  for (let fired = 0; fired < MOST_TIMERS; fired++) {
    const due = timersIn(story.state, story.city)
      .filter((t) => t.fireAt <= until && t.fireAt > story.clock.now() && ACTS.has(t.kind))
      .sort((a, b) => a.fireAt - b.fireAt)[0]
    if (!due) break
    story.clock.set(due.fireAt)
    const task = story.state.tasks.find((t) => t.dueAt === due.fireAt)
    if (due.kind === 'rung') climbAll(story)
    else if (due.kind === 'resume') story.attempt('rule', { action: 'resume', payload: {} })
    else if (task)
      story.attempt('rule', {
        action: 'hand-over-task',
        payload: { taskId: task.id, reason: 'limit-ran-out' },
      })
    story.rules()
  }
  story.clock.set(Math.max(until, story.clock.now()))
}

export const cityOf = ({ policies }: Scenario): City => aCity({ ...DEMO_POLICIES, ...policies })

/** Plays a scenario on the rules alone. @throws on a step that goes other than the scenario says. */
export function play(
  scenario: Scenario,
  each: (story: Story, step?: ScenarioStep) => void = () => {},
): Story {
  const { start, report, onDuty } = scenario
  const story = new Story({
    city: cityOf(scenario),
    pace: 0,
    ...(start === undefined ? {} : { start }),
    ...(report === undefined ? {} : { report }),
    ...(onDuty === undefined ? {} : { onDuty }),
  }).rules()
  each(story)
  for (const step of scenario.steps) {
    if (step[0] !== 'wait') pass(story, story.clock.now() + PACE_MS)
    if (step[0] === 'wait') {
      const [, until] = step
      pass(story, typeof until === 'number' ? story.clock.now() + until * 60_000 : at(until))
    } else {
      const [who, action, payload, refused] = step
      if (refused === undefined) story.step(who, action, payload as never).rules()
      else {
        const before = story.state
        const decision = story.attempt(who, { action, payload: payload ?? {} } as never)
        if (decision.ok || decision.refusal.code !== refused || story.state !== before)
          throw new Error(`${action} by ${who} was to be refused as ${refused}`)
      }
    }
    each(story, step)
  }
  return story
}

/** What is true of the case at the end, in the words of `ends`. */
export function outcomeOf({ state, clock }: Story): Required<Omit<Scenario['ends'], 'case' | 'due'>> & {
  due: string | undefined
} {
  return {
    due: state.clock && new Date(state.clock.dueAt).toISOString(),
    light: lightOf(state, clock.now()),
    waits: state.waitsFor ? `${state.waitsFor.who} ${state.waitsFor.action}` : null,
    late: state.rounds.map((r) => r.late),
  }
}
