// Generated streams: what a camera of kind `generated` shows. A live HLS playlist (RFC 8216) over a short film that goes
// round; cameras share the films, each begins at another place in them. Pure but for reading the films once.
import { readFile } from 'node:fs/promises'
import { type Film, readFilm } from './film.ts'

const FILMS = ['avenue', 'gate', 'lakeside'] as const

/** Segments that a playlist names, and how much longer each can still be asked for. */
const LISTED = 4
const KEPT = 8

/** Numbers count from here on, the same in every process and after each restart. Whole seconds, so that they stay small. */
const EPOCH = Date.parse('2026-01-01T00:00:00Z')

export interface GeneratedStreams {
  /** @param at epoch ms */
  playlist(code: string, at: number): Promise<string>
  init(code: string): Promise<Buffer>
  /** Undefined for a segment that is not there yet, or no more. */
  segment(code: string, n: number, at: number): Promise<Buffer | undefined>
}

/** FNV-1a: spreads codes that differ in one digit. */
function spread(code: string): number {
  let hash = 0x811c9dc5
  for (const sign of code) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}

/** The last complete segment at a moment. */
export const newestSegment = (at: number, segmentMs: number) => Math.floor((at - EPOCH) / segmentMs) - 1

export function playlistOf(newest: number, segmentMs: number): string {
  const seconds = (segmentMs / 1000).toFixed(3)
  const numbers = Array.from({ length: LISTED }, (_, i) => newest - LISTED + 1 + i)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(segmentMs / 1000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${numbers[0]}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init.mp4"',
    ...numbers.flatMap((n) => [`#EXTINF:${seconds},`, `${n}.m4s`]),
    '',
  ].join('\n')
}

export function openGeneratedStreams(): GeneratedStreams {
  const films = new Map<string, Promise<Film>>()

  function filmOf(code: string): Promise<Film> {
    const name = FILMS[spread(code) % FILMS.length] ?? FILMS[0]
    const known = films.get(name)
    if (known) return known
    const film = readFile(new URL(`films/${name}.mp4`, import.meta.url)).then(readFilm)
    films.set(name, film)
    return film
  }

  return {
    async playlist(code, at) {
      const { segmentMs } = await filmOf(code)
      return playlistOf(newestSegment(at, segmentMs), segmentMs)
    },
    init: async (code) => (await filmOf(code)).init,
    async segment(code, n, at) {
      const film = await filmOf(code)
      const newest = newestSegment(at, film.segmentMs)
      if (n > newest || n <= newest - LISTED - KEPT) return undefined
      return film.segment(n, n + (spread(code) >>> 8))
    },
  }
}
