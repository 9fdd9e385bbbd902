// Sizes of screens that command centres have, and how many lines of text one holds. Pure.
import type { Tiles } from '#domain/wall-screen.ts'

/** Of the canvas where the record does not say. */
export const USUAL_WIDTH_PX = 1920

export interface UsualSize {
  key: '98' | '3x3' | '3x1' | 'led'
  widthMm: number
  heightMm: number
  widthPx: number
  tiles: Tiles
}

export const USUAL_SIZES: readonly UsualSize[] = [
  { key: '98', widthMm: 2170, heightMm: 1220, widthPx: 1920, tiles: { columns: 1, rows: 1 } },
  { key: '3x3', widthMm: 3650, heightMm: 2055, widthPx: 1920, tiles: { columns: 3, rows: 3 } },
  { key: '3x1', widthMm: 3650, heightMm: 685, widthPx: 5760, tiles: { columns: 3, rows: 1 } },
  { key: 'led', widthMm: 4800, heightMm: 2700, widthPx: 1920, tiles: { columns: 1, rows: 1 } },
]

const LINE_HEIGHT = 1.4
/** Of a picture whose height is not said. */
const USUAL_RATIO = 9 / 16

/** How many lines of normal text fit below each other. */
export function linesOf(
  { widthPx, widthMm, heightMm }: { widthPx: number; widthMm: number; heightMm: number | null },
  textPx: number,
): number {
  const heightPx = widthPx * (heightMm === null ? USUAL_RATIO : heightMm / widthMm)
  return Math.floor(heightPx / (textPx * LINE_HEIGHT))
}
