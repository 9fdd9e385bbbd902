// What each flag says, in a sentence, and for whom it counts; and the usual indicators as combinations of flags. The text
// of docs/flags.md; a test holds `for` against what domain/flags.ts does.
import type { FlagFor } from './flag.ts'
import type { FlagKey } from './table.ts'

export interface Meaning {
  /** True from when, and until when where it ends by itself. */
  says: string
  /** `unit`: for the city and the unit that had the case then; `city`: for the city with its areas and categories only. */
  for: readonly ('city' | 'unit' | 'worker')[]
}

const city = ['city'] as const
/** With a unit once there is one: a pool, or a case overseen before its dispatch, has none. */
const maybe = ['city', 'unit'] as const
const both = ['city', 'worker'] as const
const m = (says: string, to: Meaning['for']): Meaning => ({ says, for: to })

export const MEANINGS: Readonly<Record<FlagKey, Meaning>> = {
  reported: m('It came in. Counts for the reporter too, if there is an account.', both),
  'public-reported': m('It came from the public: by themselves, the hotline, Open311 or the media.', city),
  'valid-reported': m('It was filed, or voided before that: 立案 + 作废.', both),
  missed: m('The public reported what was then filed: nobody of the grid had.', city),
  urgent: m('It is of urgent risk, for as long as its category says so.', city),

  accepted: m('Accepted.', both),
  'due-accepted': m('Accepted, or the limit ran out; a rejection or merging in time leaves it out.', both),
  'on-time-accepted': m(
    'Accepted within the limit. While somebody looks 核实, the limit stands still.',
    both,
  ),
  'overdue-unaccepted': m('Not accepted though the limit has run out, until it is.', both),
  filed: m('Filed. Voiding leaves it; rejecting or merging after a return does not.', both),
  'due-filed': m('Filed, or the limit ran out.', both),
  'on-time-filed': m('Filed within the limit, which stands still while somebody looks.', both),
  'overdue-unfiled': m('Not filed though the limit has run out, until it is.', both),
  'accurately-filed': m('Filed and not voided, rejected or merged since: 立案 − 作废.', both),
  'papers-owed': m('Dispatched before its papers, until they are written.', city),
  dispatched: m('Sent to a unit or a pool, and not given back since.', ['city', 'unit', 'worker']),
  'due-dispatched': m('Sent, or the limit ran out.', both),
  'on-time-dispatched': m('Sent within the limit.', both),
  'overdue-undispatched': m('Not sent though the limit has run out, until it is.', both),
  'accurately-dispatched': m('Sent, and not given back since.', both),
  misdispatched: m(
    'A return was granted, or an appeal about it; not if the case then went to the same unit again. Counts for whoever had sent it.',
    both,
  ),

  acknowledged: m('The unit signed, or somebody claimed it.', maybe),
  'due-acknowledged': m('Signed, or the limit ran out.', maybe),
  'on-time-acknowledged': m('Signed within the limit, on the unit’s calendar.', maybe),
  'overdue-unacknowledged': m('Not signed though the limit has run out, until it is.', maybe),

  unreplied: m('With the unit and its clock running, in time or not.', maybe),
  'in-time-unreplied': m('With the unit, its limit still running: left out of every 应….', maybe),
  'overdue-unreplied': m('With the unit, its limit run out, until the reply or an extension.', maybe),
  replied: m('The unit has replied and no later round has put another reply in its place.', maybe),
  'due-replied': m('处置 + 超期未处置: replied, or the limit ran out. Not while suspended.', maybe),
  'on-time-replied': m(
    'The reply that stands came by its due time, extensions and suspensions counted in. How long the check took does not matter.',
    maybe,
  ),
  'late-replied': m('The reply that stands came after its due time.', maybe),
  'was-overdue': m(
    'Its limit ran out once in this go; never taken back by an extension, a return or a later round.',
    maybe,
  ),

  confirmed: m('Somebody looked before filing and said what was there; once a task.', both),
  'due-confirmed': m('Looked, or the task’s limit ran out.', both),
  'on-time-confirmed': m('Looked within the limit, on the supervisors’ calendar.', both),
  'overdue-unconfirmed': m('Not looked though the limit has run out; for whoever held the task then.', both),
  'awaiting-check': m('Replied, and nobody has passed it yet.', maybe),
  checked: m('Somebody looked after the reply, passing it or not; once a task.', both),
  'due-checked': m('Looked, or the task’s limit ran out.', both),
  'on-time-checked': m('Looked within the limit, on the supervisors’ calendar.', both),
  'overdue-unchecked': m('Not looked though the limit has run out; for whoever held the task then.', both),
  'check-passed': m('Seen on site: done.', maybe),
  'check-failed': m('Seen on site: not done.', maybe),
  'false-replied': m('The reply was found false on site; once a round.', maybe),
  reworked: m('Sent back to the same unit; of the round that was found wanting.', maybe),

  'awaiting-close': m('Passed, and not closed yet.', maybe),
  closed: m('Closed after a reply that passed, until reopened. Fixed on the spot is counted apart.', [
    'city',
    'unit',
    'worker',
  ]),
  'due-closed': m(
    '处置 + 超期未处置. While it waits for the check or the closing it counts for the city only, never for the unit.',
    ['city', 'unit', 'worker'],
  ),
  'on-time-closed': m(
    'Closed, and the reply it rests on came in time. For whoever closed: the closing came within its own limit.',
    ['city', 'unit', 'worker'],
  ),
  'late-closed': m('Closed, and the reply it rests on was late. For whoever had to close: the closing was.', [
    'city',
    'unit',
    'worker',
  ]),
  'overdue-unclosed': m(
    'Not closed, and the unit’s limit has run out or its reply was late; in the wait for check and closing for the city only. For whoever has to close: the limit of closing has run out.',
    ['city', 'unit', 'worker'],
  ),
  reopened: m('Opened again after a closing; of the round that had been closed.', maybe),

  'return-requested': m('The unit said that it is not the right one.', maybe),
  'return-refused': m('It was told that it is.', maybe),
  returned: m('It was given leave to hand the case back; each time.', maybe),
  'extension-requested': m('The unit asked for more time.', maybe),
  extended: m('It got more time; each time.', maybe),
  suspended: m('Suspended 缓办, until it resumes: in no 应… meanwhile.', maybe),
  'self-handled': m('Fixed on the spot by the reporter: theirs alone, no unit’s.', both),

  overseen: m('Somebody above wants an answer; each time.', maybe),
  'overseen-unanswered': m('The answer is not there, until it is or the case ends.', maybe),
  'oversight-answered': m('Answered.', maybe),
  'due-oversight-answered': m('Answered, or its limit ran out.', maybe),
  'on-time-oversight-answered': m('Answered within its limit.', maybe),
  'overdue-oversight': m('Not answered though its limit has run out, until it is.', maybe),
  urged: m('A reminder; each time.', maybe),

  'outside-answered': m('The first end of a case that another system had set a due time for.', city),
  'due-outside-answered': m('Ended, or that due time has passed.', city),
  'on-time-outside-answered': m('Ended by that due time.', city),
  'overdue-outside': m(
    'Not ended though that due time has passed: the city’s, never held against the unit.',
    city,
  ),

  voided: m('Should never have been a case. Nothing of it counts for a unit any more.', city),
  rejected: m('Not taken on, or not filed.', city),
  merged: m('The same matter as another case, which counts for both.', city),

  'called-back': m('Somebody of the centre asked the reporter; each time.', ['city', 'unit', 'worker']),
  'very-satisfied': m('The latest word of the reporter on this closing.', maybe),
  satisfied: m('The latest word of the reporter on this closing.', maybe),
  neutral: m('The latest word of the reporter on this closing.', maybe),
  dissatisfied: m('The latest word on this closing: dissatisfied, or very.', maybe),
  appealed: m('The unit appealed; each time.', maybe),
  'appeal-granted': m('Granted; each time.', maybe),
}

