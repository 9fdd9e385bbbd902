// A loaded city pack as the files it could have come from: read again they give the same pack, but for passwords, which are
// not kept. Positions are WGS-84; workbooks and remarks of the original are gone.
import type { Feature, Geometry } from 'geojson'
import type { Calendar, Period } from '#domain/calendar.ts'
import { formatFormula } from '#domain/city/indicators.ts'
import type { CityPack } from '#domain/city/types.ts'
import { AREAS } from '../read/areas.ts'
import { CALENDAR_COLUMNS, CALENDARS } from '../read/calendars.ts'
import { CAMERA_COLUMNS, CAMERAS } from '../read/cameras.ts'
import { CATEGORIES, CATEGORY_COLUMNS, CONDITION_COLUMNS, CONDITIONS } from '../read/catalogue.ts'
import { CELLS } from '../read/cells.ts'
import { CITY_JSON } from '../read/city-json.ts'
import { COMPONENT_COLUMNS, COMPONENTS } from '../read/components.ts'
import { DEPARTMENT_COLUMNS, DEPARTMENTS } from '../read/departments.ts'
import { INDICATOR_COLUMNS, INDICATORS } from '../read/indicators.ts'
import { MAP } from '../read/map-layers.ts'
import { PERIOD_COLUMNS, PERIODS } from '../read/periods.ts'
import { ROUTING, ROUTING_COLUMNS } from '../read/routing.ts'
import type { Column } from '../read/table.ts'
import { USER_COLUMNS, USERS } from '../read/users.ts'
import { ZONES } from '../read/zones.ts'
import { csvText } from '#domain/csv.ts'

type PackFile = readonly [name: string, text: string]
type Cell = string | number | readonly string[] | undefined
/** A row by the names of its columns. */
type Cells<C extends readonly Column[]> = Partial<Record<C[number]['name'], Cell>>

const cellText = (value: Cell): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(';') : String(value)

function table<const C extends readonly Column[]>(
  file: string,
  columns: C,
  rows: readonly Cells<C>[],
): PackFile {
  const names = columns.map((c) => c.name as C[number]['name'])
  return [file, csvText([names, ...rows.map((row) => names.map((name) => cellText(row[name])))])]
}

/** One feature a line, so that a change shows as one. */
const geojson = (file: string, features: readonly Feature[]): PackFile => [
  file,
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`,
]

const feature = (properties: Record<string, unknown>, geometry: Geometry): Feature => ({
  type: 'Feature',
  properties,
  geometry,
})

/** Name and text of each file; optional tables only where the pack has them. */
export function packFiles(pack: CityPack): PackFile[] {
  const { code, name, centreName, timeZone, demo, levels, mapNotice: map, policies } = pack
  const city = { code, name, centreName, timeZone, demo, levels, map, policies }
  return [
    [CITY_JSON, `${JSON.stringify(city, null, 2)}\n`],
    geojson(
      AREAS,
      pack.areas.map(({ geometry, centre: _, ...area }) => feature(area, geometry)),
    ),
    geojson(
      ZONES,
      pack.zones.map(({ geometry, centre: _, ...zone }) => feature(zone, geometry)),
    ),
    table(
      CATEGORIES,
      CATEGORY_COLUMNS,
      pack.categories.map((c) => ({ ...c, aliases: c.aliases?.join('、') })),
    ),
    table(
      CONDITIONS,
      CONDITION_COLUMNS,
      pack.conditions.map((c) => ({ ...c, limit: c.limit.text })),
    ),
    table(DEPARTMENTS, DEPARTMENT_COLUMNS, departmentRows(pack)),
    table(
      ROUTING,
      ROUTING_COLUMNS,
      pack.routing.map((r) => ({
        ...r,
        hours: r.hours && periodsText(r.hours),
        weekdays: r.weekdays?.map(String),
      })),
    ),
    table(CALENDARS, CALENDAR_COLUMNS, pack.calendars.flatMap(calendarRows)),
    table(
      USERS,
      USER_COLUMNS,
      pack.users.map(({ password: _, ...user }) => user),
    ),
    table(COMPONENTS, COMPONENT_COLUMNS, pack.components),
    ...(pack.periods ? [table(PERIODS, PERIOD_COLUMNS, pack.periods)] : []),
    ...(pack.cameras ? [table(CAMERAS, CAMERA_COLUMNS, pack.cameras)] : []),
    ...(pack.indicators ? [table(INDICATORS, INDICATOR_COLUMNS, indicatorRows(pack.indicators))] : []),
    ...(pack.mapLayers ? [geojson(MAP, pack.mapLayers.features)] : []),
    ...(pack.cells
      ? [
          geojson(
            CELLS,
            pack.cells.map(({ geometry, ...cell }) => feature(cell, geometry)),
          ),
        ]
      : []),
  ]
}

/** A unit without a calendar of its own names itself, which in the file is an empty cell. */
const departmentRows = ({ departments, calendars }: CityPack) =>
  departments.map((d) => ({
    ...d,
    calendar: d.calendar === d.code && !calendars.some((c) => c.owner === d.code) ? undefined : d.calendar,
  }))

const periodsText = (periods: readonly Period[]) =>
  periods.map(({ start, end }) => `${start}-${end}`).join(';')

function calendarRows({ owner, seasons, holidays, makeUpWorkdays }: Calendar) {
  const dated = (type: string, dates: readonly string[]) => dates.map((from) => ({ type, owner, from }))
  return [
    ...seasons.flatMap(({ from, to, weekdays, makeUp }) => [
      ...Object.entries(weekdays).map(([day, periods]) => ({
        type: 'season',
        owner,
        from,
        to,
        weekdays: day,
        periods: periodsText(periods),
      })),
      ...(makeUp
        ? [{ type: 'season', owner, from, to, weekdays: 'make-up', periods: periodsText(makeUp) }]
        : []),
    ]),
    ...dated('holiday', holidays),
    ...dated('make-up', makeUpWorkdays),
  ]
}

const indicatorRows = (indicators: NonNullable<CityPack['indicators']>) =>
  indicators.map(({ periods, ...i }) => ({
    ...i,
    period: periods,
    numerator: formatFormula(i.numerator, 'en'),
    denominator: formatFormula(i.denominator, 'en'),
  }))
