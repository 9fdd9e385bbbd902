// Flags for evaluation 考核标志 in words, and which of them are held against somebody.
import type { FlagKey } from '#domain/flags/table.ts'
import type { FlagJson } from '../../api/clocks.ts'
import type { Language } from '../../i18n/language.ts'

/** Held against somebody: shown so that an eye finds them. */
export const AGAINST: ReadonlySet<FlagKey> = new Set<FlagKey>([
  'overdue-unaccepted',
  'overdue-unfiled',
  'overdue-undispatched',
  'overdue-unacknowledged',
  'overdue-unreplied',
  'late-replied',
  'was-overdue',
  'overdue-unconfirmed',
  'overdue-unchecked',
  'overdue-unclosed',
  'late-closed',
  'overdue-oversight',
  'overdue-outside',
  'misdispatched',
  'false-replied',
  'check-failed',
  'reworked',
  'dissatisfied',
])

/** The name of a flag; in English its key as words. */
export const flagWords = ({ key, name }: Pick<FlagJson, 'key' | 'name'>, language: Language): string =>
  language === 'en' ? key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ') : name
