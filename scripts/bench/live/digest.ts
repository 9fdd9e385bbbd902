// A board in a few bytes, to compare those of many walls.
import { createHash } from 'node:crypto'
import type { BoardState } from '#domain/board.ts'

/** Two boards with the same digest show the same. What only the newest message's own instant tells is left out. */
export function digestOf({ epoch, seq, day, month, band, cases, counts, recent }: BoardState): string {
  const inOrder = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([epoch, seq, day, month, band, inOrder(cases), inOrder(counts), recent])
  return createHash('sha256').update(text).digest('hex')
}
