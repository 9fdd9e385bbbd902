// `decide`: may this actor take this step on this case now, and which events follow? Pure: time, ids, numbers and
// people come in through the context. A refusal is a value; only a broken context throws.
import type { CaseState } from './case.ts'
import { toWgs84 } from './geo/crs.ts'
import { type Command, declared, type Location, type Payloads, satisfactionOf } from './command.ts'
import { deadline } from './deadline.ts'
import {
  assign,
  clockAfter,
  completePapers,
  conditionOf,
  grantExtension,
  newRound,
  oversee,
  requestExtension,
  resume,
  startClock,
  suspend,
} from './decide-clock.ts'
import {
  calendarEnded,
  type DecideContext,
  type Decision,
  done,
  dropUndefined,
  event,
  refuse,
  unknownCategory,
  unknownDepartment,
} from './decision.ts'
import { type DeviceTime, deviceFacts, splitTimes } from './device-time.ts'
import { climb } from './escalate.ts'
import type { NewEvent } from './event.ts'
import { transition } from './lifecycle.ts'
import { parseLimit } from './limit.ts'
import { blocked, coUnit, fitsPost, legalActions, permits } from './permission.ts'
import { route } from './route.ts'
import { withDuplicates } from './duplicate-screening.ts'
import { screen } from './screen.ts'
import { replyFindings } from './screen-evidence.ts'
import { SUPERVISORS } from './stage-limit.ts'
import { type FieldTask, openTask, type TaskKind } from './task.ts'
import type { TimedStep } from './time-plausible.ts'

export function decide(state: CaseState, command: Command, ctx: DecideContext): Decision {
  const edge = transition(command.action)
  if (!edge) throw new Error(`action ${command.action} is not in the lifecycle`)
  const { actor, city } = ctx
  const allowed = () => legalActions(state, actor, city, ctx.now)
  const mine = permits(command.action, actor, state, city)
  if (!mine && !edge.who.some((who) => fitsPost(who, actor)))
    return refuse('forbidden', `${edge.zh} (${command.action}) is not for your post`, { allowed: allowed() })
  if (!edge.from.includes(state.status))
    return refuse('illegal-step', `${command.action} is not possible while the case is ${state.status}`, {
      allowed: allowed(),
    })
  const why = blocked(command.action, state, city, ctx.now)
  if (why !== undefined)
    return refuse('illegal-step', `${command.action} is not possible: ${why}`, { allowed: allowed() })
  if (!mine)
    return refuse('forbidden', `${command.action} is not yours to take on this case`, { allowed: allowed() })
  if (ctx.expectVersion !== undefined && ctx.expectVersion !== state.version)
    return refuse('stale-version', `the case is at version ${state.version}, not ${ctx.expectVersion}`, {
      allowed: allowed(),
    })
  return effects(state, declared(command), ctx)
}

