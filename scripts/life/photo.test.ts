import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { readPhoto } from '#api/photos/read-photo.ts'
import { type PhotoOptions, photo } from './photo.ts'
import { REPORTS } from './words.ts'

const NINE = Date.parse('2026-09-16T09:10:00+08:00')
const of = (more: Partial<PhotoOptions> = {}) =>
  photo({ category: 'E0110', seed: 'place', when: 'before', at: NINE, timeZone: 'Asia/Shanghai', ...more })

/** Mean difference of two pictures' grey values, 0 to 255. */
async function differ(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all([a, b].map((p) => sharp(p).greyscale().resize(96, 72).raw().toBuffer()))
  return [...(x ?? [])].reduce((sum, v, i) => sum + Math.abs(v - (y?.[i] ?? 0)), 0) / (96 * 72)
}

describe('a drawn photo', () => {
  it('is a JPEG of its own, the same for the same place and time', async () => {
    const [one, again] = await Promise.all([of(), of()])
    expect(await sharp(one).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 360 })
    expect(one.equals(again)).toBe(true)
  })

  it('shows every category’s matter before and a fine place after, of the same place', async () => {
    for (const category of Object.keys(REPORTS)) {
      const [before, after] = await Promise.all([of({ category }), of({ category, when: 'after' })])
      expect(await differ(before, after), category).toBeGreaterThan(1)
    }
    const [here, fixed, elsewhere] = await Promise.all([of(), of({ when: 'after' }), of({ seed: 'another' })])
    expect(await differ(here, fixed)).toBeLessThan(await differ(here, elsewhere))
  })

  it('shows what a check found: fine, or not done', async () => {
    const [before, fine, not] = await Promise.all([
      of(),
      of({ when: 'check' }),
      of({ when: 'check', isFine: false }),
    ])
    expect(await differ(before, not)).toBeLessThan(await differ(before, fine))
  })

  it('says when and where it was taken, where the camera knew it', async () => {
    const position = { lng: 114.05678, lat: 30.54321 }
    const { position: kept, taken } = await readPhoto(await of({ position }))
    expect(kept?.lng).toBeCloseTo(position.lng, 5)
    expect(kept?.lat).toBeCloseTo(position.lat, 5)
    expect(taken).toEqual({ local: '2026-09-16T09:10:00', offset: '+08:00' })
    expect((await readPhoto(await of())).taken).toBeUndefined()
  })

  it('is marked as demo in its lower right corner, in red', async () => {
    const corner = await sharp(await of())
      .extract({ left: 400, top: 335, width: 76, height: 3 })
      .raw()
      .toBuffer()
    const [r = 0, g = 0, b = 0] = corner
    expect(r).toBeGreaterThan(150)
    expect(Math.max(g, b)).toBeLessThan(110)
  })

  it('is dark at night', async () => {
    const mean = async (p: Buffer) => (await sharp(p).greyscale().stats()).channels[0]?.mean ?? 0
    const night = of({ at: Date.parse('2026-09-16T22:10:00+08:00') })
    expect(await mean(await night)).toBeLessThan(0.75 * (await mean(await of())))
  })
})
