// What simulated people do with a case, and when: whoever it waits for, and what they decide. Pure: asked again at any
// time, the answer for the same case at the same place is the same, so that nothing has to be remembered.
import type { CaseState, Post, Source, Status, WaitsFor } from '#domain/case.ts'
import type { Action } from '#domain/lifecycle.ts'
import { dice, patience, pick, pickWeighted, whole } from './chance.ts'
import { type Fate, satisfactionOf } from './fate.ts'
import { HOUR_MS, type Hours, MINUTE_MS, minuteOfDay } from './hours.ts'
import {
  CLOSE_NOTES,
  CONFIRM_NOTES,
  EXTENSION_WORDS,
  NOT_CONFIRMED_NOTES,
  OVERSEE_WORDS,
  OVERSIGHT_ANSWERS,
  REFUSE_RETURN_WORDS,
  REOPEN_WORDS,
  SITE_NOTES,
  VOID_WORDS,
} from './texts/replies.ts'
import { conditionNumber, replyText } from './words.ts'

/** A case as people see it: from a CaseState (`lifeCase`) or from the API's answer. Instants are epoch ms. */
export interface LifeCase {
  /** Seed of what becomes of it, e.g. its id. */
  key: string
  source: Source
  category?: string | undefined
  risk?: string | undefined
  /** What the report says. */
  description?: string | undefined
  status: Status
  round: number
  /** Code of the lead unit. */
  department?: string | undefined
  /** Where the present status was entered, and the case's last event. */
  since: number
  lastAt: number
  reportedAt: number
  dispatchedAt?: number | undefined
  dueAt?: number | undefined
  warnAt?: number | undefined
  closedAt?: number | undefined
  /** Its limit runs on without a break. */
  continuous: boolean
  waitsFor?: Pick<WaitsFor, 'who' | 'action' | 'reason' | 'since'> | undefined
  request?: { kind: 'return' | 'extension' | 'suspension'; at: number } | undefined
  /** An oversight 督办 waits for the unit's answer. */
  owesAnswer: boolean
  /** The open field task. */
  task?: { id: string; createdAt: number } | undefined
  /** Result of the newest confirm task. */
  confirmed?: boolean | undefined
  /** Passed to a squad or a person of the unit. */
  assigned: boolean
  /** How often each of these has happened. */
  seen: {
    returnAsked: number
    extensionAsked: number
    suspensionAsked: number
    overseen: number
    reopened: number
  }
  satisfaction?: string | undefined
  /** The open case that it repeats, where the operator sees that. */
  repeats?: string | undefined
}

export interface LifeStep {
  at: number
  who: Post | 'department' | 'assignee'
  action: Action
  payload: Record<string, unknown>
  /** A photo goes with it. */
  photo?: 'after' | 'check' | 'evidence'
}

/** What people go by. */
export interface Ways {
  timeZone: string
  centre: Hours
  shift: Hours
  /** Working time of a unit. */
  unit(code: string | undefined): Hours
  fate(c: LifeCase): Fate
  /** Whom a case goes to that this unit has given back; undefined when nobody else could. */
  otherUnit(c: LifeCase): string | undefined
  /** A second-level unit that the lead passes it to; undefined when it has none. */
  squad(c: LifeCase): string | undefined
  /** Id of a filing condition by its number in the category; undefined when there is none. */
  condition(category: string, number: number): string | undefined
}

/** Reports of these come from people whom nobody has seen: somebody looks first 核实. */
const UNSEEN: readonly Source[] = ['hotline', 'citizen', 'media']
/** Reasons for which nobody needs to go and look. */
const DOUBTS: Readonly<Record<string, string>> = {
  'outside-city': 'outside-city',
  'not-managed-here': 'not-managed-here',
  'no-grid': 'position-unclear',
  'no-text': 'position-unclear',
  'no-category': 'not-in-scope',
  'unknown-category': 'not-in-scope',
}

/** Everything that somebody will do next if nothing else happens first; the earliest is what happens. */
export function nextSteps(c: LifeCase, ways: Ways): LifeStep[] {
  const steps = open(c, ways)
  return steps
    .map((s) => ({ ...s, at: Math.max(Math.round(s.at), c.lastAt + 1000) }))
    .sort((a, b) => a.at - b.at)
}

