// What a ruling changes: the flags that a granted appeal leaves out of its unit's rates. Pure; the rule is the domain's.
import { type AppealSubject, EXEMPTS } from '#domain/flags/table.ts'
import type { FlagJson } from '../../api/clocks.ts'

/** One flag a key: it may count for the case and for its unit. */
const once = (flags: readonly FlagJson[]): FlagJson[] => [...new Map(flags.map((f) => [f.key, f])).values()]

const isOfUnit = ({ for: to }: FlagJson, unit: string | undefined) =>
  to.kind !== 'worker' && (to.unit === undefined || to.unit === unit)

/** Flags that count now and would not if an appeal about this were granted. */
export const wouldLeaveOut = (
  flags: readonly FlagJson[],
  { about, unit }: { about: AppealSubject; unit: string | undefined },
): FlagJson[] => {
  const exempts = EXEMPTS[about]
  return once(
    flags.filter(
      (f) =>
        f.stands &&
        f.exempt === undefined &&
        isOfUnit(f, unit) &&
        (exempts === 'all' ? f.for.unit === unit : exempts.includes(f.key)),
    ),
  )
}

/** Flags that count for the unit or its case now. */
export const counting = (flags: readonly FlagJson[], unit: string | undefined): FlagJson[] =>
  once(flags.filter((f) => f.stands && f.exempt === undefined && isOfUnit(f, unit)))

/** Flags that a granted appeal has left out. */
export const leftOut = (flags: readonly FlagJson[]): FlagJson[] =>
  once(flags.filter((f) => f.exempt !== undefined))
