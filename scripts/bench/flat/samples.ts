// What the hot queries are asked with: cases, numbers, words and places drawn from all of a history, old and new.
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import type { ReportWords } from '#domain/case-view.ts'
import { findCases } from '#store/cases.ts'
import type { Store } from '#store/open.ts'

export interface Sample {
  state: CaseState
  words: ReportWords | undefined
}

export interface Samples {
  /** Of all of history. */
  cases: Sample[]
  /** Reported in the last days. */
  present: Sample[]
  /** Open cases. */
  open: Sample[]
  /** The lead of the most cases, the category and the area of many. */
  department: string
  area: string
  category: string
  /** Someone who sees the cases of one unit of the second level only. */
  officer: { id: string; department: string }
  /** City days: the month of the board. */
  month: { start: string; end: string }
  /** Log clock, epoch ms. */
  now: number
}

const EACH = 200

export async function openSamples(store: Store, city: City): Promise<Samples> {
  const { sql } = store
  const [head] = await sql<
    { month: { start: string; end: string }; at: Date }[]
  >`select month, at from feed_head`
  const [size] = await sql<{ n: number }[]>`
    select greatest(reltuples, 1)::float8 as n from pg_class where oid = '"case"'::regclass`
  if (!head || !size) throw new Error('there is nothing to sample: npm run generate')
  const share = Math.min(100, (100 * EACH * 20) / size.n)
  const drawn = await sql<{ id: string }[]>`
    select id from (select id, random() as r from "case" tablesample system (${share})) s order by r limit ${EACH}`
  const present = await sql<{ id: string }[]>`select id from "case" order by reported_at desc limit ${EACH}`
  const open = await sql<
    { id: string }[]
  >`select case_id as id from board_case order by seq desc limit ${EACH}`
  const most = async (column: 'department' | 'area' | 'category') => {
    const [row] = await sql<{ v: string }[]>`
      select ${sql(column)} as v from (select * from "case" order by reported_at desc limit 5000) c
      where ${sql(column)} is not null group by 1 order by count(*) desc, 1 limit 1`
    if (!row) throw new Error(`no case has a ${column}`)
    return row.v
  }
  const [officer] = await sql<{ id: string; department: string }[]>`
    select id, department from account where 'department-officer' = any(posts) and department is not null
    order by username limit 1`
  if (!officer) throw new Error('the city has no department officer')
  const read = async (rows: readonly { id: string }[]): Promise<Sample[]> => {
    const found = await findCases(
      store,
      rows.map((r) => r.id),
    )
    return rows.flatMap(({ id }) => found.get(id) ?? [])
  }
  const area = await most('area')
  return {
    cases: await read(drawn),
    present: await read(present),
    open: await read(open),
    department: await most('department'),
    // Its street: the first of its path.
    area: city.areas.get(area)?.parent ?? area,
    category: await most('category'),
    officer,
    month: head.month,
    now: head.at.getTime(),
  }
}
