// Working calendars: periods by weekday and season, minus holidays, plus make-up workdays 调休.

/** Local wall-clock times `HH:MM`; `end` may be `24:00`. */
export interface Period {
  start: string
  end: string
}

export interface Season {
  /** Inclusive local dates `YYYY-MM-DD`. */
  from: string
  to: string
  /** ISO weekday 1 (Monday) … 7 → periods in order, not overlapping. Missing = no work. */
  weekdays: Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, Period[]>>
  /** Periods of a make-up workday; default: those of Monday. */
  makeUp?: Period[] | undefined
}

export interface Calendar {
  /** `centre` or a department code. */
  owner: string
  /** IANA name. */
  timeZone: string
  seasons: Season[]
  /** Local dates without work. */
  holidays: string[]
  /** Local dates worked although the weekday is off. */
  makeUpWorkdays: string[]
}