function effects(state: CaseState, command: Command, ctx: DecideContext): Decision {
  const { city } = ctx
  switch (command.action) {
    case 'screen': {
      const facts = screen(state, ctx.hasText, city, ctx.now, ctx.description, ctx.photos)
      return done({ type: 'screened', payload: dropUndefined({ ...withDuplicates(facts, ctx.duplicates) }) })
    }
    case 'await-decision':
      return done({ type: 'decision-awaited', payload: { ...command.payload } })
    case 'accept': {
      const code = command.payload.categoryCode ?? state.category
      const category = code === undefined ? undefined : city.categories.get(code)
      if (command.payload.categoryCode !== undefined && !category)
        return unknownCategory(command.payload.categoryCode)
      return done({
        type: 'accepted',
        payload: dropUndefined({ category: code, urgent: category?.risk === 'urgent' }),
      })
    }
    case 'request-confirm':
      return withTask('confirm', 'confirm-requested', state, ctx)
    case 'confirm':
      return done(siteReport('confirmed', 'confirm', command.payload, openTask(state, 'confirm'), ctx))
    case 'reject':
      return done(
        event('rejected', command.payload, { stage: state.status === 'reported' ? 'accept' : 'file' }),
      )
    case 'merge':
      if (ctx.resolved?.into === undefined || ctx.resolved.into === state.id)
        return refuse('invalid', 'merge needs another case to merge into', {
          errors: [{ path: '/into', message: 'is not another known case' }],
        })
      return done({ type: 'merged', payload: { into: ctx.resolved.into } })
    case 'file':
      return fileCase(state, command.payload, ctx)
    case 'dispatch':
      return dispatch(state, command.payload, ctx)
    case 'acknowledge':
      return done({ type: 'acknowledged', payload: {} })
    case 'claim':
      return done({
        type: 'claimed',
        payload: dropUndefined({ department: ctx.actor.kind === 'user' ? ctx.actor.department : undefined }),
      })
    case 'request-return':
      if (command.payload.suggested !== undefined && !city.departments.has(command.payload.suggested))
        return unknownDepartment('/suggested', command.payload.suggested)
      if (city.pack.policies.exceptions?.return?.evidence === true && !command.payload.photos?.length)
        return refuse('invalid', 'a return needs evidence', {
          errors: [{ path: '/photos', message: 'a photo of the evidence is needed' }],
        })
      return done(event('return-requested', command.payload))
    case 'grant-return':
      return done({ type: 'return-granted', payload: dropUndefined({ from: state.department }) })
    case 'refuse-return':
      return done(event('return-refused', command.payload))
    case 'assign':
      return assign(state, command.payload.limit, ctx)
    case 'take':
      return done({ type: 'taken', payload: {} })
    case 'request-extension':
      return requestExtension(state, command.payload, ctx)
    case 'grant-extension':
      return grantExtension(state, ctx)
    case 'refuse-extension':
      return done(event('extension-refused', command.payload))
    case 'request-suspension':
    case 'suspend':
      return suspend(state, command, ctx)
    case 'refuse-suspension':
      return done(event('suspension-refused', command.payload))
    case 'resume':
      return resume(state, ctx)
    case 'reply': {
      const since = { notBefore: handledSince(state), ctx }
      const replied = timed('replied', 'reply', command.payload, since, clockAfter('reply', ctx))
      const { device } = replied.payload as { device?: DeviceTime }
      const findings = replyFindings(state, ctx.photos ?? [], { city, device, receivedAt: ctx.now })
      // Nobody has looked at the photos where the context has none of them.
      return done(ctx.photos && findings.length > 0 ? withFacts(replied, { findings }) : replied)
    }
    case 'self-handle':
      return done(timed('self-handled', 'self-handle', command.payload, { ctx }))
    case 'request-check':
      return withTask('check', 'check-requested', state, ctx)
    case 'pass':
      return done(
        siteReport('passed', 'pass', command.payload, openTask(state, 'check'), ctx, clockAfter('pass', ctx)),
      )
    case 'fail':
      return done(siteReport('failed', 'fail', command.payload, openTask(state, 'check'), ctx))
    case 'rework':
      return newRound('reworked', state, command.payload, ctx)
    case 'close': {
      const { followUp, outcome } = command.payload
      if (followUp !== undefined && (outcome !== 'made-safe' || !city.conditions.has(followUp)))
        return refuse('unknown-condition', 'a follow-up is for a case made safe, under a known condition', {
          errors: [{ path: '/followUp', message: 'is not a filing condition for what was made safe' }],
        })
      return done(event('closed', command.payload))
    }
    case 'reopen':
      return newRound('reopened', state, command.payload, ctx)
    case 'void':
      return done(event('voided', command.payload))
    case 'oversee':
      return oversee(command.payload, ctx)
    case 'answer-oversight':
      return done(event('oversight-answered', command.payload))
    case 'escalate': {
      const climbed = climb(state, command.payload.rung, city, ctx.now)
      return climbed
        ? done(...climbed)
        : refuse('illegal-step', `rung ${command.payload.rung} of the ladder is not due`, {
            allowed: legalActions(state, ctx.actor, city, ctx.now),
          })
    }
    case 'dispatch-first':
      return dispatchFirst(state, command.payload, ctx)
    case 'complete-papers':
      return completePapers(state, command.payload, ctx)
    case 'co-answer':
      return done(event('co-answered', command.payload, { department: coUnit(ctx.actor, state, city) }))
    case 'urge':
      return done(event('urged', command.payload))
    case 'comment': {
      const { unit } = command.payload.call ?? {}
      if (unit !== undefined && !city.departments.has(unit)) return unknownDepartment('/call/unit', unit)
      return done(event('commented', command.payload))
    }
    case 'appeal':
      return done(event('appealed', command.payload))
    case 'rule-on-appeal':
      return done(event('appeal-ruled', command.payload))
    case 'rate': {
      const { satisfaction } = command.payload
      const known = satisfactionOf(satisfaction)
      return known === undefined
        ? done({ type: 'rated', payload: { satisfaction: 'other' }, private: { words: { satisfaction } } })
        : done({ type: 'rated', payload: { satisfaction: known } })
    }
    case 'accept-task':
      return ofTask(state, command.payload.taskId, ctx, () =>
        done({ type: 'task-accepted', payload: { ...command.payload } }),
      )
    case 'hand-over-task':
      return ofTask(state, command.payload.taskId, ctx, (task) => {
        const to = ctx.resolved?.to ?? ctx.assigneeFor(task.kind, state)
        if (to === undefined || to === task.assignee)
          return refuse('nobody-on-duty', 'nobody else can take this task; name somebody with `to`')
        return done(event('task-handed-over', command.payload, { to }))
      })
    default:
      return command satisfies never
  }
}