function open(c: LifeCase, ways: Ways): LifeStep[] {
  const fate = ways.fate(c)
  switch (c.status) {
    case 'reported':
    case 'accepted':
      return c.waitsFor ? before(c, c.waitsFor, fate, ways) : []
    case 'filed':
      return c.waitsFor?.action === 'dispatch'
        ? [...oversight(c, fate, ways), { ...dispatching(c, ways) }]
        : []
    case 'dispatched':
    case 'handling':
      return [...oversight(c, fate, ways), ...inUnit(c, fate, ways)]
    case 'suspended':
      return oversight(c, fate, ways)
    case 'replied':
    case 'checked':
      return c.waitsFor ? [...oversight(c, fate, ways), ...after(c, c.waitsFor, fate, ways)] : []
    case 'closed':
      return afterwards(c, fate, ways)
    default:
      return []
  }
}

const step = (
  who: LifeStep['who'],
  action: Action,
  at: number,
  payload: Record<string, unknown> = {},
): LifeStep => ({ at, who, action, payload })

/** A desk of the centre: soon by day; at night only what is urgent, the rest after eight. */
function atDesk(c: LifeCase, since: number, minutes: number, ways: Ways, name: string): number {
  const median = (c.risk === 'urgent' ? minutes / 2 : minutes) * MINUTE_MS
  const wait = Math.min(patience(median, c.key, c.round, name), 20 * median)
  if (ways.centre.isOpen(since + wait)) return since + wait
  if (c.risk === 'urgent') return since + wait + 2 * MINUTE_MS
  return ways.centre.opening(since + wait) + Math.min(wait, 40 * MINUTE_MS)
}

/** A supervisor on the way: within the half hour for the most part; nobody goes out at night. */
function onSite(c: LifeCase, since: number, ways: Ways, name: string): number {
  const wait = Math.min(patience(10 * MINUTE_MS, c.key, c.round, name), 4 * HOUR_MS)
  const start = ways.shift.opening(since)
  // What has gathered over night is gone round one by one.
  const round = start > since ? dice(c.key, c.round, name, 'queue') * 70 * MINUTE_MS : 0
  return ways.shift.add(start, wait + round)
}

const isUnseen = (c: LifeCase) => UNSEEN.includes(c.source)

/** Accepting, confirming and filing. */
function before(c: LifeCase, waits: NonNullable<LifeCase['waitsFor']>, fate: Fate, ways: Ways): LifeStep[] {
  const who = waits.who
  const at = (minutes: number, name: string) => atDesk(c, waits.since, minutes, ways, name)
  const reject = (reason: string) => [step(who, 'reject', at(6, 'reject'), { reason })]
  switch (waits.action) {
    case 'confirm': {
      const result = !(fate.notFiled && c.repeats === undefined && isDenied(c))
      const note = pick(result ? CONFIRM_NOTES : NOT_CONFIRMED_NOTES, c.key, 'confirm')
      const said = dice(c.key, 'note') < 0.3 || !result ? { note } : {}
      return [
        {
          ...step('assignee', 'confirm', onSite(c, c.task?.createdAt ?? waits.since, ways, 'confirm'), {
            result,
            ...said,
          }),
          photo: 'check',
        },
      ]
    }
    case 'accept': {
      const doubt = DOUBTS[waits.reason]
      if (doubt !== undefined) return reject(doubt)
      if (c.confirmed === false)
        return reject(dice(c.key, 'gone') < 0.4 ? 'handled-already' : 'not-confirmed')
      if (fate.notFiled && c.confirmed === undefined) {
        if (c.repeats !== undefined) return [step(who, 'merge', at(5, 'merge'), { into: c.repeats })]
        if (!isUnseen(c) || !isDenied(c)) return reject(refusal(c))
      }
      if (isUnseen(c) && c.confirmed === undefined)
        return [step(who, 'request-confirm', at(3, 'request-confirm'))]
      return [step(who, 'accept', at(3, 'accept'))]
    }
    case 'file': {
      const doubt = DOUBTS[waits.reason] ?? (c.confirmed === false ? 'not-confirmed' : undefined)
      if (doubt !== undefined) return reject(doubt)
      if (fate.notFiled && c.repeats !== undefined)
        return [step(who, 'merge', at(5, 'merge'), { into: c.repeats })]
      if (fate.notFiled && c.confirmed !== true) return reject(refusal(c))
      return [step(who, 'file', at(4, 'file'), filing(c, ways))]
    }
    default:
      return []
  }
}

/** Of reports of the public that come to nothing, so many turn out so on site. */
const isDenied = (c: LifeCase) => isUnseen(c) && dice(c.key, 'denied') < 0.5

