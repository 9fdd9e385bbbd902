// A row of a list of cases, from the API's case or from the board's: one shape for every list. Instants are epoch ms.
import type { BoardCase } from '#domain/board.ts'
import { isRunning, leadingLight } from '#domain/board-view.ts'
import type { Light, Status } from '#domain/case.ts'
import type { CaseJson } from '../../api/cases.ts'
import type { CityNames } from '../../api/city.ts'

export interface ListRow {
  id: string
  /** Case number, else receipt number. */
  number: string
  status: Status
  /** Of what runs; `none` where nothing does. */
  light: Light
  category: string | undefined
  /** Where: the address, else the community. */
  place: string | undefined
  unit: string | undefined
  urgent: boolean
  overseen: boolean
  round: number
  reportedAt: number
  /** Of a clock that runs. */
  dueAt?: number | undefined
  /** Working time left until then, negative past it; absent where the limit runs day and night, or it was not asked for. */
  workLeftMs?: number | undefined
  photo?: string | undefined
}

/** Statuses in which some due time runs. */
const RUNS: readonly Status[] = ['dispatched', 'handling']

export function rowOfCase(c: CaseJson, names: CityNames): ListRow {
  const due = RUNS.includes(c.status) ? (c.leadingDueAt ?? c.dueAt) : undefined
  return {
    id: c.id,
    number: c.caseNo ?? c.receiptNo,
    status: c.status,
    light: due === undefined ? 'none' : c.leadingLight,
    category: c.category?.name,
    place: c.address ?? names.place([], c.area?.code),
    unit: c.unitName ?? c.departmentName,
    urgent: c.urgent,
    overseen: c.overseen,
    round: c.round,
    reportedAt: Date.parse(c.reportedAt),
    ...(due === undefined ? {} : { dueAt: Date.parse(due) }),
    ...(c.desk?.workLeftMs === undefined || due !== c.dueAt ? {} : { workLeftMs: c.desk.workLeftMs }),
    ...(c.photos[0] === undefined ? {} : { photo: c.photos[0] }),
  }
}

export function rowOfBoard(c: BoardCase, names: CityNames): ListRow {
  const due = isRunning(c) ? (c.leadingDueAt ?? c.dueAt) : undefined
  return {
    id: c.id,
    number: c.caseNo ?? c.receiptNo,
    status: c.status,
    light: due === undefined ? 'none' : leadingLight(c),
    category: names.category(c.category),
    place: names.place(c.areaPath, c.area),
    unit: names.department(c.unit ?? c.department),
    urgent: c.urgent,
    overseen: c.overseen,
    round: c.round,
    reportedAt: c.reportedAt,
    ...(due === undefined ? {} : { dueAt: due }),
  }
}

/** The one that is due first, then the one reported first. */
export const byDue = (a: ListRow, b: ListRow): number =>
  sooner(a.dueAt, b.dueAt) || a.reportedAt - b.reportedAt || (a.id < b.id ? -1 : 1)

/** Infinities are not to be subtracted. */
function sooner(a = Number.POSITIVE_INFINITY, b = Number.POSITIVE_INFINITY): number {
  return a === b ? 0 : a - b
}
