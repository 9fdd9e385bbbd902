// What belongs to the areas: the shading of grids, and borders by level, each level with its own stroke.
import type { LayerSpecification } from 'maplibre-gl'
import { kind, sizeByZoom, zoomFor } from './expressions.ts'
import type { Palette } from './palette.ts'

type Number01 = ['coalesce', ['feature-state', string], number]

export function shadeLayers(p: Palette, scale: number): LayerSpecification[] {
  const heat: Number01 = ['coalesce', ['feature-state', 'heat'], 0]
  const overdue = ['==', ['coalesce', ['feature-state', 'mode'], ''], 'overdue'] as [
    '==',
    ['coalesce', ['feature-state', string], string],
    string,
  ]
  const upTo = (most: number) =>
    ['interpolate', ['linear'], heat, 0, 0, 0.01, most / 6, 1, most] as [
      'interpolate',
      ['linear'],
      Number01,
      ...number[],
    ]
  return [
    {
      id: 'grid-shade',
      type: 'fill',
      source: 'grids',
      paint: {
        'fill-color': ['case', overdue, p.shadeOverdue, p.shade],
        // Close by, the ground is looked at; the whole city, its shading.
        'fill-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          zoomFor(13.5, scale),
          upTo(0.42),
          zoomFor(16, scale),
          upTo(0.16),
        ],
      },
    },
  ]
}

export function borderLayers(p: Palette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'micro-line',
      type: 'line',
      source: 'micro',
      minzoom: zoomFor(15.6, scale),
      paint: { 'line-color': p.gridLine, 'line-width': 0.9 * scale, 'line-dasharray': [1.5, 3] },
    },
    {
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      paint: {
        'line-color': p.gridLine,
        'line-width': sizeByZoom(scale, [
          [12, 0.6],
          [16, 1.4],
        ]),
      },
    },
    {
      id: 'community-line',
      type: 'line',
      source: 'communities',
      minzoom: zoomFor(12.6, scale),
      paint: {
        'line-color': p.border,
        'line-opacity': 0.4,
        'line-width': sizeByZoom(scale, [
          [12.6, 0.7],
          [16, 1.6],
        ]),
        'line-dasharray': [2.5, 2.5],
      },
    },
    {
      id: 'border',
      type: 'line',
      source: 'borders',
      paint: {
        'line-color': p.border,
        'line-opacity': 0.42,
        'line-width': sizeByZoom(scale, [
          [12, 1.2],
          [16, 2.2],
        ]),
        'line-dasharray': [5, 2.5],
      },
    },
  ]
}

/** The city's own border from the drawn map, and a veil over what lies outside. */
export function cityBorderLayers(p: Palette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'outside',
      type: 'fill',
      source: 'outside',
      paint: { 'fill-color': p.ground, 'fill-opacity': p.veil },
    },
    {
      id: 'city-band',
      type: 'line',
      source: 'base',
      filter: kind('boundary'),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': p.border,
        'line-opacity': 0.16,
        'line-width': sizeByZoom(scale, [
          [11, 5],
          [16, 12],
        ]),
        'line-blur': 2 * scale,
      },
    },
    {
      id: 'city-line',
      type: 'line',
      source: 'base',
      filter: kind('boundary'),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': p.border,
        'line-width': sizeByZoom(scale, [
          [11, 1.4],
          [16, 2.6],
        ]),
        'line-dasharray': [7, 2, 1.2, 2],
      },
    },
  ]
}
