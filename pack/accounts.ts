// A list of accounts to be imported: a CSV file, or a workbook with one filled sheet, in the columns of users.csv and with
// where notices reach a person. What is wrong is told by row and column.
import type { Area, Department } from '#domain/city/types.ts'
import type { ImportRow } from '#domain/account-import.ts'
import { readCsv } from './read/csv.ts'
import { type Fault, openFindings } from './read/findings.ts'
import { knownCodes } from './read/known.ts'
import type { RawTable } from './read/raw-table.ts'
import type { PackSource } from './read/source.ts'
import { columnsIn } from './read/table.ts'
import { tableNamed } from './read/tables.ts'
import { decode } from './read/text-file.ts'
import { readUserRows, USER_COLUMNS, USERS } from './read/users.ts'
import { readWorkbook } from './read/workbook.ts'
import { templateTables } from './template-tables.ts'
import { templateWorkbook } from './template-workbook.ts'
import { csvText } from '#domain/csv.ts'
import { BadZip, boundedWorkbook } from './zip.ts'

/** Passwords are made by the system. */
const COLUMNS = [
  ...USER_COLUMNS.filter((c) => c.name !== 'password'),
  { name: 'mobile', zh: '手机', also: ['手机号', '电话'], hint: '收短信用；可空' },
  { name: 'email', zh: '邮箱', also: ['电子邮件', 'e-mail'], hint: '收邮件用；可空' },
] as const

const MOST_ACCOUNTS = 2000

export interface ReadAccounts {
  rows: ImportRow[]
  faults: Fault[]
  warnings: Fault[]
}

export interface KnownCity {
  departments: readonly Pick<Department, 'code' | 'name'>[]
  areas: readonly Pick<Area, 'code' | 'name'>[]
}

export async function readAccounts(bytes: Buffer, { departments, areas }: KnownCity): Promise<ReadAccounts> {
  const findings = openFindings()
  const { faults, warnings } = findings
  const done = (rows: ImportRow[]) => ({ rows, faults, warnings })
  const table = await tableIn(bytes, (message, zh) => findings.fault({ file: USERS }, message, zh))
  if (!table) return done([])
  const source: PackSource = { table: async () => table, text: async () => undefined }
  const placed = <T>(rows: readonly T[]) => rows.map((value, row) => ({ row, value }))
  const codes = <T extends { code: string; name: string }>(rows: readonly T[]) =>
    knownCodes(
      placed(rows),
      (r) => r.code,
      (r) => r.name,
    )
  const known = { departments: codes(departments), areas: codes(areas) }
  const has = columnsIn(table, COLUMNS)
  const read = await readUserRows(source, COLUMNS, known, false, findings)
  if (read && read.length > MOST_ACCOUNTS)
    findings.fault(
      { file: USERS },
      `${read.length} rows: import at most ${MOST_ACCOUNTS} at a time`,
      `共${read.length}行：一次至多导入${MOST_ACCOUNTS}个账号`,
    )
  if (read?.length === 0) findings.fault({ file: USERS }, 'there are no rows', '没有填写任何账号')
  const rows = (read ?? []).map(({ row, value: { password: _, more, department, ...user } }): ImportRow => {
    const { mobile = '', email = '' } = more
    const at = (field: string) => ({ file: USERS, row, field })
    if (mobile !== '' && !/^\+?[\d -]{5,20}$/.test(mobile))
      findings.fault(at('mobile'), `"${mobile}" is no phone number`, `“${mobile}”不是电话号码`)
    if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
      findings.fault(at('email'), `"${email}" is no e-mail address`, `“${email}”不是邮箱地址`)
    return {
      row,
      ...user,
      department: department ?? null,
      mobile: has.has('mobile') ? mobile.replaceAll(/[ -]/g, '') || null : undefined,
      email: has.has('email') ? email || null : undefined,
    }
  })
  return done(rows)
}

/** The sheet named 账号, else the only one that is filled. */
async function tableIn(
  bytes: Buffer,
  fault: (message: string, zh: string) => void,
): Promise<RawTable | undefined> {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') {
    const text = decode(bytes)
    if (text === undefined || text.includes('\0')) {
      fault(
        'neither a CSV file nor an .xlsx workbook: save it as one of the two',
        '不是CSV文件，也不是.xlsx工作簿：请另存为其中之一',
      )
      return undefined
    }
    const findings = openFindings()
    const table = readCsv(USERS, text, findings)
    for (const f of findings.faults) fault(f.message, f.zh)
    return table
  }
  let workbook: Buffer
  try {
    workbook = boundedWorkbook(bytes)
  } catch (error) {
    if (!(error instanceof BadZip)) throw error
    fault(error.message, error.zh)
    return undefined
  }
  const read = await readWorkbook(workbook)
  if (!read.ok) {
    fault(
      `not a workbook that can be read: ${read.reason}`,
      `不是可读的Excel工作簿（有密码、已损坏或不是.xlsx）：${read.reason}`,
    )
    return undefined
  }
  const filled = read.sheets.filter((s) => s.table.rows.length > 0)
  const named = filled.find((s) => tableNamed(s.name)?.file === USERS)
  const [only] = filled.length === 1 ? filled : filled.filter((s) => !/^(说明|填写说明|readme)/i.test(s.name))
  const table = (named ?? (filled.length <= 2 ? only : undefined))?.table
  if (!table)
    fault(
      'no sheet is named 账号: name the one with the accounts so',
      '没有名为“账号”的工作表：请给填写账号的工作表改名',
    )
  return table
}

/** An empty list to fill in; as a workbook with hints, examples and words to choose from. */
export async function accountTemplate(format: 'xlsx' | 'csv'): Promise<Buffer> {
  const columns = COLUMNS
  if (format === 'csv') return Buffer.from(csvText([columns.map((c) => c.zh)]))
  const users = (await templateTables()).find((t) => t.file === USERS)
  if (!users) throw new Error('the template has no accounts')
  const kept = USER_COLUMNS.flatMap((c, i) => (c.name === 'password' ? [] : [i]))
  const sample = users.sample.map((row) => [...kept.map((i) => row[i] ?? ''), '', ''])
  return Buffer.from(await templateWorkbook([{ ...users, columns, sample }], 'empty', ACCOUNT_HELP))
}

const ACCOUNT_HELP = [
  '账号导入表填写说明',
  '1. 在“账号”工作表中每人一行；表头不要改，表头带*的必填。',
  '2. 灰色的、以#开头的行是说明和例子，不会读取。',
  '3. 岗位、区域可填多项，用;或、分隔。单位、区域填编码，也可填不重名的名称。',
  '4. 用户名已有的账号会按本表更新（空格即清空），没有的新建；不在表中的账号不变。',
  '5. 初始密码由系统生成，导入后下载一次；首次登录须修改。',
]
