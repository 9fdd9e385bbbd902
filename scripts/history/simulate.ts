// One case from its report to the end of the history, in memory: people act as scripts/life says, rules and timers as the
// worker would, and every step is decided by the domain. Yields events and facts of time, never a state made by hand.
import type { Actor, CaseState } from '#domain/case.ts'
import { isFinal } from '#domain/case.ts'
import { advance, type Stamped, stamp } from '#domain/automate.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay } from '#domain/city-time.ts'
import type { Command } from '#domain/command.ts'
import { decide } from '#domain/decide.ts'
import type { DecideContext } from '#domain/decision.ts'
import { nextRungs } from '#domain/escalate.ts'
import { asEventActor, type EventActor, type NewEvent } from '#domain/event.ts'
import { capacity } from '#domain/permission.ts'
import { isOpenTask, type TaskKind } from '#domain/task.ts'
import { type TimerKind, timersOf } from '#domain/timer.ts'
import { dice } from '#scripts/life/chance.ts'
import { type LifeStep, lifeCase, nextSteps, showsMatter, type Ways } from '#scripts/life/course.ts'
import { reportParts } from '#store/cases.ts'
import type { TimeFact } from '#domain/board-fold.ts'
import { idAt, type People } from './people.ts'
import type { PlannedCase } from './plan.ts'

export interface World {
  city: City
  people: People
  ways(plan: PlannedCase): Ways
  assigneeFor(kind: TaskKind, state: CaseState): string | undefined
  /** Ids of the photos that go with a step; none where nothing is drawn. */
  photos(
    plan: PlannedCase,
    when: 'before' | 'after' | 'check' | 'evidence',
    at: number,
    n: number,
    /** False: what a check found is not in order. */
    isFine?: boolean,
  ): string[]
}

/** A timer as it stands in the table once it has fired. */
export interface FiredTimer {
  kind: TimerKind
  round: number
  fireAt: number
}

export interface Life {
  plan: PlannedCase
  events: Stamped[]
  facts: TimeFact[]
  fired: FiredTimer[]
  state: CaseState
  /** First instants, for counting. */
  filedAt?: number | undefined
  closedAt?: number | undefined
}

/** Stands for the case number until all cases are known; `n` of a case is 1. */
export const PENDING_NUMBER = '#'

/** A case that moves more often than this goes round in a circle. */
const MOST_STEPS = 200

export function simulate(plan: PlannedCase, world: World, until: number): Life {
  return new Run(plan, world, until).all()
}

class Run {
  readonly #plan: PlannedCase
  readonly #world: World
  readonly #until: number
  readonly #ways: Ways
  readonly #events: Stamped[] = []
  readonly #facts: TimeFact[] = []
  readonly #fired: FiredTimer[] = []
  readonly #known = new Set<string>()
  /** Actions that the rules refused: nobody tries them again. */
  readonly #refused = new Set<string>()
  #state: CaseState
  #ids = 0

  constructor(plan: PlannedCase, world: World, until: number) {
    this.#plan = plan
    this.#world = world
    this.#until = until
    this.#ways = world.ways(plan)
    this.#state = this.#report()
  }

