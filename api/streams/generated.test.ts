// A generated stream goes on without a seam: each segment says the time at which the one before it ends.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readFilm } from './film.ts'
import { newestSegment, openGeneratedStreams, playlistOf } from './generated.ts'

const NOW = Date.parse('2026-10-21T11:48:05.300+08:00')
const SEGMENT_MS = 2000

const after = (segment: Buffer, type: string, skip: number) => segment.indexOf(type, 0, 'latin1') + 4 + skip
const timeOf = (segment: Buffer) => segment.readBigUInt64BE(after(segment, 'tfdt', 4))
const numberOf = (segment: Buffer) => segment.readUInt32BE(after(segment, 'mfhd', 4))
const pictureOf = (segment: Buffer) => segment.subarray(after(segment, 'mdat', 0))

describe('the playlist', () => {
  it('names the last complete segments, one more each time one is complete', () => {
    const newest = newestSegment(NOW, SEGMENT_MS)
    expect(playlistOf(newest, SEGMENT_MS).split('\n').slice(3)).toEqual([
      `#EXT-X-MEDIA-SEQUENCE:${newest - 3}`,
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init.mp4"',
      ...[3, 2, 1, 0].flatMap((back) => ['#EXTINF:2.000,', `${newest - back}.m4s`]),
      '',
    ])
    expect(newestSegment(NOW + SEGMENT_MS, SEGMENT_MS)).toBe(newest + 1)
    expect(newestSegment(NOW - (NOW % SEGMENT_MS), SEGMENT_MS)).toBe(newest)
    expect(newestSegment(NOW - (NOW % SEGMENT_MS) - 1, SEGMENT_MS)).toBe(newest - 1)
  })
})

describe('segments', () => {
  it('follow each other in time over the end of the film, with the pictures of the round', async () => {
    for (const name of ['avenue', 'gate', 'lakeside']) {
      const film = readFilm(await readFile(new URL(`films/${name}.mp4`, import.meta.url)))
      expect([film.segmentMs, film.count]).toEqual([SEGMENT_MS, 10])
      const start = 30_000_000
      for (let n = start; n < start + 25; n++) {
        expect(timeOf(film.segment(n + 1)) - timeOf(film.segment(n))).toBe(30_000n)
        expect(numberOf(film.segment(n))).toBe(n + 1)
        expect(pictureOf(film.segment(n)).equals(pictureOf(film.segment(n % film.count)))).toBe(true)
      }
    }
  })

  it('are the same again in another process, and other ones for another camera', async () => {
    const [one, other] = [openGeneratedStreams(), openGeneratedStreams()]
    const n = newestSegment(NOW, SEGMENT_MS)
    const shown = async (streams: typeof one, code: string) =>
      (await streams.segment(code, n, NOW)) ?? Buffer.alloc(0)
    expect((await shown(one, 'CAM001')).equals(await shown(other, 'CAM001'))).toBe(true)
    const codes = Array.from({ length: 24 }, (_, i) => `CAM${String(i + 1).padStart(3, '0')}`)
    const pictures = await Promise.all(codes.map((code) => shown(one, code)))
    const kinds = new Set(pictures.map((p) => pictureOf(p).toString('base64')))
    expect(kinds.size).toBeGreaterThan(10)
  })

  it('are refused before their time and long after it', async () => {
    const streams = openGeneratedStreams()
    const n = newestSegment(NOW, SEGMENT_MS)
    expect(await streams.segment('CAM001', n + 1, NOW)).toBeUndefined()
    expect(await streams.segment('CAM001', n - 11, NOW)).toBeInstanceOf(Buffer)
    expect(await streams.segment('CAM001', n - 12, NOW)).toBeUndefined()
  })

  it('of a file that is no such film are refused', () => {
    expect(() => readFilm(Buffer.from('not a film at all'))).toThrow('the film is broken at byte 0')
    expect(() => readFilm(Buffer.alloc(0))).toThrow('the film has no segments')
  })
})
