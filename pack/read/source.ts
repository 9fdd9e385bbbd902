// Where a pack's contents come from: CSV and GeoJSON files of a folder, and one workbook beside them whose sheets stand in
// for CSV files. Says what is missing, given twice or not read; knows nothing of what the tables mean.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCsv } from './csv.ts'
import type { Findings } from './findings.ts'
import type { RawTable } from './raw-table.ts'
import { tableNamed } from './tables.ts'
import { decode } from './text-file.ts'
import { readWorkbook } from './workbook.ts'

export interface SourceOptions {
  /** A missing file is no fault. */
  optional?: boolean
}

export interface PackSource {
  /** Text of a file; undefined when it is missing or cannot be read, reported unless it may be missing. */
  text(file: string, options?: SourceOptions): Promise<string | undefined>
  /** Rows of a table by the name of its CSV file, from that file or from a sheet. */
  table(file: string, options?: SourceOptions): Promise<RawTable | undefined>
}

/** The files of a pack, wherever they are. */
export interface PackFiles {
  names: readonly string[]
  read(name: string): Promise<Buffer>
}

/** Undefined when there is no such folder. */
async function filesOfFolder(dir: string, findings: Findings): Promise<PackFiles | undefined> {
  const names = await listFolder(dir)
  if (names) return { names, read: (name) => readFile(join(dir, name)) }
  findings.fault({ file: dir }, 'no such folder', '没有这个文件夹')
  return undefined
}

/** @param place a folder, or files from elsewhere. Undefined when there is no such folder. */
export async function openSource(
  place: string | PackFiles,
  findings: Findings,
): Promise<PackSource | undefined> {
  const files = typeof place === 'string' ? await filesOfFolder(place, findings) : place
  if (!files) return undefined
  const { names, read } = files
  const sheets = await readSheets(files, findings)
  const csvFiles = findCsvFiles(names, findings)

  async function text(file: string, { optional = false }: SourceOptions = {}): Promise<string | undefined> {
    if (!names.includes(file)) {
      if (!optional) reportMissing(file, names, findings)
      return undefined
    }
    const decoded = decode(await read(file))
    if (decoded === undefined)
      findings.fault({ file }, 'the text is neither UTF-8 nor GB18030', '文字编码既不是UTF-8也不是GB18030')
    return decoded
  }

  return {
    text,
    async table(file, { optional = false } = {}) {
      const sheet = sheets.get(file)
      const csv = csvFiles.get(file)
      const isSheetUsed = sheet !== undefined && (sheet.table.rows.length > 1 || csv === undefined)
      if (isSheetUsed) {
        if (csv !== undefined)
          findings.fault(
            { file: sheet.shown },
            `the same table is in ${csv} too: keep one of them`,
            `同一张表还有文件${csv}，请只保留一份`,
          )
        if (sheet.table.rows.length === 0 && optional) return undefined
        findings.showAs(file, sheet.shown)
        return sheet.table
      }
      if (csv === undefined) {
        if (!optional) reportMissing(file, names, findings)
        return undefined
      }
      if (csv !== file) findings.showAs(file, csv)
      const contents = await text(csv)
      return contents === undefined ? undefined : readCsv(file, contents, findings)
    },
  }
}

async function listFolder(dir: string): Promise<string[] | undefined> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries.filter((e) => !e.isDirectory()).map((e) => e.name)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

interface NamedSheet {
  /** As findings name it. */
  shown: string
  table: RawTable
}

/** Office programs keep a lock file of this name beside an open workbook. */
const isLockFile = (name: string) => name.startsWith('~$') || name.startsWith('.~')

async function readSheets(
  { names, read: bytesOf }: PackFiles,
  findings: Findings,
): Promise<Map<string, NamedSheet>> {
  const sheets = new Map<string, NamedSheet>()
  for (const file of names.filter((n) => /\.(xlsx|xlsm)$/i.test(n) && !isLockFile(n)).sort()) {
    const read = await readWorkbook(await bytesOf(file))
    if (!read.ok) {
      findings.fault(
        { file },
        `not a workbook that can be read: ${read.reason}`,
        `不是可读的Excel工作簿（有密码、已损坏或不是.xlsx）：${read.reason}`,
      )
      continue
    }
    for (const { name, table } of read.sheets) {
      const shown = `${file}［${name}］`
      const known = tableNamed(name)
      if (!known) {
        if (table.rows.length > 0 && !/^(说明|填写说明|readme)/i.test(name))
          findings.warn(
            { file: shown },
            'no table of a city pack has this name: the sheet is not read',
            '城市包没有这个名称的表，本工作表不读取',
          )
        continue
      }
      const taken = sheets.get(known.file)
      if (taken)
        findings.fault(
          { file: shown },
          `the same table is in ${taken.shown} too: keep one of them`,
          `同一张表还有${taken.shown}，请只保留一份`,
        )
      else sheets.set(known.file, { shown, table })
    }
  }
  for (const file of names.filter((n) => /\.(xls|et|ods|xlsb)$/i.test(n)))
    findings.warn({ file }, 'not read: save it as an .xlsx workbook', '不读取：请另存为.xlsx工作簿')
  return sheets
}

/** CSV files by the table's usual file name; they may have Chinese names. */
function findCsvFiles(names: readonly string[], findings: Findings): Map<string, string> {
  const files = new Map<string, string>()
  for (const file of names.filter((n) => /\.csv$/i.test(n)).sort()) {
    const known = tableNamed(file)
    const taken = known && files.get(known.file)
    if (!known)
      findings.warn(
        { file },
        'no table of a city pack has this name: the file is not read',
        '城市包没有这个名称的表，本文件不读取',
      )
    else if (taken)
      findings.fault(
        { file },
        `the same table is in ${taken} too: keep one of them`,
        `同一张表还有文件${taken}，请只保留一份`,
      )
    else files.set(known.file, file)
  }
  return files
}

function reportMissing(file: string, names: readonly string[], findings: Findings): void {
  const zh = tableNamed(file)?.zh[0]
  const orSheet = zh === undefined ? '' : `, nor has a workbook a sheet ${zh}`
  const orSheetZh = zh === undefined ? '' : `，工作簿中也没有“${zh}”表`
  const similar = names.find((n) => n.toLowerCase() === file.toLowerCase())
  const hint = similar === undefined ? '' : `; is it ${similar}?`
  const hintZh = similar === undefined ? '' : `；是否应将${similar}改名？`
  findings.fault({ file }, `the file is missing${orSheet}${hint}`, `缺少文件${orSheetZh}${hintZh}`)
}
