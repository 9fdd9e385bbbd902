// The part of a second-level unit 二级单位 in the handling: the lead's own limit for it 二级时限, until a suspension, an
// extension or a new round moves the case's clock. From then on the unit's part is due with the case.
import type { CaseState } from './case.ts'
import type { EventType } from './event.ts'
import { isWithUnit } from './light.ts'

const MOVES: readonly EventType[] = ['suspended', 'extension-granted', 'reworked', 'reopened']
const SETS: readonly EventType[] = ['assigned', 'dispatched', 'return-granted']

/** Whether the part's own limit has been overtaken, after one more event. */
export const partMoved = (before: boolean, type: EventType): boolean =>
  !SETS.includes(type) && (before || MOVES.includes(type))

type PartState = Pick<CaseState, 'unit' | 'unitDueAt' | 'department'>

/** The second-level unit that has the case, when that is another than its lead. */
export const partOf = ({ unit, department }: Omit<PartState, 'unitDueAt'>): string | undefined =>
  unit === department ? undefined : unit

/** The part's own due instant while it counts, epoch ms; undefined where the part is due with the case. */
export const partDueAt = (state: PartState, isMoved: boolean): number | undefined =>
  isMoved || partOf(state) === undefined ? undefined : state.unitDueAt

/** The instant at which the part is late before the case is, while its clock runs: a millisecond after its own due one. */
export const partTurnsRed = (state: PartState & Pick<CaseState, 'clock' | 'status'>): number | undefined => {
  const dueAt = partDueAt(state, false)
  return dueAt !== undefined && isWithUnit(state) && dueAt < (state.clock?.dueAt ?? 0) ? dueAt + 1 : undefined
}
