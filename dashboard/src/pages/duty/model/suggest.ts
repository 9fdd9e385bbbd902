// The decision that the desk suggests for a case, taken by one key, and why, as a code and its values. A suggestion rests
// on what the answer shows and on what the server offers; where nothing speaks for one decision, none is suggested.
import type { Outcome } from '#domain/case.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import type { Step } from './steps.ts'

export interface Suggestion {
  /** One after the other; the second only when the first was taken. */
  steps: Step[]
  /** Code of the sentence, with what is to be filled in. */
  why:
    | { code: 'urgent' | 'decide-unit'; unit: string }
    | { code: 'same'; no: string; metres: number }
    | { code: 'by-words'; category: string; words: string }
    | { code: 'returned-to' | 'ours-proved' | 'evidence'; unit: string }
    | { code: 'photo-reused'; words: string }
    | { code: 'plain'; action: string }
    | { code: 'reason'; reason: string }
}

const one = (action: string, payload: Record<string, unknown> = {}): Step[] => [{ action, payload }]

/** What a case may be turned down for without a further look: said by screening or by who looked on site. */
const TURNED_DOWN: readonly string[] = ['outside-city', 'not-managed-here', 'not-confirmed']

/** Marks that speak for a picture that does not show this result. */
const FALSE_MARKS: readonly string[] = ['photo-used-before', 'photo-shows-no-change']
/** Rules that name one unit for one thing or place: what they say outweighs a unit's word without evidence. */
const STRONG_RULES: readonly string[] = ['component', 'zone']

/** Pictures of the present result that were used before, or show what was reported. */
export const falseMarks = ({ case: c, reuse }: DeskItemJson) =>
  reuse.filter((r) => FALSE_MARKS.includes(r.code) && c.afterPhotos.includes(r.photo))

/** The outcome that closing would write down: what the unit replied. */
export const replyOutcome = ({ outcome }: { outcome?: string }): Outcome =>
  (outcome as Outcome | undefined) ?? 'fixed'

export function suggest(item: DeskItemJson): Suggestion | undefined {
  const found = propose(item)
  return found && item.offers.includes(found.steps[0]?.action ?? '') ? found : undefined
}

function propose(item: DeskItemJson): Suggestion | undefined {
  const { case: c, offers, routing, duplicates, suggestions } = item
  const waits = c.waitsFor
  const unit = routing.department
  switch (waits?.action) {
    case 'accept':
    case 'file': {
      const certain = duplicates.find((d) => d.verdict === 'certain')
      if (certain)
        return {
          steps: one('merge', { into: certain.receiptNo }),
          why: {
            code: 'same',
            no: certain.caseNo ?? certain.receiptNo,
            metres: Math.round(certain.distanceM),
          },
        }
      if (c.urgent && offers.includes('dispatch-first') && unit)
        return {
          steps: one('dispatch-first', { department: unit.code }),
          why: { code: 'urgent', unit: unit.name },
        }
      if (TURNED_DOWN.includes(waits.reason))
        return {
          steps: one('reject', { reason: waits.reason }),
          why: { code: 'reason', reason: waits.reason },
        }
      if (c.category) return { steps: one(waits.action), why: { code: 'plain', action: waits.action } }
      const [best] = suggestions
      return (
        best && {
          steps: one(waits.action, { categoryCode: best.code }),
          why: { code: 'by-words', category: best.name, words: best.words.join('、') },
        }
      )
    }
    case 'dispatch': {
      const asked = c.lastReturn?.suggested
      if (waits.reason === 'returned' && asked !== undefined)
        return { steps: one('dispatch', { department: asked }), why: { code: 'returned-to', unit: asked } }
      return (
        unit && {
          steps: one('dispatch', { department: unit.code }),
          why: { code: 'decide-unit', unit: unit.name },
        }
      )
    }
    case 'grant-return': {
      const { request } = c
      const named = routing.steps.find((s) => s.matched && STRONG_RULES.includes(s.rule))
      const hasEvidence = (request?.photos?.length ?? 0) > 0
      const isTheirs = named?.department !== undefined && named.department === c.department
      if (isTheirs && !hasEvidence)
        return {
          // The rule's own sentence, in the language of the city's log.
          steps: one('refuse-return', { reason: named.zh }),
          why: { code: 'ours-proved', unit: c.departmentName ?? '' },
        }
      const to = request?.suggested
      if (to === undefined)
        return {
          steps: one('grant-return'),
          why: isTheirs
            ? { code: 'evidence', unit: c.departmentName ?? '' }
            : { code: 'plain', action: 'grant-return' },
        }
      return {
        steps: [...one('grant-return'), ...one('dispatch', { department: to })],
        why: { code: 'returned-to', unit: to },
      }
    }
    case 'close': {
      const [mark] = falseMarks(item)
      if (mark)
        return {
          steps: one('rework', { reason: 'false-reply' }),
          why: { code: 'photo-reused', words: mark.zh },
        }
      return { steps: one('close', { outcome: replyOutcome(c) }), why: { code: 'plain', action: 'close' } }
    }
    case 'rework':
      return { steps: one('rework'), why: { code: 'plain', action: 'rework' } }
    default:
      if (!waits) return undefined
      return { steps: one(waits.action), why: { code: 'plain', action: waits.action } }
  }
}
