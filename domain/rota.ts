// The rota 值班表 and the handover 交接班 of a shift: who is on, and what is passed on. Pure; instants are epoch ms by the
// log's clock.
import type { Status } from './case.ts'
import type { DutyPerson } from './wall-screen.ts'

export const ROTA_POSTS = ['duty-manager', 'seat', 'lead', 'unit'] as const
/** 值班长, 坐席, 带班领导, 单位值班. */
export type RotaPost = (typeof ROTA_POSTS)[number]

export interface RotaTurn {
  id: string
  post: RotaPost
  name: string
  phone?: string
  /** Of `unit`. */
  department?: string
  since: number
  until: number
}

/** A case that was open when the shift was handed over, as it stood then. */
export interface HandoverItem {
  caseId: string
  receiptNo: string
  caseNo?: string
  category?: string
  status: Status
  urgent: boolean
  overdue: boolean
  /** The action that it waits for, and who must take it. */
  waits?: { who: string; action: string }
}

/** Those whose turn it is, the leader first, then in the order of their posts and begin. */
export function onRota<T extends Pick<RotaTurn, 'post' | 'since' | 'until'>>(
  turns: readonly T[],
  now: number,
): T[] {
  const rank = (post: RotaPost) => ['lead', 'duty-manager', 'seat', 'unit'].indexOf(post)
  return turns
    .filter((t) => t.since <= now && now < t.until)
    .sort((a, b) => rank(a.post) - rank(b.post) || a.since - b.since)
}

/** Who answers for the centre now, as walls name them: the duty managers, then the leaders on duty. */
export function namedOnDuty(
  turns: readonly Pick<RotaTurn, 'post' | 'name' | 'since' | 'until'>[],
  now: number,
): DutyPerson[] {
  const on = onRota(turns, now)
  return (['duty-manager', 'lead'] as const).flatMap((post) =>
    on.filter((t) => t.post === post).map(({ name }) => ({ post, name })),
  )
}
