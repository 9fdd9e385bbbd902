// An empty city pack to fill in: every file with its headers and a comment on each column. Writes nothing over.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CALENDAR_COLUMNS, CALENDARS } from './read/calendars.ts'
import { CATEGORIES, CATEGORY_COLUMNS, CONDITION_COLUMNS, CONDITIONS } from './read/catalogue.ts'
import { CITY_JSON } from './read/city-json.ts'
import { COMPONENT_COLUMNS, COMPONENTS } from './read/components.ts'
import { DEPARTMENT_COLUMNS, DEPARTMENTS } from './read/departments.ts'
import { MAP } from './read/map-layers.ts'
import { ROUTING, ROUTING_COLUMNS } from './read/routing.ts'
import type { Column } from './read/table.ts'
import { USER_COLUMNS, USERS } from './read/users.ts'
import { ZONES } from './read/zones.ts'
import { AREAS } from './read/areas.ts'

const TABLES: [file: string, columns: readonly Column[], example: string][] = [
  [CATEGORIES, CATEGORY_COLUMNS, 'E0110,暴露生活垃圾,E,01,市容环境,low,E0110-1,sanitation,'],
  [CONDITIONS, CONDITION_COLUMNS, 'E0110-1,E0110,生活垃圾堆放在容器之外,4工作时,清理干净,'],
  [DEPARTMENTS, DEPARTMENT_COLUMNS, 'sanitation,环境卫生管理所,,bureau,,,'],
  [ROUTING, ROUTING_COLUMNS, 'R001,10,E0136,,,,sanitation,'],
  [CALENDARS, CALENDAR_COLUMNS, 'season,centre,2026-01-01,2026-12-31,1-5,08:00-12:00;14:00-18:00,'],
  [USERS, USER_COLUMNS, 'zhibanzhang,值班长,duty-manager;dispatcher,,,'],
  [COMPONENTS, COMPONENT_COLUMNS, ''],
]

const EMPTY = '{"type":"FeatureCollection","features":[]}\n'

const cityJson = {
  code: '',
  name: '',
  centreName: '',
  timeZone: 'Asia/Shanghai',
  crs: 'wgs84',
  levels: [
    { key: 'street', name: '街道' },
    { key: 'community', name: '社区' },
    { key: 'grid', name: '网格' },
  ],
  policies: {
    accept: [
      { when: { source: ['grid'] }, decide: 'rule' },
      { decide: 'operator', reason: 'public-report' },
    ],
    file: [
      { when: { risk: ['low'] }, decide: 'rule' },
      { decide: 'duty-manager', reason: 'policy' },
    ],
    dispatch: [{ decide: 'rule' }],
    requestCheck: [{ decide: 'rule' }],
    close: [{ decide: 'duty-manager', reason: 'policy' }],
    warnShare: 0.8,
    stageLimits: {
      accept: '0.25紧急工作时',
      dispatch: '0.25紧急工作时',
      confirm: '0.5紧急工作时',
      check: '0.5紧急工作时',
    },
    reworkLimit: 'same',
    maxExtensions: 2,
    maxSuspendDays: 365,
    fallBackDepartment: '',
    limitWords: { 小时: '工作时', 天: '工作日' },
  },
}

function tableText(columns: readonly Column[], example: string): string {
  const legend = columns.map((c) => `# ${c.name}\t${c.zh}${c.required ? '（必填）' : ''}`)
  return [
    '# 以#开头的行是说明，不读取。各列含义见 docs/city-pack.md。Lines that begin with # are not read.',
    ...legend,
    ...(example === '' ? [] : [`# 例 e.g.: ${example}`]),
    columns.map((c) => c.name).join(','),
    '',
  ].join('\n')
}

/** Names of the files written. @throws when the folder holds anything already. */
export async function writeTemplate(dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  const held = await readdir(dir)
  if (held.length > 0) throw new Error(`${dir} is not empty; nothing was written`)
  const files: [string, string][] = [
    [CITY_JSON, `${JSON.stringify(cityJson, null, 2)}\n`],
    [AREAS, EMPTY],
    [ZONES, EMPTY],
    [MAP, EMPTY],
    ...TABLES.map(([file, columns, example]): [string, string] => [file, tableText(columns, example)]),
  ]
  for (const [name, contents] of files) await writeFile(join(dir, name), contents)
  return files.map(([name]) => name)
}
