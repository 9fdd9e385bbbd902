// The city's work on the map: grids shaded, open cases by the light's colour and shape, clustered by zoom.
import type { Feature, Point } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import type { BoardCase } from '#domain/board.ts'
import { isOverdue, runningLight } from '#domain/board-view.ts'
import type { Light } from '#domain/case.ts'
import { rowChanges } from '../../live/row-changes.ts'
import { MAP_FONT, type MapKit, type MapView } from './load.ts'
import type { Palette } from './palette.ts'
import { iconName, lightIcon } from './shapes.ts'

export type Shade = 'open' | 'overdue'

const LIGHTS: Light[] = ['green', 'yellow', 'red', 'none']
const RANK: Record<Light, number> = { none: 0, green: 1, yellow: 2, red: 3 }

/** How a case is to be seen; it depends on the clock and the scene too. The same functions while they answer the same. */
interface CaseLook {
  /** Counted in red by its cluster. */
  isHot: (c: BoardCase) => boolean
  /** Drawn faint: the scene is about others. */
  isFaint?: ((c: BoardCase) => boolean) | undefined
}

/** What is seen of a case: its row, which is replaced when the case changes, and how the moment looks at it. */
interface Shown {
  row: BoardCase
  hot: boolean
  faint: boolean
}

const asFeature = ({ row, hot, faint }: Shown): Feature<Point> => {
  const light = runningLight(row)
  return {
    type: 'Feature',
    properties: {
      id: row.id,
      light,
      rank: RANK[light] + (row.urgent ? 10 : 0),
      urgent: row.urgent,
      hot: hot && !faint ? 1 : 0,
      lit: faint ? 0 : 1,
      faint,
    },
    geometry: { type: 'Point', coordinates: [row.lng, row.lat] },
  }
}

/** Clusters count what the scene is about; one of other cases alone stays faint and says no number. */
const IS_LIT: ['>', ['get', string], number] = ['>', ['get', 'lit'], 0]

function caseLayers(p: Palette, scale: number): LayerSpecification[] {
  const red = ['get', 'red'] as ['get', string]
  return [
    {
      id: 'cluster',
      type: 'circle',
      source: 'cases',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': p.cluster,
        'circle-opacity': ['case', IS_LIT, 0.94, 0.3],
        'circle-stroke-opacity': ['case', IS_LIT, 1, 0.3],
        'circle-radius': ['step', ['get', 'lit'], 21 * scale, 20, 26 * scale, 100, 33 * scale],
        'circle-stroke-width': 1.5 * scale,
        'circle-stroke-color': p.clusterLine,
      },
    },
    {
      id: 'cluster-count',
      type: 'symbol',
      source: 'cases',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': [
          'case',
          ['>', red, 0],
          [
            'format',
            ['to-string', ['get', 'lit']],
            {},
            '\n',
            {},
            ['concat', '◆', ['to-string', red]],
            { 'font-scale': 0.72, 'text-color': p.lightRed },
          ],
          IS_LIT,
          ['format', ['to-string', ['get', 'lit']], {}],
          '',
        ],
        'text-font': MAP_FONT,
        'text-size': 20 * scale,
        'text-line-height': 1,
        'text-allow-overlap': true,
        // Takes the room of its circle, so that names of places under it give way instead of showing half.
        'text-padding': 10 * scale,
      },
      paint: { 'text-color': p.clusterText },
    },
    {
      id: 'case',
      type: 'symbol',
      source: 'cases',
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': ['concat', 'light-', ['get', 'light']],
        'icon-size': ['case', ['get', 'urgent'], 1.5, 1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'icon-opacity': ['case', ['get', 'faint'], 0.3, 1] },
    },
  ]
}

/** Adds the source, icons and layers; call once after the style has loaded. */
export function addCases(map: MapView, palette: Palette, scale: number): void {
  for (const light of LIGHTS) {
    const { image, pixelRatio } = lightIcon(light, palette, scale)
    map.addImage(iconName(light), image, { pixelRatio })
  }
  map.addSource(CASES, {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    promoteId: 'id',
    cluster: true,
    clusterRadius: 42 * scale,
    // A handful stays apart: their lights say more than a number.
    clusterMinPoints: 4,
    clusterMaxZoom: 15 + Math.round(Math.log2(scale)),
    clusterProperties: { red: ['+', ['get', 'hot']], lit: ['+', ['get', 'lit']] },
  })
  for (const layer of caseLayers(palette, scale)) map.addLayer(layer)
}

export const CASES = 'cases'

/**
 * Shows cases, handing over only what changed since the last call: twenty thousand may be open. Only another `isHot` or
 * `isFaint` has all of them looked at again.
 */
export function createCaseView(kit: MapKit, map: MapView) {
  const shown = new Map<string, Shown>()
  let before: readonly BoardCase[] = []
  let look: CaseLook | undefined
  return (cases: readonly BoardCase[], { isHot, isFaint }: CaseLook): void => {
    const isAnew = look?.isHot !== isHot || look.isFaint !== isFaint
    const { gone, come } = rowChanges(before, cases)
    before = cases
    look = { isHot, isFaint }
    const put: Shown[] = []
    for (const row of isAnew ? cases : come) {
      const was = shown.get(row.id)
      const [hot, faint] = [isHot(row), isFaint?.(row) === true]
      if (was?.row === row && was.hot === hot && was.faint === faint) continue
      const seen = { row, hot, faint }
      shown.set(row.id, seen)
      put.push(seen)
    }
    const still = new Set(come.map((c) => c.id))
    const left = gone.flatMap(({ id }) => (still.has(id) ? [] : [id]))
    for (const id of left) shown.delete(id)
    if (put.length === 0 && left.length === 0) return
    kit.change(map, CASES, { put: put.map(asFeature), gone: left }, () => [...shown.values()].map(asFeature))
  }
}

/**
 * Shades each grid by its share of the fullest one; grids without anything stay clear. Counts what changed since the last
 * call, and tells the map only of grids that look different.
 */
export function createShading(map: MapView, grids: readonly string[]) {
  const loads = new Map(grids.map((code) => [code, { open: 0, overdue: 0 }]))
  const drawn = new Map<string, string>()
  let before: readonly BoardCase[] = []
  const count = (c: BoardCase, by: 1 | -1) => {
    for (const code of c.areaPath) {
      const load = loads.get(code)
      if (!load) continue
      load.open += by
      if (isOverdue(c)) load.overdue += by
    }
  }
  return (cases: readonly BoardCase[], shade: Shade): void => {
    const { gone, come } = rowChanges(before, cases)
    before = cases
    for (const c of gone) count(c, -1)
    for (const c of come) count(c, 1)
    const most = Math.max(1, ...[...loads.values()].map((l) => l[shade]))
    for (const [code, load] of loads) {
      // A finer difference is not seen.
      const heat = Math.round((load[shade] / most) * 100) / 100
      const wanted = `${shade} ${heat}`
      if (drawn.get(code) === wanted) continue
      drawn.set(code, wanted)
      map.setFeatureState({ source: 'grids', id: code }, { heat, mode: shade })
    }
  }
}
