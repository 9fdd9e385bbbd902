// Which panels a screen shows and where, from its size in CSS px, the size of a rem and the seams between its tiles.
// Each screen group of about 16:9 is a grid of 24 columns and 12 rows, halved to 24 for heights in between. Pure.
import type { Tiles } from '#domain/wall-screen.ts'
import { DROPPED_FIRST, NEEDS, type Panel, type StackPanel } from './panels.ts'
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

interface Group {
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

const inner = (n: number, whole: number) =>
  Array.from({ length: Math.max(0, n - 1) }, (_, i) => Math.round((whole * (i + 1)) / n))

/** Rem that the header needs. */
const HEADER_REM = 4.1
/** Between two panels; each gives half. */
const GAP_REM = 0.75

function groupsIn(canvas: Canvas): Group[] {
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

const columnsFor = (group: Group, rem: number) => Math.ceil((rem + GAP_REM) / (group.width / COLUMNS))

/** A line between columns of panels goes to a seam that is near. */
const snapped = ({ seamColumns }: Group, line: number) =>
  seamColumns.find((s) => Math.abs(s - line) <= 2) ?? line

interface Column {
  column: number
  columns: number
  panels: readonly StackPanel[]
  segments?: readonly Segment[]
}

function itemOf(group: Group, panel: StackPanel): Item<StackPanel> {
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

const place = (group: Group, column: Column, stacked: readonly Stacked<StackPanel>[]): Placed[] =>
  stacked.map((s) => ({
    panel: s.panel,
    column: group.at + column.column,
    columns: column.columns,
    row: s.row,
    rows: s.rows,
    split: group.seamColumns.includes(column.column + column.columns / 2),
  }))

/** All panels of the columns, or undefined when one of them is too narrow or too low. */
function fill(group: Group, columns: readonly Column[]): Placed[] | undefined {
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
function below(segments: readonly Segment[], row: number): Segment[] {
  return segments.flatMap((s) => {
    const end = s.row + s.rows
    if (end <= row) return []
    const from = Math.max(row, s.row)
    return [{ row: from, rows: end - from }]
  })
}

/** Day curve and rotating slot side by side in the last rows of the middle. */
function halves(placed: Placed[], panels: [Panel, Panel]): Placed[] {
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
function needOnly(group: Group): Placed[] {
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

function oneScreen(group: Group): Placed[] {
  for (const without of WAYS_TO_DROP) {
    const placed = three(group, without)
    if (placed) return placed
  }
  return large(group) ?? needOnly(group)
}

/** Two or more screens side by side: what to do and whose; where; what it looks like there. */
function manyScreens(groups: readonly Group[]): Placed[] {
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

/** On a narrower screen the name needs more of the header, and the rest takes two lines. */
const NARROW_REM = 90

/** The header in pieces that no seam cuts: name, clock, state of the data. */
export function headerOf(
  groups: readonly Pick<Group, 'at' | 'width' | 'seamColumns' | 'headerRows'>[],
): Placed[] {
  const [only] = groups
  if (!only) return []
  const rows = only.headerRows
  const piece = (panel: Panel, column: number, end: number): Placed => ({
    panel,
    column,
    columns: end - column,
    row: 0,
    rows,
    split: false,
  })
  if (groups.length > 1) {
    const last = groups.at(-1)
    const middle = groups.length > 2 ? groups[1] : undefined
    const end = (g: { seamColumns: number[] } | undefined) => g?.seamColumns[0] ?? COLUMNS
    return [
      piece('name', 0, end(only)),
      ...(middle
        ? [
            piece('clock', middle.at, middle.at + end(middle)),
            piece('state', last?.at ?? 0, (last?.at ?? 0) + end(last)),
          ]
        : [piece('clock', COLUMNS, COLUMNS + 12), piece('state', COLUMNS + 12, 2 * COLUMNS)]),
    ]
  }
  const plain = only.width < NARROW_REM ? [10, 17] : [9, 16]
  const cut = only.seamColumns.length === 0 ? plain : only.seamColumns.includes(12) ? [12, 19] : [8, 16]
  const [a = 9, b = 16] = cut
  return [piece('name', 0, a), piece('clock', a, b), piece('state', b, COLUMNS)]
}

/** What one screen could show at most. */
const WANTED: readonly Panel[] = [
  'urgent',
  'decide',
  'late',
  'flow',
  'map',
  'rates',
  'units',
  'day',
  'slot',
  'camera',
]

export function layoutOf(canvas: Canvas): Layout {
  const groups = groupsIn(canvas)
  const [one] = groups
  const body = groups.length > 1 ? manyScreens(groups) : one ? oneScreen(one) : []
  const placed = [...headerOf(groups), ...body]
  const shown = new Set(placed.map((p) => p.panel))
  const isShown = (p: Panel) =>
    shown.has(p) || (shown.has('need') && (p === 'urgent' || p === 'decide' || p === 'late'))
  return {
    groups: groups.length,
    placed,
    dropped: WANTED.filter((p) => !isShown(p)),
    seams: {
      columns: inner(canvas.tiles.columns, groups.length * COLUMNS),
      rows: inner(canvas.tiles.rows, ROWS),
    },
  }
}
