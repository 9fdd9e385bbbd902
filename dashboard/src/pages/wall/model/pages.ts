// A list longer than its place, shown in turns: rows that need somebody stay, the others change below them. Pure.

export interface Page<T> {
  rows: T[]
  /** From 0. */
  page: number
  pages: number
}

/** At least so many rows change, however many would have to stay. */
const LEAST_TURNING = 2

/** @param turn counts up with time; every page comes in its turn. */
export function pageOf<T extends { overdue: number }>(
  rows: readonly T[],
  fits: number,
  turn: number,
): Page<T> {
  if (rows.length <= fits) return { rows: [...rows], page: 0, pages: 1 }
  const overdue = rows.filter((r) => r.overdue > 0).length
  const staying = Math.min(overdue, Math.max(0, fits - LEAST_TURNING))
  const turning = Math.max(1, fits - staying)
  const pages = Math.ceil((rows.length - staying) / turning)
  const page = turn % pages
  const from = staying + page * turning
  return { rows: [...rows.slice(0, staying), ...rows.slice(from, from + turning)], page, pages }
}
