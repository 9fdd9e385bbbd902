// Marks 事项标志: flags that one event puts on a case, and what an event takes back of all that stood before it.
import { type CaseState, isFinal, type Post, POSTS, type Source } from '../case.ts'
import { countedAt } from '../device-time.ts'
import type { AppliedEvent } from '../handlers.ts'
import { turnOf } from '../stage-limit.ts'
import type { EndReason, Flag, FlagFor } from './flag.ts'
import type { Obligation } from './obligation.ts'
import { type AppealSubject, EXEMPTS, type FlagKey, SATISFACTION_FLAGS } from './table.ts'
import type { Ending, Exclusion, Exemption } from './taken-back.ts'

/** What an event leaves: new marks, and what it takes back. */
export interface Left {
  marks: Flag[]
  endings: Ending[]
  exclusions: Exclusion[]
  exemptions: Exemption[]
}

/** Reports from the public 公众举报. */
const PUBLIC: readonly Source[] = ['citizen', 'hotline', 'open311', 'media']

export interface Seen {
  before: CaseState | undefined
  after: CaseState
  event: AppliedEvent
  obligations: readonly Obligation[]
}

const facts = <T>(event: AppliedEvent) => event.payload as unknown as T

/** The person and post of an event; undefined when a rule or nobody known did it. */
export function workerOf({ actor }: AppliedEvent): Extract<FlagFor, { kind: 'worker' }> | undefined {
  if (actor.kind !== 'user') return undefined
  const post = POSTS.find((p): p is Post => p === actor.post)
  return {
    kind: 'worker',
    ...(post === undefined ? {} : { post }),
    ...(actor.id === undefined || actor.id === '' ? {} : { person: actor.id }),
  }
}

/** What one event leaves on the case. */
export function leftBy(seen: Seen): Left {
  const { before, after, event } = seen
  const left: Left = { marks: [], endings: [], exclusions: [], exemptions: [] }
  const { at, no } = event
  /** A step belongs to the go that it ends; a dispatch to the one that it begins. */
  const go = event.type === 'dispatched' ? after : (before ?? after)
  // What was fixed on the spot is no unit's.
  const unit = go.selfHandled ? undefined : (go.department ?? after.department)
  const forUnit: FlagFor = { kind: 'case', ...(unit === undefined ? {} : { unit }) }
  const forCase: FlagFor = { kind: 'case' }
  const mark = (key: FlagKey | undefined, ...holders: (FlagFor | undefined)[]) => {
    if (key === undefined) return
    for (const holder of holders)
      if (holder) left.marks.push({ key, for: holder, round: go.round, turn: turnOf(go), at, no })
  }
  const end = (why: EndReason, more: Omit<Ending, 'at' | 'no' | 'why'>) =>
    left.endings.push({ at, no, why, ...more })
  const over = (key: FlagKey) => end('over', { of: key })
  const exclude = (kept: Exclusion['kept']) => left.exclusions.push({ at, no, kept })

  if (after.urgent !== (before?.urgent ?? false))
    after.urgent ? mark('urgent', forCase) : end('withdrawn', { of: 'urgent' })

  switch (event.type) {
    case 'reported':
      mark('reported', forCase, workerOf(event))
      if (PUBLIC.includes(after.source)) mark('public-reported', forCase)
      break
    case 'filed':
      mark('valid-reported', forCase, reporter(after))
      mark('accurately-filed', forCase, workerOf(event))
      if (PUBLIC.includes(after.source)) mark('missed', forCase)
      if (after.papersOwed) mark('papers-owed', forCase)
      break
    case 'papers-completed':
      over('papers-owed')
      break
    case 'dispatched':
      dispatched(seen, mark, end)
      break
    case 'claimed':
      if (after.department !== undefined) mark('dispatched', { kind: 'unit', unit: after.department })
      break
    case 'return-requested':
      mark('return-requested', forUnit)
      break
    case 'return-refused':
      mark('return-refused', forUnit)
      break
    case 'return-granted':
      returned(seen, end)
      mark('returned', forUnit)
      mark('misdispatched', forCase, dispatcherOf(seen))
      break
    case 'extension-requested':
      mark('extension-requested', forUnit)
      break
    case 'extension-granted':
      mark('extended', forUnit)
      break
    case 'suspended':
      mark('suspended', forUnit)
      break
    case 'resumed':
      over('suspended')
      break
    case 'replied':
      replied(seen, mark, forUnit)
      break
    case 'passed':
      over('awaiting-check')
      mark('check-passed', forUnit)
      mark('awaiting-close', forUnit)
      break
    case 'failed':
      mark('check-failed', forUnit)
      falseReply(seen, mark, forUnit)
      break
    case 'reworked':
      mark('reworked', forUnit)
      falseReply(seen, mark, forUnit)
      end('over', { turn: turnOf(go), of: 'wait' })
      end('new-round', { turn: turnOf(go), of: 'reply' })
      break
    case 'closed':
      end('over', { turn: turnOf(go), of: 'wait' })
      closed(seen, mark, forUnit)
      break
    case 'reopened':
      mark('reopened', forUnit)
      end('new-round', { turn: turnOf(go), of: 'go' })
      break
    case 'voided':
      if (go.filedAt === undefined) mark('valid-reported', forCase, reporter(after))
      exclude('voided')
      mark('voided', forCase)
      break
    case 'rejected':
    case 'merged':
      exclude('left')
      mark(event.type, forCase)
      break
    case 'self-handled':
      exclude('voided')
      mark('self-handled', forCase, workerOf(event))
      break
    case 'overseen':
      mark('overseen', forUnit)
      break
    case 'urged':
      mark('urged', forUnit)
      break
    case 'appealed':
      mark('appealed', forUnit)
      break
    case 'appeal-ruled':
      ruled(seen, left, mark, forUnit)
      break
    case 'rated':
      if (workerOf(event)?.post !== undefined && event.actor.id !== after.reportedBy)
        mark('called-back', forUnit, workerOf(event))
      end('over', { of: 'satisfaction' })
      mark(SATISFACTION_FLAGS[facts<{ satisfaction: string }>(event).satisfaction], forUnit)
      break
    default:
  }
  if (before && !isFinal(before.status) && isFinal(after.status)) over('suspended')
  return left
}

