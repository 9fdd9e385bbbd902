// Names on the map. From far: streets, lake and river. Nearer: communities, roads along their course, places, lanes.
import type { LayerSpecification } from 'maplibre-gl'
import { cls, IS_LINE, kind, roadOf, type RoadRank, zoomFor } from './expressions.ts'
import { MAP_FONT, MAP_FONT_SLANTED } from './load.ts'
import type { Palette } from './palette.ts'

/** A name steps aside for cases on top of it, and keeps its new place while that is free. */
const dodging = (by: number) => ({
  'text-variable-anchor': [
    'center',
    'top',
    'bottom',
    'left',
    'right',
    'top-left',
    'bottom-right',
    'top-right',
    'bottom-left',
  ] as ('center' | 'top')[],
  'text-radial-offset': by,
})
const NAME = ['get', 'name'] as ['get', string]
const TEXT = { 'text-field': NAME, 'text-font': MAP_FONT }
const HAS_NAME = ['!=', ['get', 'name'], ''] as ['!=', ['get', string], string]

export function labelLayers(p: Palette, scale: number): LayerSpecification[] {
  const halo = { 'text-halo-color': p.labelHalo, 'text-halo-width': 1.5 * scale }
  const along = { 'symbol-placement': 'line' as const, 'text-max-angle': 35, 'text-padding': 6 * scale }
  const roadName = (rank: RoadRank, from: number, size: number, colour: string): LayerSpecification => ({
    id: `road-name-${rank}`,
    type: 'symbol',
    source: 'base',
    minzoom: zoomFor(from, scale),
    filter: ['all', kind('road'), roadOf(rank), HAS_NAME],
    layout: {
      ...TEXT,
      ...along,
      'text-size': size * scale,
      'text-letter-spacing': 0.12,
      'symbol-spacing': (rank === 'lane' || rank === 'minor' ? 250 : 420) * scale,
    },
    paint: { 'text-color': colour, ...halo },
  })
  const areaName = (
    rank: number,
    id: string,
    from: number,
    to: number,
    size: number,
    colour: string,
  ): LayerSpecification => ({
    id,
    type: 'symbol',
    source: 'names',
    minzoom: zoomFor(from, scale),
    maxzoom: zoomFor(to, scale),
    filter: ['==', ['get', 'rank'], rank],
    layout: {
      ...TEXT,
      ...dodging(rank === 0 ? 1.5 : 0.8),
      'text-size': size * scale,
      'text-letter-spacing': rank === 0 ? 0.08 : 0.02,
    },
    paint: { 'text-color': colour, ...halo },
  })
  // The last layer is placed first: what matters more stands lower in this list.
  return [
    areaName(2, 'grid-name', 15.5, 24, 15, p.labelQuiet),
    roadName('lane', 15.4, 14, p.labelQuiet),
    roadName('minor', 15, 15, p.labelQuiet),
    roadName('secondary', 14.2, 16, p.label),
    roadName('trunk', 13.2, 16, p.label),
    roadName('main', 13.4, 18, p.label),
    {
      id: 'course-name',
      type: 'symbol',
      source: 'base',
      minzoom: zoomFor(13, scale),
      filter: ['all', IS_LINE, kind('water'), HAS_NAME],
      layout: {
        ...TEXT,
        ...along,
        'text-font': MAP_FONT_SLANTED,
        'text-size': 17 * scale,
        'text-letter-spacing': 0.35,
        'symbol-spacing': 520 * scale,
      },
      paint: { 'text-color': p.waterLabel, ...halo },
    },
    {
      id: 'site-name',
      type: 'symbol',
      source: 'base',
      minzoom: zoomFor(14.8, scale),
      filter: ['all', kind('site'), HAS_NAME],
      layout: { ...TEXT, 'text-size': 15 * scale, 'text-max-width': 6 },
      paint: { 'text-color': p.labelQuiet, ...halo },
    },
    {
      id: 'estate-name',
      type: 'symbol',
      source: 'base',
      minzoom: zoomFor(14.6, scale),
      filter: ['all', kind('landmark'), cls('estate', 'park')],
      layout: { ...TEXT, 'text-size': 15 * scale, 'text-max-width': 7 },
      paint: { 'text-color': ['match', ['get', 'class'], 'park', p.greenLabel, p.labelQuiet], ...halo },
    },
    areaName(1, 'community-name', 13.5, 15.9, 20, p.label),
    areaName(0, 'street-name', 0, 14.4, 26, p.place),
    {
      id: 'water-name',
      type: 'symbol',
      source: 'water-names',
      layout: {
        ...TEXT,
        'text-font': MAP_FONT_SLANTED,
        'text-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          zoomFor(12, scale),
          19 * scale,
          zoomFor(15, scale),
          26 * scale,
        ],
        'text-letter-spacing': 0.3,
      },
      paint: { 'text-color': p.waterLabel, ...halo },
    },
  ]
}
