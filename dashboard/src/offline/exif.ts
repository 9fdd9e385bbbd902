// The facts that a photo carries, over its downscaling: the original's EXIF is taken along, upright; a photo just taken here
// gets the device's time and position, which many phones take out of what they hand to a page. Only JPEG.

const APP1 = 0xe1
const EXIF_HEAD = [0x45, 0x78, 0x69, 0x66, 0, 0] as const
const ORIENTATION = 0x0112

interface TakenFacts {
  /** Epoch ms by the device's clock. */
  at: number
  /** Minutes east of UTC. */
  offsetMinutes: number
  position?: { lng: number; lat: number } | undefined
}

/** Segments before the picture's data: marker, and bytes with marker and length. */
function* segments(jpeg: Uint8Array): Generator<{ marker: number; at: number; end: number }> {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return
  let at = 2
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] ?? 0
    if (marker === 0xda) return
    const end = at + 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0))
    if (end > jpeg.length || end < at + 4) return
    yield { marker, at, end }
    at = end
  }
}

const isExif = (jpeg: Uint8Array, at: number) => EXIF_HEAD.every((byte, i) => jpeg[at + 4 + i] === byte)

/** The EXIF segment of a JPEG, turned upright (the picture has been); undefined when there is none. */
export function exifOf(jpeg: Uint8Array): Uint8Array | undefined {
  for (const { marker, at, end } of segments(jpeg))
    if (marker === APP1 && isExif(jpeg, at)) return upright(jpeg.slice(at, end))
  return undefined
}

/** Sets the orientation of the first directory to 1; what cannot be read stays as it is. */
function upright(segment: Uint8Array): Uint8Array {
  const TIFF = 10
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
  if (segment.length < TIFF + 8) return segment
  const little = view.getUint16(TIFF) === 0x4949
  const first = TIFF + view.getUint32(TIFF + 4, little)
  if (first + 2 > segment.length) return segment
  const entries = view.getUint16(first, little)
  for (let i = 0; i < entries; i++) {
    const entry = first + 2 + i * 12
    if (entry + 12 > segment.length) break
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little)
  }
  return segment
}

/** The JPEG with this EXIF instead of its own. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const own = [...segments(jpeg)].find(({ marker, at }) => marker === APP1 && isExif(jpeg, at))
  const rest = own ? [jpeg.subarray(2, own.at), jpeg.subarray(own.end)] : [jpeg.subarray(2)]
  return joined([jpeg.subarray(0, 2), exif, ...rest])
}

const joined = (parts: readonly Uint8Array[]) => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const ascii = (text: string) => new TextEncoder().encode(`${text}\0`)
const pad = (n: number) => String(n).padStart(2, '0')

function rationals(values: readonly [number, number][]): Uint8Array {
  const out = new DataView(new ArrayBuffer(values.length * 8))
  values.forEach(([over, under], i) => {
    out.setUint32(i * 8, over)
    out.setUint32(i * 8 + 4, under)
  })
  return new Uint8Array(out.buffer)
}

/** Degrees, minutes, seconds; seconds to a thousandth, about three centimetres. */
function sexagesimal(degrees: number): Uint8Array {
  const thousandths = Math.round(Math.abs(degrees) * 3_600_000)
  return rationals([
    [Math.floor(thousandths / 3_600_000), 1],
    [Math.floor((thousandths % 3_600_000) / 60_000), 1],
    [thousandths % 60_000, 1000],
  ])
}

type Entry = [tag: number, type: 2 | 4 | 5, count: number, data: Uint8Array]
const text = (tag: number, words: string): Entry => [tag, 2, words.length + 1, ascii(words)]
const long = (tag: number, value: number): Entry => {
  const out = new DataView(new ArrayBuffer(4))
  out.setUint32(0, value)
  return [tag, 4, 1, new Uint8Array(out.buffer)]
}

const sizeOf = (entries: readonly Entry[]) =>
  6 + entries.length * 12 + entries.reduce((n, [, , , data]) => n + (data.length > 4 ? data.length : 0), 0)

/** A directory that begins at `start` of the TIFF part; big-endian. */
function directory(entries: readonly Entry[], start: number): Uint8Array {
  const out = new Uint8Array(sizeOf(entries))
  const view = new DataView(out.buffer)
  view.setUint16(0, entries.length)
  let free = 6 + entries.length * 12
  entries.forEach(([tag, type, count, data], i) => {
    const at = 2 + i * 12
    view.setUint16(at, tag)
    view.setUint16(at + 2, type)
    view.setUint32(at + 4, count)
    if (data.length <= 4) out.set(data, at + 8)
    else {
      view.setUint32(at + 8, start + free)
      out.set(data, free)
      free += data.length
    }
  })
  return out
}

/** An EXIF segment that says when a picture was taken, and where if that is known. */
export function exifFor({ at, offsetMinutes, position }: TakenFacts): Uint8Array {
  const local = new Date(at + offsetMinutes * 60_000).toISOString()
  const minutes = Math.abs(offsetMinutes)
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
  const taken = [
    text(0x9003, `${local.slice(0, 10).replaceAll('-', ':')} ${local.slice(11, 19)}`),
    text(0x9011, offset),
  ]
  const place: Entry[] = position
    ? [
        text(0x0001, position.lat < 0 ? 'S' : 'N'),
        [0x0002, 5, 3, sexagesimal(position.lat)],
        text(0x0003, position.lng < 0 ? 'W' : 'E'),
        [0x0004, 5, 3, sexagesimal(position.lng)],
      ]
    : []
  const START = 8
  const pointers = place.length > 0 ? 2 : 1
  const exifAt = START + 6 + pointers * 12
  const gpsAt = exifAt + sizeOf(taken)
  const first = directory([long(0x8769, exifAt), ...(place.length > 0 ? [long(0x8825, gpsAt)] : [])], START)
  const tiff = joined([
    new Uint8Array([0x4d, 0x4d, 0, 42, 0, 0, 0, START]),
    first,
    directory(taken, exifAt),
    ...(place.length > 0 ? [directory(place, gpsAt)] : []),
  ])
  const length = 2 + EXIF_HEAD.length + tiff.length
  return joined([new Uint8Array([0xff, APP1, length >> 8, length & 255, ...EXIF_HEAD]), tiff])
}
