// Finds a place by its name in what the city's pack says: areas, zones, landmarks, roads and waters. For a phone without a map
// or a position. Pure; knows no house numbers.
import type { Feature, FeatureCollection, Position } from 'geojson'

export interface Named {
  name: string
  lng: number
  lat: number
  /** About how far from that point the place reaches, metres. */
  withinM: number
}

const metresPerDegree = (lat: number) => ({ x: 111_320 * Math.cos((lat * Math.PI) / 180), y: 110_540 })

/** The point in the middle of these, and how far the farthest is. */
function middle(name: string, points: readonly Position[], onLine: boolean): Named | undefined {
  const xs = points.flatMap(([x]) => x ?? [])
  const ys = points.flatMap(([, y]) => y ?? [])
  if (xs.length === 0) return undefined
  const half = points[Math.floor(points.length / 2)] ?? []
  const lng = onLine ? (half[0] ?? 0) : (Math.min(...xs) + Math.max(...xs)) / 2
  const lat = onLine ? (half[1] ?? 0) : (Math.min(...ys) + Math.max(...ys)) / 2
  const m = metresPerDegree(lat)
  const reach = Math.max(...points.map(([x = lng, y = lat]) => Math.hypot((x - lng) * m.x, (y - lat) * m.y)))
  return { name, lng, lat, withinM: Math.max(30, Math.round(reach / 10) * 10) }
}

function pointsOf({ geometry }: Feature): Position[] {
  switch (geometry?.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'LineString':
      return geometry.coordinates
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
    default:
      return []
  }
}

/** Everything that has a name, each name once, the smallest of its places. */
export function namedPlaces(
  areas: readonly { name: string; geometry?: Feature['geometry'] | undefined }[],
  map: FeatureCollection | undefined,
): Named[] {
  const features: Feature[] = [
    ...(map?.features ?? []),
    ...areas.flatMap(({ name, geometry }): Feature[] =>
      geometry ? [{ type: 'Feature', properties: { name }, geometry }] : [],
    ),
  ]
  const best = new Map<string, Named>()
  for (const feature of features) {
    const name: unknown = feature.properties?.name
    if (typeof name !== 'string' || name === '') continue
    const found = middle(name, pointsOf(feature), /LineString/.test(feature.geometry.type))
    const known = best.get(name)
    if (found && (!known || found.withinM < known.withinM)) best.set(name, found)
  }
  return [...best.values()]
}

/**
 * Places whose name is in the words or has the words in it; the longest likeness first, then the smallest place. A whole
 * address may be typed: `北渠桥东侧20米` finds 北渠桥.
 */
export function searchPlaces(places: readonly Named[], words: string, most: number): Named[] {
  const needle = words.trim()
  if (needle.length < 2) return []
  const score = ({ name }: Named) =>
    name.includes(needle) ? 1000 + needle.length : needle.includes(name) ? name.length : 0
  return places
    .map((place) => ({ place, score: score(place) }))
    .filter((p) => p.score > 1)
    .sort((a, b) => b.score - a.score || a.place.withinM - b.place.withinM)
    .slice(0, most)
    .map((p) => p.place)
}
