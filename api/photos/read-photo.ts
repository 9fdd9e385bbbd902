// What comes in as a photo: decoded to see that it is one, its camera's time and place kept as facts, and written anew as
// a JPEG of bounded size without anything hidden in it. What can't be decoded is refused.
import exifr from 'exifr'
import sharp from 'sharp'
import type { Position } from '#domain/case.ts'
import { Problem } from '../http/problem.ts'

export const MOST_BYTES = 15 * 1024 * 1024
const LONGEST_EDGE = 2560
/** More than phones write by default, less than would fill the memory. */
const MOST_PIXELS = 120_000_000
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'heif']

export interface Photo {
  jpeg: Buffer
  width: number
  height: number
  /** Type of the original. */
  mediaType: string
  /** Local time of the camera, `2026-03-01T08:30:00`, and its offset (`+08:00`) when it says so. */
  taken?: { local: string; offset?: string } | undefined
  position?: Position | undefined
}

const undecodable = (detail: string) =>
  new Problem(415, 'undecodable-image', detail, { errors: [{ path: '/file', message: detail }] })

/** @throws 415 `undecodable-image` */
export async function readPhoto(original: Buffer): Promise<Photo> {
  const open = () =>
    sharp(original, { limitInputPixels: MOST_PIXELS, failOn: 'truncated', sequentialRead: true, pages: 1 })
  let format: string | undefined
  try {
    format = (await open().metadata()).format
  } catch {
    throw undecodable('is not a picture that can be decoded (JPEG, PNG, WebP or HEIC)')
  }
  if (!FORMATS.includes(format ?? '')) throw undecodable(`is ${format}: send JPEG, PNG, WebP or HEIC`)
  const facts = await cameraFacts(original)
  try {
    const { data, info } = await open()
      .autoOrient()
      .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height, mediaType: `image/${format}`, ...facts }
  } catch {
    throw undecodable('is damaged, or of a kind that cannot be decoded here: send it as JPEG')
  }
}

interface Exif {
  DateTimeOriginal?: unknown
  OffsetTimeOriginal?: unknown
  latitude?: unknown
  longitude?: unknown
}

const EXIF_TIME = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/
const OFFSET = /^[+-]\d\d:\d\d$/

/** A picture without readable facts is still a picture. */
async function cameraFacts(original: Buffer): Promise<Pick<Photo, 'taken' | 'position'>> {
  let exif: Exif | undefined
  try {
    exif = await exifr.parse(original, {
      pick: [
        'DateTimeOriginal',
        'OffsetTimeOriginal',
        'GPSLatitude',
        'GPSLongitude',
        'GPSLatitudeRef',
        'GPSLongitudeRef',
      ],
      reviveValues: false,
    })
  } catch {
    return {}
  }
  const time = EXIF_TIME.exec(String(exif?.DateTimeOriginal ?? ''))
  const offset = String(exif?.OffsetTimeOriginal ?? '')
  const { latitude: lat, longitude: lng } = exif ?? {}
  const isPlace = typeof lat === 'number' && typeof lng === 'number' && (lat !== 0 || lng !== 0)
  return {
    ...(time
      ? {
          taken: {
            local: `${time[1]}-${time[2]}-${time[3]}T${time[4]}`,
            ...(OFFSET.test(offset) ? { offset } : {}),
          },
        }
      : {}),
    ...(isPlace && Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { position: { lng, lat } } : {}),
  }
}
