// Limits 处置时限 as the catalogue writes them.

/**
 * `urgent-hour` 紧急工作时 and `urgent-day` 紧急工作日 run continuously, as do the natural units;
 * `work-hour` 工作时 and `work-day` 工作日 run only within the owner's working periods.
 */
export type LimitUnit =
  | 'urgent-hour'
  | 'urgent-day'
  | 'work-hour'
  | 'work-day'
  | 'natural-hour'
  | 'natural-day'

export interface Limit {
  amount: number
  unit: LimitUnit
  /** The original words. */
  text: string
}
