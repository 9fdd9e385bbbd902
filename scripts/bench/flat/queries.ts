// The hot queries: what desks, walls and the machinery ask all day, by the functions that ask it. The bench times them on
// a short and a long history, docs/queries.md shows their plans, and a test holds them to their indexes.
import { dayStart } from '#domain/city-time.ts'
import { addDays } from '#domain/days.ts'
import type { City } from '#domain/city/types.ts'
import { unitAndBelow } from '#domain/units.ts'
import { boardDelta, boardSnapshot } from '#store/board.ts'
import { type CaseFilter, caseLog, findCase, listCases } from '#store/cases.ts'
import { countedCases } from '#store/counted.ts'
import { duplicatesOf, openCasesNear } from '#store/duplicates.ts'
import type { Store } from '#store/open.ts'
import { standingCases } from '#store/standings.ts'
import { stuckCases } from '#store/stuck.ts'
import type { Sample, Samples } from './samples.ts'

export interface Asking {
  store: Store
  city: City
  samples: Samples
}

export interface HotQuery {
  name: string
  /** Who asks it, and when. */
  purpose: string
  /** Indexes that its plan rests on at a large history: no other way of reading is flat. */
  rests: readonly string[]
  /** Asks once, with the `n`th sample. @returns rows found. */
  ask(asking: Asking, n: number): Promise<number>
  /** Lists: also timed at a page far down. */
  filter?(asking: Asking, n: number): CaseFilter
}

export const PAGE = 20
const FAR = 100

const at = (list: readonly Sample[], n: number): Sample => {
  const sample = list[n % list.length]
  if (!sample) throw new Error('there is no such case to ask for')
  return sample
}

const list = (
  name: string,
  purpose: string,
  rests: readonly string[],
  filter: (asking: Asking, n: number) => CaseFilter,
): HotQuery => ({
  name,
  purpose,
  rests,
  filter,
  async ask(asking, n) {
    const { store, samples } = asking
    return (await listCases(store, filter(asking, n), { limit: PAGE, now: samples.now })).items.length
  },
})

const below = ({ city, samples }: Asking) => unitAndBelow(samples.department, city)

/** Zones and areas named so, as the api finds them. */
const placesNamed = (words: string, { pack }: City) => ({
  areas: pack.areas.filter((a) => a.name.includes(words)).map((a) => a.code),
  zones: pack.zones.filter((z) => z.name.includes(words)).map((z) => z.code),
})

const search = (q: string, city: City): CaseFilter => ({ q, qPlace: placesNamed(q, city), qPhone: true })
/** The words of one period after another; which periods there are; the cases. */
const SEARCHED = ['case_private_words', 'case_reported', 'case_pkey']
const WORDS = ['路灯', '垃圾', '井盖', '占道经营', '积水', '树枝', '白鹭']

