// What boundaries a county really has: shifted for web maps, in metres, drawn twice, drawn roughly.
import type { FeatureCollection, Position } from 'geojson'
import gcoord from 'gcoord'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { areaOf } from '#domain/geo/geometry.ts'
import { overlapArea } from '#domain/geo/overlap.ts'
import {
  changeFeatures,
  changeRing,
  indexOf,
  makePackFolder,
  readChanged,
  sample,
  setCity,
  TODAY,
} from '#pack/testing.ts'
import type { Change } from '#pack/testing.ts'

makePackFolder()

const GEOJSON = ['areas.geojson', 'zones.geojson', 'cells.geojson', 'map.geojson']
const POINTS = ['components.csv', 'cameras.csv']

type Move = (position: Position) => Position

const moved = (value: unknown, move: Move): unknown => {
  if (!Array.isArray(value)) return value
  return typeof value[0] === 'number' ? move(value as Position) : value.map((part) => moved(part, move))
}

/** Every position of a file through `move`; `crs` is put into the file, as drawing programs do. */
const throughout =
  (move: Move, crs?: unknown): Change =>
  (text) => {
    const collection = JSON.parse(text) as FeatureCollection
    for (const f of collection.features)
      if ('coordinates' in f.geometry) f.geometry.coordinates = moved(f.geometry.coordinates, move) as never
    return JSON.stringify(crs === undefined ? collection : { ...collection, crs })
  }

/** The positions in the tables too. */
const inTables =
  (move: Move): Change =>
  (text) =>
    text.replace(/,(113\.\d+),(29\.\d+)/g, (_, x, y) => `,${move([Number(x), Number(y)]).join(',')}`)

const everywhere = (move: Move, crs?: unknown): Record<string, Change> =>
  Object.fromEntries([
    ...GEOJSON.map((file): [string, Change] => [file, throughout(move, crs)]),
    ...POINTS.map((file): [string, Change] => [file, inTables(move)]),
  ])

const read = (changes: Record<string, Change>) => readChanged(changes, TODAY, sample)

// The package's types describe its ESM build; Node loads the CommonJS one.
const { transform, WGS84, GCJ02, BD09 } = gcoord as unknown as typeof gcoord.default

const named = (name: string) => ({ type: 'name', properties: { name } })

/** CGCS2000, three-degree Gauss-Krüger, 114° E: with and without the zone in front of the easting. */
const kruger = (falseEasting: number) => {
  const to = proj4(
    'EPSG:4326',
    `+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m`,
  )
  return ([x = 0, y = 0]: Position): Position => to.forward([x, y]).map((v) => Math.round(v * 1000) / 1000)
}

const near = (pack: CityPack | undefined, other: CityPack | undefined) => {
  const byCode = new Map(other?.areas.map((a) => [a.code, a]))
  for (const area of pack?.areas ?? []) {
    const same = byCode.get(area.code)
    if (!same) throw new Error(`no ${area.code}`)
    expect(overlapArea(area.geometry, same.geometry) / areaOf(same.geometry)).toBeGreaterThan(0.999)
  }
  expect(pack?.areas).toHaveLength(byCode.size)
  for (const [i, camera] of (pack?.cameras ?? []).entries()) {
    expect(camera.lng).toBeCloseTo(other?.cameras?.[i]?.lng ?? 0, 5)
    expect(camera.lat).toBeCloseTo(other?.cameras?.[i]?.lat ?? 0, 5)
  }
}

