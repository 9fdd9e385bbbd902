// A style over raster tiles by address (XYZ or WMTS, 天地图 among them): what lies under the city's own borders and cases.
import type { StyleSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

const TILE_PX = 256
/** Tiles of most services end here; beyond, the last ones are drawn larger. */
const DEEPEST = 18

/** @param layers addresses by host of each layer, the ground first */
export function tileStyle(layers: readonly string[][], palette: Palette): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(
      layers.map((tiles, i) => [
        `tiles-${i}`,
        { type: 'raster' as const, tiles: tiles.map(absolute), tileSize: TILE_PX, maxzoom: DEEPEST },
      ]),
    ),
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
      ...layers.map((_, i) => ({
        id: `tiles-${i}`,
        type: 'raster' as const,
        source: `tiles-${i}`,
        // Light paper tiles on a dark wall would outshine every case on them.
        paint: { 'raster-saturation': -0.35, 'raster-brightness-max': palette.rasterLight },
      })),
    ],
  }
}

/** Workers know no page to be relative to. */
const absolute = (address: string) =>
  address.startsWith('/') ? `${window.location.origin}${address}` : address