const refusal = (c: LifeCase): string =>
  c.source === 'grid'
    ? pickWeighted(
        ['below-condition', 'handled-already', 'position-unclear', 'duplicate'],
        (r) => ({ 'below-condition': 6, 'handled-already': 3, 'position-unclear': 1, duplicate: 1 })[r] ?? 1,
        c.key,
        'why',
      )
    : pickWeighted(
        ['not-in-scope', 'position-unclear', 'below-condition', 'duplicate'],
        (r) => ({ 'not-in-scope': 5, 'position-unclear': 3, 'below-condition': 2, duplicate: 1 })[r] ?? 1,
        c.key,
        'why',
      )

/** The condition that the words describe. */
function filing(c: LifeCase, ways: Ways): Record<string, unknown> {
  if (c.category === undefined) return {}
  const number = conditionNumber(c.category, c.description ?? '')
  const condition = number === 1 ? undefined : ways.condition(c.category, number)
  return condition === undefined ? {} : { condition }
}

function dispatching(c: LifeCase, ways: Ways): LifeStep {
  const since = c.waitsFor?.since ?? c.since
  const isBack = c.waitsFor?.reason === 'returned' || c.seen.returnAsked > 0
  const other = isBack ? ways.otherUnit(c) : undefined
  return step(
    'dispatcher',
    'dispatch',
    atDesk(c, since, 6, ways, 'dispatch'),
    other ? { department: other } : {},
  )
}

/** Of its cases a unit passes so many to a squad, crew or contractor. */
const PASSED_ON = 0.65
const RETURNS = ['not-ours', 'owner-unknown', 'under-construction'] as const

/** What happens in the unit, and what the centre answers to its requests. */
function inUnit(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.request) return answers(c, c.request, fate, ways)
  const hours = ways.unit(c.department)
  if (c.status === 'dispatched') {
    const median = (c.risk === 'urgent' ? 3 : 7) * MINUTE_MS
    const wait = Math.min(patience(median, c.key, c.department ?? '', 'acknowledge'), 45 * MINUTE_MS)
    const at = soonest(c, c.since, wait, hours)
    if (fate.returned && c.seen.returnAsked === 0 && ways.otherUnit(c) !== undefined) {
      const reason = pickWeighted(RETURNS, (r) => (r === 'not-ours' ? 6 : 2), c.key, 'return-why')
      return [{ ...step('department', 'request-return', at + 4 * MINUTE_MS, { reason }), photo: 'evidence' }]
    }
    return [step('department', 'acknowledge', at)]
  }
  if (fate.voided) {
    const reason = pick(VOID_WORDS, c.key, 'void')
    return [step('duty-manager', 'void', atDesk(c, c.since, 25, ways, 'void'), { reason })]
  }
  const steps: LifeStep[] = []
  const squad = c.assigned || dice(c.key, 'passes-on') > PASSED_ON ? undefined : ways.squad(c)
  if (squad !== undefined && c.round === 1) {
    const wait = Math.min(patience(4 * MINUTE_MS, c.key, 'assign'), 15 * MINUTE_MS)
    steps.push(step('department', 'assign', c.since + wait, { handler: squad }))
  }
  const due = c.dueAt ?? c.since + HOUR_MS
  const warn = c.warnAt ?? due
  if (fate.suspended && c.seen.suspensionAsked === 0) {
    const at = hours.add(c.since, (0.5 + dice(c.key, 'suspend') * 2) * HOUR_MS)
    const reason = c.category === 'C0402' ? 'planting-season' : 'planned'
    const days = whole(14, 60, c.key, 'suspend-days')
    const ask = step('department', 'request-suspension', Math.min(at, due - MINUTE_MS), {
      reason,
      until: new Date(Math.round(at + days * 24 * HOUR_MS)).toISOString(),
    })
    return [...steps, { ...ask, photo: 'evidence' }]
  }
  if (fate.extended && c.seen.extensionAsked === 0 && c.round === 1 && c.lastAt < warn - 10 * MINUTE_MS) {
    const reason = pick(Object.keys(EXTENSION_WORDS), c.key, 'extension')
    return [
      ...steps,
      step(
        'department',
        'request-extension',
        c.since + (warn - c.since) * (0.45 + 0.45 * dice(c.key, 'ask')),
        {
          reason,
        },
      ),
    ]
  }
  const reply: LifeStep = {
    ...step('department', 'reply', replyAt(c, due, fate, hours, ways), {
      result: replyText(c.category ?? '', c.key, c.round),
      outcome: 'fixed',
    }),
    photo: 'after',
  }
  return [...steps, reply]
}

/** Out of hours a unit moves only where its limit runs on. */
const soonest = (c: LifeCase, since: number, wait: number, hours: Hours): number =>
  c.continuous || hours.isOpen(since + wait)
    ? since + wait
    : hours.opening(since + wait) + Math.min(wait, 25 * MINUTE_MS)

