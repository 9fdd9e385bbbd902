// Photos of the simulation: drawn, plainly marked as such, different for each report, before and after.
import sharp from 'sharp'
import { dice } from './dice.ts'

/** The seed of a place's scene, so that what is seen before and after is the same street. */
export const sceneOf = ({ lng, lat }: { lng: number; lat: number }) => `${lng.toFixed(5)},${lat.toFixed(5)}`

/** A small street scene as JPEG; the matter lies on the ground before and is gone after. */
export async function photo(seed: string, when: 'before' | 'after'): Promise<Uint8Array> {
  const at = (...p: string[]) => dice(seed, ...p)
  const sky = `hsl(${200 + at('sky') * 20} ${25 + at('haze') * 20}% ${70 + at('light') * 15}%)`
  const houses = Array.from({ length: 6 }, (_, i) => {
    const h = 90 + at('h', String(i)) * 150
    const tone = 55 + at('t', String(i)) * 25
    return `<rect x="${i * 110 - 10}" y="${260 - h}" width="104" height="${h}" fill="hsl(30 ${10 + at('s', String(i)) * 15}% ${tone}%)"/>`
  })
  const matter = Array.from({ length: when === 'before' ? 14 : 0 }, (_, i) => {
    const x = 200 + at('x', String(i)) * 220
    const y = 330 + at('y', String(i)) * 70
    const r = 8 + at('r', String(i)) * 18
    return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 0.6}" fill="hsl(${at('c', String(i)) * 360} 30% ${35 + at('l', String(i)) * 35}%)"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
    <rect width="640" height="480" fill="${sky}"/>${houses.join('')}
    <rect y="258" width="640" height="52" fill="#b9b4a8"/><rect y="310" width="640" height="170" fill="#6d6f73"/>
    <path d="M0 398H640" stroke="#e8e3d0" stroke-width="5" stroke-dasharray="48 36"/>${matter.join('')}
    <rect y="446" width="640" height="34" fill="#000" fill-opacity=".55"/>
    <text x="12" y="469" font-family="sans-serif" font-size="20" fill="#fff">DEMO ${when.toUpperCase()} ${seed}</text>
  </svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 78 }).toBuffer()
}
