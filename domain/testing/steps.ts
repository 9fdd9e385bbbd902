// The lifecycle table of the design, read once more by hand: in which situation each step is possible, for whom, and
// where it leads. Written without looking at domain/lifecycle.ts, so that the two can be compared.
import type { Status } from '../case.ts'
import type { Recipe } from './builder.ts'
import type { PersonName } from './people.ts'

export interface ExpectedStep {
  action: string
  from: readonly Recipe[]
  to: Status | 'same'
  by: readonly PersonName[]
}

const REPORTED = ['reported', 'waiting', 'confirming', 'confirmed'] as const
const ACCEPTED = ['accepted', 'accepted, confirming', 'urgent'] as const
const FILED = ['filed', 'returned'] as const
const SENT = ['dispatched', 'papers owed', 'return requested', 'second return requested'] as const
const DISPATCHED = [...SENT, 'in a pool'] as const
/** The unit has it and asks for nothing. */
const FREE = ['handling', 'taken', 'extended', 'overdue', 'reworked', 'reopened', 'overseen'] as const
const IN_UNIT = [
  ...FREE,
  'handling, return requested',
  'extension requested',
  'suspension requested',
] as const
const HANDLING = [...IN_UNIT, 'claimed'] as const
const UNTAKEN = IN_UNIT.filter((r) => r !== 'taken')
const REPLIED = ['replied', 'checking', 'check accepted', 'failed'] as const
const CLOSED = ['closed', 'appealed', 'self-handled'] as const
const OPEN = [
  ...REPORTED,
  ...ACCEPTED,
  ...FILED,
  ...DISPATCHED,
  ...HANDLING,
  'suspended',
  ...REPLIED,
  'checked',
] as const
const ENDED = [...CLOSED, 'rejected', 'merged', 'voided'] as const
/** The water bureau leads it. */
const LED = [...SENT, ...IN_UNIT, 'suspended', ...REPLIED, 'checked', 'closed', 'appealed', 'voided'] as const
const CONFIRMING = ['confirming', 'accepted, confirming'] as const
const CHECKING = ['checking', 'check accepted'] as const

const LEAD = ['water', 'canal'] as const
const HANDLERS = ['waterHandler', 'waterHandler2'] as const
/** Possible, but this case has nobody who could: it is led by no unit. */
const NOBODY = [] as const
const step = (
  action: string,
  from: readonly Recipe[],
  to: ExpectedStep['to'],
  by: readonly PersonName[],
): ExpectedStep => ({ action, from, to, by })

