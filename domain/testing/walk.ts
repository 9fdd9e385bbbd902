// Random lives of cases: reports of every kind, then steps by anybody at any time, allowed or not, with payloads good and
// bad. What must hold all the while is the tests' business.
import fc from 'fast-check'
import { type Actor, type CaseState, DISPATCH_MODES, OUTCOMES, type Post, SOURCES } from '../case.ts'
import type { City } from '../city/types.ts'
import type { Command } from '../command.ts'
import { USUAL_LADDER } from '../escalation.ts'
import { isLegal } from '../permission.ts'
import { ACTIONS, type Action } from '../lifecycle.ts'
import { type ReportFacts, Story, type StoryOptions } from './builder.ts'
import { aCity, DEMO_POLICIES, PEOPLE_POLICIES, PLACES, RULE_POLICIES } from './city.ts'
import { validCommand, type ValidCommand, WORDS } from './payloads.ts'
import { PEOPLE } from './people.ts'
import { TIMED_STEPS } from '../time-plausible.ts'

const DAY = 86_400_000
const CITIES = {
  demo: aCity(DEMO_POLICIES),
  rules: aCity({ ...RULE_POLICIES, escalation: USUAL_LADDER }),
  /** Here units too are judged by what their devices say, checked or not. */
  people: aCity({
    ...PEOPLE_POLICIES,
    screening: { captureTime: { trustsUnchecked: true, counts: { reply: 'capture', report: 'capture' } } },
  }),
} as const satisfies Record<string, City>
const CATEGORIES = ['E0110', 'E0113', 'E0125', 'E0136', 'E0502', 'C0103', 'E9999', undefined]
const COMPONENTS = [undefined, '9901990103000001', '9901990103000002']

export interface Move {
  /** Only what is allowed is tried; else anything. */
  allowed: boolean
  who: number
  what: number
  /** Which of the payloads that make sense, or do not. */
  variant: number
  /** Minutes that pass before. */
  minutes: number
  /** The rules do their part afterwards. */
  rules: boolean
}

export const arbitraryMove: fc.Arbitrary<Move> = fc.record({
  allowed: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
  who: fc.nat(1000),
  what: fc.nat(1000),
  variant: fc.nat(1000),
  minutes: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 90 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 * 24 * 60 }) },
  ),
  rules: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
})

const arbitraryReport: fc.Arbitrary<ReportFacts> = fc.record({
  source: fc.constantFrom(...SOURCES),
  category: fc.constantFrom(...CATEGORIES),
  component: fc.constantFrom(...COMPONENTS),
  position: fc.constantFrom(...Object.values(PLACES)),
  dispatchMode: fc.constantFrom(...DISPATCH_MODES, 'assign', 'assign', 'assign'),
  reportedBy: fc.constantFrom(PEOPLE.grid.id, PEOPLE.operator.id, undefined),
  hasText: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
})

export interface Start extends Omit<StoryOptions, 'city'> {
  /** Whose policies rule. */
  policies: keyof typeof CITIES
}

export const arbitraryStart: fc.Arbitrary<Start> = fc.record({
  policies: fc.constantFrom('demo', 'rules', 'people'),
  report: arbitraryReport,
  onDuty: fc.constantFrom(['u-supervisor', 'u-supervisor-2'], ['u-supervisor'], []),
  start: fc.constantFrom('2019-09-27T17:30+08:00', '2019-09-29T06:37+08:00', '2019-10-07T23:59+08:00'),
})

export const begin = ({ policies, ...options }: Start): Story =>
  new Story({ ...options, city: CITIES[policies] })

const memberOf = (department: string, post: Post): Actor => ({
  kind: 'user',
  id: `u-${post}-${department}`,
  posts: [post],
  department,
})

/** Everybody who can have a say, people of the unit that leads this case among them. */
export const peopleAround = (state: CaseState): readonly Actor[] => [
  ...Object.values(PEOPLE),
  ...(state.department === undefined
    ? []
    : [memberOf(state.department, 'department-officer'), memberOf(state.department, 'handler')]),
  ...state.coDepartments.map((code) => memberOf(code, 'department-officer')),
]

/** A payload that often fits, sometimes names what does not exist, and always carries words that nobody asked for. */
function payloadOf(action: Action, state: CaseState, now: number, variant: number): ValidCommand {
  const valid = validCommand(action, state, now)
  const change = changes(action, now, variant)
  const times = deviceTimes(action, now, variant)
  const payload = { ...valid.command.payload, ...change.payload, ...times, phone: WORDS }
  const resolved = { ...valid.resolved, ...change.resolved }
  return { command: { action, payload } as unknown as Command, resolved }
}

