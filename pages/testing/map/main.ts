// A map of cases by itself: what is handed over is what it holds, however many there are. Driven by the test.
import type { BoardCase } from '#domain/board.ts'
import { loadMapKit } from '../../../dashboard/src/components/map/load.ts'
import { addCases, CASES, createCaseView } from '../../../dashboard/src/components/map/overlay.ts'
import { DARK } from '../../../dashboard/src/components/map/palette.ts'
import { tileStyle } from '../../../dashboard/src/components/map/tile-style.ts'

const WEST = 113.8
const SOUTH = 29.6
const SPAN = 0.2

const kit = await loadMapKit(undefined)
const element = document.getElementById('map')
if (!element) throw new Error('no place for the map')
const map = kit.open({
  container: element,
  style: tileStyle([['/ground/{z}/{x}/{y}.png'], ['/names/{z}/{x}/{y}.png']], DARK),
  bounds: [WEST, SOUTH, WEST + SPAN, SOUTH + SPAN],
  padding: 0,
  interactive: false,
})
await new Promise<void>((resolve) => map.once('style.load', () => resolve()))
addCases(map, DARK, 1)
const show = createCaseView(kit, map)

const aCase = (n: number): BoardCase => ({
  id: `case-${n}`,
  receiptNo: `R${n}`,
  status: 'handling',
  source: 'grid',
  dispatchMode: 'assign',
  areaPath: [],
  coDepartments: [],
  lng: WEST + SPAN * ((n * 0.618034) % 1),
  lat: SOUTH + SPAN * ((n * 0.754878) % 1),
  urgent: false,
  round: 1,
  overseen: false,
  light: 'green',
  reportedAt: 0,
  since: 0,
})

let cases: BoardCase[] = []
const draw = () => show(cases, { isHot: (c) => c.light === 'red' })

const held = async () => {
  await new Promise<void>((resolve) => map.once('idle', () => resolve()))
  const features = map.querySourceFeatures(CASES)
  // A feature at the edge of two tiles is in both.
  const seen = new Map(features.map((f) => [f.properties.id ?? `cluster ${f.properties.cluster_id}`, f]))
  let count = 0
  let red = 0
  for (const f of seen.values()) {
    count += Number(f.properties.point_count ?? 1)
    red += Number(f.properties.point_count === undefined ? f.properties.hot : f.properties.red)
  }
  return { count, red }
}

Object.assign(window, {
  mapTest: {
    open: async (n: number) => {
      cases = Array.from({ length: n }, (_, i) => aCase(i))
      draw()
      return held()
    },
    /** Turns `red` cases red and takes `gone` away. */
    change: async (red: number, gone: number) => {
      cases = cases.slice(gone).map((c, i) => (i < red ? { ...c, light: 'red' as const } : c))
      draw()
      return held()
    },
  },
})