describe('boundaries', () => {
  const plain = () => read({}).then((r) => r.pack)
  const crs84 = named('urn:ogc:def:crs:OGC:1.3:CRS84')

  it.each<[what: string, changes: Record<string, Change>]>([
    [
      'GCJ-02, said in city.json, though the drawing program says WGS-84',
      {
        'city.json': setCity('crs', 'gcj02'),
        ...everywhere((p) => transform([p[0] ?? 0, p[1] ?? 0], WGS84, GCJ02), crs84),
      },
    ],
    [
      'BD-09',
      {
        'city.json': setCity('crs', 'BD-09'),
        ...everywhere((p) => transform([p[0] ?? 0, p[1] ?? 0], WGS84, BD09)),
      },
    ],
    ['CGCS2000 in degrees', everywhere((p) => p, named('urn:ogc:def:crs:EPSG::4490'))],
    [
      'CGCS2000 in metres without a zone',
      { 'city.json': setCity('crs', 'EPSG:4547'), ...everywhere(kruger(500_000)) },
    ],
    [
      'CGCS2000 in metres of zone 38',
      { 'city.json': setCity('crs', 'epsg:4526'), ...everywhere(kruger(38_500_000)) },
    ],
  ])('in %s come to the same city', async (_, changes) => {
    const { pack, faults, warnings } = await read(changes)
    expect([faults, warnings]).toEqual([[], []])
    near(pack, await plain())
  })

  it('one file in GCJ-02 may say so itself', async () => {
    const shift: Move = (p) => transform([p[0] ?? 0, p[1] ?? 0], WGS84, GCJ02)
    const { pack, faults } = await read({
      'areas.geojson': throughout(shift, 'GCJ-02'),
      'cells.geojson': throughout(shift, named('gcj02')),
    })
    expect(faults).toEqual([])
    near(pack, await plain())
  })

  it('one file in metres may say so itself, and one in degrees among metres needs nothing', async () => {
    const { pack, faults } = await read({
      'city.json': setCity('crs', 'EPSG:4547'),
      ...everywhere(kruger(500_000)),
      'zones.geojson': (t) => t,
      'areas.geojson': throughout(kruger(38_500_000), named('urn:ogc:def:crs:EPSG::4526')),
    })
    expect(faults).toEqual([])
    near(pack, await plain())
  })

  it('metres of another zone, or with easting and northing swapped, are refused with the place', async () => {
    const other = await read({ 'city.json': setCity('crs', 'EPSG:4549'), ...everywhere(kruger(38_500_000)) })
    expect(other.faults[0]).toMatchObject({
      file: 'areas.geojson',
      row: 0,
      about: '990191001',
      field: 'geometry',
    })
    expect(other.faults[0]?.message).toMatch(/\[38490\d+\.\d+, 328\d+.*is not within EPSG:4549/)
    const swapped = await read({
      'city.json': setCity('crs', 'EPSG:4547'),
      'areas.geojson': throughout((p) => kruger(500_000)(p).reverse()),
    })
    expect(swapped.faults[0]?.zh).toMatch(/东、北坐标写反/)
  })

  it('metres that nobody announced are refused with what to do', async () => {
    const { faults } = await read({ 'areas.geojson': throughout(kruger(500_000)) })
    expect(faults[0]?.message).toMatch(/say which metres they are \("crs": "EPSG:4547"/)
  })

  it('shifted by half a kilometre against their zones are found out', async () => {
    // Areas still in GCJ-02 while everything else is WGS-84.
    const { warnings, faults } = await read({
      'areas.geojson': throughout((p) => transform([p[0] ?? 0, p[1] ?? 0], WGS84, GCJ02)),
    })
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.every((f) => f.file === 'cells.geojson')).toBe(true)
    expect(warnings.map((w) => w.file)).toContain('cameras.csv')
  })
})

describe('borders drawn twice', () => {
  const AREAS = 'areas.geojson'
  const GRID = '990191101201002'
  const west = (by: number) =>
    changeRing(AREAS, GRID, (ring) => {
      const least = Math.min(...ring.map(([x = 0]) => x))
      return ring.map(([x = 0, y = 0]): Position => [x === least ? Number((x + by).toFixed(7)) : x, y])
    })

  it('that overlap by a sliver are remarked on, with its place', async () => {
    const { pack, faults, warnings } = await readChanged({ [AREAS]: west(-0.00002) })
    expect(faults).toEqual([])
    expect(pack).toBeDefined()
    expect(warnings).toMatchObject([
      { file: AREAS, row: indexOf(AREAS, GRID), about: GRID, field: 'geometry' },
    ])
    expect(warnings[0]?.message).toMatch(/overlap by a sliver of \d+ m² .* at \[113\.917\d*, 29\.70/)
  })

  it('that overlap by a street are refused, with its place', async () => {
    const { faults } = await readChanged({ [AREAS]: west(-0.0002) })
    expect(faults).toMatchObject([{ file: AREAS, row: indexOf(AREAS, GRID), field: 'geometry' }])
    expect(faults[0]?.zh).toMatch(/990191101201002与990191101201001在\[113\.917\d*, 29\.70\d*\]处重叠\d+ m²/)
  })

  it('that leave a gap are remarked on at the whole, with its place in the file’s own coordinates', async () => {
    const shift: Move = (p) => transform([p[0] ?? 0, p[1] ?? 0], WGS84, GCJ02)
    const { faults, warnings } = await readChanged({
      [AREAS]: (t) => throughout(shift, 'GCJ-02')(String(west(0.0002)(t))),
    })
    expect(faults).toEqual([])
    const gap = warnings.find((w) => w.row === indexOf(AREAS, '990191101201'))
    const [x, y] =
      /at \[([\d.]+), ([\d.]+)\]/
        .exec(gap?.message ?? '')
        ?.slice(1)
        .map(Number) ?? []
    const [lng, lat] = shift([113.91741, 29.70567])
    expect(Math.abs((x ?? 0) - (lng ?? 0))).toBeLessThan(0.0003)
    expect(Math.abs((y ?? 0) - (lat ?? 0))).toBeLessThan(0.006)
  })

  it('with positions given twice are remarked on and cleaned', async () => {
    const { pack, faults, warnings } = await readChanged({
      [AREAS]: changeRing(AREAS, GRID, (ring) => ring.flatMap((p) => [p, p])),
    })
    expect(faults).toEqual([])
    expect(warnings.map((w) => [w.row, w.field])).toEqual([[indexOf(AREAS, GRID), 'geometry']])
    expect(pack?.areas).toEqual((await readChanged({})).pack?.areas)
  })

  it('that are no more than a sketch are remarked on', async () => {
    const rounded = await readChanged({
      [AREAS]: changeFeatures((all) => {
        for (const f of all)
          f.geometry.coordinates = moved(f.geometry.coordinates, (p) =>
            p.map((v) => Number(v.toFixed(4))),
          ) as never
      }),
    })
    expect(rounded.faults).toEqual([])
    expect(rounded.warnings.filter((w) => w.message.includes('4 decimals'))).toHaveLength(13)
  })
})