function ofTask(
  state: CaseState,
  taskId: string,
  ctx: DecideContext,
  then: (task: NonNullable<ReturnType<typeof openTask>>) => Decision,
): Decision {
  const task = openTask(state)
  return task?.id === taskId
    ? then(task)
    : refuse('illegal-step', `task ${taskId} is not open`, {
        allowed: legalActions(state, ctx.actor, ctx.city, ctx.now),
      })
}

/** An event with what the sender's device says of its time; `notBefore` is the step that it answers. */
function timed(
  type: NewEvent['type'],
  step: TimedStep,
  payload: { capturedAt?: string; sentAt?: string },
  { notBefore, ctx }: { notBefore?: number | undefined; ctx: DecideContext },
  extra: Record<string, unknown> = {},
): NewEvent {
  const { times, rest } = splitTimes(payload)
  const { now, city } = ctx
  return event(type, rest, { ...extra, ...deviceFacts(step, times, { now, city, notBefore }) })
}

const withFacts = (e: NewEvent, facts: Record<string, unknown>): NewEvent => ({
  ...e,
  payload: { ...e.payload, ...facts },
})

/** What a unit replies to began with its clock, and again with each resumption. */
const handledSince = ({ clock }: CaseState): number | undefined =>
  clock && Math.max(clock.startedAt, ...clock.pauses.flatMap((p) => (p.to === undefined ? [] : [p.to])))

/** A person on site: what they saw, where they stood, in WGS-84, and when. */
function siteReport(
  type: NewEvent['type'],
  step: TimedStep,
  payload: { location?: Location; capturedAt?: string; sentAt?: string },
  task: FieldTask | undefined,
  ctx: DecideContext,
  extra: Record<string, unknown> = {},
): NewEvent {
  const { location, ...rest } = payload
  const { lng = 0, lat = 0, crs = 'wgs84', accuracyM } = location ?? {}
  const position = location && dropUndefined({ ...toWgs84(lng, lat, crs), accuracyM })
  const notBefore = task?.handedOver.at(-1)?.at ?? task?.createdAt
  return timed(type, step, rest, { notBefore, ctx }, { position, taskId: task?.id, ...extra })
}

/** When a field task is due: on the supervisors' calendar, the centre's where the pack has none of theirs. */
function stageDue(kind: TaskKind, ctx: DecideContext): number | Decision {
  const text = ctx.city.pack.policies.stageLimits[kind] ?? '4紧急工作时'
  const limit = parseLimit(text, ctx.city.pack.policies.limitWords)
  if (!limit.ok) throw new Error(`stage limit ${kind} of ${ctx.city.pack.code}: ${limit.reason}`)
  const calendar = ctx.city.calendarFor(SUPERVISORS)
  const due = deadline({ start: ctx.now, limit: limit.limit, calendar })
  return due.ok ? due.dueAt : calendarEnded(due.ended)
}

