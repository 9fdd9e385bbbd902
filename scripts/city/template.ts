// An empty city pack to fill in, as CSV files or as one workbook, with a filled-in sample beside it. Writes nothing over.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AREAS } from '#pack/read/areas.ts'
import { CELLS } from '#pack/read/cells.ts'
import { CITY_JSON } from '#pack/read/city-json.ts'
import { MAP } from '#pack/read/map-layers.ts'
import type { Column } from '#pack/read/table.ts'
import { ZONES } from '#pack/read/zones.ts'
import { headerOf, SAMPLE, templateTables } from '#pack/template-tables.ts'
import type { TemplateTable } from '#pack/template-tables.ts'
import { templateWorkbook } from '#pack/template-workbook.ts'

export const WORKBOOK = '城市包模板.xlsx'
export const SAMPLE_FOLDER = '样例'

export interface TemplateOptions {
  /** One workbook in place of CSV files. */
  xlsx?: boolean
  name?: string | undefined
  /** Division code, 6 digits. */
  code?: string | undefined
}

/** Names of the files written. @throws when the folder holds anything already. */
export async function writeTemplate(dir: string, options: TemplateOptions = {}): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  const held = await readdir(dir)
  if (held.length > 0) throw new Error(`${dir} is not empty; nothing was written 文件夹不为空，未写入`)
  const tables = await templateTables()
  const empty = '{"type":"FeatureCollection","features":[]}\n'
  const files: [name: string, contents: string | Uint8Array][] = [
    [CITY_JSON, await emptyCity(options)],
    ...(options.xlsx
      ? [[WORKBOOK, await templateWorkbook(tables, 'empty')] as [string, Uint8Array]]
      : tables.map((t): [string, string] => [t.file, emptyTable(t)])),
    [AREAS, empty],
    [ZONES, empty],
    ...(await sampleFiles(tables, options.xlsx === true)),
  ]
  await mkdir(join(dir, SAMPLE_FOLDER))
  for (const [name, contents] of files) await writeFile(join(dir, name), contents)
  return files.map(([name]) => name)
}

/** The sample's settings with what is the city's own left empty. */
async function emptyCity({ name = '', code = '' }: TemplateOptions): Promise<string> {
  const sample = JSON.parse(await readFile(join(SAMPLE, CITY_JSON), 'utf8'))
  const centreName = name === '' ? '' : `${name}城市运行管理中心`
  const policies = { ...sample.policies, fallBackDepartment: '' }
  return `${JSON.stringify({ ...sample, code, name, centreName, policies }, null, 2)}\n`
}

async function sampleFiles(
  tables: readonly TemplateTable[],
  isWorkbook: boolean,
): Promise<[name: string, contents: string | Uint8Array][]> {
  const plain = await Promise.all(
    [CITY_JSON, AREAS, ZONES, CELLS, MAP].map(
      async (file): Promise<[string, Buffer]> => [file, await readFile(join(SAMPLE, file))],
    ),
  )
  const filled: [string, string | Uint8Array][] = isWorkbook
    ? [['城市包.xlsx', await templateWorkbook(tables, 'sample')]]
    : tables.map((t) => [t.file, csvText([t.columns.map((c) => c.zh), ...t.sample])])
  return [...plain, ...filled].map(([name, contents]) => [join(SAMPLE_FOLDER, name), contents])
}

/** Remarks hold no ASCII comma, so that a spreadsheet keeps each in one cell. */
function emptyTable({ about, isOptional, columns, sample }: TemplateTable): string {
  const remarks = [
    `# ${about}${isOptional ? '（可选）' : ''}。以#开头的行不读取，删去#即成为正式数据`,
    ...columns.map(legend),
  ]
  const examples = sample.slice(0, 2).map((row) => `#${csvLine(row)}`)
  return [`\uFEFF${remarks.join('\n')}`, csvLine(columns.map(headerOf)), ...examples, ''].join('\n')
}

const legend = (c: Column) =>
  `# ${c.zh}（${c.name}${c.required ? '，必填' : ''}）${c.hint === undefined ? '' : `：${c.hint.replaceAll(',', '，')}`}`

const csvText = (rows: readonly (readonly string[])[]) => `\uFEFF${rows.map(csvLine).join('\n')}\n`

const csvLine = (cells: readonly string[]) =>
  cells.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')
