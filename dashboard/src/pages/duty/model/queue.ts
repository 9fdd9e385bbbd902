// What waits for a decision at the centre, by kind, the most pressing first. Pure: from the board to lists.
import type { BoardCase } from '#domain/board.ts'
import type { Post } from '#domain/case.ts'

/** In the order of the desk; `urgent` are urgent cases that no unit has yet, whatever they wait for. */
export const KINDS = [
  'urgent',
  'accept',
  'file',
  'dispatch',
  'return',
  'extension',
  'suspension',
  'check',
  'rework',
  'close',
  'papers',
] as const
export type Kind = (typeof KINDS)[number]

/** Looked at, not decided: somebody else is on it. */
export const WATCHED = ['confirming', 'overseen'] as const
export type Watched = (typeof WATCHED)[number]

const BY_ACTION: Record<string, Kind> = {
  accept: 'accept',
  'request-confirm': 'accept',
  file: 'file',
  dispatch: 'dispatch',
  'grant-return': 'return',
  'grant-extension': 'extension',
  suspend: 'suspension',
  'request-check': 'check',
  rework: 'rework',
  close: 'close',
  'complete-papers': 'papers',
}

export function kindOf(c: BoardCase): Kind | undefined {
  const kind = BY_ACTION[c.waitsFor?.action ?? '']
  const isBeforeUnit = c.status === 'reported' || c.status === 'accepted' || c.status === 'filed'
  return kind && c.urgent && isBeforeUnit ? 'urgent' : kind
}

/** Whose queue it is in, beside the post that it waits for: as the lifecycle lets them decide. */
const ALSO: Partial<Record<Kind, readonly Post[]>> = {
  // Whoever sees an urgent case first sends it out.
  urgent: ['operator', 'dispatcher', 'duty-manager'],
  dispatch: ['dispatcher', 'duty-manager'],
  return: ['dispatcher', 'duty-manager'],
}

/** Is this decision in the queue of somebody with these posts? What waits for the head waits for nobody else. */
export function isFor(c: BoardCase, posts: readonly Post[]): boolean {
  const kind = kindOf(c)
  const who = c.waitsFor?.who
  if (kind === undefined) return false
  return posts.some((p) => p === who || (who !== 'head' && ALSO[kind]?.includes(p)))
}

const DAY_MS = 86_400_000
const REQUESTS: readonly (Kind | undefined)[] = ['return', 'extension', 'suspension']

/**
 * When the decision is late, epoch ms: at the limit of the desk's own stage, and a unit's request before the unit's clock
 * runs out; what has no limit, a day after it began to wait.
 */
export function decideBy(c: BoardCase): number {
  const running = REQUESTS.includes(kindOf(c)) ? c.dueAt : undefined
  const limits = [c.stageDueAt, running, c.externalDueAt].filter((at) => at !== undefined)
  return limits.length > 0 ? Math.min(...limits) : (c.waitsFor?.since ?? c.since) + DAY_MS
}

const waitedSince = (c: BoardCase) => c.waitsFor?.since ?? c.since

/** Urgent ones first, then by when the decision is late, then by how long it has waited. */
export const byUrgency = (a: BoardCase, b: BoardCase): number =>
  Number(b.urgent) - Number(a.urgent) ||
  decideBy(a) - decideBy(b) ||
  waitedSince(a) - waitedSince(b) ||
  (a.id < b.id ? -1 : 1)

export interface Queue {
  kind: Kind
  cases: BoardCase[]
  /** Since when the oldest has waited, epoch ms. */
  oldest: number | undefined
  /** How many are past the moment by which they should be decided. */
  late: number
}

/** One queue a kind, empty ones too, in the order of the desk. */
export function queuesOf(cases: Iterable<BoardCase>, posts: readonly Post[], now: number): Queue[] {
  const lists = new Map<Kind, BoardCase[]>(KINDS.map((k) => [k, []]))
  for (const c of cases) {
    const kind = kindOf(c)
    if (kind && isFor(c, posts)) lists.get(kind)?.push(c)
  }
  return KINDS.map((kind) => {
    const found = (lists.get(kind) ?? []).sort(byUrgency)
    return {
      kind,
      cases: found,
      oldest: found.length === 0 ? undefined : Math.min(...found.map(waitedSince)),
      late: found.filter((c) => decideBy(c) <= now).length,
    }
  })
}

/** Everything that waits, or one kind of it, the most pressing first. */
export const waitingOf = (queues: readonly Queue[], kind: Kind | 'all'): BoardCase[] =>
  kind === 'all'
    ? queues.flatMap((q) => q.cases).sort(byUrgency)
    : (queues.find((q) => q.kind === kind)?.cases ?? [])

export function watchedOf(cases: Iterable<BoardCase>, what: Watched): BoardCase[] {
  const isMeant = (c: BoardCase) =>
    what === 'overseen' ? c.overseen : c.waitsFor?.who === 'assignee' && c.waitsFor.action === 'confirm'
  return [...cases].filter(isMeant).sort(byUrgency)
}

/** What this seat takes up next: the first that nobody else has in hand. */
export const nextOf = (
  waiting: readonly BoardCase[],
  others: { has(id: string): boolean },
): BoardCase | undefined => waiting.find((c) => !others.has(c.id))
