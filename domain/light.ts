// The light 灯 of a case at an instant: green to 80 % of the limit, yellow to 100 %, red after; frozen when the clock stops.
import type { CaseState, Light } from './case.ts'
import { lightAt } from './deadline.ts'

export function lightOf(state: Pick<CaseState, 'clock' | 'status'>, at: number): Light {
  const { clock } = state
  if (!clock || state.status === 'suspended') return 'none'
  return lightAt({ at: clock.stoppedAt ?? at, warnAt: clock.warnAt, dueAt: clock.dueAt })
}

/** The unit has the case and its clock runs: only then can time alone make it late. */
export const isWithUnit = (state: Pick<CaseState, 'clock' | 'status'>): boolean =>
  isClockRunning(state) && (state.status === 'dispatched' || state.status === 'handling')

/** The handling clock is running: only then can time alone turn a light. After the reply where policy says so. */
export const isClockRunning = (state: Pick<CaseState, 'clock' | 'status'>): boolean =>
  state.clock !== undefined &&
  state.clock.stoppedAt === undefined &&
  ['dispatched', 'handling', 'replied', 'checked'].includes(state.status)

/** 超期 now: with the unit, its clock running past the due instant. A late reply ends it and is a fact of its own (late). */
export const isOverdue = (state: Pick<CaseState, 'clock' | 'status'>, at: number): boolean =>
  isWithUnit(state) && lightOf(state, at) === 'red'

/** 超期处置: a reply came after its due instant, in any round so far. */
export const isLate = ({ rounds }: Pick<CaseState, 'rounds'>): boolean => rounds.some((r) => r.late)
