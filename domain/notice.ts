// Notices 通知: which event of the log is told to whom, and in which words. Pure: the same event of the same log gives the
// same notices, so a reader that comes by twice writes nothing twice. Ids and codes only, never words of people.
import type { CalendarWarning } from './calendar-warning.ts'
import type { CaseState, Post } from './case.ts'
import type { City } from './city/types.ts'
import type { AppliedEvent } from './handlers.ts'
import { type Escalated, withPhone } from './escalate.ts'
import { openTask } from './task.ts'

/** Each is a sentence of its own in the pages, `notice.<kind>`. */
export const NOTICE_KINDS = [
  // Something is yours now.
  'dispatched',
  'co-dispatched',
  'assigned',
  'task-confirm',
  'task-check',
  'task-gone',
  // What you asked for was decided.
  'return-granted',
  'return-refused',
  'extension-granted',
  'extension-refused',
  'suspended',
  'suspension-refused',
  'resumed',
  'appeal-granted',
  'appeal-refused',
  // Somebody wants more of you.
  'overseen',
  'urged',
  'reworked',
  'reopened',
  // Rungs of the ladder 升级阶梯.
  'remind',
  'called',
  'call',
  'told',
  'oversee',
  'talk',
  'talked',
  // For those who look after the city's data and the system.
  'calendar',
  'channel-off',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** For one account, for everybody in a post, or for the members of a unit. */
export type Audience = { account: string } | { post: Post } | { unit: string }

/** What the sentence speaks of; codes, which the reader's city turns into names. Instants are epoch ms. */
export interface NoticeParams {
  unit?: string
  /** Id of the rung. */
  rung?: string
  stage?: string
  round?: number
  dueAt?: number
  until?: number
  about?: string
  /** Of a calendar: its owner, what is the matter, and its last covered date. */
  owner?: string
  warning?: CalendarWarning['kind']
  ends?: string
  /** Of a channel to the outside: its name. */
  channel?: string
}

export interface NewNotice {
  kind: NoticeKind
  for: Audience
  params: NoticeParams
}

/** Told when a case is dangerously long unsigned: these ring the unit's duty phone. */
const CALLERS: readonly Post[] = ['dispatcher', 'duty-manager']
/** Who sees to the next calendar. */
const KEEPERS: readonly Post[] = ['admin', 'duty-manager']

const payloadOf = <T>(event: Pick<AppliedEvent, 'payload'>) => event.payload as unknown as T
const drop = (params: Record<string, unknown>): NoticeParams =>
  Object.fromEntries(Object.entries(params).filter(([, v]) => v !== undefined))

/** Events that are told to anybody; the others need not be looked at. */
export const TELLING: ReadonlySet<string> = new Set([
  'dispatched',
  'assigned',
  'confirm-requested',
  'check-requested',
  'task-handed-over',
  'return-granted',
  'return-refused',
  'extension-granted',
  'extension-refused',
  'suspended',
  'suspension-refused',
  'resumed',
  'appeal-ruled',
  'overseen',
  'urged',
  'reworked',
  'reopened',
  'escalated',
])

/**
 * What an event tells whom, with the case as it was before it; at most one notice for the same audience. Nobody is told of
 * what they did themselves.
 */
export function noticesOf(before: CaseState, event: AppliedEvent): NewNotice[] {
  const seen = new Set<string>()
  return told(before, event).filter(({ for: to }) => {
    const name = audienceKey(to)
    if ('account' in to && to.account === event.actor.id) return false
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

function told(before: CaseState, event: AppliedEvent): NewNotice[] {
  const notice = (kind: NoticeKind, to: Audience, params: Record<string, unknown> = {}): NewNotice => ({
    kind,
    for: to,
    params: drop(params),
  })
  const unit = (kind: NoticeKind, params?: Record<string, unknown>): NewNotice[] =>
    before.department === undefined ? [] : [notice(kind, { unit: before.department }, params)]
  /** The unit, and within it whoever has the case. */
  const hands = (kind: NoticeKind, params?: Record<string, unknown>): NewNotice[] => [
    ...unit(kind, params),
    ...(before.unit === undefined ? [] : [notice(kind, { unit: before.unit }, params)]),
    ...(before.handler === undefined ? [] : [notice(kind, { account: before.handler }, params)]),
  ]
  switch (event.type) {
    case 'dispatched': {
      const p = payloadOf<{ department?: string; coDepartments?: string[]; clock?: { dueAt: number } }>(event)
      const dueAt = p.clock?.dueAt
      return [
        ...(p.department === undefined ? [] : [notice('dispatched', { unit: p.department }, { dueAt })]),
        ...(p.coDepartments ?? []).map((code) =>
          notice('co-dispatched', { unit: code }, { unit: p.department }),
        ),
      ]
    }
    case 'assigned': {
      const {
        handler,
        unit: second,
        dueAt,
      } = payloadOf<{ handler?: string; unit?: string; dueAt?: number }>(event)
      return [
        ...(second === undefined ? [] : [notice('assigned', { unit: second }, { dueAt })]),
        ...(handler === undefined ? [] : [notice('assigned', { account: handler }, { dueAt })]),
      ]
    }
    case 'confirm-requested':
    case 'check-requested': {
      const { task } = payloadOf<{ task: { assignee: string; dueAt: number } }>(event)
      const kind = event.type === 'confirm-requested' ? 'task-confirm' : 'task-check'
      return [notice(kind, { account: task.assignee }, { dueAt: task.dueAt })]
    }
    case 'task-handed-over': {
      const { taskId, to } = payloadOf<{ taskId: string; to: string }>(event)
      const task = before.tasks.find((t) => t.id === taskId)
      if (!task) return []
      return [
        notice(`task-${task.kind}`, { account: to }, { dueAt: task.dueAt }),
        notice('task-gone', { account: task.assignee }),
      ]
    }
    case 'return-granted':
    case 'return-refused':
    case 'extension-refused':
    case 'suspension-refused':
      return unit(event.type)
    case 'extension-granted':
      return hands(event.type, { dueAt: payloadOf<{ dueAt: number }>(event).dueAt })
    case 'suspended':
      return hands('suspended', { until: payloadOf<{ until: number }>(event).until })
    case 'resumed':
      return hands('resumed', { dueAt: payloadOf<{ dueAt: number }>(event).dueAt })
    case 'appeal-ruled': {
      const about = before.appeals.at(-1)?.about
      return unit(payloadOf<{ granted: boolean }>(event).granted ? 'appeal-granted' : 'appeal-refused', {
        about,
      })
    }
    case 'overseen': {
      const { dueAt } = payloadOf<{ dueAt?: number }>(event)
      return before.department === undefined
        ? waiting(before, (to) => notice('overseen', to, { dueAt }))
        : hands('overseen', { dueAt })
    }
    case 'urged':
      return waiting(before, (to) => notice('urged', to))
    case 'reworked':
      return hands('reworked', { round: before.round + 1, dueAt: dueOfNew(event) })
    case 'reopened':
      return hands('reopened', { round: before.round + 1, dueAt: dueOfNew(event) })
    case 'escalated':
      return climbed(before, event, notice)
    default:
      return []
  }
}

const dueOfNew = (event: AppliedEvent) => payloadOf<{ clock?: { dueAt: number } }>(event).clock?.dueAt

/** Whoever must act next; nobody, where the case waits for a rule. */
function waiting(state: CaseState, make: (to: Audience) => NewNotice): NewNotice[] {
  const who = state.waitsFor?.who
  const holder = openTask(state)?.assignee
  switch (who) {
    case undefined:
      return []
    case 'assignee':
      return holder === undefined ? [] : [make({ account: holder })]
    case 'department':
      return [
        ...(state.department === undefined ? [] : [make({ unit: state.department })]),
        ...(state.unit === undefined ? [] : [make({ unit: state.unit })]),
        ...(state.handler === undefined ? [] : [make({ account: state.handler })]),
      ]
    case 'handler':
      return state.handler === undefined ? [] : [make({ account: state.handler })]
    default:
      return [make({ post: who })]
  }
}

/** A rung: whom it is about stands in the event; a call is made by the centre, 约谈 is arranged by the head. */
function climbed(
  before: CaseState,
  event: AppliedEvent,
  notice: (kind: NoticeKind, to: Audience, params: Record<string, unknown>) => NewNotice,
): NewNotice[] {
  const { rung, do: step, stage, person, unit, post } = payloadOf<Escalated>(event)
  const params = { rung, stage, unit: unit ?? before.department }
  const about: Audience | undefined =
    person !== undefined ? { account: person } : unit !== undefined ? { unit } : post && { post }
  const to = (kind: NoticeKind, audience: Audience | undefined) =>
    audience === undefined ? [] : [notice(kind, audience, params)]
  switch (step) {
    case 'remind':
      return to('remind', about)
    case 'call':
      return [
        ...CALLERS.map((p) => notice('call', { post: p }, params)),
        ...to('called', unit === undefined ? undefined : { unit }),
      ]
    case 'tell':
      return to('told', about)
    case 'oversee':
      // The unit hears of it by the 督办 itself.
      return [notice('oversee', { post: 'duty-manager' }, params)]
    case 'talk':
      return [notice('talk', { post: 'head' }, params), ...to('talked', about)]
  }
}

/** Calendars that run out, told to those who load the next one; `once` names the warning, so that it is told once. */
export const calendarNotices = (warnings: readonly CalendarWarning[]): (NewNotice & { once: string })[] =>
  warnings.flatMap(({ owner, kind, ends }) =>
    KEEPERS.map((post) => ({
      kind: 'calendar' as const,
      for: { post },
      params: drop({ owner, warning: kind, ends }),
      once: `calendar ${owner} ${kind} ${ends ?? ''}`,
    })),
  )

/** An audience in one word: `account:ID`, `post:head`, `unit:water`. */
export const audienceKey = (to: Audience): string =>
  'account' in to ? `account:${to.account}` : 'post' in to ? `post:${to.post}` : `unit:${to.unit}`

/** Every audience that a person belongs to. */
export const audiencesOf = (person: {
  id: string
  posts: readonly Post[]
  department?: string | undefined
}): string[] => [
  audienceKey({ account: person.id }),
  ...person.posts.map((post) => audienceKey({ post })),
  ...(person.department === undefined ? [] : [audienceKey({ unit: person.department })]),
]

/** The duty phone of a unit or the nearest above it that has one, for those who ring it. */
export const phoneOf = (unit: string, city: Pick<City, 'departments'>): string | undefined =>
  city.departments.get(withPhone(unit, city))?.dutyPhone
