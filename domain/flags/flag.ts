// A flag 考核标志: something true of a case for statistics, from an instant on, until something takes it back. Flags are
// never rewritten: what they were at any earlier instant can be read off them.
import type { Post } from '../case.ts'
import type { AppealSubject, FlagKey } from './table.ts'

/**
 * For whom it counts. `case`: for the city with its areas and categories, and for the unit if one is named. `unit`: for
 * that unit alone, beside what the case counts for: a second-level unit 二级单位, or one that claimed from a pool.
 * `worker`: for a person and the post in which they acted, and for nothing else.
 */
export type FlagFor =
  | { kind: 'case'; unit?: string | undefined }
  | { kind: 'unit'; unit: string }
  | { kind: 'worker'; post?: Post | undefined; person?: string | undefined }

/**
 * Why it stands no longer. `over`: it was of a time that is over. `new-round`: rework or reopening put another reply in
 * its place; of its round it stays a fact. `returned`: the unit was not the right one. `withdrawn`: it proved to be none.
 */
export type EndReason = 'over' | 'new-round' | 'returned' | 'withdrawn'

export interface Flag {
  key: FlagKey
  for: FlagFor
  /** The round 轮次 it is about. */
  round: number
  /** The go 派遣次 it is about: a return and a new dispatch make another go of the same round. 0 = before the first. */
  turn: number
  /** The field task (`check:ID`) or 督办 (`oversight:2`) that it is about, where a go can have several. */
  of?: string | undefined
  /** Epoch ms at which it became true. */
  at: number
  /** The event that made it true; absent when time alone did. */
  no?: number | undefined
  ended?: { at: number; why: EndReason } | undefined
  /** Since when the case counts no more: it was voided, merged, rejected or fixed on the spot. Epoch ms. */
  excludedAt?: number | undefined
  /** A granted appeal 申诉: rates leave it out, the fact stays. */
  exempt?: { at: number; about: AppealSubject } | undefined
}

/** It counts for its case now 按件: at most one reply and one closing of a case do. */
export const stands = (flag: Flag): boolean => flag.ended === undefined && flag.excludedAt === undefined

/** It counts for its round 按轮: also when a later round has put another in its place. */
export const standsForRound = (flag: Flag): boolean =>
  flag.excludedAt === undefined && (flag.ended === undefined || flag.ended.why === 'new-round')

/** It happened 按发生: for counts of what took place in a period. */
export const happened = (flag: Flag): boolean =>
  flag.excludedAt === undefined && flag.ended?.why !== 'returned' && flag.ended?.why !== 'withdrawn'

/** The flags as they were at an earlier instant, epoch ms. */
export function flagsAsOf(flags: readonly Flag[], at: number): Flag[] {
  return flags.flatMap((flag) => {
    if (flag.at > at) return []
    const { ended, excludedAt, exempt, ...fact } = flag
    return [
      {
        ...fact,
        ...(ended && ended.at <= at ? { ended } : {}),
        ...(excludedAt !== undefined && excludedAt <= at ? { excludedAt } : {}),
        ...(exempt && exempt.at <= at ? { exempt } : {}),
      },
    ]
  })
}

export const sameHolder = (a: FlagFor, b: FlagFor): boolean =>
  a.kind === b.kind &&
  (a.kind === 'worker'
    ? b.kind === 'worker' && a.post === b.post && a.person === b.person
    : b.kind !== 'worker' && a.unit === b.unit)

/** True once is true: said again of the same go and holder, it is the same flag. */
const ONCE: ReadonlySet<FlagKey> = new Set(['was-overdue'])

/** Joins flags that follow one another without a gap, leaves out those that never lasted, and puts them in order. */
export function joined(flags: readonly Flag[]): Flag[] {
  const result: Flag[] = []
  for (const flag of [...flags].sort((a, b) => a.at - b.at || (a.no ?? 0) - (b.no ?? 0))) {
    if (flag.ended?.why === 'over' && flag.ended.at <= flag.at) continue
    const isSame = (f: Flag) => f.key === flag.key && f.turn === flag.turn && sameHolder(f.for, flag.for)
    if (ONCE.has(flag.key) && result.some(isSame)) continue
    const i = result.findIndex(
      (f) =>
        isSame(f) &&
        f.of === flag.of &&
        f.ended?.why === 'over' &&
        f.ended.at === flag.at &&
        f.exempt?.at === flag.exempt?.at &&
        f.excludedAt === flag.excludedAt,
    )
    const before = result[i]
    if (before === undefined) {
      result.push(flag)
      continue
    }
    const { ended: _, ...fact } = before
    result[i] = { ...fact, ...(flag.ended ? { ended: flag.ended } : {}) }
  }
  return result
}
