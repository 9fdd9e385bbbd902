// Coordinate systems that a pack's files may be in, and their way to WGS-84 and back. CGCS2000 is WGS-84 to within
// centimetres and is taken as such; its Gauss-Krüger metres are computed; GCJ-02 and BD-09 lose their offset.
import gcoord from 'gcoord'
import proj4 from 'proj4'

export interface Crs {
  name: string
  /** Positions are eastings and northings in metres. */
  isMetres: boolean
  /** Undefined when the position cannot be of this system. */
  toWgs84(x: number, y: number): { lng: number; lat: number } | undefined
  /** For naming a place as the file does. */
  fromWgs84(lng: number, lat: number): [number, number]
}

const inDegrees = (name: string): Crs => ({
  name,
  isMetres: false,
  toWgs84: (lng, lat) => ({ lng, lat }),
  fromWgs84: (lng, lat) => [lng, lat],
})

export const WGS84 = inDegrees('WGS-84')
const CGCS2000 = inDegrees('CGCS2000')

// The package's types describe its ESM build; Node loads the CommonJS one, whose exports are the object itself.
const offsets = gcoord as unknown as typeof gcoord.default

/** About a centimetre; what is converted is no more exact. */
const round7 = (v: number) => Math.round(v * 1e7) / 1e7

function withOffset(name: string, system: typeof offsets.GCJ02 | typeof offsets.BD09): Crs {
  return {
    name,
    isMetres: false,
    toWgs84(x, y) {
      const [lng, lat] = offsets.transform([x, y], system, offsets.WGS84)
      return { lng: round7(lng), lat: round7(lat) }
    },
    fromWgs84(lng, lat) {
      const [x, y] = offsets.transform([lng, lat], offsets.WGS84, system)
      return [round7(x), round7(y)]
    },
  }
}

/** Central meridian and the number in front of the easting, of the four series of CGCS2000 Gauss-Krüger. */
function gaussKrueger(epsg: number): { meridian: number; zone: number } | undefined {
  if (epsg >= 4491 && epsg <= 4501) return { meridian: 75 + (epsg - 4491) * 6, zone: 13 + (epsg - 4491) }
  if (epsg >= 4502 && epsg <= 4512) return { meridian: 75 + (epsg - 4502) * 6, zone: 0 }
  if (epsg >= 4513 && epsg <= 4533) return { meridian: 75 + (epsg - 4513) * 3, zone: 25 + (epsg - 4513) }
  if (epsg >= 4534 && epsg <= 4554) return { meridian: 75 + (epsg - 4534) * 3, zone: 0 }
  return undefined
}

/** Furthest that a place may lie from the central meridian, in metres: 3.5 degrees at the south of China. */
const FURTHEST = 400_000

function metres(epsg: number, { meridian, zone }: { meridian: number; zone: number }): Crs {
  const falseEasting = zone * 1_000_000 + 500_000
  const projection = proj4(
    'EPSG:4326',
    `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`,
  )
  return {
    name: `EPSG:${epsg}`,
    isMetres: true,
    toWgs84(x, y) {
      if (Math.abs(x - falseEasting) > FURTHEST || y < 0 || y > 6_500_000) return undefined
      const [lng = 0, lat = 0] = projection.inverse([x, y])
      return { lng: round7(lng), lat: round7(lat) }
    },
    fromWgs84(lng, lat) {
      const [x = 0, y = 0] = projection.forward([lng, lat])
      return [Math.round(x * 100) / 100, Math.round(y * 100) / 100]
    },
  }
}

const NAMED: ReadonlyMap<string, Crs> = new Map([
  ...['wgs84', 'crs84', 'epsg4326'].map((name): [string, Crs] => [name, WGS84]),
  ...['cgcs2000', 'epsg4490', '国家2000', '2000国家大地坐标系'].map((name): [string, Crs] => [
    name,
    CGCS2000,
  ]),
  ...['gcj02', '火星坐标'].map((name): [string, Crs] => [name, withOffset('GCJ-02', offsets.GCJ02)]),
  ...['bd09', 'bd09ll', '百度坐标'].map((name): [string, Crs] => [name, withOffset('BD-09', offsets.BD09)]),
])

/**
 * The system meant by `wgs84`, `CGCS2000`, `GCJ-02`, `BD-09`, `EPSG:4547`, `urn:ogc:def:crs:EPSG::4490` and the like;
 * undefined when there is no way from it to WGS-84 here.
 */
export function crsNamed(name: string): Crs | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^urn:ogc:def:crs:(ogc:[\d.]*:|epsg:[\d.]*:)/, (_, authority: string) =>
      authority.startsWith('epsg') ? 'epsg' : '',
    )
    .replace(/[\s:_-]/g, '')
  const named = NAMED.get(plain)
  if (named) return named
  const epsg = Number(/^epsg(\d+)$/.exec(plain)?.[1])
  const zone = gaussKrueger(epsg)
  return zone && metres(epsg, zone)
}

export const CRS_CHOICES = 'wgs84, cgcs2000, gcj02, bd09, EPSG:4491 … EPSG:4554'

/**
 * Which of the two holds for a file. Drawing programs write WGS-84 into every file they save, whatever the positions
 * are, so that what the city says goes before it; anything else that a file says of itself goes before the city.
 */
export function crsOfFile(city: Crs, stated: Crs | undefined): Crs {
  if (!stated) return city
  const isPlain = stated === WGS84 || stated === CGCS2000
  return isPlain && !city.isMetres ? city : stated
}
