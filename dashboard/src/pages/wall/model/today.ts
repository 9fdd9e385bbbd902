// What else happened today, from the counts by category and by source: for the slot and the storm's focus.
import type { BoardState } from '#domain/board.ts'

export interface Counted {
  code: string
  n: number
}

/** Today's reports by a key of the counts (`category`, `source`), most first. */
export function reportedBy(board: BoardState, kind: 'category' | 'source'): Counted[] {
  const rows: Counted[] = []
  for (const { key, metric, n } of board.counts.values())
    if (metric === 'reported' && n > 0 && key.startsWith(`${kind}:`))
      rows.push({ code: key.slice(kind.length + 1), n })
  return rows.sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1))
}
