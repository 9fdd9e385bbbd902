// Where the bar of a replay stands under a wall of tiles: on one screen, and in two halves where a seam runs through that.
import { type Canvas, groupsOf } from '../layout/grid.ts'

export interface BarPlace {
  /** Shares of the canvas's width left and right of it. */
  left: number
  right: number
  /** A seam is in its middle: nothing may stand there. */
  isHalved: boolean
}

/** Of several screens the middle one, or the second of two; of a screen of several tiles two beside each other. */
export function barPlace(canvas: Pick<Canvas, 'width' | 'height' | 'tiles'>): BarPlace {
  const groups = groupsOf(canvas)
  const screen = groups > 1 ? 1 : 0
  const { columns } = canvas.tiles
  const isHalved = columns / groups >= 2
  const parts = isHalved ? columns : groups
  const first = isHalved ? screen * (columns / groups) + Math.floor((columns / groups - 2) / 2) : screen
  return { left: first / parts, right: 1 - (first + (isHalved ? 2 : 1)) / parts, isHalved }
}
