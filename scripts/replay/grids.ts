// Grids of a replayed city: the bounding box of the located rows of each community board, made disjoint (the smaller box
// keeps common ground), and boroughs put together from them. Not the true borders; every located row lies in a grid.
import * as clip from 'polyclip-ts'
import type { Position } from 'geojson'
import { areaOf, shapeOf, type Shape } from '#domain/geo/geometry.ts'
import type { ServiceRequest } from './rows.ts'

export interface ReplayArea {
  code: string
  name: string
  level: 'borough' | 'grid'
  parent?: string | undefined
  geometry: Shape
}

/** So that rows on the edge of a box, or a single row, lie inside it: about 50 m. */
const MARGIN = 0.00051
const round = (v: number) => Math.round(v * 1e5) / 1e5
/** What is left of a box under smaller ones may be slivers: less than this (m²) is no grid. */
const SMALLEST = 400

type Polygons = [number, number][][][]

export const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'none'

export function drawGrids(requests: readonly ServiceRequest[]): ReplayArea[] {
  const boards = new Map<string, { borough: string; name: string; box: [number, number, number, number] }>()
  for (const { borough, board, position } of requests) {
    if (!position) continue
    const name = board || 'Unspecified'
    const key = `${slug(borough)}-${slug(name)}`
    const { lng, lat } = position
    const known = boards.get(key)
    if (known) {
      const b = known.box
      known.box = [Math.min(b[0], lng), Math.min(b[1], lat), Math.max(b[2], lng), Math.max(b[3], lat)]
    } else boards.set(key, { borough: borough || 'Unspecified', name, box: [lng, lat, lng, lat] })
  }
  const boxes = [...boards]
    .map(([code, b]) => ({ code, ...b, ring: ringOf(b.box) }))
    .sort((a, b) => sizeOf(a.box) - sizeOf(b.box) || (a.code < b.code ? -1 : 1))

  const grids: (ReplayArea & { polygons: Polygons; borough: string })[] = []
  let taken: Polygons = []
  for (const { code, name, borough, ring } of boxes) {
    const own: Polygons = [[ring]]
    const free = (taken.length === 0 ? own : clip.difference(own, taken)) as Polygons
    taken = (taken.length === 0 ? own : clip.union(taken, own)) as Polygons
    const parts = free.filter((rings) => areaOf(shapeOf([rings as Position[][]])) > SMALLEST)
    if (parts.length === 0) continue
    const parent = slug(borough)
    grids.push({ code, name, level: 'grid', parent, geometry: shapeOf(parts), polygons: parts, borough })
  }
  const boroughs = new Map<string, { name: string; polygons: Polygons }>()
  for (const g of grids) {
    const code = slug(g.borough)
    const known = boroughs.get(code)
    const polygons = (known ? clip.union(known.polygons, g.polygons) : g.polygons) as Polygons
    boroughs.set(code, { name: known?.name ?? g.borough, polygons })
  }
  return [
    ...[...boroughs].map(
      ([code, { name, polygons }]): ReplayArea => ({
        code,
        name,
        level: 'borough',
        geometry: shapeOf(polygons),
      }),
    ),
    ...grids.map(
      ({ code, name, level, parent, geometry }): ReplayArea => ({ code, name, level, parent, geometry }),
    ),
  ]
}

function ringOf([w, s, e, n]: [number, number, number, number]): [number, number][] {
  const [west, south, east, north] = [
    round(w - MARGIN),
    round(s - MARGIN),
    round(e + MARGIN),
    round(n + MARGIN),
  ]
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

const sizeOf = ([w, s, e, n]: [number, number, number, number]) => (e - w) * (n - s)
