// Where a map comes from when it isn't the city pack's own: a style, or raster tiles by XYZ or WMTS address (天地图 among
// them). Read once from MAP_STYLE_URL; the page draws it, the security headers let its hosts through. Pure.

/** A layer of tiles: addresses with `{z}`, `{x}`, `{y}`, one for each host that serves them. */
export type TileLayer = string[]

export type MapSource =
  | { kind: 'style'; url: string }
  /** Drawn in this order, the ground first. */
  | { kind: 'tiles'; layers: TileLayer[] }

const WMTS: readonly [string, string][] = [
  ['{TileMatrix}', '{z}'],
  ['{TileRow}', '{y}'],
  ['{TileCol}', '{x}'],
]

/** `{0-7}` or `{a,b,c}`: hosts that share the work. */
const HOSTS = /\{(?:(\d)-(\d)|([a-z0-9]+(?:,[a-z0-9]+)+))\}/i

const isTemplate = (text: string) => text.includes('{')

/**
 * @param text one style address, or one or more tile addresses with blanks between
 * @returns what was meant, or what is wrong with it
 */
export function parseMapSource(
  text: string,
): { ok: true; source: MapSource } | { ok: false; message: string } {
  const parts = text.split(/\s+/).filter((p) => p !== '')
  const [first] = parts
  if (first === undefined) return { ok: false, message: 'is empty' }
  if (parts.some((p) => !isAddress(p)))
    return {
      ok: false,
      message: 'must be a path on this server (/…), an address (https:, http:) or a Mapbox style (mapbox:)',
    }
  if (!parts.some(isTemplate))
    return parts.length === 1
      ? { ok: true, source: { kind: 'style', url: first } }
      : { ok: false, message: 'must be one style, or tile addresses with {z}, {x} and {y}' }
  const layers = parts.map(tileLayer)
  const bad = layers.findIndex((l) => l.some((a) => !['{z}', '{x}', '{y}'].every((k) => a.includes(k))))
  if (bad >= 0)
    return {
      ok: false,
      message: `${parts[bad]} needs {z}, {x} and {y} (WMTS: {TileMatrix}, {TileCol} and {TileRow})`,
    }
  return { ok: true, source: { kind: 'tiles', layers } }
}

const isAddress = (text: string) =>
  text.startsWith('/') || /^(https?|mapbox):\/\/./.test(text.replace(HOSTS, 'a'))

function tileLayer(template: string): TileLayer {
  const plain = WMTS.reduce((a, [theirs, ours]) => a.replaceAll(theirs, ours), template)
  const found = HOSTS.exec(plain)
  if (!found) return [plain]
  const [whole, from, to, list] = found
  const names =
    list === undefined
      ? Array.from({ length: Math.max(0, Number(to) - Number(from)) + 1 }, (_, i) => String(Number(from) + i))
      : list.split(',')
  return names.map((name) => plain.replace(whole, name))
}

/** Origins that a browser fetches this map from; none for what this server serves itself. */
export function originsOf(source: MapSource): string[] {
  const addresses = source.kind === 'style' ? [source.url] : source.layers.flat()
  return [
    ...new Set(
      addresses.filter((a) => /^https?:/.test(a)).map((a) => new URL(a.replaceAll(/[{}]/g, '')).origin),
    ),
  ]
}
