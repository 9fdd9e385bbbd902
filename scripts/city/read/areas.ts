// areas.geojson: the one network of areas, from the top level down to the grid. Checks the tree; how the shapes fit
// together is checked in fit.ts.
import type { Area } from '#domain/city/types.ts'
import type { CityJson } from '#domain/city/schema.ts'
import { interiorPoint } from '#domain/geo/interior.ts'
import { readFeatures } from './features.ts'
import { findCycles, findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { readProperties } from './properties.ts'

export const AREAS = 'areas.geojson'

export async function readAreas(
  dir: string,
  city: Pick<CityJson, 'levels' | 'crs'> | undefined,
  findings: Findings,
): Promise<Placed<Area>[] | undefined> {
  const features = await readFeatures(dir, AREAS, city?.crs ?? 'wgs84', ['Polygon', 'MultiPolygon'], findings)
  if (!features) return undefined
  const areas: Placed<Area>[] = []
  for (const feature of features) {
    const properties = readProperties(AREAS, feature, findings)
    const code = properties.text('code', true)
    const name = properties.text('name', true)
    const level = properties.text('level', true)
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
  if (areas.length === 0) findings.fault({ file: AREAS }, 'no area can be read', '没有可用的区域')
  findDuplicates(AREAS, 'code', areas, (a) => a.code, findings)
  findCycles(AREAS, areas, findings)
  if (city) checkLevels(areas, city, findings)
  return areas
}

function checkLevels(areas: Placed<Area>[], city: Pick<CityJson, 'levels'>, findings: Findings): void {
  const levels = city.levels.map((l) => l.key)
  const byCode = new Map(areas.map((a) => [a.value.code, a.value]))
  for (const { row, value } of areas) {
    const at = (field: string) => ({ file: AREAS, row, field })
    const level = levels.indexOf(value.level)
    if (level < 0) {
      const known = levels.join(', ')
      findings.fault(
        at('level'),
        `unknown level "${value.level}"; known: ${known}`,
        `未知层级“${value.level}”，可用：${known}`,
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