/** Half of those who could say when they saw it do; some by a clock that is wrong, or not as it can have been. */
function deviceTimes(action: Action, now: number, n: number): { capturedAt?: string; sentAt?: string } {
  if (!TIMED_STEPS.some((step) => step === action) || n % 2 === 0) return {}
  const iso = (ms: number) => new Date(ms).toISOString()
  const skew = [0, 0, 3_600_000, -DAY][n % 4] ?? 0
  const ago = [60_000, 40 * 60_000, 5 * 3_600_000, 3 * DAY, -3_600_000][n % 5] ?? 0
  return {
    capturedAt: iso(now + skew - ago),
    ...(n % 7 === 0 ? {} : { sentAt: iso(now + skew) }),
  }
}

function changes(
  action: Action,
  now: number,
  n: number,
): { payload?: Record<string, unknown>; resolved?: Record<string, string | undefined> } {
  const pick = <T>(...list: T[]): T => list[n % list.length] as T
  const until = pick(10 * DAY, DAY / 24, -DAY, 900 * DAY)
  switch (action) {
    case 'accept':
      return pick({}, {}, { payload: { categoryCode: pick('E0112', 'E0125', 'nonsense') } })
    case 'file':
      return pick(
        {},
        { payload: { condition: pick('E0110-2', 'E0125-2') } },
        { payload: { categoryCode: 'E0113' } },
      )
    case 'confirm':
      return { payload: { result: n % 3 !== 0 } }
    case 'dispatch':
      return pick(
        {},
        { payload: { department: pick('sanitation', 'municipal-drains', 'nowhere') } },
        { payload: { department: undefined, pool: undefined, coDepartments: ['st-east'] } },
        { payload: { pool: 'party' } },
      )
    case 'assign':
      return pick(
        {},
        { resolved: { handler: undefined, unit: 'water-lake' } },
        { resolved: { handler: undefined, unit: undefined } },
      )
    case 'merge':
      return pick({}, { resolved: { into: undefined } })
    case 'request-confirm':
    case 'request-check':
      return pick({}, { resolved: { to: undefined } }, { resolved: { to: 'u-grid-2' } })
    case 'suspend':
    case 'request-suspension':
      return { payload: { until: new Date(now + until).toISOString() } }
    case 'reject':
    case 'fail':
    case 'rework':
    case 'request-return':
      return pick({}, { payload: { reason: pick('not-ours', 'half-done', '138-0013-8000') } })
    case 'reply':
      return pick({}, { payload: { outcome: undefined, photos: undefined } })
    case 'close':
      return { payload: { outcome: pick(...OUTCOMES) } }
    case 'rule-on-appeal':
      return { payload: { granted: n % 2 === 0 } }
    case 'rate':
      return { payload: { satisfaction: pick('satisfied', '不满意', WORDS) } }
    case 'escalate':
      return { payload: { rung: pick(...USUAL_LADDER).id } }
    case 'hand-over-task':
      return pick({}, { resolved: { to: undefined } }, { payload: { taskId: 'no-such-task' } })
    default:
      return {}
  }
}

/** Makes the move; whatever is refused leaves the case as it was. @returns the action tried, if there was any. */
export function makeMove(story: Story, move: Move): Action | undefined {
  story.wait(move.minutes)
  const { now } = story.context()
  const step = move.allowed ? allowedStep(story, move, now) : anyStep(story, move)
  if (!step) return undefined
  const { action, actor } = step
  const { command, resolved } = payloadOf(action, story.state, now, move.variant)
  story.attempt(actor, command, resolved ? { resolved } : {})
  return action
}

/** Each action that somebody may take is as likely as the next, and so is each person who may take it. */
function allowedStep({ state, city }: Story, move: Move, now: number) {
  const people = peopleAround(state)
  const able = ACTIONS.map((action) => ({
    action,
    actors: people.filter((p) => isLegal(action, state, p, city, now)),
  })).filter(({ action, actors }) => actors.length > 0 && !isFiller(action, move.variant))
  const chosen = able[move.what % Math.max(1, able.length)]
  const actor = chosen?.actors[move.who % chosen.actors.length]
  return chosen && actor ? { action: chosen.action, actor } : undefined
}

function anyStep({ state }: Story, move: Move) {
  const people = peopleAround(state)
  const action = ACTIONS[move.what % ACTIONS.length]
  const actor = people[move.who % people.length]
  return action && actor ? { action, actor } : undefined
}

/** Steps that end a case or lead nowhere, mostly left out, so that lives get long. */
const FILLERS: readonly Action[] = [
  'comment',
  'urge',
  'oversee',
  'void',
  'reject',
  'merge',
  'self-handle',
  'screen',
]
const isFiller = (action: Action, variant: number) => FILLERS.includes(action) && variant % 8 !== 0
