// The tables of a template, with their columns, the words that a cell may choose from and examples out of the sample city.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CALENDAR_COLUMNS, CALENDARS } from './read/calendars.ts'
import { CAMERA_COLUMNS, CAMERAS } from './read/cameras.ts'
import { CATEGORIES, CATEGORY_COLUMNS, CONDITION_COLUMNS, CONDITIONS } from './read/catalogue.ts'
import { COMPONENT_COLUMNS, COMPONENTS } from './read/components.ts'
import { readCsv } from './read/csv.ts'
import { DEPARTMENT_COLUMNS, DEPARTMENTS } from './read/departments.ts'
import { openFindings } from './read/findings.ts'
import { INDICATOR_COLUMNS, INDICATORS } from './read/indicators.ts'
import { PERIOD_COLUMNS, PERIODS } from './read/periods.ts'
import { ROUTING, ROUTING_COLUMNS } from './read/routing.ts'
import type { Column } from './read/table.ts'
import { tableNamed } from './read/tables.ts'
import { USER_COLUMNS, USERS } from './read/users.ts'
import { POST_WORDS, RISK_WORDS, SOURCE_WORDS } from './read/words.ts'

/** A city that is made up and small, and passes the check. */
export const SAMPLE = join(import.meta.dirname, '../cities/sample')

export interface TemplateTable {
  file: string
  /** Name of its sheet. */
  sheet: string
  /** What the table is for, in Chinese. */
  about: string
  /** It may stay empty or be left out. */
  isOptional: boolean
  columns: readonly Column[]
  /** Words to choose from, by column. */
  choices: Readonly<Record<string, readonly string[]>>
  /** Rows of the sample city, in the order of the columns. */
  sample: string[][]
}

const first = (words: Readonly<Record<string, readonly string[]>>) =>
  Object.values(words).map(([zh = '']) => zh)

/** In the order in which a city fills them in. */
const DRAFTS: readonly Omit<TemplateTable, 'sheet' | 'sample'>[] = [
  {
    file: DEPARTMENTS,
    about: '全部责任单位，含二级单位（中队、班组、公司）、街道、企业',
    isOptional: false,
    columns: DEPARTMENT_COLUMNS,
    choices: {},
  },
  {
    file: CATEGORIES,
    about: '事件、部件的大类小类，每小类一行',
    isOptional: false,
    columns: CATEGORY_COLUMNS,
    choices: { risk: first(RISK_WORDS) },
  },
  {
    file: CONDITIONS,
    about: '每小类至少一条立案条件，决定处置时限',
    isOptional: false,
    columns: CONDITION_COLUMNS,
    choices: {},
  },
  {
    file: ROUTING,
    about: '同一类别在不同区域、责任区归不同单位时填写；可只留表头',
    isOptional: false,
    columns: ROUTING_COLUMNS,
    choices: { source: first(SOURCE_WORDS) },
  },
  {
    file: CALENDARS,
    about: '工作时段、节假日、调休；中心（centre）必填',
    isOptional: false,
    columns: CALENDAR_COLUMNS,
    choices: { type: ['时段', '假日', '调休上班'] },
  },
  {
    file: USERS,
    about: '登录账号、岗位和负责范围',
    isOptional: false,
    columns: USER_COLUMNS,
    choices: { posts: first(POST_WORDS) },
  },
  {
    file: COMPONENTS,
    about: '部件普查成果，用于按权属派遣',
    isOptional: true,
    columns: COMPONENT_COLUMNS,
    choices: {},
  },
  {
    file: PERIODS,
    about: '周、月不按自然周月统计时填写，如每月26日至次月25日',
    isOptional: true,
    columns: PERIOD_COLUMNS,
    choices: { kind: ['周', '月', '季', '年'] },
  },
  {
    file: CAMERAS,
    about: '大屏和值班席可看的视频点位',
    isOptional: true,
    columns: CAMERA_COLUMNS,
    choices: { kind: ['hls', 'flv', 'whep'] },
  },
  {
    file: INDICATORS,
    about: '考核指标的公式和权重',
    isOptional: true,
    columns: INDICATOR_COLUMNS,
    choices: { basis: ['批次', '发生'], direction: ['越高越好', '越低越好'] },
  },
]

/** @throws when the sample city of this installation cannot be read. */
export async function templateTables(): Promise<TemplateTable[]> {
  return Promise.all(
    DRAFTS.map(async (draft) => {
      const sheet = tableNamed(draft.file)?.zh[0] ?? draft.file
      return { ...draft, sheet, sample: await sampleRows(draft.file, draft.columns) }
    }),
  )
}

async function sampleRows(file: string, columns: readonly Column[]): Promise<string[][]> {
  const findings = openFindings()
  const table = readCsv(file, await readFile(join(SAMPLE, file), 'utf8'), findings)
  const [header, ...rows] = table?.rows ?? []
  if (!header) throw new Error(`the sample city's ${file} is no table`)
  const places = columns.map((c) => header.cells.indexOf(c.name))
  return rows.map((row) => places.map((at) => row.cells[at] ?? ''))
}

/** A header as the template shows it: the Chinese name, with a star where the cell must be filled in. */
export const headerOf = (column: Column) => `${column.zh}${column.required ? '*' : ''}`
