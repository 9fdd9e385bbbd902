// The demo pack's CSV files as rows of cells, header first.
import { CITY_CODE } from './areas.ts'
import { CATEGORIES, MAJORS } from './categories.ts'
import { offset } from './curve.ts'
import { HOLIDAYS, MAKE_UP_WORKDAYS } from './holidays.ts'
import { roads } from './layout.ts'
import { toPosition } from './plane.ts'
import { POSTS, STREET_UNITS, UNITS } from './units.ts'

type Table = string[][]

const pad = (n: number, width: number) => String(n).padStart(width, '0')

export const categoryTable = (): Table => [
  ['code', 'name', 'kind', 'major', 'majorName', 'risk', 'defaultCondition', 'department', 'share'],
  ...CATEGORIES.map((c) => [
    c.code,
    c.name,
    c.code.slice(0, 1),
    c.code.slice(1, 3),
    MAJORS[c.code.slice(0, 3)] ?? '',
    c.risk,
    `${c.code}-1`,
    c.unit ?? '',
    c.share,
  ]),
]

export const conditionTable = (): Table => [
  ['id', 'category', 'text', 'limit', 'closeCondition', 'photoRule'],
  ...CATEGORIES.flatMap((c) =>
    c.conditions.map((k, i) => [`${c.code}-${i + 1}`, c.code, k.text, k.limit, k.close, k.photo]),
  ),
]

export const departmentTable = (): Table => [
  ['code', 'name', 'parent', 'kind', 'group', 'calendar', 'dutyPhone'],
  ...UNITS.map((u) => [
    u.code,
    u.name,
    u.parent ?? '',
    u.kind,
    u.group ?? '',
    u.calendar ?? '',
    u.dutyPhone ?? '',
  ]),
]

/** The surface of main roads, then what belongs to the street office of the place 属地. */
export function routingTable(): Table {
  const rows: Table = []
  const add = (category: string, area: string, zoneKind: string, department: string, co: string) =>
    rows.push([
      `R${pad(rows.length + 1, 3)}`,
      String((rows.length + 1) * 10),
      category,
      area,
      zoneKind,
      '',
      department,
      co,
    ])
  for (const category of ['E0113', 'E0505', 'E0506', 'C0284']) add(category, '', 'main-road', 'municipal', '')
  for (const { code, unit } of CATEGORIES)
    if (unit === undefined)
      for (const [street, office] of STREET_UNITS)
        add(code, `${CITY_CODE}${street}`, '', office, code === 'C0123' ? 'municipal' : '')
  return [['id', 'order', 'category', 'area', 'zoneKind', 'source', 'department', 'coDepartments'], ...rows]
}

const FIRST_YEAR = 2025
const LAST_YEAR = 2030

/** `centre` keeps office hours by season; cleaning runs 05:00–22:00 and emergency crews all day, every day. */
export function calendarTable(): Table {
  const rows: Table = [['type', 'owner', 'from', 'to', 'weekdays', 'periods', 'note']]
  const winter = '08:00-12:00;14:00-18:00'
  const summer = '08:00-12:00;15:00-18:00'
  const season = (owner: string, from: string, to: string, days: string, periods: string, note: string) =>
    rows.push(['season', owner, from, to, days, periods, note])
  season('centre', `${FIRST_YEAR}-01-01`, `${FIRST_YEAR}-04-30`, '1-5', winter, '冬令')
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    season('centre', `${year}-05-01`, `${year}-09-30`, '1-5', summer, '夏令')
    season(
      'centre',
      `${year}-10-01`,
      year === LAST_YEAR ? `${year}-12-31` : `${year + 1}-04-30`,
      '1-5',
      winter,
      '冬令',
    )
  }
  const [first, last] = [`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`]
  season('sanitation', first, last, '1-7', '05:00-22:00', '清扫保洁作业')
  season('emergency', first, last, '1-7', '00:00-24:00', '抢修值守')
  for (const [note, from, to] of HOLIDAYS) rows.push(['holiday', 'centre', from, to, '', '', note])
  for (const [note, date] of MAKE_UP_WORKDAYS)
    rows.push(['make-up', 'centre', date, date, '', '', `${note}调休`])
  return rows
}

export const userTable = (): Table => [
  ['username', 'name', 'posts', 'department', 'areas', 'password'],
  ...POSTS.map((p) => [p.username, p.name, p.posts, p.department ?? '', '', 'demo']),
]

const KINDS = [
  ['C0103', 'municipal'],
  ['C0102', 'municipal'],
  ['C0101', 'watersupply'],
  ['C0137', 'municipal'],
  ['C0305', 'sanitation'],
  ['C0127', 'telecom'],
  ['C0123', ''],
] as const

/** A first stretch of the component register 部件库: along 人民路 and 鼓楼大道. Codes: 6 + 2 + 2 + 6 digits. */
export function componentTable(): Table {
  const rows: Table = [['code', 'category', 'owner', 'lng', 'lat']]
  const places = [roads.people, roads.drumTower].flatMap((road) => offset(road.line, 12).slice(6, -6))
  places.forEach((place, i) => {
    const [category, owner] = KINDS[i % KINDS.length] ?? KINDS[0]
    const [lng = 0, lat = 0] = toPosition(place)
    rows.push([`${CITY_CODE}${category.slice(1)}${pad(i + 1, 6)}`, category, owner, String(lng), String(lat)])
  })
  return rows
}
