// Finding cases by what somebody typed. Each way of being found is a page of its own, and the pages are put together: as one
// condition with "or" no index would help.
import type { RawBuilder } from 'kysely'
import { sql as raw } from 'kysely'
import { searchPeriod, searchPeriodSql } from './search-period.ts'

export interface Search {
  /** Number, words of the description or address. */
  q?: string | undefined
  /** With `q`: areas and zones that it names, and whether the reporter's phone number is looked through. */
  qPlace?: { areas: readonly string[]; zones: readonly string[] } | undefined
  qPhone?: boolean | undefined
}

/** A way in which a case `c` can be found. */
export interface Way {
  /** Undefined = every case. */
  fits?: RawBuilder<boolean>
  /** Where one page would have to sort years: makes the page of one for each of something, which `fits` speaks of. */
  gather?: (page: Page) => RawBuilder<unknown>
}

interface Page {
  /** Sorted, the newest first, `most` cases at most. */
  query: RawBuilder<unknown>
  most: number
  /** Where the page begins; the newest case where that is undefined. */
  from: Date | undefined
}

/** Fewer digits than these are part of too many numbers. */
const LEAST_DIGITS = 4

/** By number, by the report's words, and by what else the asker may search. Who searches for nothing finds every case. */
export function waysOf({ q, qPlace, qPhone }: Search): Way[] {
  if (q === undefined) return [{}]
  const ways: Way[] = []
  // One of our numbers is in nobody's words.
  if (!/^[A-Za-z]\d{9,}$/u.test(q)) ways.push(byWords(q))
  if (/^[A-Za-z\d-]+$/u.test(q)) ways.push(...byNumber(q.toUpperCase()).map((fits) => ({ fits })))
  if (qPlace && qPlace.areas.length > 0)
    ways.push({ fits: raw<boolean>`c.area_path && ${[...qPlace.areas]}::text[]` })
  if (qPlace && qPlace.zones.length > 0)
    ways.push({ fits: raw<boolean>`c.state ->> 'zone' = z.zone`, gather: ofEach(qPlace.zones) })
  const digits = q.replace(/\D/gu, '')
  if (qPhone === true && digits.length >= LEAST_DIGITS && /^[\d\s+()-]+$/u.test(q))
    ways.push({
      fits: raw<boolean>`c.id = any(array(
        select s.case_id from case_private s where s.no = 1 and s.part = 'person'
          and regexp_replace(s.data ->> 'phone', '\\D', '', 'g') like ${`%${digits}%`}))`,
    })
  return ways
}

/** Written like the index of migration 0022, or it is not used. */
const WORDS = raw`(coalesce(s.data ->> 'description', '') || ' ' || coalesce(s.data ->> 'address', ''))`
const holds = (q: string) => raw`position(lower(${q}::text) in lower(${WORDS})) <> 0`

/** The pairs are for the index; a text of one character has none. */
function byWords(q: string): Way {
  if ([...q].length < 2)
    return {
      fits: raw<boolean>`c.id in (
        select s.case_id from case_private s where s.no = 1 and s.part = 'words' and ${holds(q)})`,
    }
  // As an array, the period's cases are looked up first, whatever the planner believes of their number.
  return {
    gather: backInTime,
    fits: raw<boolean>`c.id = any(array(
      select s.case_id from case_private s where s.no = 1 and s.part = 'words'
        and dated_pairs(${WORDS}, s.period) @> dated_pairs(${q}, p.period) and ${holds(q)}))`,
  }
}

/** By its beginning, or from its fourth last character on. */
function byNumber(number: string): RawBuilder<boolean>[] {
  const ways = [raw<boolean>`c.receipt_no like ${`${number}%`}`, raw<boolean>`c.case_no like ${`${number}%`}`]
  if (number.length < LEAST_DIGITS) return ways
  const tail = `${[...number].reverse().join('')}%`
  // Few numbers of a day end like this: they are looked up first, whatever the planner believes.
  return [
    ...ways,
    raw<boolean>`c.id = any(array(select e.case_id from case_event e
      where e.type = 'reported' and reverse(e.payload ->> 'receiptNo') like ${tail}))`,
    raw<boolean>`c.id = any(array(select e.case_id from case_event e
      where e.type = 'filed' and reverse(e.payload ->> 'caseNo') like ${tail}))`,
  ]
}

/**
 * A page of each period, from that of `from` or the newest case back to that of the oldest, until there are enough. `query`
 * speaks of `p.period`. It comes sorted, without being sorted: periods follow each other in time, and a `lateral` with a
 * limit can only be joined by a nested loop, which takes them in the order in which they come.
 */
function backInTime({ query, most, from }: Page): RawBuilder<unknown> {
  const newest = from
    ? raw`${searchPeriod(from.getTime())}::int`
    : raw`(select ${raw.raw(searchPeriodSql('max(reported_at)'))} from "case")`
  return raw`(select found.* from
    generate_series(${newest}, (select ${raw.raw(searchPeriodSql('min(reported_at)'))} from "case"), -1) as p(period)
    cross join lateral (${query}) found limit ${most})`
}

/** A page of each zone, read from its index in order; "any of them" would be all their cases, sorted. */
const ofEach =
  (zones: readonly string[]) =>
  ({ query }: Page) =>
    raw`(select found.* from unnest(${[...zones]}::text[]) as z(zone) cross join lateral (${query}) found)`
