// Compounds with a plan of their own: schools with a track, the hospital, the market hall, stations, mills, tanks. Each is
// drawn in its own frame, whose middle is the middle of the compound.
import { boxAt, frameAt, rect, round, shapeIn } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Place, PlaceKind } from './grounds.ts'
import { estates } from './grounds.ts'
import { points } from './plane.ts'
import type { Line, Point } from './plane.ts'

export interface Compound {
  /** Class of the ground. */
  ground: string
  ring: Line
  buildings: Line[]
  /** Ground of another kind inside: courts, lawns, squares, basins. */
  inside: { kind: 'land' | 'green' | 'water'; class: string; ring: Line }[]
}

type Plan = (f: Frame, w: number, d: number) => Omit<Compound, 'ring'>
type Inside = Compound['inside']

/** `x,y,width,depth` of boxes, each given by its middle. */
const boxes = (f: Frame, text: string): Point[][] =>
  text
    .trim()
    .split(/\s+/)
    .map((box) => {
      const [x = 0, y = 0, w = 0, d = 0] = box.split(',').map(Number)
      return rect(f, x - w / 2, y - d / 2, x + w / 2, y + d / 2)
    })

const moved = (f: Frame, x: number, y: number): Frame => ({
  ...f,
  at: [f.at[0] + f.u[0] * x + f.v[0] * y, f.at[1] + f.u[1] * x + f.v[1] * y],
})
const upright = (f: Frame): Frame => ({ at: f.at, u: f.v, v: [-f.u[0], -f.u[1]] })

/** A running track of eight lanes round a pitch, its straights as long as `straight`. */
const track = (f: Frame, straight: number, radius: number): Inside => [
  { kind: 'land', class: 'track', ring: round(f, radius, straight) },
  { kind: 'green', class: 'pitch', ring: round(f, radius - 9, straight) },
]

const courts = (f: Frame, text: string): Inside =>
  boxes(f, text).map((ring) => ({ kind: 'land', class: 'court', ring }))
const lawn = (ring: Line): Inside[number] => ({ kind: 'green', class: 'lawn', ring })
const square = (ring: Line): Inside[number] => ({ kind: 'land', class: 'square', ring })
const basin = (ring: Line): Inside[number] => ({ kind: 'water', class: 'basin', ring })

