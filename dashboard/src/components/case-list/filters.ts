// What a list of cases shows, as its address says it: filters to and from the URL, and to the API's query. Unknown values
// are dropped, so that an old link shows more rather than nothing.
import { METRICS, STANDINGS } from '#domain/board.ts'
import { OPEN_STATUSES, SOURCES, STATUSES, type Light, type Source, type Status } from '#domain/case.ts'

export interface ListFilters {
  /** `open`: everything that is not over. */
  status?: Status | 'open' | undefined
  light?: Light | undefined
  overdue?: true | undefined
  /** 超期处置 */
  late?: true | undefined
  /** 返工 */
  rework?: true | undefined
  area?: string | undefined
  category?: string | undefined
  source?: Source | undefined
  department?: string | undefined
  role?: 'co' | undefined
  q?: string | undefined
  /** A count of the board: the list is then of what it counted, and of nothing else. */
  metric?: string | undefined
  /** Of a standing: without what counts in this one too. */
  without?: string | undefined
  /** City day of the count, the board's by default. */
  day?: string | undefined
  scope?: string | undefined
}

export const LIGHT_CHOICES: readonly Light[] = ['green', 'yellow', 'red', 'none']
const COUNTS: readonly string[] = [...METRICS, ...STANDINGS]

const among = <T extends string>(all: readonly T[], given: string | null): T | undefined =>
  all.find((v) => v === given)
const textIn = (given: string | null): string | undefined => given?.trim() || undefined
const flag = (given: string | null): true | undefined => (given === '1' ? true : undefined)

export function filtersOf(search: URLSearchParams): ListFilters {
  const at = (name: string) => search.get(name)
  const department = textIn(at('department'))
  const found: ListFilters = {
    status: among(['open', ...STATUSES] as const, at('status')),
    light: among(LIGHT_CHOICES, at('light')),
    overdue: flag(at('overdue')),
    late: flag(at('late')),
    rework: flag(at('rework')),
    area: textIn(at('area')),
    category: textIn(at('category')),
    source: among(SOURCES, at('source')),
    department,
    role: department !== undefined && at('role') === 'co' ? 'co' : undefined,
    q: textIn(at('q')),
    metric: among(COUNTS, at('metric')),
    without: among(COUNTS, at('without')),
    day: /^\d{4}-\d{2}-\d{2}$/.test(at('day') ?? '') ? (at('day') ?? undefined) : undefined,
    scope: textIn(at('scope')),
  }
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined))
}

/** The query part of the list's address, without `?`; empty filters make an empty one. */
export function searchOf(filters: ListFilters): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) search.set(name, value === true ? '1' : String(value))
  return search.toString()
}

export const listPath = (filters: ListFilters): string => {
  const search = searchOf(filters)
  return search === '' ? '/cases' : `/cases?${search}`
}

/** What is asked of the API for a page of the list. */
export function queryOf(
  filters: ListFilters,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): string {
  const { metric, without, day, scope, status, ...rest } = filters
  const search = new URLSearchParams(
    metric === undefined
      ? searchOf({ ...rest, ...(status === undefined || status === 'open' ? {} : { status }) })
      : searchOf({ metric, without, day, scope }),
  )
  if (metric === undefined && status === 'open') search.set('status', OPEN_STATUSES.join(','))
  // What was counted of a day comes whole.
  if (metric === undefined || (STANDINGS as readonly string[]).includes(metric)) {
    search.set('limit', String(limit))
    if (cursor !== undefined) search.set('cursor', cursor)
  }
  return `${metric === undefined ? '/cases' : '/board/cases'}?${search}`
}

/** How many filters narrow the list beside the words and what is open. */
export const narrowedBy = ({ q: _q, status, ...rest }: ListFilters): number =>
  Object.values(rest).filter((v) => v !== undefined).length +
  (status === undefined || status === 'open' ? 0 : 1)
