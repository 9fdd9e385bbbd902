// What waits on a phone to be sent, and the rules of sending it: in the order it was taken, once, by who took it. Pure; the
// store keeps it (store.ts), the sender does it (sender.ts).
import type { Problem } from '../api/problem.ts'

type WaitingKind = 'report' | 'result' | 'step' | 'rating' | 'reply'

export interface Waiting {
  /** Also its Idempotency-Key: the server takes it once, however often it is sent. */
  id: string
  /** Order in which it was taken. */
  seq: number
  kind: WaitingKind
  /** Account that took it; absent = somebody without a login, who sends without one. */
  account?: string | undefined
  /** Below `/api/v1`. */
  path: string
  /** As it is sent but for `sentAt`; photos by the ids of this device. */
  body: Record<string, unknown>
  /** Ids of this device's photos in `body`. */
  photos: string[]
  /** What its row in the list says: category or description. */
  title: string
  /** Field task that it answers. */
  taskId?: string | undefined
  /** Case that it is a step of. */
  caseId?: string | undefined
  /** By the device's clock, epoch ms. */
  takenAt: number
  state: 'waiting' | 'refused' | 'sent'
  attempts: number
  /** Not before, epoch ms by the device's clock. */
  nextAt: number
  /** Why the last attempt came to nothing. */
  problem?: Problem | undefined
  /** The server's answer, of what people ask for later. */
  answer?: { receiptNo?: string | undefined; caseId?: string | undefined } | undefined
  sentAt?: number | undefined
}

/** Who the browser's login belongs to now. */
export type Sender = { kind: 'account'; id: string } | { kind: 'nobody' } | { kind: 'unreachable' }

const SHORTEST_MS = 5_000
const LONGEST_MS = 5 * 60_000

/** How long to wait after so many attempts that came to nothing: twice as long each time. */
export const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.max(0, attempts - 1))

const laneOf = ({ account }: Pick<Waiting, 'account'>) => account ?? ''
const maySend = (item: Waiting, sender: Sender) =>
  item.account === undefined || (sender.kind === 'account' && sender.id === item.account)

/** The first of each person's that still waits: nobody's later ones overtake it. */
const heads = (items: readonly Waiting[]): Waiting[] => {
  const first = new Map<string, Waiting>()
  for (const item of items) {
    if (item.state !== 'waiting') continue
    const known = first.get(laneOf(item))
    if (!known || item.seq < known.seq) first.set(laneOf(item), item)
  }
  return [...first.values()].sort((a, b) => a.seq - b.seq)
}

/** What to send now; undefined when nothing may go. */
export const nextToSend = (items: readonly Waiting[], sender: Sender, now: number): Waiting | undefined =>
  sender.kind === 'unreachable' ? undefined : heads(items).find((i) => maySend(i, sender) && i.nextAt <= now)

/** When to look again, epoch ms; undefined when only a network, a login or a new item changes anything. */
export function nextLook(items: readonly Waiting[], sender: Sender): number | undefined {
  const times = heads(items).flatMap((i) => (maySend(i, sender) ? [i.nextAt] : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Does something wait for its account to log in again? */
export const needsLogin = (items: readonly Waiting[], sender: Sender): boolean =>
  sender.kind !== 'unreachable' && heads(items).some((i) => !maySend(i, sender))

export type Verdict = 'again' | 'login' | 'refused'

/** Codes of refusals that pass by themselves. */
const PASSING: readonly string[] = ['busy', 'stale-version', 'too-many-requests']

/** What a problem means for what was sent. */
export function verdictOn({ status, code }: Pick<Problem, 'status' | 'code'>): Verdict {
  if (status === 401 || code === 'password-change-required') return 'login'
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return 'again'
  return PASSING.includes(code) ? 'again' : 'refused'
}

/** The item after an attempt that came to nothing. A person decides about what was refused; it holds nobody up. */
export function afterProblem(item: Waiting, problem: Problem, now: number): Waiting {
  const attempts = item.attempts + 1
  switch (verdictOn(problem)) {
    case 'again':
      return { ...item, attempts, problem, nextAt: now + pauseAfter(attempts) }
    case 'login':
      // Known by asking who is logged in; nothing is gained by waiting.
      return { ...item, problem, nextAt: now + SHORTEST_MS }
    case 'refused':
      return { ...item, attempts, problem, state: 'refused' }
  }
}

export function afterTaken(item: Waiting, answer: NonNullable<Waiting['answer']>, now: number): Waiting {
  const { problem: _, ...rest } = item
  return { ...rest, state: 'sent', attempts: item.attempts + 1, answer, sentAt: now }
}

/** A person wants it tried now, e.g. after a login; what was refused is tried anew under its old key. */
export const triedAgain = (item: Waiting): Waiting =>
  item.state === 'sent' ? item : { ...item, state: 'waiting', nextAt: 0 }

/** The body with the server's ids for this device's photos. @throws for a photo that has no upload */
export function withUploads(value: unknown, uploads: ReadonlyMap<string, string>, inPhotos = false): unknown {
  if (Array.isArray(value)) return value.map((v) => withUploads(v, uploads, inPhotos))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key, withUploads(v, uploads, key === 'photos')]),
    )
  if (!inPhotos || typeof value !== 'string') return value
  const upload = uploads.get(value)
  if (upload === undefined) throw new Error(`photo ${value} was not uploaded`)
  return upload
}

/** Sent items that a list still shows: the newest few. Others may be forgotten. */
export function outlived(items: readonly Waiting[], most: number): Waiting[] {
  const sent = items.filter((i) => i.state === 'sent').sort((a, b) => b.seq - a.seq)
  return sent.slice(most)
}