/** Replies come in before lunch and in the afternoon. */
function hourWeight(at: number, timeZone: string): number {
  const minute = minuteOfDay(at, timeZone)
  if (minute >= 600 && minute < 720) return 4
  if (minute >= 900 && minute < 1050) return 4
  if (minute >= 540 && minute < 600) return 1.6
  if (minute >= 840 && minute < 900) return 1.6
  if (minute >= 480 && minute < 1140) return 0.8
  return 0.35
}

function replyAt(c: LifeCase, due: number, fate: Fate, hours: Hours, ways: Ways): number {
  const tries = [0, 1, 2, 3, 4, 5]
  if (fate.late && c.round === 1) {
    // Most by hours, some by days, a few by weeks.
    const roll = dice(c.key, 'how-late')
    const overrun =
      roll < 0.62
        ? patience(1.4 * HOUR_MS, c.key, 'late')
        : roll < 0.9
          ? patience(8 * HOUR_MS, c.key, 'late')
          : patience(55 * HOUR_MS, c.key, 'late')
    const at = hours.add(due + 5 * MINUTE_MS, Math.min(overrun, 190 * HOUR_MS))
    return Math.max(at, c.lastAt + 10 * MINUTE_MS)
  }
  const begun = Math.max(c.since, c.lastAt)
  const left = c.continuous ? due - begun : hours.between(begun, due)
  if (left <= 4 * MINUTE_MS) return Math.max(begun + MINUTE_MS, Math.min(due - 1000, begun + 15 * MINUTE_MS))
  const at = (n: number) => {
    const part = left * (0.1 + 0.82 * dice(c.key, c.round, 'reply', n) ** 1.25)
    return c.continuous ? begun + part : hours.add(begun, part)
  }
  const n = pickWeighted(tries, (t) => hourWeight(at(t), ways.timeZone), c.key, c.round, 'reply-hour')
  return Math.min(at(n), due - 1000)
}

/** Returns, extensions and suspensions are decided. */
function answers(c: LifeCase, request: NonNullable<LifeCase['request']>, fate: Fate, ways: Ways): LifeStep[] {
  const who = c.waitsFor?.who ?? 'duty-manager'
  const at = atDesk(c, c.waitsFor?.since ?? request.at, 12, ways, `answer-${request.kind}-${who}`)
  switch (request.kind) {
    case 'return':
      return [
        fate.granted
          ? step(who, 'grant-return', at)
          : step(who, 'refuse-return', at, { reason: pick(REFUSE_RETURN_WORDS, c.key, 'refuse') }),
      ]
    case 'extension':
      return [
        dice(c.key, 'grant-extension') < 0.9
          ? step(who, 'grant-extension', at)
          : step(who, 'refuse-extension', at, { reason: '不具备延期条件，请按时处置' }),
      ]
    case 'suspension':
      return [step(who, 'suspend', at)]
  }
}

const FAILS = ['half-done', 'not-done', 'back-again', 'photo-mismatch', 'false-reply'] as const
const FAIL_WEIGHT: Readonly<Record<string, number>> = {
  'half-done': 45,
  'not-done': 20,
  'back-again': 20,
  'photo-mismatch': 10,
  'false-reply': 5,
}

/** The look after the reply, and the closing. */
function after(c: LifeCase, waits: NonNullable<LifeCase['waitsFor']>, fate: Fate, ways: Ways): LifeStep[] {
  const at = (minutes: number, name: string) => atDesk(c, waits.since, minutes, ways, name)
  switch (waits.action) {
    case 'pass': {
      const when = onSite(c, c.task?.createdAt ?? waits.since, ways, 'check')
      if (fate.reworked && c.round === 1) {
        const reason = pickWeighted(FAILS, (r) => FAIL_WEIGHT[r] ?? 1, c.key, 'fail')
        return [{ ...step('assignee', 'fail', when, { reason }), photo: 'check' }]
      }
      const note = dice(c.key, c.round, 'note') < 0.15 ? { note: pick(SITE_NOTES, c.key, 'site-note') } : {}
      return [{ ...step('assignee', 'pass', when, note), photo: 'check' }]
    }
    case 'request-check':
      return [step(waits.who, 'request-check', at(8, 'request-check'))]
    case 'rework': {
      const reason = pickWeighted(FAILS, (r) => FAIL_WEIGHT[r] ?? 1, c.key, 'fail')
      return [step(waits.who, 'rework', at(8, 'rework'), { reason })]
    }
    case 'close': {
      // Much of the afternoon is closed together before the day ends.
      const minute = minuteOfDay(waits.since, ways.timeZone)
      const together = minute >= 840 && minute < 1035 && dice(c.key, 'together') < 0.45
      const session = waits.since + (1040 - minute + dice(c.key, 'session') * 45) * MINUTE_MS
      const note = dice(c.key, 'close-note') < 0.1 ? { note: pick(CLOSE_NOTES, c.key, 'close-note') } : {}
      return [step(waits.who, 'close', together ? session : at(22, 'close'), { outcome: 'fixed', ...note })]
    }
    default:
      return []
  }
}

