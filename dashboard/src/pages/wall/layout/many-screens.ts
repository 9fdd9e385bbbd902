// What screens side by side show: on the left what to do and whose, in the middle where, on the right what it looks like. Pure.
import {
  below,
  COLUMNS,
  type Column,
  fill,
  GAP_REM,
  type Group,
  halves,
  place,
  type Placed,
  ROWS,
  snapped,
} from './grid.ts'
import { needOnly } from './one-screen.ts'
import type { StackPanel } from './panels.ts'

/** Two or more screens side by side: what to do and whose; where; what it looks like there. */
export function manyScreens(groups: readonly Group[]): Placed[] {
  const [left, centre, ...others] = groups
  const right = others.at(-1) ?? centre
  if (!left || !centre || !right) return []
  const full = (panels: readonly StackPanel[]): Column[] => [{ column: 0, columns: COLUMNS, panels }]
  const half = snapped(left, 12)
  const leftSide =
    fill(left, [
      { column: 0, columns: half, panels: ['urgent', 'decide', 'late'] },
      { column: half, columns: COLUMNS - half, panels: ['units', 'rates'] },
    ]) ??
    fill(left, full(['need'])) ??
    needOnly(left)
  const middle = fill(centre, full(['flow', 'map'])) ?? stream(centre)
  if (others.length === 0) return [...leftSide, ...middle]
  return [
    ...leftSide,
    ...middle,
    ...rightSide(
      right,
      leftSide.some((p) => p.panel === 'units'),
    ),
  ]
}

/** The stream in two lines of four, where its seven stages have no room side by side. */
function stream(group: Group): Placed[] {
  const rowRem = group.height / ROWS
  const row = group.headerRows
  const [top] = group.segments
  const rows = Math.min(top?.rows ?? ROWS, Math.ceil((10.25 + GAP_REM) / rowRem))
  const column = { column: 0, columns: COLUMNS, panels: [] }
  return place(group, column, [
    { panel: 'flow', row, rows },
    { panel: 'map', row: row + rows, rows: ROWS - row - rows },
  ])
}

function rightSide(group: Group, hasUnits: boolean): Placed[] {
  const half = snapped(group, 12)
  const pictures = Math.round((ROWS - group.headerRows) * 0.6)
  const top = { row: group.headerRows, rows: pictures }
  const segments = below(group.segments, group.headerRows + pictures)
  const full =
    group.segments.length === 1 &&
    fill(group, [
      { column: 0, columns: COLUMNS, panels: ['camera'], segments: [top] },
      { column: 0, columns: half, panels: ['case'], segments },
      { column: half, columns: COLUMNS - half, panels: ['day'], segments },
    ])
  if (full) return halves(full, ['day', 'slot'])
  if (hasUnits) return fill(group, [{ column: 0, columns: COLUMNS, panels: ['camera'] }]) ?? []
  return (
    fill(group, [
      { column: 0, columns: half - 3, panels: ['camera'] },
      { column: half - 3, columns: COLUMNS - half + 3, panels: ['units'] },
    ]) ??
    fill(group, [{ column: 0, columns: COLUMNS, panels: ['units'] }]) ??
    []
  )
}
