// Which panels a screen shows and where, from its size in CSS px, the size of a rem and the seams between its tiles. Pure.
import { type Canvas, COLUMNS, type Group, groupsIn, inner, type Layout, type Placed, ROWS } from './grid.ts'
import { manyScreens } from './many-screens.ts'
import { oneScreen } from './one-screen.ts'
import type { Panel } from './panels.ts'

/** On a narrower screen the name needs more of the header, and the rest takes two lines. */
const NARROW_REM = 90

/** The header in pieces that no seam cuts: name, clock, state of the data. */
function headerOf(groups: readonly Pick<Group, 'at' | 'width' | 'seamColumns' | 'headerRows'>[]): Placed[] {
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
