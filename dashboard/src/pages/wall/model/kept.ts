// Cases of one kind kept in order while a board changes: a change costs what changed, not what stands. Twenty thousand may
// be open, and the wall follows them four times a second.
import type { BoardCase } from '#domain/board.ts'
import type { RowChanges } from '../../../live/row-changes.ts'

/** A total order: two different cases are never equal. */
type Order = (a: BoardCase, b: BoardCase) => number

/** More than this at once (a snapshot, a jump of a replay) is sorted anew. */
const MANY = 200

export interface Kept {
  change(changes: RowChanges): void
  /** In order; the same array until something changed, and never changed itself. */
  rows(): readonly BoardCase[]
  count(): number
  first(): BoardCase | undefined
  /** How many stand before the first for which it is false; it must hold for none after that. */
  countWhile(holds: (c: BoardCase) => boolean): number
}

export function keep(isOf: (c: BoardCase) => boolean, by: Order): Kept {
  let list: BoardCase[] = []
  let shown: readonly BoardCase[] | undefined = list

  const countWhile = (holds: (c: BoardCase) => boolean) => {
    let [from, to] = [0, list.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (holds(list[middle] as BoardCase)) from = middle + 1
      else to = middle
    }
    return from
  }
  const placeOf = (c: BoardCase) => countWhile((other) => by(other, c) < 0)

  return {
    change({ gone, come }) {
      const leaving = gone.filter(isOf)
      const arriving = come.filter(isOf)
      if (leaving.length + arriving.length === 0) return
      if (shown === list) list = [...list]
      shown = undefined
      if (leaving.length + arriving.length > MANY) {
        const left = new Set(leaving)
        list = list.filter((c) => !left.has(c))
        for (const c of arriving) list.push(c)
        list.sort(by)
        return
      }
      for (const c of leaving) list.splice(placeOf(c), 1)
      for (const c of arriving) list.splice(placeOf(c), 0, c)
    },
    rows() {
      shown ??= list
      return shown
    },
    count: () => list.length,
    first: () => list[0],
    countWhile,
  }
}

/** The order of waiting: since when, then by id. */
export const byWaiting: Order = (a, b) => a.since - b.since || (a.id < b.id ? -1 : 1)