function withTask(
  kind: TaskKind,
  type: 'confirm-requested' | 'check-requested',
  state: CaseState,
  ctx: DecideContext,
): Decision {
  const assignee = ctx.resolved?.to ?? ctx.assigneeFor(kind, state)
  if (assignee === undefined)
    return refuse('nobody-on-duty', 'no supervisor can take this task; name somebody with `to`')
  const due = stageDue(kind, ctx)
  if (typeof due !== 'number') return due
  return done({ type, payload: { task: { id: ctx.newId(), assignee, dueAt: due } } })
}

function fileCase(
  state: CaseState,
  wanted: { categoryCode?: string; condition?: string },
  ctx: DecideContext,
): Decision {
  const { city } = ctx
  const code = wanted.categoryCode ?? state.category
  if (code === undefined)
    return refuse('unknown-category', 'the case has no category yet; file it under one', {
      errors: [{ path: '/categoryCode', message: 'is needed here' }],
    })
  const category = city.categories.get(code)
  if (!category) return unknownCategory(code)
  const condition = city.conditions.get(wanted.condition ?? category.defaultCondition)
  if (!condition || condition.category !== category.code)
    return refuse(
      'unknown-condition',
      `${wanted.condition ?? category.defaultCondition} is not a filing condition of ${category.code}`,
      {
        errors: [{ path: '/condition', message: `unknown filing condition of ${category.code}` }],
      },
    )
  return done({
    type: 'filed',
    payload: {
      caseNo: state.caseNo ?? ctx.takeCaseNo(category.code),
      category: category.code,
      urgent: category.risk === 'urgent',
      condition: condition.id,
      limit: condition.limit.text,
      cityVersion: city.version,
    },
  })
}

/** 先派后补: accepted, filed and dispatched at once; what is skipped is owed as papers. */
function dispatchFirst(state: CaseState, wanted: Payloads['dispatch-first'], ctx: DecideContext): Decision {
  const filed = fileCase(state, wanted, ctx)
  if (!filed.ok) return filed
  const { category, condition } = { ...filed.events[0]?.payload } as { category: string; condition: string }
  const sent = dispatch({ ...state, category, condition }, wanted, ctx)
  if (!sent.ok) return sent
  const accepted = event('accepted', { category, urgent: true })
  const owed = filed.events.map((e) => ({ ...e, payload: { ...e.payload, papersOwed: true } }))
  return done(...(state.status === 'reported' ? [accepted] : []), ...owed, ...sent.events)
}

function dispatch(
  state: CaseState,
  wanted: { department?: string; pool?: string; coDepartments?: string[] },
  ctx: DecideContext,
): Decision {
  const { city } = ctx
  for (const [i, code] of (wanted.coDepartments ?? []).entries())
    if (!city.departments.has(code)) return unknownDepartment(`/coDepartments/${i}`, code)
  if (wanted.department !== undefined && !city.departments.has(wanted.department))
    return unknownDepartment('/department', wanted.department)
  const proposed = route(state, city, ctx.now)
  if (wanted.pool !== undefined && state.dispatchMode !== 'claim')
    return refuse('invalid', 'only a case to be claimed goes to a pool', {
      errors: [{ path: '/pool', message: `is not for a case dispatched by ${state.dispatchMode}` }],
    })
  const { pool } = wanted
  const department = pool === undefined ? (wanted.department ?? proposed.department) : undefined
  if (pool === undefined && department === undefined)
    return refuse('unknown-department', 'no rule names a unit for this place; choose one', {
      errors: [{ path: '/department', message: 'is needed here' }],
    })
  const clock = startClock(conditionOf(state, city).limit, department ?? 'centre', ctx)
  if ('ok' in clock) return clock
  const followed = department === proposed.department
  // Sent back to where rules would have it but for a return: then it goes as the rules say for that unit.
  const plain = followed ? proposed : route({ ...state, returnedBy: undefined }, city, ctx.now)
  const way = plain.department === department ? plain : undefined
  return done({
    type: 'dispatched',
    payload: dropUndefined({
      department,
      pool,
      coDepartments: wanted.coDepartments ?? way?.coDepartments ?? [],
      zone: way?.zone,
      clock,
      routing: proposed.steps,
      chosen: followed ? 'rule' : 'person',
    }),
  })
}
