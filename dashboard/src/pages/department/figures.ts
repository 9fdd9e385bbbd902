// The unit's own figures, read off its board: today, the month, and what counts against it, each with the list behind it.
// Rates carry both numbers. Pure.
import type { BoardState } from '#domain/board.ts'
import { boardView } from '#domain/board-view.ts'
import type { ListFilters } from '../../components/case-list/filters.ts'

export interface Figure {
  /** Word `dept.figure.NAME`. */
  name:
    | 'dispatched'
    | 'replied'
    | 'due'
    | 'due-replied'
    | 'on-time'
    | 'overdue'
    | 'not-in-time'
    | 'reworked'
    | 'returned'
  /** What it shows; of a share its numerator. */
  n: number
  of?: number
  /** Numerator by denominator, 0 to 1; absent where nothing is to be divided by. */
  share?: number
  list: ListFilters
}

export interface Figures {
  today: Figure[]
  month: Figure[]
  against: Figure[]
}

export function figuresOf(state: BoardState, now: number, department: string): Figures {
  const scope = `department:${department}`
  const { totals, dueToday, month, overdue } = boardView(state, now, scope)
  const day = state.day
  const { dueReplied = 0, onTimeReplied = 0 } = month ?? {}
  const counted = (metric: string, without?: string): ListFilters => ({
    metric,
    ...(without === undefined ? {} : { without }),
    ...(day === '' ? {} : { day }),
    scope,
  })
  return {
    today: [
      { name: 'dispatched', n: totals.dispatched, list: counted('dispatched') },
      { name: 'replied', n: totals.replied, list: counted('replied') },
      { name: 'due', n: dueToday.closed, of: dueToday.n, list: counted('dueToday') },
    ],
    month: [
      { name: 'due-replied', n: dueReplied, list: counted('monthDueReplied') },
      {
        name: 'on-time',
        n: onTimeReplied,
        of: dueReplied,
        ...(dueReplied === 0 ? {} : { share: onTimeReplied / dueReplied }),
        list: counted('monthOnTimeReplied'),
      },
    ],
    against: [
      { name: 'overdue', n: overdue, list: { department, overdue: true } },
      {
        name: 'not-in-time',
        n: dueReplied - onTimeReplied,
        list: counted('monthDueReplied', 'monthOnTimeReplied'),
      },
      { name: 'reworked', n: totals.reworked, list: counted('reworked') },
      { name: 'returned', n: totals.returned, list: counted('returned') },
    ],
  }
}
