// What is told outside the pages, by e-mail, SMS and group robots: the notices 通知 of the bell, and what time and urgency
// alone bring. Pure; codes and instants only, put into words when it is sent (message.ts).
import type { CaseState, Post } from '../case.ts'
import type { AppliedEvent } from '../handlers.ts'
import { isOverdue, lightOf } from '../light.ts'
import {
  type Audience,
  audienceKey,
  NOTICE_KINDS,
  type NoticeKind,
  type NoticeParams,
  noticesOf,
  TELLING,
} from '../notice.ts'

export const OUTSIDE_KINDS = [...NOTICE_KINDS, 'due-soon', 'overdue', 'urgent'] as const
export type OutsideKind = (typeof OUTSIDE_KINDS)[number]

/** What a channel takes is chosen by these. */
export const NOTICE_GROUPS = {
  /** Something is yours now. */
  work: ['dispatched', 'co-dispatched', 'assigned', 'task-confirm', 'task-check', 'task-gone'],
  urgent: ['urgent'],
  time: ['due-soon', 'overdue', 'remind'],
  /** Somebody above wants more: 督办, 催办, rework, and the rungs of the ladder 升级阶梯. */
  pressure: [
    'overseen',
    'urged',
    'reworked',
    'reopened',
    'called',
    'call',
    'told',
    'oversee',
    'talk',
    'talked',
  ],
  decisions: [
    'return-granted',
    'return-refused',
    'extension-granted',
    'extension-refused',
    'suspended',
    'suspension-refused',
    'resumed',
    'appeal-granted',
    'appeal-refused',
  ],
  upkeep: ['calendar'],
} as const satisfies Record<string, readonly OutsideKind[]>
export type NoticeGroup = keyof typeof NOTICE_GROUPS
export const NOTICE_GROUP_NAMES = Object.keys(NOTICE_GROUPS) as NoticeGroup[]

export const groupOf = (kind: OutsideKind): NoticeGroup | undefined =>
  NOTICE_GROUP_NAMES.find((g) => (NOTICE_GROUPS[g] as readonly OutsideKind[]).includes(kind))

export interface OutsideNotice {
  kind: OutsideKind
  /** As `audienceKey` writes it. */
  audience: string
  params: NoticeParams
}

/** What stands in the outbox until it is sent. */
export interface StoredNotice {
  kind: OutsideKind
  params: NoticeParams
  case?: StoredCase | undefined
}
export interface StoredCase {
  id: string
  number: string
  category?: string | undefined
  area?: string | undefined
  department?: string | undefined
  urgent: boolean
}

const WATCH: readonly Post[] = ['duty-manager', 'dispatcher']

/** Whether a row of the feed may tell anybody outside. */
export const mayTell = (type: string): boolean =>
  TELLING.has(type) || type === 'yellow' || type === 'red' || URGENT_AT.has(type)
/** Events that can make a case urgent. */
const URGENT_AT: ReadonlySet<string> = new Set(['reported', 'accepted', 'confirmed', 'filed'])

/** @param before absent for the report itself. */
export function outsideNotices(
  before: CaseState | undefined,
  event: AppliedEvent,
  after: CaseState,
): OutsideNotice[] {
  const bell = before ? noticesOf(before, event) : []
  const urgent = after.urgent && before?.urgent !== true
  return [
    ...bell.map(({ kind, for: to, params }) => ({ kind, audience: audienceKey(to), params })),
    ...(urgent
      ? WATCH.map((post) => ({ kind: 'urgent' as const, audience: audienceKey({ post }), params: {} }))
      : []),
  ]
}

/** A light that turned, believed only while what it is about still runs. */
export function lightNotices(type: string, state: CaseState, at: number): OutsideNotice[] {
  const kind =
    type === 'yellow' && lightOf(state, at) === 'yellow'
      ? 'due-soon'
      : type === 'red' && isOverdue(state, at)
        ? 'overdue'
        : undefined
  if (kind === undefined) return []
  const { department, unit, handler } = state
  const to: Audience[] = [
    ...(department === undefined ? [] : [{ unit: department }]),
    ...(unit === undefined || unit === department ? [] : [{ unit }]),
    ...(handler === undefined ? [] : [{ account: handler }]),
  ]
  const dueAt = state.clock?.dueAt
  const params: NoticeParams = dueAt === undefined ? {} : { dueAt }
  return to.map((audience) => ({ kind, audience: audienceKey(audience), params }))
}

export const storedCase = (state: CaseState): StoredCase => ({
  id: state.id,
  number: state.caseNo ?? state.receiptNo,
  ...(state.category === undefined ? {} : { category: state.category }),
  ...(state.area === undefined ? {} : { area: state.area }),
  ...(state.department === undefined ? {} : { department: state.department }),
  urgent: state.urgent,
})

/** The kinds of the bell, which have sentences of their own. */
export const isBellKind = (kind: OutsideKind): kind is NoticeKind =>
  (NOTICE_KINDS as readonly string[]).includes(kind)
