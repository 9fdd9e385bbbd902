// How micro-grids and cells part the ground: nothing is left out, nothing twice, pieces of like size.
import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { tiles } from '#domain/geo/overlap.ts'
import { drawAreas } from './areas.ts'
import { area } from './curve.ts'
import { openMesh } from './mesh.ts'
import type { Micro, Ring } from './mesh.ts'
import { divideGrids } from './micro-grids.ts'
import { fromMicro, toMicro } from './plane.ts'
import { microToPosition } from './shape.ts'

const town = divideGrids(drawAreas())
const shape = (outline: readonly Micro[]): Polygon => ({
  type: 'Polygon',
  coordinates: [outline.map((p) => microToPosition(p))],
})
const size = (outline: readonly Micro[]) => Math.abs(area(outline.map((p) => fromMicro(p))))

describe('micro-grids', () => {
  it('are two or three of each grid, about 180 in all, numbered behind its code', () => {
    const grids = town.areas.filter((a) => a.level === 'grid')
    const micro = town.areas.filter((a) => a.level === 'micro-grid')
    expect(micro.length).toBeGreaterThanOrEqual(170)
    expect(micro.length).toBeLessThanOrEqual(190)
    for (const { code } of grids) {
      const own = micro.filter((m) => m.parent === code).map((m) => m.code)
      expect(own).toEqual(['01', '02', '03'].slice(0, own.length).map((n) => `${code}${n}`))
      expect(own.length).toBeGreaterThanOrEqual(2)
    }
  })

  it('tile their grid as grids tile communities and communities streets, vertex by vertex', () => {
    for (const { code, level, outline } of town.areas) {
      const own = town.areas.filter((a) => a.parent === code).map((a) => shape(a.outline))
      expect(own.length > 0, code).toBe(level !== 'micro-grid')
      if (own.length > 0) expect(tiles(shape(outline), own), code).toBe(true)
    }
  })
})

describe('cells', () => {
  it('are about 2,800 of a hectare with 15 digits, and none has the code of a grid', () => {
    expect(town.cells.length).toBeGreaterThan(2600)
    expect(town.cells.length).toBeLessThan(3000)
    const codes = town.cells.map((c) => c.code)
    expect(new Set([...codes, ...town.areas.map((a) => a.code)]).size).toBe(codes.length + town.areas.length)
    for (const { code, grid, outline } of town.cells) {
      expect(code).toMatch(/^\d{15}$/)
      expect(code.slice(0, 12)).toBe(grid.slice(0, 12))
      expect(size(outline), code).toBeGreaterThan(7_500)
      expect(size(outline), code).toBeLessThan(13_000)
    }
  })

  it('tile their grid, vertex by vertex', () => {
    for (const grid of town.areas.filter((a) => a.level === 'grid')) {
      const own = town.cells.filter((c) => c.grid === grid.code).map((c) => shape(c.outline))
      expect(tiles(shape(grid.outline), own), grid.code).toBe(true)
    }
  })
})

describe('a mesh', () => {
  const ring = (...corners: [number, number][]): Ring => corners.map((p) => toMicro(p))
  const left = ring([0, 0], [300, 0], [300, 300], [0, 300])
  const right = ring([300, 0], [600, 0], [600, 300], [300, 300])

  it('parts an outline into pieces of like size that tile it', () => {
    const mesh = openMesh()
    const pieces = mesh.part(left, 7, 1)
    expect(pieces).toHaveLength(7)
    for (const piece of pieces) {
      expect(size(piece)).toBeGreaterThan(9_000)
      expect(size(piece)).toBeLessThan(17_000)
    }
    const closed = (r: Ring) => shape([...r, r[0] ?? [0, 0]])
    expect(
      tiles(
        closed(mesh.full(left)),
        pieces.map((p) => closed(mesh.full(p))),
      ),
    ).toBe(true)
  })

  it('puts the ends of cuts on both sides of a border', () => {
    const mesh = openMesh()
    mesh.part(left, 6, 2)
    const onBorder = ([x]: Micro) => x === toMicro([300, 0])[0]
    const points = mesh.full(left).filter(onBorder)
    expect(points.length).toBeGreaterThan(2)
    expect(mesh.full(right).filter(onBorder).map(String).sort()).toEqual(points.map(String).sort())
  })

  it('says where an outline has no ground to part', () => {
    const line = ring([0, 0], [300, 0], [600, 0])
    expect(() => openMesh().part(line, 2, 1)).toThrow(/no straight cut parts the outline/)
  })
})