type Mark = (key: FlagKey | undefined, ...holders: (FlagFor | undefined)[]) => void
type End = (why: EndReason, more: Omit<Ending, 'at' | 'no' | 'why'>) => void

const reporter = ({ reportedBy }: CaseState): FlagFor | undefined =>
  reportedBy === undefined ? undefined : { kind: 'worker', person: reportedBy }

/** A new go. Sent to the same unit again, the return before it was no misdispatch. */
function dispatched({ before, after, event }: Seen, mark: Mark, end: End): void {
  const { from } = before?.lastReturn ?? {}
  if (from !== undefined && from === after.department)
    end('withdrawn', { turn: turnOf(after) - 1, of: 'misdispatched', workers: true })
  mark('accurately-dispatched', { kind: 'case' }, workerOf(event))
}

/** The unit was not the right one, in none of the rounds since it got the case. */
function returned({ obligations }: Seen, end: End): void {
  const sinceTurn = obligations.findLast((o) => o.stage === 'dispatch' && o.done)?.turn ?? 1
  end('returned', { sinceTurn, of: 'dispatch' })
  end('returned', { sinceTurn, of: 'accurately-dispatched', workers: true })
}

/** Who sent the case where it stands now. */
function dispatcherOf({ obligations }: Seen): FlagFor | undefined {
  const by = obligations.findLast((o) => o.stage === 'dispatch' && o.done)?.done?.by
  if (by?.post === undefined && by?.person === undefined) return undefined
  return { kind: 'worker', post: by.post, person: by.person }
}

/** Waiting for the check and the closing counts for the city; never against the unit. */
function replied({ before, event }: Seen, mark: Mark, forUnit: FlagFor): void {
  mark('awaiting-check', forUnit)
  mark('due-closed', { kind: 'case' })
  if (before?.clock && countedAt(event) > before.clock.dueAt) mark('overdue-unclosed', { kind: 'case' })
}

/** A closing is as timely as the reply it rests on, for the lead and for the second-level unit. */
function closed({ obligations, after }: Seen, mark: Mark, forUnit: FlagFor): void {
  const turn = turnOf(after)
  for (const o of obligations) {
    if (o.stage !== 'handle' || o.turn !== turn || !o.done) continue
    const { unit } = o.done.by
    if (o.isPart && unit === undefined) continue
    const holder: FlagFor = o.isPart && unit !== undefined ? { kind: 'unit', unit } : forUnit
    mark('closed', holder)
    mark('due-closed', holder)
    mark(o.done.onTime === false ? 'late-closed' : 'on-time-closed', holder)
  }
}

/** Once a round, however often it is said. */
function falseReply({ before, after }: Seen, mark: Mark, forUnit: FlagFor): void {
  if ((after.falseReplies?.length ?? 0) > (before?.falseReplies?.length ?? 0)) mark('false-replied', forUnit)
}

function ruled(seen: Seen, left: Left, mark: Mark, forUnit: FlagFor): void {
  const { before, event } = seen
  const about = before?.appeals.at(-1)?.about
  if (about === undefined || !Object.hasOwn(EXEMPTS, about)) return
  if (!facts<{ granted: boolean }>(event).granted) return
  mark('appeal-granted', forUnit)
  const turn = before && turnOf(before)
  const parts = seen.obligations.filter((o) => o.isPart && o.turn === turn).map((o) => o.done?.by.unit)
  if (about === 'misdispatch') mark('misdispatched', { kind: 'case' }, dispatcherOf(seen))
  left.exemptions.push({
    at: event.at,
    no: event.no,
    about: about as AppealSubject,
    units: [before?.department, ...parts].filter((unit) => unit !== undefined),
  })
}
