// The panels of the wall: how much room each one needs to be read (rem, so that it follows the viewing distance) and
// which go first when there is too little. Header pieces are panels too, so that they keep off seams like all others.

const PANELS = [
  'name',
  'clock',
  'state',
  'announcement',
  'need',
  'urgent',
  'decide',
  'late',
  'flow',
  'map',
  'rates',
  'units',
  'day',
  'slot',
  'camera',
  'case',
  'focus',
  'sentence',
  'figures',
  'ranking',
  'examples',
  'story',
] as const
export type Panel = (typeof PANELS)[number]

interface Need {
  /** Least width and height, rem. */
  width: number
  height: number
  /** Height that shows all of it; what is left over goes by `grow`. */
  ideal: number
  grow: number
}

/** Panels that stand in columns. `need` is the three cards of 要办 in one, for screens read from far away. */
export const NEEDS = {
  need: { width: 22, height: 12, ideal: 22, grow: 1 },
  urgent: { width: 24, height: 12, ideal: 16, grow: 0 },
  decide: { width: 24, height: 14.5, ideal: 16, grow: 0 },
  late: { width: 24, height: 13, ideal: 24, grow: 3 },
  flow: { width: 56, height: 13, ideal: 13, grow: 0 },
  map: { width: 19, height: 12, ideal: 33, grow: 4 },
  rates: { width: 26, height: 10.3, ideal: 10.3, grow: 0 },
  units: { width: 22, height: 13, ideal: 33, grow: 3 },
  day: { width: 20, height: 10, ideal: 13, grow: 1 },
  slot: { width: 20, height: 10, ideal: 13, grow: 0 },
  camera: { width: 13, height: 10, ideal: 16, grow: 1 },
  case: { width: 26, height: 14, ideal: 20, grow: 1 },
  focus: { width: 26, height: 14, ideal: 20, grow: 1 },
} as const satisfies Partial<Record<Panel, Need>>
export type StackPanel = keyof typeof NEEDS

/** Dropped in this order where there is no room for all; rates are then said in the heading of the units. */
export const DROPPED_FIRST: readonly StackPanel[] = ['slot', 'camera', 'rates']
