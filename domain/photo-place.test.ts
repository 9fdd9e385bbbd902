import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import { metresPerDegree } from './geo/geometry.ts'
import { photoPlace } from './photo-place.ts'
import { PLACES } from './testing/city.ts'

const pin = PLACES.backLane
const m = metresPerDegree(pin.lat)
const east = (metres: number) => ({ lng: pin.lng + metres / m.x, lat: pin.lat })
/** What a phone writes that keeps map coordinates. */
const asGcj02 = (p: { lng: number; lat: number }) => {
  const { transform, WGS84, GCJ02 } = gcoord as unknown as typeof gcoord.default
  const [lng = 0, lat = 0] = transform([p.lng, p.lat], WGS84, GCJ02)
  return { lng, lat }
}

describe('a photo’s own position', () => {
  it.each([
    ['is near at the pin', east(0), undefined, 'near', 'wgs84', []],
    ['is near at 99 m', east(99), undefined, 'near', 'wgs84', []],
    ['is far at 110 m', east(110), undefined, 'far', 'wgs84', ['photo-far']],
    ['is near at 110 m of a pin that is 20 m inaccurate', east(110), 20, 'near', 'wgs84', []],
    ['is far at 400 m however bad the pin', east(400), 5000, 'far', 'wgs84', ['photo-far']],
    [
      'written in map coordinates is read as such',
      asGcj02(east(10)),
      undefined,
      'near',
      'gcj02',
      ['photo-in-gcj02'],
    ],
    ['is unknown when there is none', undefined, undefined, 'unknown', undefined, []],
  ] as const)('%s', (_, photo, accuracyM, verdict, crs, reasons) => {
    const place = photoPlace({ position: pin, accuracyM }, photo)
    expect([place.verdict, place.crs]).toEqual([verdict, crs])
    expect(place.reasons.map((r) => r.code)).toEqual(reasons)
  })

  it('says how far, in both languages', () => {
    expect(photoPlace({ position: pin }, east(250)).reasons[0]).toMatchObject({
      because: 'the photo was taken 250 m from the reported place',
      zh: '照片拍摄位置距上报位置250米',
      facts: { metres: 250 },
    })
  })
})
