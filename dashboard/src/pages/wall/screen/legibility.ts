// Legibility is metres, not pixels: how large letters must be on a screen of this width to be read from that far away,
// and where the seams between its panels run. Pure.
import type { Tiles } from '#domain/wall-screen.ts'

/** Minutes of arc: below the floor a text is not read but guessed. */
const TEXT_ARC = 20
export const FLOOR_ARC = 16
const LEAST_PX = 16
/** Height of a Chinese character, and of a digit, as parts of the font size. */
const CHARACTER_EM = 0.9
const DIGIT_EM = 0.7

interface Viewed {
  /** CSS pixels across. */
  widthPx: number
  /** Millimetres across. */
  widthMm: number
  distanceM: number
}

const heightMm = (distanceM: number, arcMinutes: number) =>
  distanceM * 1000 * Math.tan(((arcMinutes / 60) * Math.PI) / 180)

const fontPx = ({ widthPx, widthMm, distanceM }: Viewed, arcMinutes: number, em: number) =>
  Math.round((heightMm(distanceM, arcMinutes) / em) * (widthPx / widthMm))

/** Font size in CSS px at which a Chinese character spans so many minutes of arc; not floored. */
export const textSize = (viewed: Viewed, arcMinutes: number = TEXT_ARC): number =>
  fontPx(viewed, arcMinutes, CHARACTER_EM)

/** The same for digits, which are lower. */
export const digitSize = (viewed: Viewed, arcMinutes: number = TEXT_ARC): number =>
  fontPx(viewed, arcMinutes, DIGIT_EM)

/** Size of 1 rem in CSS px: normal text at 20′, never under 16 px. */
export const rootSize = (viewed: Viewed): number => Math.max(LEAST_PX, textSize(viewed))

/** Minutes of arc that a Chinese character of this font size spans. */
export const arcOf = (px: number, { widthPx, widthMm, distanceM }: Viewed): number =>
  (Math.atan((px * CHARACTER_EM * widthMm) / widthPx / (distanceM * 1000)) * 180 * 60) / Math.PI

/** Where panels meet, in CSS px from the left and from the top. */
export function seams(
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  { columns, rows }: Tiles,
): { x: number[]; y: number[] } {
  const inner = (n: number, whole: number) =>
    Array.from({ length: Math.max(0, n - 1) }, (_, i) => (whole * (i + 1)) / n)
  return { x: inner(columns, widthPx), y: inner(rows, heightPx) }
}
