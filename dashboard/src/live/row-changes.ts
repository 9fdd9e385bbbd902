// What came to a board and what left it between two looks. Rows are replaced when a case changes and never mutated, and a
// board keeps their order, so that one walk beside each other finds it without reading a row that stayed.
import type { BoardCase } from '#domain/board.ts'

/** A case that changed is in both: as it was, and as it is. */
export interface RowChanges {
  gone: BoardCase[]
  come: BoardCase[]
}

/** Right for any two lists; quick where the second is the first with rows replaced, taken out and put at the end. */
export function rowChanges(before: readonly BoardCase[], now: readonly BoardCase[]): RowChanges {
  const gone: BoardCase[] = []
  const come: BoardCase[] = []
  let at = 0
  for (const was of before) {
    const is = now[at]
    if (is === was) {
      at += 1
      continue
    }
    gone.push(was)
    if (is?.id !== was.id) continue
    come.push(is)
    at += 1
  }
  for (; at < now.length; at++) come.push(now[at] as BoardCase)
  return { gone, come }
}
