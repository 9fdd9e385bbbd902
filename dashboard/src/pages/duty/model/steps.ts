// The keys and the weight of each decision of the desk: one letter an action, and how it is taken (at once, with a few
// seconds to undo it, or with a question first).
import type { STATED_REASONS } from '#domain/reason.ts'

/** Letters that mean the same on every case. No two that can be offered together share one. */
export const STEP_KEYS: Readonly<Record<string, string>> = {
  accept: 'a',
  'request-confirm': 'v',
  reject: 'r',
  merge: 'm',
  file: 'f',
  dispatch: 'd',
  'dispatch-first': 'd',
  'grant-return': 'g',
  'refuse-return': 'r',
  'grant-extension': 'g',
  'refuse-extension': 'r',
  suspend: 's',
  'refuse-suspension': 'r',
  resume: 'e',
  'request-check': 'h',
  rework: 'x',
  close: 'c',
  reopen: 'i',
  void: 'w',
  oversee: 'o',
  urge: 'u',
  comment: 'l',
  'complete-papers': 'p',
}

/** Letters of the desk itself. */
export const DESK_KEYS = {
  next: 'j',
  before: 'k',
  search: '/',
  report: 'n',
  undo: 'z',
  full: 't',
  help: '?',
} as const

export interface Step {
  action: string
  payload: Record<string, unknown>
}

/** How a step is taken: `now` cannot wait, `undo` waits a few seconds, `ask` wants a word or a yes first. */
export type Weight = 'now' | 'undo' | 'ask'

const AT_ONCE: readonly string[] = ['dispatch-first', 'urge', 'comment']
const UNDOABLE: readonly string[] = [
  'accept',
  'request-confirm',
  'file',
  'dispatch',
  'grant-return',
  'grant-extension',
  'suspend',
  'resume',
  'request-check',
  'close',
  'complete-papers',
]

export const weightOf = (action: string): Weight =>
  AT_ONCE.includes(action) ? 'now' : UNDOABLE.includes(action) ? 'undo' : 'ask'

/** What has to be known before it can be sent. */
export type Asks = 'nothing' | 'reason' | 'outcome' | 'case' | 'form'

export function asksFor(
  action: string,
  { hasCategory, hasRequest, hasUnit }: { hasCategory: boolean; hasRequest: boolean; hasUnit: boolean },
): Asks {
  switch (action) {
    case 'reject':
    case 'refuse-return':
    case 'refuse-extension':
    case 'refuse-suspension':
    case 'rework':
    case 'reopen':
    case 'void':
      return 'reason'
    case 'close':
      return 'outcome'
    case 'merge':
      return 'case'
    case 'accept':
    case 'file':
      return hasCategory ? 'nothing' : 'form'
    case 'dispatch':
    case 'dispatch-first':
      return hasUnit ? 'nothing' : 'form'
    case 'suspend':
      return hasRequest ? 'nothing' : 'form'
    case 'request-confirm':
    case 'request-check':
    case 'grant-return':
    case 'grant-extension':
    case 'complete-papers':
    case 'resume':
    case 'urge':
      return 'nothing'
    default:
      return 'form'
  }
}

type Reason = keyof typeof STATED_REASONS

/** Reasons at hand for a step, each by a digit; free words are always possible. */
export function reasonsFor(action: string): readonly Reason[] {
  switch (action) {
    case 'reject':
      return [
        'not-in-scope',
        'below-condition',
        'not-confirmed',
        'position-unclear',
        'handled-already',
        'not-managed-here',
        'outside-city',
        'duplicate',
      ]
    case 'rework':
      return ['not-done', 'half-done', 'back-again', 'false-reply', 'photo-mismatch']
    case 'void':
      return ['duplicate', 'not-in-scope', 'not-found']
    case 'reopen':
      return ['dissatisfied', 'back-again', 'not-done']
    default:
      return []
  }
}
