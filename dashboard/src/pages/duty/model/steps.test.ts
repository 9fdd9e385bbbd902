import { describe, expect, it } from 'vitest'
import type { Post } from '#domain/case.ts'
import { STATUSES } from '#domain/case.ts'
import { INTERNAL_ACTIONS, LIFECYCLE, type Transition } from '#domain/lifecycle.ts'
import { isStatedReason } from '#domain/reason.ts'
import { EN, ZH } from '../../../i18n/translate.ts'
import { asksFor, DESK_KEYS, reasonsFor, STEP_KEYS, weightOf } from './steps.ts'

const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
/** What the desk itself may offer, by the lifecycle. */
const OFFERED = (LIFECYCLE as readonly Transition[]).filter(
  (t) => !INTERNAL_ACTIONS.has(t.action) && t.who.some((w) => (CENTRE as readonly string[]).includes(w)),
)
const BESIDE = ['rate', 'comment']
/** Never offered together, though both are of one status: a case is dispatched before its papers, or after. */
const EITHER_OR = [
  ['dispatch', 'dispatch-first'],
  ['grant-return', 'grant-extension'],
  ['refuse-return', 'refuse-extension'],
  ['refuse-return', 'refuse-suspension'],
  ['refuse-extension', 'refuse-suspension'],
]

describe('the keys', () => {
  it('are there for every decision of the centre', () => {
    const without = OFFERED.map((t) => t.action).filter((a) => !(a in STEP_KEYS) && !BESIDE.includes(a))
    expect(without).toEqual([])
  })

  it.each(STATUSES)('tell decisions on a case that is %s apart', (status) => {
    const actions = OFFERED.filter((t) => t.from.includes(status)).map((t) => t.action)
    const clashes = actions.flatMap((a, i) =>
      actions
        .slice(i + 1)
        .filter((b) => STEP_KEYS[a] !== undefined && STEP_KEYS[a] === STEP_KEYS[b])
        .map((b) => [a, b].sort())
        .filter((pair) => !EITHER_OR.some((known) => [...known].sort().join() === pair.join())),
    )
    expect(clashes).toEqual([])
  })

  it('of decisions are none of the desk’s own', () => {
    const own: string[] = Object.values(DESK_KEYS)
    expect(
      Object.values(STEP_KEYS).filter((k) => own.includes(k) || k === 'q' || k === 'b' || k === 'y'),
    ).toEqual([])
  })

  it('have a word for their decision in both languages', () => {
    for (const action of Object.keys(STEP_KEYS).filter((a) => a !== 'comment')) {
      expect(ZH).toHaveProperty([`centre.step.${action}`])
      expect(EN).toHaveProperty([`centre.step.${action}`])
    }
  })
})

describe('the weight of a decision', () => {
  it.each([
    ['file', 'undo'],
    ['close', 'undo'],
    ['grant-extension', 'undo'],
    ['dispatch-first', 'now'],
    ['reject', 'ask'],
    ['void', 'ask'],
    ['refuse-return', 'ask'],
    ['merge', 'ask'],
  ])('of %s is %s', (action, weight) => {
    expect(weightOf(action)).toBe(weight)
  })

  const all = { hasCategory: true, hasRequest: true, hasUnit: true }
  const none = { hasCategory: false, hasRequest: false, hasUnit: false }
  it.each([
    ['file', all, 'nothing'],
    ['file', none, 'form'],
    ['dispatch', all, 'nothing'],
    ['dispatch-first', none, 'form'],
    ['suspend', all, 'nothing'],
    ['suspend', none, 'form'],
    ['reject', all, 'reason'],
    ['rework', none, 'reason'],
    ['close', all, 'outcome'],
    ['merge', all, 'case'],
    ['oversee', all, 'form'],
    ['grant-return', none, 'nothing'],
  ] as const)('of %s with %j asks for %s', (action, known, asks) => {
    expect(asksFor(action, known)).toBe(asks)
  })

  it('offers only reasons that are counted', () => {
    for (const action of ['reject', 'rework', 'void', 'reopen'])
      expect(reasonsFor(action).filter((r) => !isStatedReason(r))).toEqual([])
  })
})
