// A city pack out of the rows of an export: agencies become departments, complaint types categories with a limit taken
// from the file's own due dates, boards grids. Written as a folder like any other pack, to be read and checked like one.
import { cityDay } from '#domain/city-time.ts'
import type { Policies } from '#domain/city/types.ts'
import { drawGrids, slug } from './grids.ts'
import { type ServiceRequest, TIME_ZONE } from './rows.ts'

/** For categories of which no row has a due date. */
export const DEFAULT_LIMIT = '10自然日'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const policies: Policies = {
  accept: [{ decide: 'rule' }],
  file: [{ decide: 'rule' }],
  dispatch: [{ decide: 'rule' }],
  requestCheck: [{ decide: 'rule' }],
  close: [{ decide: 'duty-manager', reason: 'policy' }],
  warnShare: 0.8,
  stageLimits: { check: '24紧急工作时' },
  reworkLimit: 'same',
  maxExtensions: 2,
  maxSuspendDays: 365,
  fallBackDepartment: '',
}

/** Name of a category: what `categoryFor` looks for again. */
const categoryName = (type: string, agency: string, isShared: boolean) =>
  isShared ? `${type} · ${agency}` : type

/** Code of the category whose name says the row's complaint type; undefined when the pack has none. */
export function categoryFor(
  { type, agency }: Pick<ServiceRequest, 'type' | 'agency'>,
  codeByName: ReadonlyMap<string, string>,
): string | undefined {
  return codeByName.get(categoryName(type, agency, true)) ?? codeByName.get(type)
}

/** File name → contents. `name` becomes the city's; `now` (epoch ms) keeps the calendar from ending before today. */
export function packOf(
  requests: readonly ServiceRequest[],
  { name, now }: { name: string; now: number },
): Map<string, string> {
  if (requests.length === 0)
    throw new Error('no row of the file can be read: there is nothing to make a city of')
  const agencies = agenciesOf(requests)
  const categories = categoriesOf(requests, agencies)
  const [first] = agencies
  const cityJson = {
    code: 'replay',
    name,
    centreName: `${name} 311`,
    timeZone: TIME_ZONE,
    crs: 'wgs84',
    levels: [
      { key: 'borough', name: 'Borough' },
      { key: 'grid', name: 'Community board' },
    ],
    policies: { ...policies, fallBackDepartment: first?.code ?? '' },
  }
  const areas = drawGrids(requests).map(({ geometry, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry,
  }))
  return new Map([
    ['city.json', `${JSON.stringify(cityJson, null, 2)}\n`],
    ['areas.geojson', geojson(areas)],
    ['zones.geojson', geojson([])],
    [
      'departments.csv',
      csv(
        ['code', 'name', 'parent', 'kind', 'group', 'calendar', 'dutyPhone'],
        agencies.map((a) => [a.code, a.name, '', 'bureau', '', '', '']),
      ),
    ],
    [
      'categories.csv',
      csv(
        ['code', 'name', 'kind', 'major', 'majorName', 'risk', 'defaultCondition', 'department', 'share'],
        categories.map((c) => [
          c.code,
          c.name,
          'E',
          c.code.slice(1, 3),
          c.agency.name,
          'normal',
          `${c.code}-1`,
          c.agency.code,
          '',
        ]),
      ),
    ],
    [
      'filing-conditions.csv',
      csv(
        ['id', 'category', 'text', 'limit', 'closeCondition', 'photoRule'],
        categories.map((c) => [`${c.code}-1`, c.code, c.basis, c.limit, 'the agency has answered', '']),
      ),
    ],
    [
      'routing.csv',
      csv(['id', 'order', 'category', 'area', 'zoneKind', 'source', 'department', 'coDepartments'], []),
    ],
    [
      'calendars.csv',
      csv(['type', 'owner', 'from', 'to', 'weekdays', 'periods', 'note'], [season(requests, now)]),
    ],
    [
      'users.csv',
      csv(
        ['username', 'name', 'posts', 'department', 'areas', 'password'],
        [
          ['admin', 'Administrator', 'admin', '', '', ''],
          ['intake', '311 intake', 'operator', '', '', ''],
          ['dispatcher', 'Dispatcher', 'dispatcher', '', '', ''],
          ['duty', 'Duty manager', 'duty-manager', '', '', ''],
          ['supervisor', 'Supervisor', 'supervisor', '', '', ''],
          ...agencies.map((a) => [`dept-${a.code}`, a.name, 'department-officer', a.code, '', '']),
        ],
      ),
    ],
  ])
}

