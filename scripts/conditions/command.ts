// The command behind `node scripts/conditions.ts`: reads an export, writes the two files of a city pack and says what
// became of every row. Writes nothing when the file as a whole cannot be used, and never over a city's own edits.
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readWorkbook } from '#pack/read/workbook.ts'
import { convertConditions, convertSheets, SOURCE_COLUMNS } from './convert.ts'
import type { CategoryRow, ConditionRow, Converted } from './convert.ts'
import { decodeExport } from './decode.ts'

const HELP = `Usage: npm run conditions -- FILE --out DIR [--force]

Turns an export of filing conditions 立案条件 into categories.csv and filing-conditions.csv of a city pack.

FILE       a .csv in UTF-8 or GB18030, or an .xlsx workbook, with the columns
           ${SOURCE_COLUMNS.slice(0, 5).join(', ')},
           ${SOURCE_COLUMNS.slice(5).join(', ')}
           or in Chinese: 类型, 大类, 小类, 立案条件, 处置时限, 结案条件, 采集要求 …; 大类 and 小类 may hold code and name
           together (01公用设施), and may be merged over the rows of a class. A sheet named 部件 or 事件 needs no 类型.
--out DIR  the city pack's folder, made when it is missing
--force    replace the two files if they exist
--help     this text

Every row is converted or listed with its row number and what is odd about it; odd rows are left
out of the files and keep their number in the ids, so that adding them later changes no other id. The first condition
of a category becomes its default. Departments and shares are left empty and every risk is "normal": the export does not
say them in the pack's codes. Exit code 0: written, odd rows listed; 1: nothing written.`

export interface Print {
  log(text: string): void
  error(text: string): void
}

/** Returns the exit code. */
export async function conditionsCommand(args: string[], print: Print): Promise<0 | 1> {
  const options = readOptions(args)
  if (!options.ok) return refuse(print, `${options.reason}\n\n${HELP}`)
  if (options.help) {
    print.log(HELP)
    return 0
  }
  const { file, out, force } = options
  if (!existsSync(file)) return refuse(print, `${file}: no such file`)
  const bytes = await readFile(file)
  const { converted, form } = await convertFile(file, bytes)
  if (!converted.ok) return refuse(print, `${file}: ${converted.reason}`)

  const files = [
    { path: join(out, 'categories.csv'), text: toCsv(CATEGORY_COLUMNS, converted.categories) },
    { path: join(out, 'filing-conditions.csv'), text: toCsv(CONDITION_COLUMNS, converted.conditions) },
  ]
  const existing = files.filter((f) => existsSync(f.path))
  if (existing.length > 0 && !force) {
    return refuse(print, `${existing.map((f) => f.path).join(', ')}: already there; --force replaces`)
  }
  await mkdir(out, { recursive: true })
  for (const { path, text } of files) await writeFile(path, text)

  const { rows, parsed, categories, odd } = converted
  print.log(`${file} (${form}): ${rows} rows, ${parsed} parsed, ${odd.length} odd`)
  for (const { row, sheet, about, reasons } of odd) {
    const where = sheet === undefined ? '' : `${sheet} `
    for (const { message, zh } of reasons)
      print.log(`  ${where}row ${row} 第${row}行 ${about}: ${message} ${zh}`)
  }
  print.log(`${join(out, 'categories.csv')}: ${categories.length} categories`)
  print.log(`${join(out, 'filing-conditions.csv')}: ${parsed} filing conditions`)
  return 0
}

async function convertFile(file: string, bytes: Buffer): Promise<{ converted: Converted; form: string }> {
  if (/\.xlsx$/i.test(file)) {
    const read = await readWorkbook(bytes)
    const converted = read.ok ? convertSheets(read.sheets) : { ok: false as const, reason: read.reason }
    return { converted, form: 'xlsx' }
  }
  const decoded = decodeExport(bytes)
  if (!decoded.ok) return { converted: { ok: false, reason: 'neither UTF-8 nor GB18030' }, form: '' }
  return { converted: convertConditions(decoded.text), form: decoded.encoding }
}

type Options =
  | { ok: true; help: true }
  | { ok: true; help: false; file: string; out: string; force: boolean }
  | { ok: false; reason: string }

function readOptions(args: string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return { ok: true, help: true }
    const [file, ...more] = positionals
    if (!file || more.length > 0) return { ok: false, reason: 'one FILE is needed' }
    if (!values.out) return { ok: false, reason: '--out DIR is needed' }
    return { ok: true, help: false, file, out: values.out, force: values.force }
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: error.message }
    throw error
  }
}

function refuse(print: Print, text: string): 1 {
  print.error(text)
  return 1
}

const CATEGORY_COLUMNS: (keyof CategoryRow)[] = [
  'code',
  'name',
  'kind',
  'major',
  'majorName',
  'risk',
  'defaultCondition',
  'department',
  'share',
]
const CONDITION_COLUMNS: (keyof ConditionRow)[] = [
  'id',
  'category',
  'text',
  'limit',
  'closeCondition',
  'photoRule',
]

function toCsv<K extends string>(columns: readonly K[], rows: readonly Record<K, string>[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return `${[columns, ...rows.map((row) => columns.map((c) => cell(row[c])))].map((r) => r.join(',')).join('\n')}\n`
}
