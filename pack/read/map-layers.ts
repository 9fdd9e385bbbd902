// map.geojson, optional: what maps draw beside areas and cases. Nothing is decided by it.
import type { FeatureCollection, Geometry } from 'geojson'
import type { Crs } from './crs.ts'
import { readFeatures } from './features.ts'
import type { Findings } from './findings.ts'
import { readProperties } from './properties.ts'
import type { PackSource } from './source.ts'

export const MAP = 'map.geojson'

export const MAP_KINDS = [
  'boundary',
  'land',
  'water',
  'green',
  'contour',
  'site',
  'building',
  'road',
  'bridge',
  'rail',
  'landmark',
] as const

const TYPES: Geometry['type'][] = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
]

export async function readMapLayers(
  source: PackSource,
  crs: Crs,
  findings: Findings,
): Promise<FeatureCollection | undefined> {
  const read = await readFeatures(source, MAP, crs, TYPES, findings, { optional: true })
  if (!read) return undefined
  return {
    type: 'FeatureCollection',
    features: read.features.map((feature) => {
      const properties = readProperties(MAP, feature, findings)
      const kind = properties.text('kind', true)
      const name = properties.text('name')
      const cls = properties.text('class')
      if (kind !== '' && !MAP_KINDS.some((k) => k === kind)) {
        const known = MAP_KINDS.join(', ')
        findings.warn(
          properties.place('kind'),
          `"${kind}" is not drawn; drawn are ${known}`,
          `“${kind}”不绘制，可绘制：${known}`,
        )
      }
      return {
        type: 'Feature',
        properties: cls === '' ? { kind, name } : { kind, name, class: cls },
        geometry: feature.geometry,
      }
    }),
  }
}
