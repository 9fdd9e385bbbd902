// What becomes of a case, where chance decides: whether it is filed, late, done badly, given back, put off. By dice for
// the living demo; a history that keeps its shares even makes fates of its own.
import { dice, pickWeighted } from './chance.ts'
import {
  CALLED_BACK,
  DUPLICATES,
  EXTENDED,
  NOT_FILED,
  OVERSEEN,
  ratesOf,
  REOPENED,
  RETURN_GRANTED,
  SATISFIED,
  SUSPENDED,
  VOIDED,
} from './rates.ts'

export interface Fate {
  notFiled: boolean
  /** The unit gives it back, and whether that is granted. */
  returned: boolean
  granted: boolean
  late: boolean
  reworked: boolean
  extended: boolean
  suspended: boolean
  voided: boolean
  overseen: boolean
  calledBack: boolean
  satisfied: boolean
  /** After a dissatisfied call-back. */
  reopened: boolean
}

/** Work that can be too much for its limit: only there is more time asked for. Part of all filed cases: about 0.16. */
export const EXTENDABLE = /^(E0101|E0104|E0111|E0113|E0182|E0203|E0299|E0307|C01|C02|C0402|C0507)/
const EXTENDABLE_SHARE = 0.16
/** Work that may have to wait for a plan or a season. Part of all filed cases: about 0.064. */
export const SUSPENDABLE = /^(E0101|E0104|E0113|E0503|C0204|C0284|C0402)/
const SUSPENDABLE_SHARE = 0.064

/** Part of all reports that a person sees before they are filed: of the public and others, and what no rule files. */
const SEEN_SHARE = 0.46
/** Of the cases of the public and others that are called back, so many are reopened: together 0.5 % of all. */
const PUBLIC_SHARE = 0.12

export const REOPEN_OF_DISSATISFIED = Math.min(1, REOPENED / (PUBLIC_SHARE * CALLED_BACK * (1 - SATISFIED)))

/** The probability of each thing for a case of a category with a unit; what a case does not offer has none. */
export function chancesOf(category: string | undefined, unit: string | undefined) {
  const rates = ratesOf(unit)
  const code = category ?? ''
  return {
    notFiled: NOT_FILED / SEEN_SHARE,
    returned: rates.returns / 100,
    granted: RETURN_GRANTED,
    late: 1 - rates.onTime / 100,
    reworked: rates.rework / 100,
    extended: EXTENDABLE.test(code) ? EXTENDED / EXTENDABLE_SHARE : 0,
    suspended: SUSPENDABLE.test(code) ? SUSPENDED / SUSPENDABLE_SHARE : 0,
    voided: VOIDED,
    overseen: OVERSEEN,
    calledBack: CALLED_BACK,
    satisfied: SATISFIED,
    reopened: REOPEN_OF_DISSATISFIED,
  } satisfies Record<keyof Fate, number>
}

/** By dice: `key` names the case, and with `unit` a case given to another unit falls anew. */
export function fateOf(key: string, category: string | undefined, unit: string | undefined): Fate {
  const chances = chancesOf(category, unit)
  const falls = (what: keyof Fate, ...more: string[]) => dice(key, what, ...more) < chances[what]
  const voided = falls('voided')
  const suspended = !voided && falls('suspended')
  return {
    notFiled: falls('notFiled'),
    returned: falls('returned', unit ?? ''),
    granted: falls('granted'),
    late: falls('late', unit ?? ''),
    reworked: !voided && falls('reworked', unit ?? ''),
    extended: !voided && !suspended && falls('extended'),
    suspended,
    voided,
    overseen: falls('overseen'),
    calledBack: falls('calledBack'),
    satisfied: falls('satisfied'),
    reopened: falls('reopened'),
  }
}

/** Whether a report is a second one of an open matter. */
export const isSecond = (seed: string) => dice(seed, 'second') < DUPLICATES

/** What the reporter says at the call-back. */
export function satisfactionOf(key: string, satisfied: boolean): string {
  const words: readonly (readonly [string, number])[] = satisfied
    ? [
        ['very-satisfied', 38],
        ['satisfied', 46],
        ['neutral', 8],
      ]
    : [
        ['dissatisfied', 6],
        ['very-dissatisfied', 2],
      ]
  return pickWeighted(words, ([, w]) => w, key, 'satisfaction')[0]
}
