// CSV files of the demo pack as rows of cells, header first: catalogue, units, routing, accounts.
import { ALIASES } from './aliases.ts'
import { CITY_CODE } from './areas.ts'
import { CATEGORIES, MAJORS } from './categories.ts'
import { PHOTO_CHECKS } from './photo-checks.ts'
import { staff } from './staff.ts'
import type { StaffArea } from './staff.ts'
import { STREET_UNITS, UNITS } from './units.ts'

type Table = string[][]

const pad = (n: number, width: number) => String(n).padStart(width, '0')

export const categoryTable = (): Table => [
  [
    'code',
    'name',
    'kind',
    'major',
    'majorName',
    'risk',
    'defaultCondition',
    'department',
    'share',
    'aliases',
  ],
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
    (ALIASES[c.code] ?? []).join('、'),
  ]),
]

export const conditionTable = (): Table => [
  ['id', 'category', 'text', 'limit', 'closeCondition', 'photoRule', 'photoCheck'],
  ...CATEGORIES.flatMap((c) =>
    c.conditions.map((k, i) => {
      const id = `${c.code}-${i + 1}`
      return [id, c.code, k.text, k.limit, k.close, k.photo, PHOTO_CHECKS[id] ?? '']
    }),
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

const UNMARKED_COVER = 'C0123'
/** Covers that somebody owns: of whose owner nobody knows, the street office sees to it, and after it the municipal centre. */
const COVERS = ['C0101', 'C0102', 'C0103']

/** The surface of main roads, then what belongs to the street office of the place 属地, then covers of unknown owner. */
export function routingTable(): Table {
  const rows: Table = []
  const add = (
    category: string,
    area: string,
    zoneKind: string,
    department: string,
    { co = '', owner = '', fallBack = '' } = {},
  ) =>
    rows.push([
      `R${pad(rows.length + 1, 3)}`,
      String((rows.length + 1) * 10),
      category,
      area,
      zoneKind,
      '',
      department,
      co,
      owner,
      fallBack,
    ])
  for (const category of ['E0113', 'E0505', 'E0506', 'C0284']) add(category, '', 'main-road', 'municipal')
  for (const { code, unit } of CATEGORIES)
    if (unit === undefined)
      for (const [street, office] of STREET_UNITS)
        add(
          code,
          `${CITY_CODE}${street}`,
          '',
          office,
          code === UNMARKED_COVER ? { co: 'municipal', fallBack: 'municipal' } : {},
        )
  for (const code of COVERS)
    for (const [street, office] of STREET_UNITS)
      add(code, `${CITY_CODE}${street}`, '', office, { owner: 'unknown', fallBack: 'municipal' })
  return [
    [
      'id',
      'order',
      'category',
      'area',
      'zoneKind',
      'source',
      'department',
      'coDepartments',
      'owner',
      'fallBack',
    ],
    ...rows,
  ]
}

export const userTable = (areas: readonly StaffArea[]): Table => [
  ['username', 'name', 'posts', 'department', 'areas', 'password'],
  ...staff(areas).map((a) => [
    a.username,
    a.name,
    a.posts,
    a.department ?? '',
    a.areas?.join(';') ?? '',
    'demo',
  ]),
]
