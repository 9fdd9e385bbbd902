// How pictures of 16:9 fill a space of any shape: of the arrangements that a split has, the one whose pictures are
// largest together. Pure.
import type { Split } from './order.ts'

export interface Shape {
  columns: number
  rows: number
  /** The first picture takes two rows and two columns; in a split of six only. */
  isFirstLarge: boolean
}

const even = (columns: number, rows: number): Shape => ({ columns, rows, isFirstLarge: false })

const SHAPES: Record<Split, readonly Shape[]> = {
  1: [even(1, 1)],
  4: [even(2, 2), even(4, 1), even(1, 4)],
  6: [{ columns: 3, rows: 3, isFirstLarge: true }, even(3, 2), even(2, 3), even(6, 1), even(1, 6)],
  9: [even(3, 3), even(9, 1), even(1, 9)],
}

const PICTURE = 16 / 9

/** Area of all pictures in a space `aspect` wide and 1 high; each cell holds its picture whole. */
function pictured({ columns, rows, isFirstLarge }: Shape, split: Split, aspect: number): number {
  const width = Math.min(aspect / columns, PICTURE / rows)
  const cells = isFirstLarge ? 4 + (split - 1) : split
  return cells * width * (width / PICTURE)
}

/** @param aspect width of the space by its height. */
export function shapeFor(split: Split, aspect: number): Shape {
  const [first, ...others] = SHAPES[split]
  if (!first) throw new Error(`no arrangement for ${split}`)
  return others.reduce(
    (best, s) => (pictured(s, split, aspect) > pictured(best, split, aspect) * 1.001 ? s : best),
    first,
  )
}
