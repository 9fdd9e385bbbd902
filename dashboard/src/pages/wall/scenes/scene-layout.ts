// How each scene fills the screen: some change a panel of the normal composition, some have one of their own. On several
// screens side by side the scene takes the middle one, and its neighbours stay as they are. Pure.
import type { Panel } from '../layout/panels.ts'
import { type Canvas, COLUMNS, type Layout, type Placed, ROWS } from '../layout/grid.ts'
import { layoutOf } from '../layout/layout.ts'
import type { SceneName } from './choose.ts'

interface Area {
  panel: Panel
  /** Shares of the width and height below the header, of 24. */
  x: number
  y: number
  w: number
  h: number
  /** Its ground may lie across a seam. */
  crosses?: boolean
}

const BRIEF: readonly Area[] = [
  { panel: 'sentence', x: 0, y: 0, w: 12, h: 7 },
  { panel: 'figures', x: 12, y: 0, w: 12, h: 7 },
  { panel: 'map', x: 0, y: 7, w: 12, h: 17, crosses: true },
  { panel: 'ranking', x: 12, y: 7, w: 12, h: 9 },
  { panel: 'examples', x: 12, y: 16, w: 12, h: 8 },
]
const OWN: Partial<Record<SceneName, readonly Area[]>> = {
  brief: BRIEF,
  ranking: [{ panel: 'ranking', x: 0, y: 0, w: 24, h: 24 }],
  spotlight: [
    { panel: 'story', x: 0, y: 0, w: 12, h: 13 },
    { panel: 'camera', x: 0, y: 13, w: 12, h: 11 },
    { panel: 'map', x: 12, y: 0, w: 12, h: 24, crosses: true },
  ],
  cameras: [{ panel: 'camera', x: 0, y: 0, w: 24, h: 24 }],
}

/** In a storm what is flooded matters more than what else goes round in the slot. */
const STORM: Partial<Record<Panel, Panel>> = { slot: 'focus' }

const isBody = (p: Placed) => p.panel !== 'name' && p.panel !== 'clock' && p.panel !== 'state'

/** Moves the edges of an area to a seam that is near, so that no text lies on it. */
function areaOn(layout: Layout, at: number, headerRows: number, area: Area): Placed {
  const rows = ROWS - headerRows
  const near = (line: number, seams: readonly number[], within: number) =>
    seams.find((s) => Math.abs(s - line) <= within) ?? line
  const row = (y: number) =>
    y === 0 || y === 24
      ? headerRows + (rows * y) / 24
      : near(headerRows + Math.round((rows * y) / 24), layout.seams.rows, 4)
  const column = (x: number) =>
    at +
    near(
      x,
      layout.seams.columns.map((s) => s - at),
      4,
    )
  const [left, right] = [column(area.x), column(area.x + area.w)]
  const [top, bottom] = [row(area.y), row(area.y + area.h)]
  return {
    panel: area.panel,
    column: left,
    columns: right - left,
    row: top,
    rows: bottom - top,
    split: layout.seams.columns.includes((left + right) / 2),
  }
}

function own(layout: Layout, areas: readonly Area[]): Placed[] {
  const header = layout.placed.filter((p) => !isBody(p))
  const headerRows = header[0]?.rows ?? 2
  const middle = layout.groups > 2 ? COLUMNS : layout.groups > 1 ? COLUMNS : 0
  const body = areas.map((a) => areaOn(layout, middle, headerRows, a))
  const taken = new Set(body.map((p) => p.panel))
  const beside = layout.placed.filter((p) => {
    const isElsewhere = p.column + p.columns <= middle || p.column >= middle + COLUMNS
    return isBody(p) && layout.groups > 1 && isElsewhere && !taken.has(p.panel)
  })
  return [...header, ...beside, ...body]
}

const LEAST_MAP_COLUMNS = 6

/** Black, and only what may need somebody: the cards of 要办 and the map. */
function night(layout: Layout): Placed[] {
  const header = layout.placed.filter((p) => !isBody(p))
  const headerRows = header[0]?.rows ?? 2
  const cards = layout.placed.filter((p) => ['need', 'urgent', 'decide', 'late'].includes(p.panel))
  const end = layout.groups > 1 ? COLUMNS : Math.max(0, ...cards.map((p) => p.column + p.columns))
  const columns = layout.groups > 2 ? COLUMNS : layout.groups * COLUMNS - end
  return [
    ...header,
    ...cards,
    ...(columns < LEAST_MAP_COLUMNS
      ? []
      : [
          {
            panel: 'map' as const,
            column: end,
            columns,
            row: headerRows,
            rows: ROWS - headerRows,
            split: false,
          },
        ]),
  ]
}

export function sceneLayout(canvas: Canvas, scene: SceneName): Layout {
  const layout = layoutOf(canvas)
  const areas = OWN[scene]
  if (areas) return { ...layout, placed: own(layout, areas) }
  if (scene === 'night') return { ...layout, placed: night(layout) }
  if (scene !== 'storm') return layout
  return { ...layout, placed: layout.placed.map((p) => ({ ...p, panel: STORM[p.panel] ?? p.panel })) }
}
