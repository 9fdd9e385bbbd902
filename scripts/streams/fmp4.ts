// Writes one H.264 track as fragmented MP4 (ISO/IEC 14496-12, -15): an initialisation part, then segments that each begin
// with a key frame. No B-frames: every frame is shown when it is decoded.

export interface Track {
  width: number
  height: number
  /** Ticks a second. */
  timescale: number
  /** Ticks. */
  frameDuration: number
  /** AVCDecoderConfigurationRecord. */
  config: Buffer
}

export interface Sample {
  data: Buffer
  isKey: boolean
}

function u16(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 2)
  for (const [i, v] of values.entries()) out.writeUInt16BE(v, i * 2)
  return out
}
function u32(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4)
  for (const [i, v] of values.entries()) out.writeUInt32BE(v >>> 0, i * 4)
  return out
}
const text = (value: string) => Buffer.from(value, 'latin1')
const zeros = (n: number) => Buffer.alloc(n)

function box(type: string, ...content: Buffer[]): Buffer {
  const length = content.reduce((n, part) => n + part.length, 8)
  return Buffer.concat([u32(length), text(type), ...content])
}
const fullBox = (type: string, version: number, flags: number, ...content: Buffer[]) =>
  box(type, u32((version << 24) | flags), ...content)

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const UNDETERMINED = 0x55c4
const TRACK = 1
/** Sample flags: depends on no other / on others and is no place to begin. */
const KEY = 0x02000000
const DEPENDENT = 0x01010000

/** `ftyp` and `moov`. */
export function initPart({ width, height, timescale, config }: Track): Buffer {
  const entry = box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    zeros(32),
    u16(0x18, 0xffff),
    box('avcC', config),
  )
  const table = box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), entry),
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
    fullBox('stco', 0, 0, u32(0)),
  )
  const media = box(
    'mdia',
    fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(UNDETERMINED, 0)),
    fullBox('hdlr', 0, 0, u32(0), text('vide'), zeros(12), text('video\0')),
    box(
      'minf',
      fullBox('vmhd', 0, 1, zeros(8)),
      box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
      table,
    ),
  )
  return Buffer.concat([
    box('ftyp', text('iso6'), u32(0), text('iso6mp41')),
    box(
      'moov',
      fullBox(
        'mvhd',
        0,
        0,
        u32(0, 0, timescale, 0, 0x10000),
        u16(0x100),
        zeros(10),
        MATRIX,
        zeros(24),
        u32(TRACK + 1),
      ),
      box(
        'trak',
        fullBox(
          'tkhd',
          0,
          3,
          u32(0, 0, TRACK, 0, 0),
          zeros(8),
          u16(0, 0, 0, 0),
          MATRIX,
          u32(width << 16, height << 16),
        ),
        media,
      ),
      box('mvex', fullBox('trex', 0, 0, u32(TRACK, 1, 0, 0, 0))),
    ),
  ])
}

/** `moof` and `mdat`. @param start ticks since the film began. */
export function segmentPart(
  { frameDuration }: Track,
  { number, start, samples }: { number: number; start: number; samples: readonly Sample[] },
): Buffer {
  const fragment = (dataAt: number) => {
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(start))
    const rows = samples.map(({ data, isKey }) => u32(data.length, isKey ? KEY : DEPENDENT))
    return box(
      'moof',
      fullBox('mfhd', 0, 0, u32(number)),
      box(
        'traf',
        // Places count from this box; one duration for all.
        fullBox('tfhd', 0, 0x20008, u32(TRACK, frameDuration)),
        fullBox('tfdt', 1, 0, time),
        // Each sample with its size and flags.
        fullBox('trun', 0, 0x601, u32(samples.length, dataAt), ...rows),
      ),
    )
  }
  return Buffer.concat([fragment(fragment(0).length + 8), box('mdat', ...samples.map((s) => s.data))])
}
