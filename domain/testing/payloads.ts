// A payload that the rules accept for an action on a given case, with what the edge would have looked up for it.
import type { CaseState, Status } from '../case.ts'
import type { Command, Payloads } from '../command.ts'
import type { DecideContext } from '../decision.ts'
import type { Action } from '../lifecycle.ts'
import { openTask } from '../apply.ts'

const DAY = 86_400_000
export const photo = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** What is decided next at a status. */
const AWAITED: Partial<Record<Status, Action>> = {
  reported: 'accept',
  accepted: 'file',
  filed: 'dispatch',
  replied: 'request-check',
}

export interface ValidCommand {
  command: Command
  resolved?: DecideContext['resolved']
}

/** Free words are marked, so that a test can look for them where they must not be. */
export const WORDS = '张三说：电话13800138000，请上午来'

/** @param now log clock, epoch ms. */
export function validCommand(action: Action, state: CaseState, now: number): ValidCommand {
  const of = <A extends Action>(
    a: A,
    payload: Payloads[A],
    resolved?: DecideContext['resolved'],
  ): ValidCommand => ({
    command: { action: a, payload } as unknown as Command,
    ...(resolved ? { resolved } : {}),
  })
  const here = { location: { lng: 113.905, lat: 29.7105 }, photos: [photo(3)] }
  const until = new Date(now + 10 * DAY).toISOString()
  switch (action) {
    case 'await-decision':
      return of(action, { action: AWAITED[state.status] ?? 'close', who: 'duty-manager', reason: 'policy' })
    case 'accept':
      return of(action, {})
    case 'confirm':
      return of(action, { result: true, note: WORDS, ...here })
    case 'reject':
    case 'refuse-return':
    case 'refuse-extension':
    case 'refuse-suspension':
    case 'request-extension':
    case 'rework':
    case 'reopen':
    case 'void':
      return of(action, { reason: WORDS })
    case 'merge':
      return of(action, { into: 'R201909290099' }, { into: 'another-case' })
    case 'file':
      return of(action, state.category === undefined ? { categoryCode: 'E0125' } : {})
    case 'dispatch':
      return of(action, state.dispatchMode === 'claim' ? { pool: 'party' } : { department: 'water' })
    case 'request-return':
      return of(action, { reason: WORDS, suggested: 'municipal', photos: [photo(4)] })
    case 'assign':
      return of(action, { handler: 'handler-water' }, { handler: 'u-water-handler', unit: 'water-canal' })
    case 'request-confirm':
    case 'request-check':
      return of(action, { to: 'supervisor' }, { to: 'u-supervisor' })
    case 'request-suspension':
      return of(action, { until, reason: WORDS })
    case 'suspend':
      return of(action, { until })
    case 'reply':
      return of(action, { result: WORDS, outcome: 'fixed', photos: [photo(2)] })
    case 'self-handle':
      return of(action, { result: WORDS, photos: [photo(1), photo(2)] })
    case 'pass':
      return of(action, { note: WORDS, ...here })
    case 'fail':
      return of(action, { reason: WORDS, ...here })
    case 'close':
      return of(action, { outcome: 'fixed', note: WORDS })
    case 'oversee':
      return of(action, { note: WORDS, dueAt: until })
    case 'answer-oversight':
      return of(action, { result: WORDS })
    case 'dispatch-first':
      return of(action, { department: 'water' })
    case 'co-answer':
      return of(action, { step: 'answered', result: WORDS, photos: [photo(5)] })
    case 'escalate':
      return of(action, { rung: 'near' })
    case 'urge':
      return of(action, { note: WORDS })
    case 'comment':
      return of(action, { text: WORDS })
    case 'appeal':
      return of(action, { about: 'overdue', reason: WORDS })
    case 'rule-on-appeal':
      return of(action, { granted: true, note: WORDS })
    case 'rate':
      return of(action, { satisfaction: '不满意' })
    case 'accept-task':
      return of(action, { taskId: openTask(state)?.id ?? 'none' })
    case 'hand-over-task': {
      const task = openTask(state)
      const to = task?.assignee === 'u-supervisor-2' ? 'u-supervisor' : 'u-supervisor-2'
      return of(action, { taskId: task?.id ?? 'none', to, reason: WORDS }, { to })
    }
    default:
      return of(action, {})
  }
}
