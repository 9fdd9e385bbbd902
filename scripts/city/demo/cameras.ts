// Cameras of the demo town: at crossings of its larger roads and before the places people know. Their pictures are
// made up by the server; no camera is meant.
import { isInside } from './curve.ts'
import { parks, places, sites } from './grounds.ts'
import { cityOutline, roads } from './layout.ts'
import type { Road } from './layout.ts'
import { toPosition } from './plane.ts'
import type { Line, Point } from './plane.ts'

const CROSSINGS = 17

/** Where one stands before a place: its name on the wall. Compounds are entered from the south. */
const ENTRANCES: readonly [place: string, name: string][] = [
  ['中心菜市场', '中心菜市场门口'],
  ['汽车站', '汽车站广场'],
  ['一中', '一中校门'],
  ['人民医院', '人民医院门诊楼前'],
  ['万家广场', '万家广场前'],
  ['湖滨公园', '湖滨公园北门'],
  ['双桥棚改工地', '双桥棚改工地出入口'],
]

export function cameraTable(): string[][] {
  const rows: string[][] = [['code', 'name', 'lng', 'lat', 'kind', 'url', 'area']]
  const all = [...crossings().slice(0, CROSSINGS), ...entrances()]
  all.forEach(({ name, at }, i) => {
    const [lng = 0, lat = 0] = toPosition(at)
    rows.push([`CAM${String(i + 1).padStart(3, '0')}`, name, String(lng), String(lat), 'generated', '', ''])
  })
  return rows
}

interface Spot {
  name: string
  at: Point
}

/** Crossings of two main roads first, then of a main and a secondary one. */
function crossings(): Spot[] {
  const drawn: Road[] = Object.values(roads)
  const main = drawn.filter((r) => r.class === 'main')
  const secondary = drawn.filter((r) => r.class === 'secondary')
  const pairs = [
    ...main.flatMap((a, i) => main.slice(i + 1).map((b) => [a, b] as const)),
    ...main.flatMap((a) => secondary.map((b) => [a, b] as const)),
  ]
  return pairs.flatMap(([a, b]) => {
    const at = crossing(a.line, b.line)
    return at && isInside(cityOutline, at) ? [{ name: `${a.name}${b.name.replace(/路$/, '')}路口`, at }] : []
  })
}

/** The first point that two lines have in common. */
function crossing(one: Line, other: Line): Point | undefined {
  for (let i = 0; i + 1 < one.length; i++)
    for (let k = 0; k + 1 < other.length; k++) {
      const [a, b] = [one[i] ?? [0, 0], one[i + 1] ?? [0, 0]]
      const [c, d] = [other[k] ?? [0, 0], other[k + 1] ?? [0, 0]]
      const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
      const cross = dx * ey - dy * ex
      if (cross === 0) continue
      const t = ((c[0] - a[0]) * ey - (c[1] - a[1]) * ex) / cross
      const u = ((c[0] - a[0]) * dy - (c[1] - a[1]) * dx) / cross
      if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return [a[0] + t * dx, a[1] + t * dy]
    }
  return undefined
}

const entrances = (): Spot[] =>
  ENTRANCES.map(([place, name]) => {
    const at = entranceOf(place)
    if (!at) throw new Error(`no place ${place} on the drawing`)
    return { name, at }
  })

function entranceOf(name: string): Point | undefined {
  const compound = places.find((p) => p.name === name)
  if (compound) return [compound.at[0], compound.at[1] - compound.depth / 2 - 8]
  return [...parks, ...sites].find((p) => p.name === name)?.ring[0]
}
