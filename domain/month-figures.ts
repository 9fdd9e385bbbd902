// The month's figures as GET /board tells them, read off the board's counts: of the cases dispatched in the month, how
// many were closed, should be replied, were replied, in time. Rates are for the reader to make, with both numbers.
import type { BoardState, CountMetric } from './board.ts'
import type { Period } from './month.ts'

export interface UnitMonth {
  code: string
  dispatched: number
  closed: number
  dueReplied: number
  replied: number
  onTimeReplied: number
}

export interface MonthFigures extends Omit<UnitMonth, 'code'> {
  /** `through`: the last day that is in, of a month that is not over or was cut. */
  period: Period & { through: string }
  rated: number
  /** 满意 and 非常满意. */
  satisfied: number
  /** First-level units; of a unit's own board that unit, of an area's none: units are not counted by area. */
  byDepartment: UnitMonth[]
}

/** Undefined before the board's first fact. */
export function monthFigures(
  state: BoardState,
  scope: string,
  which: 'month' | 'before',
  isSecondLevel: (unit: string) => boolean = () => false,
): MonthFigures | undefined {
  if (!state.month) return undefined
  const { before, ...month } = state.month
  const { name, start, end, through } = which === 'before' ? before : { ...month, through: month.day }
  const n = (key: string, figure: string) => state.counts.get(`${key}|${which}${figure}`)?.n ?? 0
  const unit = (key: string) => ({
    dispatched: n(key, 'Dispatched'),
    closed: n(key, 'Closed'),
    dueReplied: n(key, 'DueReplied'),
    replied: n(key, 'Replied'),
    onTimeReplied: n(key, 'OnTimeReplied'),
  })
  const isOurs = (metric: CountMetric) => metric.startsWith(which)
  const units = new Set<string>()
  for (const { key, metric, n } of state.counts.values())
    if (n > 0 && key.startsWith('department:') && isOurs(metric)) units.add(key.slice('department:'.length))
  const shown = scope === 'city' ? [...units].filter((u) => !isSecondLevel(u)) : [...units]
  return {
    period: { ...(name === undefined ? {} : { name }), start, end, through },
    ...unit(scope),
    rated: n(scope, 'Rated'),
    satisfied: n(scope, 'Satisfied'),
    byDepartment: shown
      .filter((code) => scope === 'city' || scope === `department:${code}`)
      .sort()
      .map((code) => ({ code, ...unit(`department:${code}`) })),
  }
}
