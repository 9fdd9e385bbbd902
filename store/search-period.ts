// The periods by which words are searched for, the newest first: thirty days each, counted from 1970. Long enough that a
// rare word is looked up in few of them, short enough that a frequent one has not many cases in one.

/** Seconds. Migration 0022 has it too: what is written there is not counted anew. */
const PERIOD_S = 30 * 24 * 3600

/** The period of an instant (epoch ms). */
export const searchPeriod = (at: number): number => Math.floor(at / (PERIOD_S * 1000))

/** The same in SQL, of an instant that is written so there. */
export const searchPeriodSql = (instant: string): string =>
  `floor(extract(epoch from ${instant}) / ${PERIOD_S})::int`

/** What `case_private` keeps of it: the words of a report are searched, other words are not. `at`: the event's, epoch ms. */
export const privatePeriod = (no: number, part: string, at: number): number | null =>
  no === 1 && part === 'words' ? searchPeriod(at) : null
