// Panels one above the other in a column whose seams none of them may cross: which goes between which seams, and how
// high. Few panels and few seams, so that every way to place them is looked at.

export interface Item<P extends string> {
  panel: P
  /** Rows; whole numbers. */
  least: number
  ideal: number
  grow: number
  /** May lie across seams: the map, whose ground nobody has to read. */
  crosses?: boolean
}

export interface Segment {
  /** First row, from 0. */
  row: number
  rows: number
}

export interface Stacked<P extends string> {
  panel: P
  row: number
  rows: number
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** Heights of items in one segment: each its least, then up to its ideal in turn, the rest by `grow`. */
function share<P extends string>(items: readonly Item<P>[], { row, rows }: Segment): Stacked<P>[] {
  const heights = items.map((i) => i.least)
  let left = rows - sum(heights)
  const give = (to: (item: Item<P>, height: number) => boolean) => {
    for (let given = true; given && left > 0; ) {
      given = false
      for (const [i, item] of items.entries()) {
        if (left === 0 || !to(item, heights[i] ?? 0)) continue
        heights[i] = (heights[i] ?? 0) + 1
        left -= 1
        given = true
      }
    }
  }
  give((item, height) => height < item.ideal)
  while (left > 0 && items.length > 0) {
    const most = Math.max(...items.map((i, n) => (i.grow + 0.1) / (heights[n] ?? 1)))
    const at = items.findIndex((i, n) => (i.grow + 0.1) / (heights[n] ?? 1) === most)
    heights[at] = (heights[at] ?? 0) + 1
    left -= 1
  }
  let at = row
  return items.map((item, i) => {
    const placed = { panel: item.panel, row: at, rows: heights[i] ?? 0 }
    at += placed.rows
    return placed
  })
}

/** What is lost: rows short of the ideal, and panels out of the order in which they matter. */
function cost<P extends string>(placed: readonly Stacked<P>[], items: readonly Item<P>[], rows: number) {
  const short = items.map((i) => {
    const got = placed.find((p) => p.panel === i.panel)?.rows ?? 0
    return Math.max(0, i.ideal - got)
  })
  const order = items.flatMap((i) => placed.find((p) => p.panel === i.panel)?.row ?? [])
  const swaps = order.filter((row, i) => i > 0 && row < (order[i - 1] ?? 0)).length
  const empty = rows - sum(placed.map((p) => p.rows))
  return sum(short) + swaps * 6 + empty * 3
}

/**
 * Places all items, in their order as far as seams allow.
 * @returns undefined when they do not fit.
 */
export function stack<P extends string>(
  items: readonly Item<P>[],
  segments: readonly Segment[],
): Stacked<P>[] | undefined {
  if (items.some((i) => i.crosses)) {
    const [first] = segments
    return first && stackAround(items, first.row, sum(segments.map((s) => s.rows)), segments)
  }
  let best: { placed: Stacked<P>[]; cost: number } | undefined
  const rows = sum(segments.map((s) => s.rows))
  for (let code = 0; code < segments.length ** items.length; code += 1) {
    const bins: Item<P>[][] = segments.map(() => [])
    let rest = code
    for (const item of items) {
      bins[rest % segments.length]?.push(item)
      rest = Math.floor(rest / segments.length)
    }
    if (bins.some((bin, i) => sum(bin.map((b) => b.least)) > (segments[i]?.rows ?? 0))) continue
    const placed = bins.flatMap((bin, i) => {
      const segment = segments[i]
      return segment ? share(bin, segment) : []
    })
    const price = cost(placed, items, rows)
    if (!best || price < best.cost) best = { placed, cost: price }
  }
  return best?.placed
}

/** With one that may cross: the others keep to the ends of the column, each within its segment. */
function stackAround<P extends string>(
  items: readonly Item<P>[],
  row: number,
  rows: number,
  segments: readonly Segment[],
): Stacked<P>[] | undefined {
  const middle = items.findIndex((i) => i.crosses)
  const crossing = items[middle]
  if (!crossing) return undefined
  const above = items.slice(0, middle)
  const below = items.slice(middle + 1)
  const end = row + rows
  const placed: Stacked<P>[] = []
  let top = row
  for (const item of above) {
    const segment = segments.find((s) => s.row + s.rows > top)
    if (!segment) return undefined
    const isIn = top + item.ideal <= segment.row + segment.rows
    const height = isIn ? item.ideal : segment.row + segment.rows - top
    if (height < item.least) return undefined
    placed.push({ panel: item.panel, row: top, rows: height })
    top += height
  }
  let bottom = end
  for (const item of [...below].reverse()) {
    const segment = segments.findLast((s) => s.row < bottom)
    if (!segment) return undefined
    const height = Math.min(item.ideal, bottom - segment.row)
    if (height < item.least) return undefined
    placed.push({ panel: item.panel, row: bottom - height, rows: height })
    bottom -= height
  }
  // Give back what the crossing one needs.
  if (bottom - top < crossing.least) {
    const tight = items.map((i) => (i.crosses ? i : { ...i, ideal: i.least }))
    const isTight = items.every((i) => i.crosses || i.ideal === i.least)
    return isTight ? undefined : stackAround(tight, row, rows, segments)
  }
  placed.push({ panel: crossing.panel, row: top, rows: bottom - top })
  return placed.sort((a, b) => a.row - b.row)
}
