// The grid that panels stand on: screen groups of about 16:9, each of 24 columns and 12 rows, halved to 24 for heights in
// between, with the seams between tiles as lines of it; and how columns of panels fill a group. Pure.
import type { Tiles } from '#domain/wall-screen.ts'
import { NEEDS, type Panel, type StackPanel } from './panels.ts'
import { type Item, type Segment, stack, type Stacked } from './stack.ts'

export const COLUMNS = 24
export const ROWS = 24

export interface Canvas {
  /** CSS px. */
  width: number
  height: number
  /** CSS px of one rem. */
  root: number
  tiles: Tiles
}

/** A panel's place: 0-based column and row on the whole canvas, and which of its sides lie on a seam or at the rim. */
export interface Placed {
  panel: Panel
  column: number
  columns: number
  row: number
  rows: number
  /** Its middle column lies on a seam: what is written in it keeps to either half. */
  split: boolean
}

export interface Layout {
  /** Screens side by side on this canvas. */
  groups: number
  placed: Placed[]
  /** Wanted, but there is no room. */
  dropped: Panel[]
  /** Seams in grid lines, 0-based, of the whole canvas. */
  seams: { columns: number[]; rows: number[] }
}

/** Screens side by side: wider than two and a half to one is more than one; as many as seams allow. */
export function groupsOf({ width, height, tiles }: Pick<Canvas, 'width' | 'height' | 'tiles'>): number {
  const wanted = width / height < 2.5 ? 1 : Math.max(2, Math.round(width / height / (16 / 9)))
  const isEven = (n: number) => tiles.columns % n === 0 || n % tiles.columns === 0
  for (let n = wanted; n > 1; n -= 1) if (isEven(n)) return n
  return 1
}

export interface Group {
  /** First column on the canvas. */
  at: number
  /** Rem. */
  width: number
  height: number
  /** Seams inside it, columns from its left. */
  seamColumns: number[]
  /** Free rows between seams, below the header. */
  segments: Segment[]
  headerRows: number
}

export const inner = (n: number, whole: number) =>
  Array.from({ length: Math.max(0, n - 1) }, (_, i) => Math.round((whole * (i + 1)) / n))

/** Rem that the header needs. */
const HEADER_REM = 4.1
/** Between two panels; each gives half. */
export const GAP_REM = 0.75

export function groupsIn(canvas: Canvas): Group[] {
  const n = groupsOf(canvas)
  const height = canvas.height / canvas.root
  const headerRows = Math.max(2, Math.ceil(HEADER_REM / (height / ROWS)))
  const seamRows = inner(canvas.tiles.rows, ROWS)
  const lines = [headerRows, ...seamRows.filter((r) => r > headerRows), ROWS]
  const segments = lines.slice(1).map((end, i) => {
    const row = lines[i] ?? 0
    return { row, rows: end - row }
  })
  const seams = inner(canvas.tiles.columns, n * COLUMNS)
  return Array.from({ length: n }, (_, g) => ({
    at: g * COLUMNS,
    width: canvas.width / canvas.root / n,
    height,
    seamColumns: seams.map((s) => s - g * COLUMNS).filter((s) => s > 0 && s < COLUMNS),
    segments,
    headerRows,
  }))
}

export const columnsFor = (group: Group, rem: number) => Math.ceil((rem + GAP_REM) / (group.width / COLUMNS))

/** A line between columns of panels goes to a seam that is near. */
export const snapped = ({ seamColumns }: Group, line: number) =>
  seamColumns.find((s) => Math.abs(s - line) <= 2) ?? line

export interface Column {
  column: number
  columns: number
  panels: readonly StackPanel[]
  segments?: readonly Segment[]
}

export function itemOf(group: Group, panel: StackPanel): Item<StackPanel> {
  const rowRem = group.height / ROWS
  const { height, ideal, grow } = NEEDS[panel]
  const rows = (rem: number) => Math.ceil((rem + GAP_REM) / rowRem - 0.05)
  return {
    panel,
    least: rows(height),
    ideal: rows(ideal),
    grow,
    ...(panel === 'map' ? { crosses: true } : {}),
  }
}

export const place = (group: Group, column: Column, stacked: readonly Stacked<StackPanel>[]): Placed[] =>
  stacked.map((s) => ({
    panel: s.panel,
    column: group.at + column.column,
    columns: column.columns,
    row: s.row,
    rows: s.rows,
    split: group.seamColumns.includes(column.column + column.columns / 2),
  }))

/** All panels of the columns, or undefined when one of them is too narrow or too low. */
export function fill(group: Group, columns: readonly Column[]): Placed[] | undefined {
  const out: Placed[] = []
  for (const column of columns) {
    const width = (column.columns * group.width) / COLUMNS - GAP_REM
    if (column.columns < 1 || column.panels.some((p) => NEEDS[p].width > width)) return undefined
    const crossed = group.seamColumns.filter((s) => s > column.column && s < column.column + column.columns)
    const isHalved = crossed.every((s) => s === column.column + column.columns / 2)
    if (!isHalved) return undefined
    const stacked = stack(
      column.panels.map((p) => itemOf(group, p)),
      column.segments ?? group.segments,
    )
    if (!stacked) return undefined
    out.push(...place(group, column, stacked))
  }
  return out
}

/** Takes the top off the first segments. */
export function below(segments: readonly Segment[], row: number): Segment[] {
  return segments.flatMap((s) => {
    const end = s.row + s.rows
    if (end <= row) return []
    const from = Math.max(row, s.row)
    return [{ row: from, rows: end - from }]
  })
}

/** Day curve and rotating slot side by side in the last rows of the middle. */
export function halves(placed: Placed[], panels: [Panel, Panel]): Placed[] {
  return placed.flatMap((p) => {
    if (p.panel !== panels[0]) return [p]
    const columns = Math.floor(p.columns / 2)
    const other = { ...p, panel: panels[1], column: p.column + columns, columns: p.columns - columns }
    return [
      { ...p, columns, split: false },
      { ...other, split: false },
    ]
  })
}
