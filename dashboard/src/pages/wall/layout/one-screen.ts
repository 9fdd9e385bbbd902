// What one screen shows: three columns where letters are small enough, else fewer and larger things. Pure.
import {
  below,
  COLUMNS,
  type Column,
  columnsFor,
  fill,
  GAP_REM,
  type Group,
  halves,
  itemOf,
  place,
  type Placed,
  ROWS,
  snapped,
} from './grid.ts'
import { DROPPED_FIRST, NEEDS, type StackPanel } from './panels.ts'
import type { Segment } from './stack.ts'

/** Width at which names of units, rates and countdowns stand on one line, rem. */
const SIDE_REM = 26
/** In a column of a full composition the map and the pictures are no stamps. */
const FULL_REM: Partial<Record<StackPanel, number>> = { map: 30, camera: 24 }

/** Three columns: what needs somebody, where it is stuck and where it lies, whose it is. */
function three(group: Group, without: readonly StackPanel[]): Placed[] | undefined {
  const has = (p: StackPanel) => !without.includes(p)
  const side = Math.max(6, columnsFor(group, SIDE_REM))
  const left = snapped(group, Math.max(6, columnsFor(group, SIDE_REM)))
  const right = snapped(group, COLUMNS - side)
  const isNarrow = ((right - left) * group.width) / COLUMNS - GAP_REM < NEEDS.flow.width
  const middle: StackPanel[] = ['map', 'day']
  const aside = (['rates', 'units', 'camera'] as const).filter(has)
  const isStamp = (panel: StackPanel, columns: number) =>
    (columns * group.width) / COLUMNS - GAP_REM < (FULL_REM[panel] ?? 0)
  if (isStamp('map', right - left) || (has('camera') && isStamp('camera', COLUMNS - right))) return undefined
  const leftColumn = { column: 0, columns: left, panels: ['urgent', 'decide', 'late'] as const }
  const hasHalves = has('slot') && ((right - left) * group.width) / COLUMNS / 2 - GAP_REM >= NEEDS.slot.width
  if (!hasHalves && has('slot') && !isNarrow) return undefined
  if (!isNarrow) {
    const placed = fill(group, [
      leftColumn,
      { column: left, columns: right - left, panels: ['flow', ...middle] },
      { column: right, columns: COLUMNS - right, panels: aside },
    ])
    return placed && (has('slot') ? halves(placed, ['day', 'slot']) : placed)
  }
  // The stream is as wide as both: middle and right begin below it.
  const flow = fill(group, [
    { column: left, columns: COLUMNS - left, panels: ['flow'], segments: [first(group)] },
  ])
  if (!flow) return undefined
  const segments = below(group.segments, (flow[0]?.row ?? 0) + (flow[0]?.rows ?? 0))
  const rest = fill(group, [
    leftColumn,
    { column: left, columns: right - left, panels: middle, segments },
    {
      column: right,
      columns: COLUMNS - right,
      panels: [...aside, ...(has('slot') ? ['slot' as const] : [])],
      segments,
    },
  ])
  return rest && [...flow, ...rest]
}

/** Rows for the stream at the top: its own height, or all up to a seam that is near. */
function first(group: Group): Segment {
  const [top] = group.segments
  const least = itemOf(group, 'flow').least
  const rows = top?.rows ?? least
  return { row: top?.row ?? group.headerRows, rows: rows - least <= 2 ? rows : least }
}

/** For large letters: the stream over everything, below it what needs somebody, the map and the units. */
function large(group: Group): Placed[] | undefined {
  const top = first(group)
  const segments = below(group.segments, top.row + top.rows)
  const [a, b] = [snapped(group, 8), snapped(group, 15)]
  const flow: Column = { column: 0, columns: COLUMNS, panels: ['flow'], segments: [top] }
  const three: Column[] = [
    { column: 0, columns: a, panels: ['need'], segments },
    { column: a, columns: b - a, panels: ['map'], segments },
    { column: b, columns: COLUMNS - b, panels: ['units'], segments },
  ]
  const two: Column[] = [
    { column: 0, columns: 12, panels: ['need'], segments },
    { column: 12, columns: 12, panels: ['units'], segments },
  ]
  return fill(group, [flow, ...three]) ?? fill(group, [flow, ...two]) ?? needOnly(group)
}

/** Letters so large that there is room for one thing only. */
export function needOnly(group: Group): Placed[] {
  const [top] = group.segments
  const segment = top ?? { row: group.headerRows, rows: ROWS - group.headerRows }
  const columns = group.seamColumns[0] ?? COLUMNS
  return place(group, { column: 0, columns, panels: ['need'] }, [{ panel: 'need', ...segment }])
}

/** Panels that go in turn: the slot, then the camera, then both; at last the rates move into the units' heading. */
const WAYS_TO_DROP: readonly (readonly StackPanel[])[] = [
  [],
  ...DROPPED_FIRST.slice(0, 2).map((p) => [p]),
  DROPPED_FIRST.slice(0, 2),
  DROPPED_FIRST,
]

export function oneScreen(group: Group): Placed[] {
  for (const without of WAYS_TO_DROP) {
    const placed = three(group, without)
    if (placed) return placed
  }
  return large(group) ?? needOnly(group)
}
