// One person of each kind that the lifecycle knows, and a second one where "another of the same kind" matters.
import type { Actor, Post } from '../case.ts'

const user = (id: string, posts: Post[], department?: string): Extract<Actor, { kind: 'user' }> => ({
  kind: 'user',
  id,
  posts,
  ...(department === undefined ? {} : { department }),
})

export const PEOPLE = {
  admin: user('u-admin', ['admin']),
  duty: user('u-duty', ['duty-manager']),
  operator: user('u-operator', ['operator']),
  dispatcher: user('u-dispatcher', ['dispatcher']),
  supervisor: user('u-supervisor', ['supervisor']),
  supervisor2: user('u-supervisor-2', ['supervisor']),
  /** Reports most cases of the tests. */
  grid: user('u-grid', ['grid-member']),
  grid2: user('u-grid-2', ['grid-member']),
  evaluator: user('u-evaluator', ['evaluator']),
  head: user('u-head', ['head']),
  leader: user('u-leader', ['leader']),
  water: user('u-water', ['department-officer'], 'water'),
  canal: user('u-canal', ['department-officer'], 'water-canal'),
  sanitation: user('u-sanitation', ['department-officer'], 'sanitation'),
  /** Of the street office, a co-unit on the canal's bank. */
  east: user('u-east', ['department-officer'], 'st-east'),
  waterHandler: user('u-water-handler', ['handler'], 'water'),
  waterHandler2: user('u-water-handler-2', ['handler'], 'water-canal'),
  sanitationHandler: user('u-sanitation-handler', ['handler'], 'sanitation'),
  display: user('u-display', ['display']),
  rule: { kind: 'rule', rule: 'test' },
  anonymous: { kind: 'anonymous' },
} as const satisfies Record<string, Actor>

export type PersonName = keyof typeof PEOPLE
export const PERSON_NAMES = Object.keys(PEOPLE) as PersonName[]
