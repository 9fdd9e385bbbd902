// What is built on the ground: houses, roads by class with their bridges, rails.
import type { LayerSpecification } from 'maplibre-gl'
import { cls, fadeByZoom, kind, roadOf, type RoadRank, sizeByZoom, zoomFor } from './expressions.ts'
import type { Palette } from './palette.ts'

const LINE = { 'line-cap': 'round', 'line-join': 'round' } as const
const BUTT = { 'line-cap': 'butt', 'line-join': 'round' } as const

/** Metres that a road of the class is wide; thinner on a map of the whole city, by hand. */
const WIDTHS: Record<RoadRank, { from: number; stops: [zoom: number, px: number][] }> = {
  trunk: {
    from: 0,
    stops: [
      [11, 1.4],
      [13, 2.8],
      [15, 7],
      [18, 58],
    ],
  },
  main: {
    from: 0,
    stops: [
      [11, 1],
      [13, 2.4],
      [15, 8],
      [18, 78],
    ],
  },
  secondary: {
    from: 0,
    stops: [
      [11.5, 0.5],
      [13, 1.5],
      [15, 5.2],
      [18, 50],
    ],
  },
  minor: {
    from: 12.3,
    stops: [
      [12.3, 0.3],
      [13.5, 0.7],
      [15, 3],
      [18, 30],
    ],
  },
  lane: {
    from: 13.4,
    stops: [
      [13.4, 0.3],
      [15, 1.5],
      [18, 15],
    ],
  },
  path: {
    from: 14.6,
    stops: [
      [14.6, 0.6],
      [18, 6],
    ],
  },
}
const DRAWN: RoadRank[] = ['lane', 'minor', 'secondary', 'main', 'trunk']

/** `wider` metres more than the road: its footways, or the parapets of a bridge. */
const widthOf = (rank: RoadRank, scale: number, wider = 0) =>
  sizeByZoom(
    scale,
    WIDTHS[rank].stops.map(([zoom, px]) => [
      zoom,
      px + Math.max(wider === 0 ? 0 : 0.8, (wider * PX_PER_METRE_18) / 2 ** (18 - zoom)),
    ]),
  )
/** At zoom 18 in middle latitudes. */
const PX_PER_METRE_18 = 3.9

function roadLayers(p: Palette, scale: number): LayerSpecification[] {
  const colour: Record<RoadRank, string> = {
    trunk: p.roadTrunk,
    main: p.roadMajor,
    secondary: p.road,
    minor: p.road,
    lane: p.lane,
    path: p.path,
  }
  const road = (rank: RoadRank, id: string, paint: object, layout: object = LINE): LayerSpecification => ({
    id: `${id}-${rank}`,
    type: 'line',
    source: 'base',
    minzoom: zoomFor(WIDTHS[rank].from, scale),
    filter: ['all', kind(id === 'bridge' ? 'bridge' : 'road'), roadOf(rank)],
    layout,
    paint,
  })
  return [
    road(
      'path',
      'road',
      {
        'line-color': p.path,
        'line-width': widthOf('path', scale),
        'line-dasharray': [3, 1.4],
      },
      BUTT,
    ),
    ...DRAWN.map((rank) =>
      road(rank, 'road-case', {
        'line-color': p.roadCase,
        'line-width': widthOf(rank, scale, rank === 'lane' ? 1 : rank === 'minor' ? 1.6 : 2.6),
        'line-opacity': fadeByZoom(scale, [
          [13, 0],
          [14, 1],
        ]),
      }),
    ),
    ...DRAWN.map((rank) =>
      road(
        rank,
        'bridge',
        {
          'line-color': p.bridge,
          'line-width': widthOf(rank, scale, 3),
          'line-opacity': fadeByZoom(scale, [
            [13.4, 0],
            [14.4, 1],
          ]),
        },
        BUTT,
      ),
    ),
    ...DRAWN.map((rank) =>
      road(rank, 'road', { 'line-color': colour[rank], 'line-width': widthOf(rank, scale) }),
    ),
  ]
}

function railLayers(p: Palette, scale: number): LayerSpecification[] {
  const main = ['all', kind('rail', 'railway'), ['!', cls('siding')]] as [
    'all',
    ReturnType<typeof kind>,
    ['!', ReturnType<typeof cls>],
  ]
  return [
    {
      id: 'bridge-rail',
      type: 'line',
      source: 'base',
      minzoom: zoomFor(13.4, scale),
      filter: ['all', kind('bridge'), cls('rail')],
      layout: BUTT,
      paint: {
        'line-color': p.bridge,
        'line-width': sizeByZoom(scale, [
          [13, 4],
          [15, 9],
          [18, 40],
        ]),
      },
    },
    {
      id: 'siding',
      type: 'line',
      source: 'base',
      minzoom: zoomFor(13.8, scale),
      filter: ['all', kind('rail', 'railway'), cls('siding')],
      layout: BUTT,
      paint: {
        'line-color': p.rail,
        'line-width': sizeByZoom(scale, [
          [13.8, 0.5],
          [15, 1],
          [18, 4],
        ]),
      },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'base',
      filter: main,
      layout: BUTT,
      paint: {
        'line-color': p.rail,
        'line-width': sizeByZoom(scale, [
          [11, 1.6],
          [13, 2.4],
          [15, 3.6],
          [18, 10],
        ]),
      },
    },
    // The Chinese sign for a railway: a dark line with light pieces.
    {
      id: 'rail-gap',
      type: 'line',
      source: 'base',
      filter: main,
      layout: BUTT,
      paint: {
        'line-color': p.railGap,
        'line-width': sizeByZoom(scale, [
          [11, 0.8],
          [13, 1.3],
          [15, 2.2],
          [18, 7],
        ]),
        'line-dasharray': [6, 6],
      },
    },
  ]
}

/** Houses: under the shading too, which tints them as it tints the ground. */
export function houseLayers(p: Palette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'building',
      type: 'fill',
      source: 'buildings',
      minzoom: zoomFor(14, scale),
      paint: {
        'fill-color': ['match', ['get', 'class'], 'public', p.buildingPublic, p.building],
        'fill-opacity': fadeByZoom(scale, [
          [14, 0.25],
          [15, 1],
        ]),
      },
    },
    {
      id: 'building-line',
      type: 'line',
      source: 'buildings',
      minzoom: zoomFor(15.4, scale),
      paint: {
        'line-color': p.buildingLine,
        'line-width': 0.8 * scale,
        'line-opacity': fadeByZoom(scale, [
          [15.4, 0],
          [16.2, 1],
        ]),
      },
    },
  ]
}

/** Roads and rails. */
export function wayLayers(p: Palette, scale: number): LayerSpecification[] {
  return [...roadLayers(p, scale), ...railLayers(p, scale)]
}
