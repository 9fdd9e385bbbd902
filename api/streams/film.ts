// A short film in fragmented MP4 that is sent as if it never ended: each segment gets the time at which its turn comes.
// Made by scripts/streams/make-films.ts; nothing here decodes a picture.

export interface Film {
  /** `ftyp` and `moov`. */
  init: Buffer
  segmentMs: number
  /** Segments of one round. */
  count: number
  /** @param n from 0 upwards, without an end. @param shows which of the round it shows. */
  segment(n: number, shows?: number): Buffer
}

interface Box {
  type: string
  start: number
  /** Of its content. */
  body: number
  end: number
}

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const length = bytes.readUInt32BE(at)
    if (length < 8 || at + length > to) throw new Error(`the film is broken at byte ${at}`)
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, body: at + 8, end: at + length })
    at += length
  }
  return boxes
}

/** The first box below these, one type after the other. @throws when there is none. */
function find(bytes: Buffer, within: Box, ...path: string[]): Box {
  return path.reduce((parent, type) => {
    const found = boxesIn(bytes, parent.body, parent.end).find((b) => b.type === type)
    if (!found) throw new Error(`the film has no ${path.join('/')}`)
    return found
  }, within)
}

/**
 * Takes a film of one track whose segments are all equally long and begin with a key frame.
 * @throws when the bytes are no such film.
 */
export function readFilm(bytes: Buffer): Film {
  const whole: Box = { type: 'file', start: 0, body: 0, end: bytes.length }
  const boxes = boxesIn(bytes, 0, bytes.length)
  const fragments = boxes.filter((b) => b.type === 'moof')
  const [first] = fragments
  if (!first) throw new Error('the film has no segments')
  const header = find(bytes, whole, 'moov', 'trak', 'mdia', 'mdhd')
  // Both in version 0 of their boxes: 4 bytes of version and flags, then 32-bit fields.
  const timescale = bytes.readUInt32BE(header.body + 12)
  const frameTicks = bytes.readUInt32BE(find(bytes, first, 'traf', 'tfhd').body + 8)
  const frames = bytes.readUInt32BE(find(bytes, first, 'traf', 'trun').body + 4)
  const segmentTicks = frameTicks * frames
  const segments = fragments.map((fragment) => {
    const data = boxes.find((b) => b.start === fragment.end && b.type === 'mdat')
    if (!data) throw new Error(`the film has no pictures at byte ${fragment.end}`)
    return {
      start: fragment.start,
      end: data.end,
      number: find(bytes, fragment, 'mfhd').body + 4 - fragment.start,
      time: find(bytes, fragment, 'traf', 'tfdt').body + 4 - fragment.start,
    }
  })
  return {
    init: bytes.subarray(0, first.start),
    segmentMs: (segmentTicks * 1000) / timescale,
    count: segments.length,
    segment(n, shows = n) {
      const found = segments[shows % segments.length]
      if (!found) throw new Error(`no segment ${shows}`)
      const copy = Buffer.from(bytes.subarray(found.start, found.end))
      copy.writeUInt32BE((n + 1) >>> 0, found.number)
      copy.writeBigUInt64BE(BigInt(n) * BigInt(segmentTicks), found.time)
      return copy
    },
  }
}
