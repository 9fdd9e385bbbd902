import exifr from 'exifr'
import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { exifFor, exifOf, withExif } from './exif.ts'

let plain: Uint8Array
beforeAll(async () => {
  plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer()
})

const read = (jpeg: Uint8Array) =>
  exifr.parse(Buffer.from(jpeg), { reviveValues: false, translateValues: false })

describe('a photo just taken', () => {
  it('says when and where, to a reader of another make', async () => {
    const at = Date.parse('2026-03-01T08:30:15+08:00')
    const jpeg = withExif(plain, exifFor({ at, offsetMinutes: 480, position: { lng: 113.9, lat: 29.7 } }))
    const facts = await read(jpeg)
    expect(facts.DateTimeOriginal).toBe('2026:03:01 08:30:15')
    expect(facts.OffsetTimeOriginal).toBe('+08:00')
    expect(facts.longitude).toBeCloseTo(113.9, 6)
    expect(facts.latitude).toBeCloseTo(29.7, 6)
    expect((await sharp(jpeg).metadata()).width).toBe(8)
  })

  it('says the time alone where the place is unknown', async () => {
    const facts = await read(withExif(plain, exifFor({ at: 0, offsetMinutes: -210 })))
    expect(facts).toMatchObject({ DateTimeOriginal: '1969:12:31 20:30:00', OffsetTimeOriginal: '-03:30' })
    expect(facts.latitude).toBeUndefined()
  })

  it('is read to within a few centimetres anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        async (lng, lat) => {
          const facts = await read(
            withExif(plain, exifFor({ at: 0, offsetMinutes: 0, position: { lng, lat } })),
          )
          expect(Math.abs(facts.longitude - lng)).toBeLessThan(2e-7)
          expect(Math.abs(facts.latitude - lat)).toBeLessThan(2e-7)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('a photo from the album', () => {
  it('keeps its facts over the downscaling, but stands upright', async () => {
    const original = await sharp(Buffer.from(plain))
      .withExif({
        IFD0: { Orientation: '6', Make: 'Maker' },
        IFD2: { DateTimeOriginal: '2025:12:31 10:00:00' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const exif = exifOf(original)
    if (!exif) throw new Error('no EXIF was found')
    const facts = await read(withExif(plain, exif))
    expect(facts.DateTimeOriginal ?? facts.Make).toBeDefined()
    expect(facts.Orientation).toBe(1)
  })

  it('has its own facts replaced, not doubled', async () => {
    const first = withExif(plain, exifFor({ at: 0, offsetMinutes: 0 }))
    const second = withExif(first, exifFor({ at: 86_400_000, offsetMinutes: 0 }))
    expect(second.length).toBe(first.length)
    expect((await read(second)).DateTimeOriginal).toBe('1970:01:02 00:00:00')
  })

  it.each([
    [new Uint8Array([])],
    [new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff])],
    [new Uint8Array([1, 2, 3])],
  ])('without readable facts has none: %s', (bytes) => expect(exifOf(bytes)).toBeUndefined())
})
