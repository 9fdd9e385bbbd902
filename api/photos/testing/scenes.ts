// Drawn street scenes for tests of fingerprints: all built alike (sky, houses, pavement, road), each different, so that
// they are harder to tell apart than photographs. The matter on the ground is there, or is gone.
import sharp from 'sharp'

/** A sequence of numbers in [0, 1) that is the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const WIDTH = 640
const HEIGHT = 480

export function scene(seed: number, matter: 'there' | 'gone' = 'there'): Promise<Buffer> {
  const next = numbers(seed)
  const between = (low: number, high: number) => low + next() * (high - low)
  const sky = `hsl(${between(200, 220)} ${between(20, 45)}% ${between(65, 85)}%)`
  const houses = Array.from({ length: 6 }, (_, i) => {
    const height = between(80, 240)
    const fill = `hsl(30 ${between(8, 28)}% ${between(40, 82)}%)`
    return `<rect x="${i * 110 - 10}" y="${260 - height}" width="104" height="${height}" fill="${fill}"/>`
  })
  const things = Array.from({ length: 12 }, () => {
    const [x, y, r] = [between(180, 460), between(325, 410), between(10, 28)]
    const fill = `hsl(${between(0, 360)} 30% ${between(25, 85)}%)`
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 0.6}" fill="${fill}"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="${sky}"/>${houses.join('')}
    <rect y="258" width="${WIDTH}" height="52" fill="#b9b4a8"/>
    <rect y="310" width="${WIDTH}" height="170" fill="#6d6f73"/>
    <path d="M0 398H640" stroke="#e8e3d0" stroke-width="5" stroke-dasharray="48 36"/>
    ${matter === 'there' ? things.join('') : ''}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer()
}

const WHOLE = { fit: 'fill' } as const

/** What happens to a picture that is sent on: by phones, messengers and people. */
export const CHANGES: Readonly<Record<string, (jpeg: Buffer) => Promise<Buffer>>> = {
  'written anew': (b) => sharp(b).jpeg({ quality: 60 }).toBuffer(),
  'badly written': (b) => sharp(b).jpeg({ quality: 25 }).toBuffer(),
  'as WebP': (b) => sharp(b).webp({ quality: 70 }).toBuffer(),
  'half the size': (b) =>
    sharp(b)
      .resize(WIDTH / 2, HEIGHT / 2, WHOLE)
      .jpeg()
      .toBuffer(),
  'a thumbnail': (b) => sharp(b).resize(240, 180, WHOLE).jpeg({ quality: 60 }).toBuffer(),
  brighter: (b) => sharp(b).modulate({ brightness: 1.15 }).jpeg().toBuffer(),
  darker: (b) => sharp(b).modulate({ brightness: 0.8, saturation: 0.8 }).jpeg().toBuffer(),
  'of more contrast': (b) => sharp(b).linear(1.2, -20).jpeg().toBuffer(),
}

/** A camera app's stamp. */
export const stamped = (jpeg: Buffer): Promise<Buffer> =>
  sharp(jpeg)
    .composite([
      {
        input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
          <rect x="12" y="430" width="280" height="34" fill="#000" fill-opacity=".5"/>
          <text x="18" y="454" font-size="20" fill="#fff">2026-03-01 08:30:12</text></svg>`),
      },
    ])
    .jpeg()
    .toBuffer()

export const cropped = (jpeg: Buffer): Promise<Buffer> =>
  sharp(jpeg)
    .extract({ left: 13, top: 10, width: WIDTH - 26, height: HEIGHT - 20 })
    .jpeg()
    .toBuffer()
