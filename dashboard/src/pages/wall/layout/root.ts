// The size of one rem on the wall. The panels are drawn for normal text of 1.6875 rem and small text of 1.375 rem; what
// a screen's record says of width and distance decides how many pixels normal text has, else the canvas does.
import type { ScreenRecord } from '#domain/wall-screen.ts'
import { rootSize } from '../screen/legibility.ts'

/** Normal text, rem: at 1920×1080 27 px, which is 20′ on 3×3 panels of 55″ seen from 8 m. */
const BODY_REM = 1.6875
/** Small text, rem: 22 px there, 16′. Nothing is written smaller. */
export const SMALL_REM = 1.375
/** CSS px that small text has at least, on whatever device the page is opened. */
const LEAST_SMALL_PX = 16
/** The full composition of one screen, rem. */
const FULL = { width: 120, height: 67.5 }

/** Larger letters leave no room for a single list: a screen that is too far away shows as much as this. */
const LEAST = { width: 34, height: 20 }

export interface Viewing {
  widthMm: number
  viewingDistanceM: number
}

/** @returns CSS px of one rem on a canvas of `width`×`height` CSS px. */
export function rootFor(
  { width, height }: { width: number; height: number },
  viewing?: Viewing | Pick<ScreenRecord, 'widthMm' | 'viewingDistanceM'>,
): number {
  const floor = LEAST_SMALL_PX / SMALL_REM
  if (viewing) {
    const { widthMm, viewingDistanceM: distanceM } = viewing
    const most = Math.min(width / LEAST.width, height / LEAST.height)
    return Math.max(floor, Math.min(most, rootSize({ widthPx: width, widthMm, distanceM }) / BODY_REM))
  }
  return Math.max(floor, Math.min(width / FULL.width, height / FULL.height))
}

/** `?widthMm=&distanceM=`: to try a size without a record. */
export function viewingIn(search: URLSearchParams): Viewing | undefined {
  const widthMm = Number(search.get('widthMm'))
  const viewingDistanceM = Number(search.get('distanceM'))
  return widthMm > 0 && viewingDistanceM > 0 ? { widthMm, viewingDistanceM } : undefined
}