export const HOT_QUERIES: readonly HotQuery[] = [
  {
    name: 'board',
    purpose: 'Everything on the board: a wall or desk that connects; each api process at its start.',
    rests: ['rollup_pkey', 'feed_pkey'],
    ask: async ({ store }) => (await boardSnapshot(store)).cases.length,
  },
  {
    name: 'board delta',
    purpose: 'What the last 20 facts changed: each api process at every fact, for all its walls.',
    rests: ['feed_pkey', 'rollup_seq', 'board_case_pkey'],
    async ask({ store }) {
      const [head] = await store.sql<{ epoch: string; seq: string }[]>`select epoch, seq from feed_head`
      const delta = head && (await boardDelta(store, head.epoch, Number(head.seq) - 20))
      return typeof delta === 'object' ? (delta.changes.cases?.length ?? 0) : 0
    },
  },
  list('list: all', 'All cases, newest first.', ['case_reported'], () => ({})),
  list('list: closed', 'Closed cases.', ['case_status'], () => ({ status: ['closed'] })),
  list('list: voided', 'Cases of a rare status.', ['case_status'], () => ({ status: ['voided'] })),
  list('list: department', 'Cases of a unit with all below it.', ['case_department'], (a) => ({
    departments: below(a),
  })),
  list('list: department, red', 'Late ones of a unit.', ['case_department'], (a) => ({
    departments: below(a),
    light: 'red',
  })),
  list('list: co-unit', 'Cases in which a unit helps.', ['case_co_departments'], ({ samples }) => ({
    departments: [samples.officer.department],
    role: 'co',
  })),
  list('list: area', 'Cases of a street.', ['case_reported'], ({ samples }) => ({ area: samples.area })),
  list('list: light yellow', 'Cases whose due time is near.', ['case_reported'], () => ({ light: 'yellow' })),
  list('list: overdue', 'With a unit and past the due time.', ['case_running'], () => ({ overdue: true })),
  list('list: waits for', 'The queue of a desk.', ['case_waits'], () => ({ waitsFor: ['duty-manager'] })),
  list('list: within reach', 'What an officer of one unit may see.', ['case_reported'], ({ samples }) => ({
    within: {
      departments: [samples.officer.department],
      areas: [],
      account: samples.officer.id,
      pools: false,
    },
  })),
  list(
    'search: number',
    'A whole receipt or case number.',
    ['case_receipt_no_key', 'case_case_no_key'],
    (a, n) => {
      const { state } = at(a.samples.cases, n)
      return search(n % 2 === 0 ? state.receiptNo : (state.caseNo ?? state.receiptNo), a.city)
    },
  ),
  list('search: tail of a number', 'Its last eight digits.', ['case_event_receipt_tail'], (a, n) =>
    search(at(a.samples.cases, n).state.receiptNo.slice(-8), a.city),
  ),
  list('search: words', 'Two to four characters of what was said.', SEARCHED, (a, n) =>
    search(WORDS[n % WORDS.length] ?? '', a.city),
  ),
  list('search: address', 'A street and a house.', SEARCHED, (a, n) => {
    const address = at(a.samples.cases, n).words?.address ?? ''
    return search(/.{2,4}\d+号/u.exec(address)?.[0] ?? (address.slice(0, 6) || '路'), a.city)
  }),
  list('search: phone', 'The last digits of a caller’s number.', ['case_private_phone'], (a, n) => {
    const called = a.samples.cases.filter((c) => c.words?.reporter?.phone !== undefined)
    const phone = called[n % Math.max(1, called.length)]?.words?.reporter?.phone ?? '12000000000'
    return search(phone.slice(-8), a.city)
  }),
  list('search: place', 'The name of a zone or area.', ['case_zone', ...SEARCHED], (a, n) => {
    const { zones } = a.city.pack
    return search(zones[n % zones.length]?.name ?? '', a.city)
  }),
  {
    name: 'a case with its log',
    purpose: 'A case opened, by id, old or new.',
    rests: ['case_pkey', 'case_event_case_id_no_key', 'case_private_pkey'],
    async ask({ store, samples }, n) {
      const found = await findCase(store, at(samples.cases, n).state.id)
      return found ? (await caseLog(store, found.state.id)).length : 0
    },
  },
  {
    name: 'a month by department',
    purpose: 'The cases behind a month’s figure of a unit.',
    rests: ['standing_dispatched'],
    async ask({ store, samples: { month, department } }) {
      const rows = await standingCases(store, {
        metric: 'monthClosed',
        from: month.start,
        to: month.end,
        isDue: false,
        key: `department:${department}`,
        limit: 50,
      })
      return rows.length
    },
  },
  {
    name: 'a day’s count',
    purpose: 'The cases behind a figure of the day before the last.',
    rests: ['case_event_type_at'],
    async ask({ store, city, samples }) {
      const { timeZone } = city.pack
      const today = new Date(samples.now + 8 * 3_600_000).toISOString().slice(0, 10)
      const rows = await countedCases(store, {
        type: 'closed',
        firstOnly: true,
        from: dayStart(addDays(today, -1), timeZone),
        to: dayStart(today, timeZone),
        limit: 200,
      })
      return rows.length
    },
  },
  {
    name: 'duplicates of a report',
    purpose: 'Screening: open cases near a new report, and ones that ended lately.',
    rests: ['case_open_place'],
    ask: async ({ store, city, samples }, n) =>
      (await duplicatesOf(store, at(samples.present, n), city)).length,
  },
  {
    name: 'near a place',
    purpose: 'Somebody is about to report: what is known there.',
    rests: ['case_open_place'],
    async ask({ store, city, samples }, n) {
      const { state } = at(samples.present, n)
      const asked = {
        position: state.position,
        category: state.category,
        now: samples.now,
        mayRead: () => true,
      }
      return (await openCasesNear(store, asked, city)).length
    },
  },
  {
    name: 'stuck',
    purpose: 'The reconciler, every half minute: what a machine should have moved.',
    rests: ['case_status'],
    ask: async ({ store, samples }) =>
      (await stuckCases(store, samples.now, 60_000, { checked: true })).length,
  },
]

/** The cursor before the 100th page of a list, or before its last full page. */
export async function farCursor(asking: Asking, query: HotQuery, n: number): Promise<string | undefined> {
  const filter = query.filter?.(asking, n)
  if (!filter) return undefined
  let cursor: string | undefined
  for (let skip = PAGE * (FAR - 1); skip >= PAGE; skip = Math.floor(skip / 2)) {
    const page = await listCases(asking.store, filter, { limit: skip, now: asking.samples.now })
    if (page.nextCursor !== undefined) return page.nextCursor
    cursor = page.nextCursor
  }
  return cursor
}
