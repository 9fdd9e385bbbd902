// Cases for tests, made the way real ones are: commands through `decide` and `apply` on a simulated clock. One line
// makes a case at any state; nothing here writes a state by hand.
import type { Actor, CaseState } from '../case.ts'
import type { City } from '../city/types.ts'
import { SimulatedClock } from '../clock.ts'
import type { Command, Payloads } from '../command.ts'
import { asEventActor } from '../event.ts'
import type { Action } from '../lifecycle.ts'
import { advance, stamp, type Stamped } from '../automate.ts'
import { decide } from '../decide.ts'
import type { DecideContext, Decision } from '../decision.ts'
import { capacity } from '../permission.ts'
import { at } from './calendars.ts'
import { aCity, PLACES } from './city.ts'
import { validCommand } from './payloads.ts'
import { PEOPLE, type PersonName } from './people.ts'

const MINUTE = 60_000

/** Facts of a report; the default is litter in the canal, reported by the grid member. */
export type ReportFacts = Partial<
  Pick<
    CaseState,
    | 'source'
    | 'category'
    | 'position'
    | 'accuracyM'
    | 'occurredAt'
    | 'dispatchMode'
    | 'component'
    | 'reportedBy'
  >
> & { hasText?: boolean }

export interface StoryOptions {
  /** ISO instant of the report; default Sunday 29 September 2019, 08:00 in Shanghai, a make-up workday. */
  start?: string
  city?: City
  report?: ReportFacts
  /** Who is given field tasks; nobody = `[]`. */
  onDuty?: string[]
  /** Minutes that pass after each person's step; default 5. */
  pace?: number
  id?: string
}

export type LogEvent = Stamped & { caseId: string }

/** One case and its log, told step by step. */
export class Story {
  readonly city: City
  readonly clock: SimulatedClock
  readonly log: LogEvent[] = []
  readonly #onDuty: string[]
  readonly #hasText: boolean
  readonly #pace: number
  #ids = 0
  #state: CaseState

  constructor({ start = '2019-09-29T08:00+08:00', city = aCity(), report = {}, ...more }: StoryOptions = {}) {
    this.city = city
    this.clock = new SimulatedClock(at(start))
    this.#pace = more.pace ?? 5
    this.#onDuty = more.onDuty ?? ['u-supervisor', 'u-supervisor-2']
    const { hasText = true, ...facts } = report
    this.#hasText = hasText
    const id = more.id ?? 'case-1'
    const payload = {
      receiptNo: `R20190929${id}`,
      cityVersion: city.version,
      source: 'grid',
      dispatchMode: 'assign',
      category: 'E0125',
      position: PLACES.canal,
      photos: [],
      reportedBy: PEOPLE.grid.id,
      ...facts,
    }
    const by = { kind: 'user', id: payload.reportedBy ?? '', post: 'grid-member' } as const
    const known = Object.fromEntries(Object.entries(payload).filter(([, v]) => v !== undefined))
    const made = stamp(
      undefined,
      id,
      [{ type: 'reported', payload: known, private: { words: { description: '渠边有垃圾' } } }],
      payload.reportedBy === undefined ? { kind: 'anonymous' } : by,
      this.clock.now(),
    )
    this.#state = made.state
    this.#keep(made.events)
  }

  get state(): CaseState {
    return this.#state
  }

