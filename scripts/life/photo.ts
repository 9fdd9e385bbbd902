// Photos of the simulation: drawn, plainly marked as demo, with the time in the corner as field cameras write it. The same
// seed is the same place, before the work, after it, and as the supervisor finds it.
import sharp, { type Exif } from 'sharp'
import type { Position } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { HEIGHT, openHand, rect, WIDTH } from './picture/draw.ts'
import { type Matter, type MatterName, MATTERS } from './picture/matters.ts'
import { backdrop } from './picture/places.ts'
import { written } from './picture/signs.ts'

export interface PhotoOptions {
  /** Code of the case's category. */
  category: string
  /** Names the place. */
  seed: string
  /** `check` is what the supervisor sees: a fine place unless `isFine` is false. `evidence` is a paper. */
  when: 'before' | 'after' | 'check' | 'evidence'
  isFine?: boolean
  /** Epoch ms. */
  at: number
  timeZone: string
  /** Where the camera was: in the file, as cameras of the field write it. */
  position?: Position
}

const BY_CATEGORY: Readonly<Record<string, MatterName>> = {
  E0101: 'shed',
  E0104: 'posters',
  E0107: 'laundry',
  E0110: 'litter',
  E0111: 'rubble',
  E0112: 'dirt',
  E0113: 'pothole',
  E0114: 'dirt',
  E0117: 'parkLitter',
  E0118: 'branches',
  E0125: 'canalLitter',
  E0128: 'speaker',
  E0129: 'barbecue',
  E0130: 'sewage',
  E0135: 'furniture',
  E0136: 'piles',
  E0180: 'cable',
  E0182: 'canalLitter',
  E0192: 'bins',
  E0196: 'lock',
  E0201: 'posters',
  E0203: 'board',
  E0207: 'banner',
  E0299: 'board',
  E0301: 'site',
  E0302: 'works',
  E0304: 'dust',
  E0306: 'site',
  E0307: 'fence',
  E0312: 'tracks',
  E0401: 'stall',
  E0405: 'outside',
  E0406: 'stall',
  E0410: 'bikes',
  E0490: 'car',
  E0493: 'sharedBikes',
  E0496: 'fireLane',
  E0498: 'market',
  E0501: 'burst',
  E0502: 'gas',
  E0503: 'sewage',
  E0505: 'pothole',
  E0506: 'flood',
  E0508: 'cable',
  E0604: 'dirt',
  C0127: 'cabinet',
  C0128: 'cabinet',
  C0137: 'lamp',
  C0204: 'busStop',
  C0217: 'railing',
  C0284: 'paving',
  C0301: 'toilet',
  C0305: 'fallenBin',
  C0402: 'tree',
  C0507: 'waterRailing',
}

const matterOf = (category: string): Matter =>
  MATTERS[BY_CATEGORY[category] ?? (category.startsWith('C01') ? 'manhole' : 'litter')]

/** 480 × 360, JPEG, with its time and place where one is given. */
export async function photo(options: PhotoOptions): Promise<Buffer> {
  const svg = options.when === 'evidence' ? paper(options) : scene(options)
  const { at, timeZone, position } = options
  const jpeg = sharp(Buffer.from(svg)).jpeg({ quality: 76 })
  return (position === undefined ? jpeg : jpeg.withExif(cameraFacts(at, timeZone, position))).toBuffer()
}

function cameraFacts(at: number, timeZone: string, { lng, lat }: Position): Exif {
  const iso = isoWithOffset(at, timeZone)
  // Degrees in one fraction: 1e-6° is a decimetre.
  const degrees = (x: number) => `${Math.round(Math.abs(x) * 1e6)}/1000000 0/1 0/1`
  return {
    IFD2: {
      DateTimeOriginal: iso.slice(0, 19).replaceAll('-', ':').replace('T', ' '),
      OffsetTimeOriginal: iso.slice(-6),
    },
    IFD3: {
      GPSLatitudeRef: lat < 0 ? 'S' : 'N',
      GPSLatitude: degrees(lat),
      GPSLongitudeRef: lng < 0 ? 'W' : 'E',
      GPSLongitude: degrees(lng),
    },
  }
}

function scene({ category, seed, when, isFine = when !== 'before', at, timeZone }: PhotoOptions): string {
  const hand = openHand(seed)
  const matter = matterOf(category)
  const hour = Number(isoWithOffset(at, timeZone).slice(11, 13))
  const isNight = hour >= 19 || hour < 6
  const scenery =
    backdrop(matter.on, hand, isNight) +
    (matter.stands?.(hand, isFine) ?? '') +
    (isFine ? '' : (matter.before?.(hand) ?? ''))
  // Seen from the one side of the road or from the other.
  const drawn =
    hand(0, 1, 'side') < 0.5 ? scenery : `<g transform="translate(${WIDTH} 0) scale(-1 1)">${scenery}</g>`
  // Nobody stands in quite the same spot twice.
  const step = openHand(`${seed} ${when}`)
  const zoom = when === 'before' ? 1 : step(1.03, 1.09, 'zoom')
  const dx = -(zoom - 1) * WIDTH * step(0, 1, 'dx')
  const dy = -(zoom - 1) * HEIGHT * step(0, 1, 'dy')
  return framed(
    `<g transform="translate(${dx.toFixed(1)} ${dy.toFixed(1)}) scale(${zoom.toFixed(3)})">${drawn}</g>`,
    at,
    timeZone,
  )
}

/** A stamped paper, as proof beside a request. */
function paper({ seed, at, timeZone }: PhotoOptions): string {
  const hand = openHand(seed)
  const lines = hand.times(9, (i) => rect(110, 92 + i * 20, hand(150, 250, 'line', i), 6, '#8d8d8d'))
  const seal = `<circle cx="330" cy="250" r="34" fill="none" stroke="#c22a22" stroke-width="5"/><path d="M330 232l5 12h13l-10 8l4 13l-12 -8l-12 8l4 -13l-10 -8h13Z" fill="#c22a22"/>`
  return framed(
    `${rect(0, 0, WIDTH, HEIGHT, '#7c6a55')}${rect(84, 30, 312, 290, '#f6f4ec')}${rect(150, 52, 180, 14, '#55504a')}${lines}${seal}`,
    at,
    timeZone,
  )
}

function framed(drawn: string, at: number, timeZone: string): string {
  const time = isoWithOffset(at, timeZone).slice(0, 16).replace('T', ' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${drawn}${rect(0, HEIGHT - 30, WIDTH, 30, '#000', 'fill-opacity=".55"')}${written(time, 12, HEIGHT - 25, 20, '#fff')}${rect(WIDTH - 148, HEIGHT - 30, 148, 30, '#c8341f')}${written('演示 DEMO', WIDTH - 138, HEIGHT - 26, 22, '#fff')}</svg>`
}
