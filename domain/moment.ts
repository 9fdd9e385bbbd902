// Instants and days as somebody may name them to us: of years that calendars, clocks and the database all know. What says
// more than an instant (a named zone), and leap seconds, have the form of one and are none that a computer reads.
import Type from 'typebox'

export const MOMENT_FORM =
  '^(19|20|21)\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$'
export const DAY_FORM = '^(19|20|21)\\d\\d-\\d\\d-\\d\\d$'

/** ISO 8601 with offset, 1900 to 2199. */
export const Moment = (description?: string) =>
  Type.String({
    format: 'date-time',
    pattern: MOMENT_FORM,
    ...(description === undefined ? {} : { description }),
  })

/** `YYYY-MM-DD`, 1900 to 2199. */
export const Day = (description: string) => Type.String({ format: 'date', pattern: DAY_FORM, description })
