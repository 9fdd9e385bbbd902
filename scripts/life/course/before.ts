// Before a unit has it: accepting, looking, refusing, merging, filing and dispatching.
import type { Source } from '#domain/case.ts'
import { dice, pick, pickWeighted } from '../chance.ts'
import type { Fate } from '../fate.ts'
import { CONFIRM_NOTES, NOT_CONFIRMED_NOTES } from '../texts/replies.ts'
import { conditionNumber } from '../words.ts'
import { type LifeCase, type LifeStep, step, type Ways } from './case.ts'
import { atDesk, onSite } from './timing.ts'

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

const isUnseen = (c: LifeCase) => UNSEEN.includes(c.source)

/** Accepting, confirming and filing. */
export function before(
  c: LifeCase,
  waits: NonNullable<LifeCase['waitsFor']>,
  fate: Fate,
  ways: Ways,
): LifeStep[] {
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

export function dispatching(c: LifeCase, ways: Ways): LifeStep {
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
