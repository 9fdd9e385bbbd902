// departments.csv: the tree of units, bureau → squad or contractor, streets and utilities too.
import type { Department } from '#domain/city/types.ts'
import { findCycles, findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { codeMeant, DEPARTMENT_WORDS, knownCodes } from './known.ts'
import type { Known } from './known.ts'
import { readTable } from './table.ts'
import type { PackSource } from './source.ts'

export const DEPARTMENTS = 'departments.csv'

export const DEPARTMENT_COLUMNS = [
  {
    name: 'code',
    zh: '编码',
    also: ['单位编码'],
    required: true,
    unique: true,
    hint: '自定的短码，如sanitation、chengguan',
  },
  { name: 'name', zh: '名称', also: ['单位名称', '单位'], required: true, reads: 'text' },
  { name: 'parent', zh: '上级', also: ['上级单位', '主管单位'], hint: '上级单位的编码或名称；空＝一级单位' },
  { name: 'kind', zh: '类型', required: true, reads: 'text', hint: '自定，如 局、队、公司、街道' },
  { name: 'group', zh: '考核分组', reads: 'text', hint: '同组一起排名' },
  { name: 'calendar', zh: '日历', hint: '工作日历表中的所有者；空＝自己的、上级的或中心的' },
  { name: 'dutyPhone', zh: '值班电话', reads: 'text' },
] as const

/** An empty calendar cell is the unit's own code: its own calendar if there is one, else its parent's, else `centre`. */
export async function readDepartments(
  source: PackSource,
  findings: Findings,
): Promise<Placed<Department>[] | undefined> {
  const rows = await readTable(source, DEPARTMENTS, DEPARTMENT_COLUMNS, findings)
  if (!rows) return undefined
  const departments = rows.map(
    ({ line, cells }): Placed<Department> => ({
      row: line,
      value: {
        code: cells.code,
        name: cells.name,
        ...(cells.parent === '' ? {} : { parent: cells.parent }),
        kind: cells.kind,
        ...(cells.group === '' ? {} : { group: cells.group }),
        calendar: cells.calendar === '' ? cells.code : cells.calendar,
        ...(cells.dutyPhone === '' ? {} : { dutyPhone: cells.dutyPhone }),
      },
    }),
  )
  if (rows.length === 0) findings.fault({ file: DEPARTMENTS }, 'no unit is listed', '没有填写任何单位')
  findDuplicates(DEPARTMENTS, 'code', departments, (d) => d.code, findings)
  const known = departmentCodes(departments)
  for (const { row, value } of departments)
    if (value.parent !== undefined) {
      const at = { file: DEPARTMENTS, row, field: 'parent' }
      value.parent = codeMeant(value.parent, known, at, DEPARTMENT_WORDS, findings)
    }
  findCycles(DEPARTMENTS, departments, findings)
  return departments
}

export const departmentCodes = (departments: readonly Placed<Department>[] | undefined): Known =>
  knownCodes(
    departments,
    (d) => d.code,
    (d) => d.name,
  )

/** What the unit's calendar cell names must be an owner in calendars.csv; the name of a unit is replaced by its code. */
export function settleDepartmentCalendars(
  departments: Placed<Department>[],
  calendars: Known,
  findings: Findings,
): void {
  if (!calendars) return
  const known = departmentCodes(departments)
  for (const { row, value } of departments) {
    const owner = [value.calendar, known?.resolve(value.calendar) ?? ''].find((o) => calendars.has(o))
    if (owner !== undefined) value.calendar = owner
    else if (value.calendar !== value.code)
      findings.fault(
        { file: DEPARTMENTS, row, field: 'calendar' },
        `no calendar of owner "${value.calendar}"`,
        `没有所有者为“${value.calendar}”的日历`,
      )
  }
}
