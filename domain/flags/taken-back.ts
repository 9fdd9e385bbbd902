// What later events take back of flags that stood: ends, exclusions of a whole case, exemptions by appeal. Plain data, so
// that a fold can be kept; the flags themselves are never touched.
import type { EndReason, Flag } from './flag.ts'
import {
  EXEMPTS,
  KEPT_WHEN_LEFT,
  KEPT_WHEN_VOIDED,
  REPLY_FLAGS,
  SATISFACTION_FLAGS,
  STAGE_FLAGS,
  type AppealSubject,
  type FlagKey,
} from './table.ts'

const SATISFACTION = Object.values(SATISFACTION_FLAGS)

/** Groups of flags that one event ends together. */
const GROUPS = {
  reply: REPLY_FLAGS,
  /** While others are to act: the check and the closing. */
  wait: ['awaiting-check', 'awaiting-close', 'due-closed', 'overdue-unclosed'],
  /** What the reporter thought of the go with it. */
  go: [...REPLY_FLAGS, ...SATISFACTION],
  /** The unit that had it. */
  dispatch: [
    ...Object.values(STAGE_FLAGS.dispatch),
    ...Object.values(STAGE_FLAGS.acknowledge),
    'accurately-dispatched',
  ],
  satisfaction: SATISFACTION,
} as const satisfies Record<string, readonly FlagKey[]>

const KEPT = { voided: KEPT_WHEN_VOIDED, left: KEPT_WHEN_LEFT } as const

/** Of what a person did, only whether it was right is taken back. */
const EXCLUDED_OF_WORKERS: readonly FlagKey[] = ['accurately-filed']

/** An event: what it takes back stood before it. */
interface Since {
  at: number
  no: number
}

export interface Ending extends Since {
  why: EndReason
  /** A group of flags, or one. */
  of: keyof typeof GROUPS | FlagKey
  /** Flags of this go only. */
  turn?: number
  /** Flags of this go and the later ones. */
  sinceTurn?: number
  /** What a person did stays theirs, unless it proved to be none. */
  workers?: boolean
}

/** From here on the case counts for nothing but what is kept. */
export interface Exclusion extends Since {
  kept: keyof typeof KEPT
}

export interface Exemption extends Since {
  about: AppealSubject
  /** The unit that appealed, and its own units that had a part in the go. */
  units: readonly string[]
}

export interface TakenBack {
  endings: readonly Ending[]
  exclusions: readonly Exclusion[]
  exemptions: readonly Exemption[]
}

const isBefore = (flag: Flag, { at, no }: Since) => (flag.no === undefined ? flag.at <= at : flag.no < no)

function ends({ of, turn, sinceTurn = 0, workers }: Ending, flag: Flag): boolean {
  const group: readonly FlagKey[] = Object.hasOwn(GROUPS, of)
    ? GROUPS[of as keyof typeof GROUPS]
    : [of as FlagKey]
  if (flag.for.kind === 'worker' && !workers) return false
  return group.includes(flag.key) && (turn ?? flag.turn) === flag.turn && flag.turn >= sinceTurn
}

/** The flag with what later events have done to it. */
export function takenBack(flag: Flag, { endings, exclusions, exemptions }: TakenBack): Flag {
  const next = { ...flag }
  for (const end of endings) {
    if (!isBefore(flag, end) || !ends(end, flag)) continue
    if (next.ended === undefined || end.at < next.ended.at) next.ended = { at: end.at, why: end.why }
  }
  const isWorker = flag.for.kind === 'worker'
  const out = exclusions.find((e) => isBefore(flag, e) && !KEPT[e.kept].has(flag.key))
  if (out && (!isWorker || EXCLUDED_OF_WORKERS.includes(flag.key))) next.excludedAt = out.at
  const unit = flag.for.kind === 'worker' ? undefined : flag.for.unit
  const isExempt = ({ about }: Exemption) => EXEMPTS[about] === 'all' || EXEMPTS[about].includes(flag.key)
  const exempt = exemptions.find(
    (e) => isBefore(flag, e) && unit !== undefined && e.units.includes(unit) && isExempt(e),
  )
  if (exempt) next.exempt = { at: exempt.at, about: exempt.about }
  return next
}
