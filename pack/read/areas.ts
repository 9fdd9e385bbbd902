// areas.geojson: the one network of areas, from the top level down to the grid. Checks the tree; how the shapes fit
// together is checked in fit.ts.
import type { Area } from '#domain/city/types.ts'
import type { CityJson } from '#domain/city/schema.ts'
import { interiorPoint } from '#domain/geo/interior.ts'
import type { Crs } from './crs.ts'
import { readFeatures } from './features.ts'
import { findCycles, findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { readProperties } from './properties.ts'
import type { PackSource } from './source.ts'

export const AREAS = 'areas.geojson'

export interface ReadAreas {
  areas: Placed<Area>[]
  /** The system that the file is in. */
  crs: Crs
}

/** A level by its key or by its name. */
const levelMeant = (text: string, levels: CityJson['levels']) =>
  levels.some((l) => l.key === text) ? text : (levels.find((l) => l.name === text)?.key ?? text)

export async function readAreas(
  source: PackSource,
  city: Pick<CityJson, 'levels'> | undefined,
  crs: Crs,
  findings: Findings,
): Promise<ReadAreas | undefined> {
  const read = await readFeatures(source, AREAS, crs, ['Polygon', 'MultiPolygon'], findings, {
    borders: true,
  })
  if (!read) return undefined
  const areas: Placed<Area>[] = []
  for (const feature of read.features) {
    const properties = readProperties(AREAS, feature, findings)
    const code = properties.text('code', true)
    const name = properties.text('name', true)
    const level = levelMeant(properties.text('level', true), city?.levels ?? [])
    const parent = properties.text('parent')
    const { geometry } = feature
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue
    const centre = interiorPoint(geometry)
    if (!centre) {
      findings.fault(properties.place('geometry'), 'the shape has no area', '图形没有面积')
      continue
    }
    if (code === '' || level === '') continue
    areas.push({
      row: feature.index,
      value: {
        code,
        name,
        level,
        ...(parent === '' ? {} : { parent }),
        geometry,
        centre: { lng: centre.lng, lat: centre.lat },
      },
    })
  }
  if (areas.length === 0)
    findings.fault(
      { file: AREAS },
      'no area can be read: put your streets, communities and grids here',
      '没有可用的区域：请放入街道、社区、网格的边界',
    )
  findDuplicates(AREAS, 'code', areas, (a) => a.code, findings)
  findCycles(AREAS, areas, findings)
  if (city) checkLevels(areas, city, findings)
  return { areas, crs: read.crs }
}

function checkLevels(areas: Placed<Area>[], city: Pick<CityJson, 'levels'>, findings: Findings): void {
  const levels = city.levels.map((l) => l.key)
  const byCode = new Map(areas.map((a) => [a.value.code, a.value]))
  for (const { row, value } of areas) {
    const at = (field: string) => ({ file: AREAS, row, field })
    const level = levels.indexOf(value.level)
    if (level < 0) {
      findings.fault(
        at('level'),
        `unknown level "${value.level}"; known: ${levels.join(', ')}`,
        `未知层级“${value.level}”，可用：${city.levels.map((l) => `${l.key}（${l.name}）`).join('、')}`,
      )
      continue
    }
    if (value.parent === undefined) {
      if (level > 0) findings.fault(at('parent'), `a ${value.level} needs a parent`, '非顶层区域须有上级')
      continue
    }
    const parent = byCode.get(value.parent)
    if (!parent) {
      findings.fault(at('parent'), `unknown area "${value.parent}"`, `未知区域“${value.parent}”`)
      continue
    }
    const above = levels.indexOf(parent.level)
    if (above >= 0 && above >= level && parent !== value)
      findings.fault(
        at('parent'),
        `${value.level} "${value.code}" cannot belong to ${parent.level} "${parent.code}"`,
        `“${value.code}”（${value.level}）的上级“${parent.code}”（${parent.level}）层级不高于自身`,
      )
  }
  for (const { key, name } of city.levels)
    if (!areas.some((a) => a.value.level === key))
      findings.warn({ file: AREAS, field: 'level' }, `no area of level "${key}"`, `没有“${name}”一级的区域`)
}