export const EXPECTED_STEPS: readonly ExpectedStep[] = [
  step('screen', REPORTED, 'same', ['rule']),
  step('await-decision', [...REPORTED, ...ACCEPTED, ...FILED, ...REPLIED, 'checked'], 'same', ['rule']),
  step('accept', REPORTED, 'accepted', ['rule', 'operator', 'duty']),
  step('request-confirm', ['reported', 'waiting', 'confirmed', 'accepted', 'urgent'], 'same', [
    'rule',
    'operator',
    'duty',
  ]),
  step('confirm', CONFIRMING, 'same', ['supervisor']),
  step('reject', [...REPORTED, ...ACCEPTED, 'returned'], 'rejected', ['operator', 'duty']),
  step('merge', [...REPORTED, ...ACCEPTED, ...FILED], 'merged', ['rule', 'operator', 'duty']),
  step('file', ACCEPTED, 'filed', ['rule', 'duty']),
  step('dispatch', FILED, 'dispatched', ['rule', 'dispatcher', 'duty']),
  step('acknowledge', SENT, 'handling', LEAD),
  step('claim', ['in a pool'], 'handling', [
    ...LEAD,
    'sanitation',
    'east',
    ...HANDLERS,
    'sanitationHandler',
    'grid',
    'grid2',
  ]),
  step('request-return', ['dispatched', 'papers owed', ...FREE], 'same', LEAD),
  step('request-return', ['in a pool', 'claimed'], 'same', NOBODY),
  step('grant-return', ['return requested', 'handling, return requested'], 'filed', [
    'dispatcher',
    'duty',
    'head',
  ]),
  step('grant-return', ['second return requested'], 'filed', ['head']),
  step('refuse-return', ['return requested', 'handling, return requested'], 'same', [
    'dispatcher',
    'duty',
    'head',
  ]),
  step('refuse-return', ['second return requested'], 'same', ['head']),
  step('assign', IN_UNIT, 'same', LEAD),
  step('assign', ['claimed'], 'same', NOBODY),
  step('take', UNTAKEN, 'same', [...LEAD, ...HANDLERS]),
  step('take', ['taken'], 'same', [...LEAD, 'waterHandler']),
  step('take', ['claimed'], 'same', ['grid2']),
  step(
    'request-extension',
    ['handling', 'taken', 'extended', 'reworked', 'reopened', 'overseen'],
    'same',
    LEAD,
  ),
  step('request-extension', ['claimed'], 'same', NOBODY),
  step('grant-extension', ['extension requested'], 'same', ['dispatcher', 'duty', 'head']),
  step('refuse-extension', ['extension requested'], 'same', ['dispatcher', 'duty', 'head']),
  step('request-suspension', FREE, 'same', LEAD),
  step('request-suspension', ['claimed'], 'same', NOBODY),
  step('suspend', [...FREE, 'claimed', 'suspension requested'], 'suspended', ['duty', 'head']),
  step('refuse-suspension', ['suspension requested'], 'same', ['duty', 'head']),
  step('resume', ['suspended'], 'handling', ['rule', ...LEAD, 'duty', 'head']),
  step('reply', UNTAKEN, 'replied', [...LEAD, ...HANDLERS]),
  step('reply', ['taken'], 'replied', [...LEAD, 'waterHandler']),
  step('reply', ['claimed'], 'replied', ['grid2']),
  step('self-handle', [...REPORTED, ...ACCEPTED, ...FILED, ...DISPATCHED], 'closed', ['grid']),
  step('request-check', ['replied', 'failed'], 'same', ['rule', 'operator', 'dispatcher', 'duty']),
  step('pass', CHECKING, 'checked', ['supervisor']),
  step('fail', CHECKING, 'same', ['supervisor']),
  step('rework', [...REPLIED, 'checked'], 'handling', ['rule', 'duty']),
  step('close', ['checked'], 'closed', ['rule', 'duty']),
  step('reopen', ['closed', 'appealed'], 'handling', ['duty']),
  step('void', [...ACCEPTED, ...FILED, ...DISPATCHED, ...HANDLING, 'suspended', ...REPLIED], 'voided', [
    'duty',
  ]),
  step('oversee', OPEN, 'same', ['rule', 'duty', 'head', 'leader']),
  step('answer-oversight', ['overseen'], 'same', LEAD),
  // No rung without a ladder, and this city has none: domain/escalate.test.ts climbs.
  step('escalate', [], 'same', ['rule']),
  step('dispatch-first', ['urgent'], 'dispatched', ['operator', 'dispatcher', 'duty']),
  step('complete-papers', ['papers owed'], 'same', ['operator', 'duty']),
  step('co-answer', [...SENT, ...IN_UNIT, 'suspended', ...REPLIED, 'checked'], 'same', ['east']),
  step('co-answer', ['in a pool', 'claimed'], 'same', NOBODY),
  step('urge', OPEN, 'same', ['rule', 'operator', 'dispatcher', 'duty', 'head', 'leader']),
  step('comment', [...OPEN, ...ENDED], 'same', [
    'operator',
    'dispatcher',
    'duty',
    'head',
    'evaluator',
    'leader',
    'supervisor',
    'supervisor2',
  ]),
  step('comment', LED, 'same', LEAD),
  step(
    'comment',
    LED.filter((r) => r !== 'taken'),
    'same',
    HANDLERS,
  ),
  step('comment', ['taken'], 'same', ['waterHandler']),
  step('comment', ['claimed'], 'same', ['grid2']),
  step('appeal', ['closed'], 'same', LEAD),
  step('appeal', ['self-handled'], 'same', NOBODY),
  step('rule-on-appeal', ['appealed'], 'same', ['evaluator']),
  step('rate', CLOSED, 'same', ['grid', 'operator', 'duty']),
  step('accept-task', [...CONFIRMING, 'checking'], 'same', ['supervisor']),
  step('hand-over-task', [...CONFIRMING, ...CHECKING], 'same', ['rule', 'supervisor', 'dispatcher', 'duty']),
]

/** Possible at further statuses too, when something else stands in the case; the scenarios go there. */
export const CONDITIONAL: ReadonlySet<string> = new Set([
  'answer-oversight',
  'dispatch-first',
  'complete-papers',
  'escalate',
])

const OFFICERS: readonly PersonName[] = ['water', 'canal', 'sanitation', 'east']
const UNIT_HANDLERS: readonly PersonName[] = ['waterHandler', 'waterHandler2', 'sanitationHandler']
const OUTDOORS: readonly PersonName[] = ['supervisor', 'supervisor2', 'grid', 'grid2']

/** Who could take the step on some case, though not on this one: their refusal names the case, not their post. */
export function couldEver(action: string): ReadonlySet<PersonName> {
  const named = EXPECTED_STEPS.filter((s) => s.action === action).flatMap((s) => s.by)
  const colleagues = [OFFICERS, UNIT_HANDLERS].filter((group) => group.some((p) => named.includes(p)))
  const tasks = ['confirm', 'pass', 'fail', 'accept-task', 'hand-over-task', 'comment']
  const crew = action === 'co-answer' ? UNIT_HANDLERS : []
  const outdoors = [...tasks, 'self-handle', 'rate'].includes(action) ? OUTDOORS : []
  // A claimed case is its claimant's to handle; that makes no grid member a handler.
  const people = named.filter((p) => p !== 'grid2' || action === 'claim')
  return new Set([...people, ...colleagues.flat(), ...crew, ...outdoors])
}