/** The usual indicators 常用指标 as a pack can write them; rates leave exempt flags out, totals hold them. */
export const USUAL_INDICATORS: readonly { zh: string; over: string; under: string; note?: string }[] = [
  { zh: '处置率', over: 'replied', under: 'due-replied' },
  { zh: '按期处置率', over: 'on-time-replied', under: 'due-replied' },
  { zh: '超期待处置率', over: 'overdue-unreplied', under: 'due-replied' },
  { zh: '延期率', over: 'extended', under: 'due-replied' },
  { zh: '结案率', over: 'closed', under: 'due-closed', note: 'Chibi: closed ÷ dispatched' },
  { zh: '按期结案率', over: 'on-time-closed', under: 'due-closed', note: 'for the duty manager ÷ closed' },
  { zh: '返工率', over: 'reworked', under: 'due-closed', note: 'also ÷ filed or ÷ replied: a setting' },
  { zh: '立案率', over: 'filed', under: 'valid-reported' },
  { zh: '按时立案率', over: 'on-time-filed', under: 'filed' },
  { zh: '准确立案率', over: 'filed - voided', under: 'filed' },
  { zh: '按时派遣率', over: 'on-time-dispatched', under: 'due-dispatched' },
  { zh: '准确派遣率', over: 'accurately-dispatched', under: 'due-dispatched' },
  { zh: '有效上报率', over: 'valid-reported', under: 'reported' },
  { zh: '漏报率', over: 'missed', under: 'filed' },
  { zh: '按期核实率', over: 'on-time-confirmed', under: 'due-confirmed' },
  { zh: '按期核查率', over: 'on-time-checked', under: 'due-checked' },
]

/** In the words of `Meaning.for`. */
export const meantFor = (of: FlagFor): Meaning['for'][number] =>
  of.kind === 'worker' ? 'worker' : of.unit === undefined ? 'city' : 'unit'