interface Agency {
  code: string
  name: string
}

/** In order of their code; an agency goes by the name most of its rows give it. */
function agenciesOf(requests: readonly ServiceRequest[]): Agency[] {
  return [...Map.groupBy(requests, (r) => slug(r.agency))]
    .map(([code, rows]) => ({ code, name: mostFrequent(rows.map((r) => r.agencyName || r.agency)) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

function mostFrequent(names: readonly string[]): string {
  const counted = [...Map.groupBy(names, (n) => n)].map(([name, same]) => ({ name, n: same.length }))
  counted.sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
  return counted[0]?.name ?? ''
}

/** One category for each complaint type of an agency; each agency is a major 大类 of its own. */
function categoriesOf(requests: readonly ServiceRequest[], agencies: readonly Agency[]) {
  if (agencies.length > 99)
    throw new Error(`${agencies.length} agencies: more than the 99 majors a catalogue can hold`)
  const agenciesByType = new Map<string, Set<string>>()
  for (const r of requests)
    agenciesByType.set(r.type, (agenciesByType.get(r.type) ?? new Set()).add(r.agency))
  return agencies.flatMap((agency, major) => {
    const own = requests.filter((r) => slug(r.agency) === agency.code)
    const types = [...Map.groupBy(own, (r) => r.type)].sort(([a], [b]) => (a < b ? -1 : 1))
    if (types.length > 999) throw new Error(`${agency.name}: more than 999 complaint types`)
    return types.map(([type, rows], i) => {
      const width = types.length > 99 ? 3 : 2
      const code = `E${String(major + 1).padStart(2, '0')}${String(i + 1).padStart(width, '0')}`
      const isShared = (agenciesByType.get(type)?.size ?? 0) > 1
      return { code, name: categoryName(type, rows[0]?.agency ?? '', isShared), agency, ...limitOf(rows) }
    })
  })
}

/** The median of due − created over the rows that have both, in natural hours or days; else a stated default. */
function limitOf(rows: readonly ServiceRequest[]): { limit: string; basis: string } {
  const spans = rows
    .flatMap((r) => (r.dueAt === undefined || r.dueAt <= r.createdAt ? [] : [r.dueAt - r.createdAt]))
    .sort((a, b) => a - b)
  const median = spans[Math.floor(spans.length / 2)]
  if (median === undefined)
    return { limit: DEFAULT_LIMIT, basis: 'any report; no row of the file has a due date' }
  const limit =
    median >= 2 * DAY_MS
      ? `${Number((median / DAY_MS).toFixed(2))}自然日`
      : `${Math.max(0.01, Number((median / HOUR_MS).toFixed(2)))}自然小时`
  return { limit, basis: `any report; the median of ${spans.length} due dates of the file` }
}

function season(requests: readonly ServiceRequest[], now: number): string[] {
  let [first, last] = [now, now]
  for (const r of requests) {
    first = Math.min(first, r.createdAt)
    last = Math.max(last, r.createdAt, r.closedAt ?? 0, r.dueAt ?? 0)
  }
  const year = (at: number) => Number(cityDay(at, TIME_ZONE).slice(0, 4))
  return ['season', 'centre', `${year(first)}-01-01`, `${year(last) + 2}-12-31`, '1-5', '09:00-17:00', '']
}

const geojson = (features: unknown[]) =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`

const cell = (text: string) => (/[",\r\n#]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csv = (header: string[], rows: string[][]) =>
  `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`
