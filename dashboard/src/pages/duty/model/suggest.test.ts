import { describe, expect, it } from 'vitest'
import type { DeskItemJson } from '../../../api/desk.ts'
import { falseMarks, suggest } from './suggest.ts'

type Parts = Omit<Partial<DeskItemJson>, 'case'> & { case?: object }

const item = (action: string, reason: string, { case: c, ...more }: Parts = {}): DeskItemJson =>
  ({
    case: {
      id: 'x',
      receiptNo: 'R1',
      category: { code: 'E0125', name: '水域不洁' },
      waitsFor: { who: 'duty-manager', action, reason, since: '' },
      afterPhotos: [],
      photos: [],
      urgent: false,
      ...c,
    },
    offers: [action, 'reject', 'merge', 'rework', 'refuse-return', 'dispatch-first'],
    routing: {
      decided: false,
      coDepartments: [],
      steps: [],
      returnedBy: [],
      department: { code: 'water', name: '水利' },
    },
    duplicates: [],
    suggestions: [],
    photos: [],
    reuse: [],
    earlier: [],
    ...more,
  }) as unknown as DeskItemJson

const duplicate = (verdict: string) =>
  ({
    verdict,
    receiptNo: 'R0',
    distanceM: 12.4,
    reasons: [],
  }) as unknown as DeskItemJson['duplicates'][number]
const rule = (name: string, department: string) =>
  ({
    rule: name,
    matched: true,
    department,
    because: 'en',
    zh: '部件权属为水利',
  }) as DeskItemJson['routing']['steps'][number]
const reuse = (photo: string, code: string) =>
  ({ photo, code, zh: '用过', en: 'used' }) as DeskItemJson['reuse'][number]
const returned = (more: object = {}) => ({
  department: 'water',
  departmentName: '水利',
  request: { kind: 'return', reason: 'not-ours', at: '', ...more },
})
const steps = (given: DeskItemJson) => suggest(given)?.steps

describe('the suggestion', () => {
  it.each([
    ['files what waits by policy', item('file', 'policy'), [{ action: 'file', payload: {} }]],
    [
      'merges what is the same for certain',
      item('file', 'possible-duplicate', { duplicates: [duplicate('certain')] }),
      [{ action: 'merge', payload: { into: 'R0' } }],
    ],
    [
      'does not merge what is only possibly the same',
      item('file', 'possible-duplicate', { duplicates: [duplicate('possible')] }),
      [{ action: 'file', payload: {} }],
    ],
    [
      'sends an urgent case out first',
      item('file', 'urgent', { case: { urgent: true } }),
      [{ action: 'dispatch-first', payload: { department: 'water' } }],
    ],
    [
      'turns down what was not found on site',
      item('file', 'not-confirmed'),
      [{ action: 'reject', payload: { reason: 'not-confirmed' } }],
    ],
    [
      'takes the category that the words suggest',
      item('accept', 'no-category', {
        case: { category: undefined },
        suggestions: [{ code: 'E0110', name: '垃圾', score: 1, words: ['垃圾'] }],
      }),
      [{ action: 'accept', payload: { categoryCode: 'E0110' } }],
    ],
    [
      'is none without a category and without a word for it',
      item('accept', 'no-category', { case: { category: undefined } }),
      undefined,
    ],
    [
      'dispatches to the unit that rules name',
      item('dispatch', 'near-border'),
      [{ action: 'dispatch', payload: { department: 'water' } }],
    ],
    [
      'dispatches after a return to whom the unit named',
      item('dispatch', 'returned', { case: { lastReturn: { suggested: 'sanitation', at: '' } } }),
      [{ action: 'dispatch', payload: { department: 'sanitation' } }],
    ],
    [
      'grants a return and sends it on to whom the unit named',
      item('grant-return', 'return-requested', { case: returned({ suggested: 'sanitation' }) }),
      [
        { action: 'grant-return', payload: {} },
        { action: 'dispatch', payload: { department: 'sanitation' } },
      ],
    ],
    [
      'refuses a return without evidence where a component says whose it is',
      item('grant-return', 'return-requested', {
        case: returned({ suggested: 'sanitation' }),
        routing: { ...item('x', 'y').routing, steps: [rule('component', 'water')] },
      }),
      [{ action: 'refuse-return', payload: { reason: '部件权属为水利' } }],
    ],
    [
      'weighs evidence more than the register',
      item('grant-return', 'return-requested', {
        case: returned({ photos: ['p'] }),
        routing: { ...item('x', 'y').routing, steps: [rule('component', 'water')] },
      }),
      [{ action: 'grant-return', payload: {} }],
    ],
    [
      'closes with the outcome of the reply',
      item('close', 'checked', { case: { outcome: 'made-safe' } }),
      [{ action: 'close', payload: { outcome: 'made-safe' } }],
    ],
    [
      'sends back a reply whose picture was used before',
      item('close', 'checked', { case: { afterPhotos: ['p'] }, reuse: [reuse('p', 'photo-used-before')] }),
      [{ action: 'rework', payload: { reason: 'false-reply' } }],
    ],
    [
      'grants an extension',
      item('grant-extension', 'extension-requested'),
      [{ action: 'grant-extension', payload: {} }],
    ],
  ])('%s', (_says, given, expected) => {
    expect(steps(given)).toEqual(expected)
  })

  it('is never what the server does not offer', () => {
    expect(suggest({ ...item('file', 'policy'), offers: ['reject'] })).toBeUndefined()
  })

  it('marks only pictures of the result as false', () => {
    const given = item('close', 'checked', {
      case: { afterPhotos: ['after'] },
      reuse: [
        reuse('before', 'photo-used-before'),
        reuse('after', 'photo-like-before'),
        reuse('after', 'photo-shows-no-change'),
      ],
    })
    expect(falseMarks(given).map((m) => m.code)).toEqual(['photo-shows-no-change'])
  })
})