  #keep(events: Stamped[]): void {
    this.log.push(...events.map((e) => ({ ...e, caseId: this.#state.id })))
  }

  /** What `decide` is given, but for the actor. */
  context(): Omit<DecideContext, 'actor'> {
    return {
      now: Math.max(this.clock.now(), this.#state.lastAt),
      city: this.city,
      newId: () => {
        this.#ids += 1
        return `${this.#state.id}-task-${this.#ids}`
      },
      takeCaseNo: (category) => `${category}201909290001`,
      hasText: this.#hasText,
      assigneeFor: (_kind, state) => {
        const last = state.tasks.at(-1)?.assignee
        return this.#onDuty.find((id) => id !== last) ?? this.#onDuty[0]
      },
    }
  }

  /** Takes a step if it is allowed, and says what came of it. */
  attempt(who: PersonName | Actor, command: Command, more: Partial<DecideContext> = {}): Decision {
    const actor = typeof who === 'string' ? PEOPLE[who] : who
    const ctx = { ...this.context(), actor, ...more }
    const decision = decide(this.#state, command, ctx)
    if (decision.ok) {
      const post = capacity(command.action, actor, this.#state, this.city)
      const made = stamp(this.#state, this.#state.id, decision.events, asEventActor(actor, post), ctx.now)
      this.#state = made.state
      this.#keep(made.events)
    }
    return decision
  }

  /** Takes a step that must be allowed, with a valid payload unless one is given. */
  step<A extends Action>(
    who: PersonName,
    action: A,
    payload?: Payloads[A],
    more: Partial<DecideContext> = {},
  ): this {
    const valid = validCommand(action, this.#state, this.context().now)
    const command = payload === undefined ? valid.command : ({ action, payload } as unknown as Command)
    const resolved = more.resolved ?? valid.resolved
    const decision = this.attempt(who, command, { ...more, ...(resolved ? { resolved } : {}) })
    if (!decision.ok)
      throw new Error(`${action} by ${who}: ${decision.refusal.code}: ${decision.refusal.detail}`)
    this.clock.advance(this.#pace * MINUTE)
    return this
  }

  /** Lets the rules do what they may. */
  rules(): this {
    const { state, events } = advance(this.#state, this.context())
    this.#state = state
    this.#keep(events)
    return this
  }

  /** Moves the clock: to an ISO instant, or on by minutes. */
  wait(until: string | number): this {
    if (typeof until === 'number') this.clock.advance(until * MINUTE)
    else this.clock.set(at(until))
    return this
  }
}

interface Way {
  /** The situation it grows out of; absent = the report. */
  from?: string
  /** What the report has to be. */
  report?: ReportFacts
  go(story: Story): Story
}

/** Ways to each state. A name that is no status is a status with something pending or behind it. */
const WAYS = {
  reported: { go: (s) => s },
  /** Screened, and waiting for the operator. */
  waiting: { report: { source: 'citizen' }, go: (s) => s.rules() },
  confirming: { from: 'waiting', go: (s) => s.step('operator', 'request-confirm') },
  confirmed: { from: 'confirming', go: (s) => s.step('supervisor', 'confirm').rules() },
  accepted: { go: (s) => s.rules() },
  'accepted, confirming': { from: 'accepted', go: (s) => s.step('duty', 'request-confirm') },
  filed: { from: 'accepted', go: (s) => s.step('duty', 'file') },
  dispatched: { from: 'filed', go: (s) => s.rules() },
  handling: { from: 'dispatched', go: (s) => s.step('water', 'acknowledge') },
  taken: { from: 'handling', go: (s) => s.step('waterHandler', 'take') },
  'return requested': { from: 'dispatched', go: (s) => s.step('water', 'request-return') },
  returned: { from: 'return requested', go: (s) => s.step('dispatcher', 'grant-return').rules() },
  'second return requested': {
    from: 'returned',
    go: (s) => s.step('dispatcher', 'dispatch').step('water', 'request-return'),
  },
  'handling, return requested': { from: 'handling', go: (s) => s.step('water', 'request-return') },
  'extension requested': { from: 'handling', go: (s) => s.step('water', 'request-extension') },
  extended: { from: 'extension requested', go: (s) => s.step('duty', 'grant-extension') },
  'suspension requested': { from: 'handling', go: (s) => s.step('water', 'request-suspension') },
  suspended: { from: 'suspension requested', go: (s) => s.step('duty', 'suspend', {}) },
  overdue: { from: 'handling', go: (s) => s.wait(3 * 24 * 60) },
  overseen: { from: 'handling', go: (s) => s.step('leader', 'oversee') },
  urgent: { report: { category: 'E0502' }, go: (s) => s.rules() },
  'papers owed': { from: 'urgent', go: (s) => s.step('operator', 'dispatch-first') },
  replied: { from: 'handling', go: (s) => s.step('water', 'reply') },
  checking: { from: 'replied', go: (s) => s.rules() },
  'check accepted': { from: 'checking', go: (s) => s.step('supervisor', 'accept-task') },
  failed: { from: 'checking', go: (s) => s.step('supervisor', 'fail').rules() },
  reworked: { from: 'failed', go: (s) => s.step('duty', 'rework') },
  checked: { from: 'checking', go: (s) => s.step('supervisor', 'pass').rules() },
  closed: { from: 'checked', go: (s) => s.step('duty', 'close') },
  appealed: { from: 'closed', go: (s) => s.step('water', 'appeal') },
  'self-handled': { go: (s) => s.step('grid', 'self-handle') },
  reopened: { from: 'closed', go: (s) => s.step('operator', 'rate').step('duty', 'reopen') },
  rejected: { from: 'waiting', go: (s) => s.step('operator', 'reject') },
  merged: { from: 'waiting', go: (s) => s.step('operator', 'merge') },
  voided: { from: 'handling', go: (s) => s.step('duty', 'void') },
  'in a pool': {
    from: 'filed',
    report: { dispatchMode: 'claim' },
    go: (s) => s.rules().step('dispatcher', 'dispatch'),
  },
  claimed: { from: 'in a pool', go: (s) => s.step('grid2', 'claim') },
} as const satisfies Record<string, Way>

export type Recipe = keyof typeof WAYS
export const RECIPE_NAMES = Object.keys(WAYS) as Recipe[]

/** From the report to the recipe. */
function waysTo(recipe: Recipe): Way[] {
  const way: Way = WAYS[recipe]
  return way.from === undefined ? [way] : [...waysTo(way.from as Recipe), way]
}

/** A case at a status, or in one of the finer situations above: `aCase('second return requested')`. */
export function aCase(recipe: Recipe, options: StoryOptions = {}): Story {
  const ways = waysTo(recipe)
  const report: ReportFacts = Object.assign({}, ...ways.map((w) => w.report))
  const story = new Story({ ...options, report: { ...report, ...options.report } })
  return ways.reduce((s, way) => way.go(s), story)
}
