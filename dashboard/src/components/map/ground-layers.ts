// The quiet ground of the style: land by use, fields, green, water, building sites. Roads and houses are in built-layers.ts.
import type { LayerSpecification } from 'maplibre-gl'
import { cls, IS_LINE, IS_POLYGON, kind, sizeByZoom, zoomFor } from './expressions.ts'
import type { Palette } from './palette.ts'

const LINE = { 'line-cap': 'round', 'line-join': 'round' } as const

const FIELDS = ['field', 'paddy', 'garden']
const PAVED = ['platform', 'track', 'court', 'square', 'apron']
const BUILT = ['!', cls(...FIELDS, ...PAVED)] as ['!', ReturnType<typeof cls>]

/** Land by use and fields: what lies under the shading of grids. */
export function groundLayers(p: Palette, scale: number): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': p.ground } },
    {
      id: 'field',
      type: 'fill',
      source: 'base',
      filter: ['all', kind('land'), cls(...FIELDS)],
      paint: {
        'fill-color': ['match', ['get', 'class'], 'paddy', p.fields[1], 'garden', p.fields[2], p.fields[0]],
        'fill-outline-color': p.fieldLine,
      },
    },
    // The ground of streets and yards between the blocks.
    {
      id: 'land-verge',
      type: 'line',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('land'), BUILT],
      layout: LINE,
      paint: {
        'line-color': p.street,
        'line-width': sizeByZoom(scale, [
          [12, 1],
          [15, 9],
          [18, 70],
        ]),
      },
    },
    {
      id: 'land',
      type: 'fill',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('land'), BUILT],
      paint: {
        'fill-color': [
          'match',
          ['get', 'class'],
          'old',
          p.land.old,
          ['estate', 'tower'],
          p.land.estate,
          'works',
          p.land.works,
          ['school', 'hospital', 'civic', 'commerce', 'station', 'shops'],
          p.land.public,
          'village',
          p.land.village,
          p.land.housing,
        ],
      },
    },
  ]
}

/** Green, water, paved ground and building sites: over the shading, so that a lake stays a lake. */
export function waterLayers(p: Palette, scale: number): LayerSpecification[] {
  const shore = {
    'line-color': p.shore,
    'line-width': sizeByZoom(scale, [
      [12, 0.5],
      [16, 1.4],
    ]),
  }
  return [
    {
      id: 'green',
      type: 'fill',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('green', 'park')],
      paint: {
        'fill-color': ['match', ['get', 'class'], 'wood', p.wood, ['lawn', 'pitch'], p.lawn, p.green],
      },
    },
    {
      id: 'contour',
      type: 'line',
      source: 'base',
      filter: kind('contour'),
      minzoom: zoomFor(12.4, scale),
      layout: LINE,
      paint: {
        'line-color': p.contour,
        'line-width': ['match', ['get', 'class'], 'index', 1.5 * scale, 0.8 * scale],
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('water')],
      paint: { 'fill-color': p.water },
    },
    {
      id: 'shore',
      type: 'line',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('water')],
      layout: LINE,
      paint: shore,
    },
    {
      id: 'stream',
      type: 'line',
      source: 'base',
      filter: ['all', IS_LINE, kind('water'), ['!', cls('course')]],
      layout: LINE,
      paint: {
        'line-color': p.water,
        'line-width': sizeByZoom(scale, [
          [11, 2.5],
          [16, 18],
        ]),
      },
    },
    {
      id: 'island',
      type: 'fill',
      source: 'base',
      filter: ['all', kind('green'), cls('island')],
      paint: { 'fill-color': p.green },
    },
    {
      id: 'paved',
      type: 'fill',
      source: 'base',
      minzoom: zoomFor(13, scale),
      filter: ['all', kind('land'), cls(...PAVED)],
      paint: { 'fill-color': ['match', ['get', 'class'], ['track', 'court'], p.land.track, p.land.paved] },
    },
    {
      id: 'pitch',
      type: 'fill',
      source: 'base',
      minzoom: zoomFor(13, scale),
      // Mapbox takes any list in a filter that begins with `pitch` for the camera's pitch.
      filter: ['all', kind('green'), cls('lawn', 'pitch')],
      paint: { 'fill-color': p.lawn },
    },
    {
      id: 'site',
      type: 'fill',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('site')],
      paint: { 'fill-color': p.site },
    },
    {
      id: 'site-line',
      type: 'line',
      source: 'base',
      filter: ['all', IS_POLYGON, kind('site')],
      minzoom: zoomFor(13, scale),
      paint: { 'line-color': p.siteLine, 'line-width': 1.2 * scale, 'line-dasharray': [5, 2] },
    },
  ]
}
