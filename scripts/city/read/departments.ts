// departments.csv: the tree of units, bureau → squad or contractor, streets and utilities too.
import type { Department } from '#domain/city/types.ts'
import { findCycles, findDuplicates } from './findings.ts'
import type { Findings, Known, Placed } from './findings.ts'
import { readTable } from './table.ts'

export const DEPARTMENTS = 'departments.csv'

export const DEPARTMENT_COLUMNS = [
  { name: 'code', zh: '编码', required: true },
  { name: 'name', zh: '名称', required: true },
  { name: 'parent', zh: '上级' },
  { name: 'kind', zh: '类型', required: true },
  { name: 'group', zh: '考核分组' },
  { name: 'calendar', zh: '日历' },
  { name: 'dutyPhone', zh: '值班电话' },
] as const

/** An empty calendar cell is the unit's own code: its own calendar if there is one, else its parent's, else `centre`. */
export async function readDepartments(
  dir: string,
  findings: Findings,
): Promise<Placed<Department>[] | undefined> {
  const rows = await readTable(dir, DEPARTMENTS, DEPARTMENT_COLUMNS, findings)
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
  findDuplicates(DEPARTMENTS, 'code', departments, (d) => d.code, findings)
  findCycles(DEPARTMENTS, departments, findings)
  const codes = new Set(departments.map((d) => d.value.code))
  for (const { row, value } of departments)
    if (value.parent !== undefined && !codes.has(value.parent))
      findings.fault(
        { file: DEPARTMENTS, row, field: 'parent' },
        `unknown department "${value.parent}"`,
        `未知单位“${value.parent}”`,
      )
  return departments
}

export function checkDepartmentCalendars(
  departments: Placed<Department>[],
  calendars: Known,
  findings: Findings,
): void {
  for (const { row, value } of departments)
    if (calendars && value.calendar !== value.code && !calendars.has(value.calendar))
      findings.fault(
        { file: DEPARTMENTS, row, field: 'calendar' },
        `no calendar of owner "${value.calendar}"`,
        `没有所有者为“${value.calendar}”的日历`,
      )
}
