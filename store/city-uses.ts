// What open cases use of the city: how many name each unit, category, condition, area and zone. Asked before a newer pack
// takes some of them away.
import type { Store } from './open.ts'

export interface OpenCaseUses {
  departments: ReadonlyMap<string, number>
  categories: ReadonlyMap<string, number>
  conditions: ReadonlyMap<string, number>
  /** A case counts for its grid and for every area above it. */
  areas: ReadonlyMap<string, number>
  zones: ReadonlyMap<string, number>
}

export async function openCaseUses({ sql }: Store): Promise<OpenCaseUses> {
  const rows = await sql<{ kind: keyof OpenCaseUses; code: string; n: number }[]>`
    with open as (
      select department, category, area_path, state from "case"
      where status not in ('closed', 'rejected', 'merged', 'voided')
    )
    select 'departments' as kind, department as code, count(*)::int as n from open where department is not null group by 2
    union all
    select 'categories', category, count(*)::int from open where category is not null group by 2
    union all
    select 'conditions', state->>'condition', count(*)::int from open where state->>'condition' is not null group by 2
    union all
    select 'areas', area, count(*)::int from open, unnest(area_path) as area group by 2
    union all
    select 'zones', state->>'zone', count(*)::int from open where state->>'zone' is not null group by 2`
  const of = (kind: keyof OpenCaseUses) =>
    new Map(rows.filter((r) => r.kind === kind).map((r) => [r.code, r.n]))
  return {
    departments: of('departments'),
    categories: of('categories'),
    conditions: of('conditions'),
    areas: of('areas'),
    zones: of('zones'),
  }
}