  all(): Life {
    if (this.#plan.incident.selfHandled === undefined) {
      this.#rules(this.#plan.at)
      for (let n = 0; this.#move(); n++)
        if (n > MOST_STEPS)
          throw new Error(`case ${this.#plan.receiptNo} of the history goes round in a circle`)
      this.#lights(this.#until)
    }
    const first = (type: string) => this.#events.find((e) => e.type === type)?.at
    return {
      plan: this.#plan,
      events: this.#events,
      facts: this.#facts,
      fired: this.#fired,
      state: this.#state,
      filedAt: first('filed'),
      closedAt: first('closed'),
    }
  }

  #context(now: number): Omit<DecideContext, 'actor'> {
    const { city, assigneeFor } = this.#world
    return {
      now,
      city,
      newId: () => {
        this.#ids += 1
        return idAt(now, this.#plan.id, this.#ids)
      },
      takeCaseNo: () => PENDING_NUMBER,
      hasText: true,
      assigneeFor,
    }
  }

  #stamp(
    state: CaseState | undefined,
    events: readonly NewEvent[],
    actor: EventActor,
    now: number,
  ): CaseState {
    const made = stamp(state, this.#plan.id, events, actor, now)
    this.#events.push(...made.events)
    return made.state
  }

  /** As the commander's report; what was fixed on the spot closes with it. */
  #report(): CaseState {
    const { plan, city } = { plan: this.#plan, city: this.#world.city }
    const { incident, actor, at } = plan
    const photos = this.#world.photos(plan, 'before', at, 0)
    const { description, address, sourceDetail, reporter } = incident
    const reported: NewEvent = {
      type: 'reported',
      payload: {
        receiptNo: plan.receiptNo,
        cityVersion: city.version,
        source: incident.source,
        dispatchMode: 'assign',
        category: incident.category,
        position: incident.position,
        accuracyM: incident.accuracyM,
        photos,
        ...(incident.component === undefined ? {} : { component: incident.component }),
        ...(actor.kind === 'user' ? { reportedBy: actor.id } : {}),
        ...(incident.selfHandled === undefined ? {} : { selfHandled: true }),
      },
      private: reportParts({
        description,
        address,
        ...(sourceDetail === undefined ? {} : { sourceDetail }),
        ...(reporter === undefined ? {} : { reporter }),
      }),
    }
    const post = actor.kind === 'user' ? actor.posts[0] : undefined
    let state = this.#stamp(undefined, [reported], asEventActor(actor, post), at)
    if (incident.selfHandled === undefined) return state
    const result = incident.selfHandled
    for (const [who, command] of [
      [
        { kind: 'rule', rule: 'screen' },
        { action: 'screen', payload: {} },
      ],
      [
        actor,
        { action: 'self-handle', payload: { result, photos: this.#world.photos(plan, 'after', at, 0) } },
      ],
    ] as const) {
      const decision = decide(state, command as Command, { ...this.#context(at), actor: who })
      if (!decision.ok) throw new Error(`${plan.receiptNo}: ${decision.refusal.detail}`)
      state = this.#stamp(
        state,
        decision.events,
        asEventActor(who, capacity(command.action, who, state, city)),
        at,
      )
    }
    return state
  }

  /** Rules follow as the worker's job would, a moment later. */
  #rules(at: number): void {
    const now = at + 40 + Math.floor(120 * dice(this.#plan.id, at, 'job'))
    if (now > this.#until) return
    const { state, events } = advance(this.#state, this.#context(Math.max(now, this.#state.lastAt)))
    this.#events.push(...events)
    this.#state = state
  }

  /** Does whatever comes next. @returns false when nothing does before the end. */
  #move(): boolean {
    const step = this.#nextStep()
    const timer = this.#nextTimer()
    const at = Math.min(step?.at ?? Number.POSITIVE_INFINITY, timer?.at ?? Number.POSITIVE_INFINITY)
    if (at > this.#until) return false
    this.#lights(at)
    if (timer && timer.at <= at) this.#ring(timer)
    else if (step) this.#act(step)
    return true
  }

  /** Lights turn at their instants while the clock runs towards them. */
  #lights(until: number): void {
    for (const { kind, round, fireAt } of timersOf(this.#state)) {
      if ((kind !== 'yellow' && kind !== 'red') || fireAt > until) continue
      const at = Math.max(fireAt, this.#state.lastAt)
      if (at > until || !this.#isNew(kind, round, fireAt)) continue
      this.#facts.push({ kind, caseId: this.#plan.id, round, fireAt, at })
    }
  }

  #isNew(kind: TimerKind, round: number, fireAt: number): boolean {
    const name = `${kind} ${round} ${fireAt}`
    if (this.#known.has(name)) return false
    this.#known.add(name)
    this.#fired.push({ kind, round, fireAt })
    return true
  }

  /** The end of a suspension or of a field task's limit, or the next rung of the city's ladder 升级. */
  #nextTimer(): (FiredTimer & { at: number; rung?: string }) | undefined {
    const [rung] = nextRungs(this.#state, this.#world.city)
    const climbs: (FiredTimer & { rung?: string })[] = rung
      ? [{ kind: 'rung', round: rung.round, fireAt: rung.fireAt, rung: rung.rung.id }]
      : []
    const own = timersOf(this.#state).filter(
      ({ kind, round, fireAt }) =>
        (kind === 'resume' || kind === 'task') && !this.#known.has(`${kind} ${round} ${fireAt}`),
    )
    return [...own, ...climbs]
      .map((t) => ({ ...t, at: Math.max(t.fireAt, this.#state.lastAt) }))
      .sort((a, b) => a.at - b.at)[0]
  }

  #ring({ kind, round, fireAt, at, rung }: FiredTimer & { at: number; rung?: string }): void {
    this.#isNew(kind, round, fireAt)
    if (rung !== undefined) {
      this.#apply({ action: 'escalate', payload: { rung } }, { kind: 'rule', rule: 'escalation' }, at)
      return
    }
    if (kind === 'resume') {
      this.#apply({ action: 'resume', payload: {} }, { kind: 'rule', rule: 'suspension-ended' }, at)
      return
    }
    const task = this.#state.tasks.find((t) => isOpenTask(t) && t.dueAt === fireAt)
    if (!task || task.handedOver.some((h) => h.at >= fireAt)) return
    const command = {
      action: 'hand-over-task',
      payload: { taskId: task.id, reason: 'limit-ran-out' },
    } as const
    this.#apply(command, { kind: 'rule', rule: 'task-limit' }, at)
  }

  #nextStep(): LifeStep | undefined {
    const { incident, risk, repeats, directive } = this.#plan
    const c = lifeCase(this.#state, { key: this.#plan.id, risk, description: incident.description, repeats })
    if (directive.stopAt !== undefined && c.waitsFor?.action === directive.stopAt) return undefined
    const steps = nextSteps(c, this.#ways).filter((s) => !this.#refused.has(s.action))
    if (directive.finishBy !== undefined && c.status === 'suspended')
      steps.push({
        at: c.lastAt + (directive.finishBy - c.lastAt) / 2,
        who: 'department',
        action: 'resume',
        payload: {},
      })
    return steps.map((s) => this.#directed(s)).sort((a, b) => a.at - b.at)[0]
  }

  #directed(step: LifeStep): LifeStep {
    const { fileBy, finishBy, replyAfter, closeAfter } = this.#plan.directive
    const last = this.#state.lastAt
    const sooner = (by: number, part: number) =>
      Math.min(step.at, Math.round(last + Math.max(45_000, (by - last) * part)))
    const isFiled = this.#state.caseNo !== undefined
    let at = step.at
    if (fileBy !== undefined && !isFiled) at = sooner(fileBy, 0.4)
    else if (finishBy !== undefined && !isFinal(this.#state.status)) at = sooner(finishBy, 0.35)
    else if (replyAfter !== undefined && step.action === 'reply' && at < replyAfter)
      at = this.#ways.unit(this.#state.department).opening(replyAfter)
    if (closeAfter !== undefined && step.action === 'close' && at < closeAfter)
      at = closeAfter + Math.floor(dice(this.#plan.id, 'close-after') * 5_400_000)
    return { ...step, at }
  }

  #act(step: LifeStep): void {
    const day = cityDay(step.at, this.#world.city.pack.timeZone)
    const actor = this.#world.people.forStep(step, this.#state, day)
    if (!actor) {
      this.#refused.add(step.action)
      return
    }
    const photos = step.photo
      ? this.#world.photos(this.#plan, step.photo, step.at, this.#state.no, !showsMatter(step))
      : []
    const payload = { ...step.payload, ...(photos.length > 0 ? { photos } : {}) }
    this.#apply({ action: step.action, payload } as Command, actor, step.at)
  }

  #apply(command: Command, actor: Actor, at: number): void {
    const { action, payload } = command
    const given = payload as { into?: string; handler?: string }
    const resolved = {
      ...(given.into === undefined ? {} : { into: given.into }),
      ...(action === 'assign' ? { unit: given.handler } : {}),
    }
    const decision = decide(this.#state, command, { ...this.#context(at), actor, resolved })
    if (!decision.ok) {
      this.#refused.add(action)
      return
    }
    const post = capacity(action, actor, this.#state, this.#world.city)
    this.#state = this.#stamp(this.#state, decision.events, asEventActor(actor, post), at)
    // A rung leaves no step for rules to take.
    if (action !== 'escalate') this.#rules(at)
  }
}