/** 督办: somebody above looks into it. */
function oversight(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.owesAnswer && c.department !== undefined) {
    const at = soonest(c, c.lastAt, (20 + dice(c.key, 'answer') * 100) * MINUTE_MS, ways.unit(c.department))
    return [step('department', 'answer-oversight', at, { result: pick(OVERSIGHT_ANSWERS, c.key, 'answer') })]
  }
  if (!fate.overseen || c.seen.overseen > 0 || c.dispatchedAt === undefined) return []
  const who = pickWeighted(
    ['head', 'leader', 'duty-manager'] as const,
    (w) => ({ head: 5, leader: 3, 'duty-manager': 2 })[w],
    c.key,
    'overseer',
  )
  // What is late is looked into once it is; the rest soon, because somebody important asked.
  const from = fate.late && c.dueAt !== undefined ? c.dueAt : c.dispatchedAt
  const at = ways.centre.add(from, (0.1 + dice(c.key, 'oversee') * 0.6) * HOUR_MS)
  const note = pick(OVERSEE_WORDS, c.key, 'oversee-words')
  return [step(who, 'oversee', at, { note })]
}

/** Call-back 回访, and a case that was not done after all. */
function afterwards(c: LifeCase, fate: Fate, ways: Ways): LifeStep[] {
  if (c.closedAt === undefined || (c.source !== 'hotline' && c.source !== 'citizen')) return []
  if (c.satisfaction === undefined) {
    if (!fate.calledBack) return []
    const at = ways.centre.add(c.closedAt, (1 + dice(c.key, c.round, 'call') * 16) * HOUR_MS)
    const isFine = fate.satisfied || c.seen.reopened > 0
    return [step('operator', 'rate', at, { satisfaction: satisfactionOf(`${c.key}|${c.round}`, isFine) })]
  }
  if (!fate.reopened || c.seen.reopened > 0 || !/dissatisfied/.test(c.satisfaction)) return []
  const reason = dice(c.key, 'reopen') < 0.6 ? 'dissatisfied' : pick(REOPEN_WORDS, c.key, 'reopen')
  return [step('duty-manager', 'reopen', atDesk(c, c.lastAt, 30, ways, 'reopen'), { reason })]
}

const CONTINUOUS = /^(urgent|natural)-/

/** A case as people see it, from its state. */
export function lifeCase(
  state: CaseState,
  more: Pick<LifeCase, 'key' | 'risk' | 'description' | 'repeats'>,
): LifeCase {
  const task = state.tasks.find((t) => t.status === 'assigned' || t.status === 'accepted')
  const confirm = state.tasks.findLast((t) => t.kind === 'confirm' && t.status === 'reported')
  const n = (type: string) => state.seen[type] ?? 0
  return {
    ...more,
    source: state.source,
    category: state.category,
    status: state.status,
    round: state.round,
    department: state.department,
    since: state.since,
    lastAt: state.lastAt,
    reportedAt: state.reportedAt,
    dispatchedAt: state.clock?.startedAt ?? state.dispatchedAt,
    dueAt: state.clock?.dueAt,
    warnAt: state.clock?.warnAt,
    closedAt: state.closedAt,
    continuous: CONTINUOUS.test(state.clock?.limit.unit ?? ''),
    waitsFor: state.waitsFor,
    request: state.request && { kind: state.request.kind, at: state.request.at },
    task: task && { id: task.id, createdAt: task.createdAt },
    confirmed: confirm?.result,
    owesAnswer: state.oversights?.some((o) => o.answeredAt === undefined) ?? false,
    assigned: state.handler !== undefined || state.unit !== undefined,
    seen: {
      returnAsked: n('return-requested'),
      extensionAsked: n('extension-requested'),
      suspensionAsked: n('suspension-requested'),
      overseen: state.overseen,
      reopened: n('reopened'),
    },
    satisfaction: state.satisfaction,
  }
}