const PLANS: Record<PlaceKind, Plan> = {
  school: (f, w, d) => ({
    ground: 'school',
    buildings: [
      ...boxes(
        f,
        `${-w / 2 + 66},-36,84,14 ${-w / 2 + 66},4,84,14 ${-w / 2 + 66},44,84,14 ${-w / 2 + 27},4,9,66`,
      ),
      ...boxes(f, `${-w / 2 + 66},${d / 2 - 22},92,16 ${-w / 2 + 160},${d / 2 - 24},56,30`),
      ...boxes(
        f,
        `${-w / 2 + 66},${-d / 2 + 24},70,18 ${-w / 2 + 160},8,18,66 ${-w / 2 + 150},${-d / 2 + 26},40,16`,
      ),
    ],
    inside: [
      ...track(upright(moved(f, w / 2 - 62, 0)), 84, 46),
      ...courts(f, `${-w / 2 + 208},60,15,28 ${-w / 2 + 208},24,15,28 ${-w / 2 + 208},-12,15,28`),
      lawn(rect(f, -w / 2 + 118, -d / 2 + 44, -w / 2 + 146, 34)),
    ],
  }),
  primary: (f, w, d) => ({
    ground: 'school',
    buildings: boxes(
      f,
      `${-w / 2 + 46},${d / 2 - 22},72,14 ${-w / 2 + 46},${d / 2 - 56},72,14 ${-w / 2 + 16},${d / 2 - 39},9,22 ${-w / 2 + 40},${-d / 2 + 20},52,16`,
    ),
    inside: [
      ...track(upright(moved(f, w / 2 - 44, 0)), 44, 28),
      ...courts(f, `${-w / 2 + 98},${-d / 2 + 34},15,28 ${-w / 2 + 98},${d / 2 - 34},15,28`),
    ],
  }),
  hospital: (f, w, d) => ({
    ground: 'hospital',
    buildings: [
      shapeIn(
        f,
        points(
          `${-w / 2 + 18},${-d / 2 + 30} ${w / 2 - 60},${-d / 2 + 30} ${w / 2 - 60},${-d / 2 + 56} 12,${-d / 2 + 56} 12,${-d / 2 + 92} -16,${-d / 2 + 92} -16,${-d / 2 + 56} ${-w / 2 + 18},${-d / 2 + 56}`,
        ),
      ),
      ...boxes(
        f,
        `-2,${-d / 2 + 102},${w * 0.46},20 ${-w / 2 + 60},${d / 2 - 26},78,17 ${w / 2 - 70},${d / 2 - 26},84,17 ${w / 2 - 26},2,17,50`,
      ),
    ],
    inside: [
      square(rect(f, -w / 2 + 10, -d / 2 + 4, w / 2 - 10, -d / 2 + 26)),
      lawn(rect(f, -w / 2 + 14, -d / 2 + 62, -24, -d / 2 + 86)),
      lawn(rect(f, 20, -d / 2 + 62, w / 2 - 44, -d / 2 + 86)),
    ],
  }),
  mall: (f, w, d) => ({
    ground: 'commerce',
    buildings: [
      shapeIn(
        f,
        points(`${-w / 2 + 14},-10 ${-w / 2 + 34},-34 34,-34 34,${d / 2 - 12} ${-w / 2 + 14},${d / 2 - 12}`),
      ),
      ...boxes(f, `${w / 2 - 44},${d / 2 - 36},60,46 ${w / 2 - 44},${-d / 2 + 60},52,40`),
    ],
    inside: [square(rect(f, -w / 2 + 6, -d / 2 + 5, w / 2 - 6, -40))],
  }),
  market: (f, w, d) => ({
    ground: 'commerce',
    buildings: boxes(
      f,
      `0,12,${w - 36},54 0,${d / 2 - 8},${w - 20},10 ${-w / 2 + 8},6,10,${d - 44} ${w / 2 - 8},6,10,${d - 44}`,
    ),
    inside: [square(rect(f, -w / 2 + 6, -d / 2 + 4, w / 2 - 6, -d / 2 + 26))],
  }),
  bus: (f, w, d) => ({
    ground: 'station',
    buildings: boxes(
      f,
      `0,${-d / 2 + 36},${w * 0.5},24 ${-w / 2 + 16},20,18,64 ${w / 2 - 40},${d / 2 - 18},60,18`,
    ),
    inside: [
      square(rect(f, -w / 2 + 6, -d / 2 + 4, w / 2 - 6, -d / 2 + 20)),
      { kind: 'land', class: 'apron', ring: rect(f, -w / 2 + 32, -d / 2 + 54, w / 2 - 8, d / 2 - 34) },
    ],
  }),
  train: (f, w, d) => ({
    ground: 'station',
    buildings: boxes(
      f,
      `0,${d / 2 - 17},110,20 -78,${d / 2 - 14},40,14 80,${d / 2 - 14},44,14 ${-w / 2 + 14},-12,16,36 ${w / 2 - 14},-12,16,36`,
    ),
    inside: [
      square(rect(f, -w / 2 + 30, -d / 2 + 3, w / 2 - 30, d / 2 - 32)),
      lawn(rect(f, -20, -d / 2 + 12, 20, -d / 2 + 26)),
    ],
  }),
  civic: (f, w, d) => ({
    ground: 'civic',
    buildings: [
      shapeIn(
        f,
        points(
          `-80,30 -80,${d / 2 - 66} -56,${d / 2 - 66} -56,${d / 2 - 40} 56,${d / 2 - 40} 56,${d / 2 - 66} 80,${d / 2 - 66} 80,30 62,30 62,${d / 2 - 84} -62,${d / 2 - 84} -62,30`,
        ),
      ),
      ...boxes(
        f,
        `${-w / 2 + 26},10,20,92 ${w / 2 - 26},10,20,92 ${-w / 2 + 50},${d / 2 - 18},64,15 ${w / 2 - 50},${d / 2 - 18},64,15`,
      ),
    ],
    inside: [
      square(rect(f, -44, -d / 2 + 4, 44, 24)),
      lawn(rect(f, -w / 2 + 48, -d / 2 + 10, -52, 16)),
      lawn(rect(f, 52, -d / 2 + 10, w / 2 - 48, 16)),
      basin(round(moved(f, 0, -d / 2 + 58), 15)),
    ],
  }),
  temple: (f, w, d) => ({
    ground: 'civic',
    buildings: boxes(
      f,
      `0,${-d / 2 + 12},30,9 0,-4,34,16 0,${d / 2 - 18},42,19 ${-w / 2 + 10},-4,8,72 ${w / 2 - 10},-4,8,72`,
    ),
    inside: [
      lawn(rect(f, -w / 2 + 18, -d / 2 + 22, -8, -16)),
      lawn(rect(f, 8, -d / 2 + 22, w / 2 - 18, -16)),
      lawn(rect(f, -w / 2 + 18, 12, w / 2 - 18, d / 2 - 32)),
    ],
  }),
  mill: (f, w, d) => ({
    ground: 'works',
    buildings: [
      ...boxes(
        f,
        `${-w / 2 + 112},${d / 2 - 52},190,74 ${-w / 2 + 112},${-d / 2 + 62},190,56 ${w / 2 - 84},${d / 2 - 32},136,34`,
      ),
      ...boxes(
        f,
        `${w / 2 - 84},${d / 2 - 80},136,34 ${w / 2 - 70},${-d / 2 + 74},108,30 ${w / 2 - 70},${-d / 2 + 24},108,16`,
      ),
      ...boxes(f, `${-w / 2 + 70},${-d / 2 + 16},110,13`),
      round(moved(f, w / 2 - 148, -d / 2 + 60), 5, 0, 3),
    ],
    inside: [],
  }),
  granary: (f, w, d) => ({
    ground: 'works',
    buildings: [
      ...[0, 1, 2, 3].flatMap((row) =>
        boxes(
          f,
          `${-w / 2 + 52},${d / 2 - 24 - row * 38},78,20 ${-w / 2 + 146},${d / 2 - 24 - row * 38},78,20`,
        ),
      ),
      ...[0, 1, 2, 3].flatMap((i) => [
        round(moved(f, w / 2 - 40 - i * 26, d / 2 - 28), 11, 0, 3),
        round(moved(f, w / 2 - 40 - i * 26, d / 2 - 58), 11, 0, 3),
      ]),
      ...boxes(
        f,
        `${w / 2 - 76},-14,96,26 ${w / 2 - 76},${-d / 2 + 28},90,15 ${-w / 2 + 60},${-d / 2 + 20},84,13`,
      ),
    ],
    inside: [],
  }),
  waterworks: (f, w, d) => ({
    ground: 'works',
    buildings: boxes(f, `${-w / 2 + 34},0,26,64 ${w / 2 - 30},${-d / 2 + 22},40,14`),
    inside: [
      ...[0, 1, 2].map((i) => basin(rect(f, -20, -d / 2 + 18 + i * 40, 26, -d / 2 + 48 + i * 40))),
      ...[0, 1].map((i) => basin(round(moved(f, w / 2 - 36, 4 + i * 44), 16))),
    ],
  }),
  sewage: (f, w, d) => ({
    ground: 'works',
    buildings: boxes(f, `${-w / 2 + 34},${d / 2 - 30},40,22 ${-w / 2 + 34},${-d / 2 + 30},40,18`),
    inside: [
      ...[0, 1].flatMap((i) =>
        [0, 1].map((k) => basin(round(moved(f, w / 2 - 40 - i * 58, -34 + k * 66), 23))),
      ),
      ...[0, 1, 2].map((i) =>
        basin(rect(f, -w / 2 + 70, -d / 2 + 26 + i * 46, -w / 2 + 104, -d / 2 + 60 + i * 46)),
      ),
    ],
  }),
  tower: (f, w, d) => ({
    ground: 'square',
    buildings: boxes(f, '0,0,26,21'),
    inside: [
      lawn(rect(f, -w / 2 + 5, -d / 2 + 5, w / 2 - 5, -d / 2 + 13)),
      lawn(rect(f, -w / 2 + 5, d / 2 - 13, w / 2 - 5, d / 2 - 5)),
    ],
  }),
}

export function compound({ kind, at, width, depth, lean }: Place): Compound {
  const frame = frameAt(at, lean)
  const plan = PLANS[kind](frame, width, depth)
  return { ...plan, ring: boxAt(at, width, depth, lean) }
}

/** An estate's way round and the garden in its middle, in the frame of its gate's side. */
export function estateGardens(): { green: Point[]; path: Point[] }[] {
  return estates.map(({ ring }) => {
    const [a, b, c] = [ring[0] ?? [0, 0], ring[1] ?? [0, 0], ring[2] ?? [0, 0]]
    const frame = frameAt([(a[0] + c[0]) / 2, (a[1] + c[1]) / 2], (b[1] - a[1]) / (b[0] - a[0]))
    return {
      green: round(frame, 17, 26, 4),
      path: [
        [frame.at[0], frame.at[1]],
        [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
      ],
    }
  })
}
