// The flags for evaluation 考核标志 as a table: what each says, for whom it counts, when it begins and what takes it back.
// domain/flags.ts follows it, docs/flags.md is generated from it, and indicators only combine what stands here.
import { type CountKey, COUNTS } from '../city/indicators.ts'
import type { APPEAL_SUBJECTS } from '../command.ts'
import type { CaseStage } from '../stage-limit.ts'

/** Every flag can be counted in a formula of a city pack. */
export type FlagKey = CountKey

export const FLAG_NAMES: Readonly<Record<FlagKey, string>> = COUNTS

export type AppealSubject = (typeof APPEAL_SUBJECTS)[number]

/** Flags of one stage. `inTime`, `undone` and `overdue` stand while it runs, the rest from its end on. */
export interface StageFlags {
  done?: FlagKey
  /** 应…: done, or its limit has run out. */
  due?: FlagKey
  onTime?: FlagKey
  late?: FlagKey
  /** Runs, in time or not. */
  undone?: FlagKey
  inTime?: FlagKey
  overdue?: FlagKey
  /** Its limit has run out once; never taken back by an extension. */
  ever?: FlagKey
}

export const STAGE_FLAGS: Readonly<Record<Exclude<CaseStage, 'request-check'>, StageFlags>> = {
  accept: {
    done: 'accepted',
    due: 'due-accepted',
    onTime: 'on-time-accepted',
    overdue: 'overdue-unaccepted',
  },
  confirm: {
    done: 'confirmed',
    due: 'due-confirmed',
    onTime: 'on-time-confirmed',
    overdue: 'overdue-unconfirmed',
  },
  file: { done: 'filed', due: 'due-filed', onTime: 'on-time-filed', overdue: 'overdue-unfiled' },
  dispatch: {
    done: 'dispatched',
    due: 'due-dispatched',
    onTime: 'on-time-dispatched',
    overdue: 'overdue-undispatched',
  },
  acknowledge: {
    done: 'acknowledged',
    due: 'due-acknowledged',
    onTime: 'on-time-acknowledged',
    overdue: 'overdue-unacknowledged',
  },
  handle: {
    done: 'replied',
    due: 'due-replied',
    onTime: 'on-time-replied',
    late: 'late-replied',
    undone: 'unreplied',
    inTime: 'in-time-unreplied',
    overdue: 'overdue-unreplied',
    ever: 'was-overdue',
  },
  check: { done: 'checked', due: 'due-checked', onTime: 'on-time-checked', overdue: 'overdue-unchecked' },
  close: {
    done: 'closed',
    due: 'due-closed',
    onTime: 'on-time-closed',
    late: 'late-closed',
    overdue: 'overdue-unclosed',
  },
  oversight: {
    done: 'oversight-answered',
    due: 'due-oversight-answered',
    onTime: 'on-time-oversight-answered',
    undone: 'overseen-unanswered',
    overdue: 'overdue-oversight',
  },
  outside: {
    done: 'outside-answered',
    due: 'due-outside-answered',
    onTime: 'on-time-outside-answered',
    overdue: 'overdue-outside',
  },
}

/** The flags of a reply, and of the closing that rests on it: one set a go, replaced by that of the next. */
export const REPLY_FLAGS: readonly FlagKey[] = [
  'replied',
  'due-replied',
  'on-time-replied',
  'late-replied',
  'awaiting-check',
  'check-passed',
  'awaiting-close',
  'closed',
  'due-closed',
  'on-time-closed',
  'late-closed',
  'overdue-unclosed',
]

/** What a person thought of it, as flags; one at a time. */
export const SATISFACTION_FLAGS: Readonly<Record<string, FlagKey>> = {
  'very-satisfied': 'very-satisfied',
  satisfied: 'satisfied',
  neutral: 'neutral',
  dissatisfied: 'dissatisfied',
  'very-dissatisfied': 'dissatisfied',
}

/** What a granted appeal takes out of the rates of the unit that appealed; `all` = everything it has in the case. */
export const EXEMPTS: Readonly<Record<AppealSubject, readonly FlagKey[] | 'all'>> = {
  overdue: [
    ...REPLY_FLAGS.filter((key) => key !== 'check-passed'),
    'was-overdue',
    'unreplied',
    'in-time-unreplied',
    'overdue-unreplied',
  ],
  rework: ['reworked', 'check-failed'],
  misdispatch: 'all',
  dissatisfaction: ['dissatisfied', 'reopened'],
}

/** What remains of a case that turned out to be none: that it came in, and what the centre and its supervisors did. */
export const KEPT_WHEN_VOIDED: ReadonlySet<FlagKey> = new Set([
  'reported',
  'public-reported',
  'valid-reported',
  'accepted',
  'due-accepted',
  'on-time-accepted',
  'filed',
  'due-filed',
  'on-time-filed',
  'confirmed',
  'due-confirmed',
  'on-time-confirmed',
  'checked',
  'due-checked',
  'on-time-checked',
  'voided',
  'outside-answered',
  'due-outside-answered',
  'on-time-outside-answered',
] satisfies FlagKey[])

/** Of one rejected or merged: it was not filed in its own right either. */
export const KEPT_WHEN_LEFT: ReadonlySet<FlagKey> = new Set(
  [...KEPT_WHEN_VOIDED].filter(
    (key) => !['valid-reported', 'filed', 'due-filed', 'on-time-filed'].includes(key),
  ),
)
