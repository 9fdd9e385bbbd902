// Whether a photo was taken where the report says: the position in the photo against the pin. Answers, never refuses: a
// position that is off must not block anybody, it is a reason shown beside the picture.
import type { Position } from './case.ts'
import { type Finding, finding } from './finding.ts'
import { toWgs84 } from './geo/crs.ts'
import { metresBetween } from './geo/distance.ts'

export interface PhotoPlacePolicy {
  /** A photo of the matter is taken within so many metres of the pin, the pin's own inaccuracy left aside. */
  withinM: number
  /** A pin is never taken to be less accurate than this. Metres. */
  worstAccuracyM: number
}

export const PHOTO_PLACE_POLICY: PhotoPlacePolicy = { withinM: 100, worstAccuracyM: 200 }

export interface PhotoPlace {
  /** `unknown`: the photo says nothing about where it was taken. */
  verdict: 'near' | 'far' | 'unknown'
  distanceM?: number | undefined
  /** How the photo's position had to be read. Some phones write map coordinates (GCJ-02) where WGS-84 belongs. */
  crs?: 'wgs84' | 'gcj02' | undefined
  reasons: Finding<'photo-far' | 'photo-in-gcj02'>[]
}

/** @param photo where the camera says it was, as written in the file. */
export function photoPlace(
  pin: { position: Position; accuracyM?: number | undefined },
  photo: Position | undefined,
  policy: PhotoPlacePolicy = PHOTO_PLACE_POLICY,
): PhotoPlace {
  if (!photo) return { verdict: 'unknown', reasons: [] }
  const allowed = policy.withinM + Math.min(pin.accuracyM ?? 0, policy.worstAccuracyM)
  const distanceM = metresBetween(pin.position, photo)
  if (distanceM <= allowed) return { verdict: 'near', distanceM, crs: 'wgs84', reasons: [] }
  const shifted = metresBetween(pin.position, toWgs84(photo.lng, photo.lat, 'gcj02'))
  const far = Math.round(distanceM)
  if (shifted <= allowed) {
    const reason = finding(
      'photo-in-gcj02' as const,
      `the photo’s position is ${far} m off as written and ${Math.round(shifted)} m when read as GCJ-02`,
      `照片位置按原值偏差${far}米，按GCJ-02坐标读取偏差${Math.round(shifted)}米`,
      { metres: Math.round(shifted), asWritten: far },
    )
    return { verdict: 'near', distanceM: shifted, crs: 'gcj02', reasons: [reason] }
  }
  const reason = finding(
    'photo-far' as const,
    `the photo was taken ${far} m from the reported place`,
    `照片拍摄位置距上报位置${far}米`,
    { metres: far },
  )
  return { verdict: 'far', distanceM, crs: 'wgs84', reasons: [reason] }
}
