// What a photo before the work shows: bins, covers, stalls, posters … and, for a few, what stands there afterwards as
// well. Drawn on the ground in the middle of the picture, a little different each time.
import { type Hand, line, oval, rect, shape } from './draw.ts'
import type { Backdrop } from './places.ts'
import {
  bags,
  bigTree,
  bike,
  bin,
  cabinet,
  car,
  cone,
  cover,
  crates,
  fence,
  steadyHand,
  heap,
  hole,
  boxes,
  lampPost,
  posters,
  railing,
  scraps,
  stain,
  stall,
  tape,
  water,
} from './strokes.ts'

export interface Matter {
  on: Backdrop
  /** Seen before and after; a lamp post stays when its lamp is mended. */
  stands?: (hand: Hand, isFine: boolean) => string
  before?: (hand: Hand) => string
}

export const MATTERS = {
  litter: { on: 'street', before: (h: Hand) => bags(h, h(2, 4.9, 'n')) + scraps(h, 12) },
  parkLitter: { on: 'park', before: (h: Hand) => scraps(h, 22, 110, 226, 260, 90) },
  canalLitter: {
    on: 'canal',
    before: (h: Hand) =>
      scraps(h, 26, 90, 222, 300, 96) + oval(250, 270, 60, 14, '#6f9a4d', 'fill-opacity=".8"'),
  },
  rubble: { on: 'wall', before: (h: Hand) => heap(h, '#9a8b78') },
  branches: { on: 'park', before: (h: Hand) => heap(h, '#6e7c45') },
  furniture: {
    on: 'wall',
    before: (h: Hand) =>
      rect(130, 196, 150, 56, '#7a4a3a', 'rx="10"') +
      rect(124, 176, 162, 34, '#8d5947', 'rx="10"') +
      rect(300, 168, 60, 96, '#b99a6a') +
      rect(306, 176, 48, 38, '#a5844f') +
      scraps(h, 5),
  },
  piles: { on: 'wall', before: (h: Hand) => crates(h) + boxes(h) },
  dirt: { on: 'street', before: (h: Hand) => stain(h, '#4c4339') + scraps(h, 14, 120, 258, 260, 80) },
  pothole: { on: 'street', before: hole },
  posters: { on: 'wall', before: posters },
  banner: {
    on: 'street',
    before: () =>
      line('M70 96v120M410 96v120', '#6b6f73', 7) +
      rect(74, 104, 332, 34, '#b3231f') +
      line('M100 121h280', '#f3d36b', 7, 'stroke-dasharray="22 10"'),
  },
  board: {
    on: 'street',
    before: (h: Hand) =>
      rect(176, 120, 128, 92, h.pick(['#c9a227', '#8a2f6a', '#2d5f8a'], 'board')) +
      rect(188, 132, 104, 12, '#f4efe0') +
      rect(188, 152, 80, 8, '#f4efe0') +
      rect(206, 212, 8, 36, '#55585b') +
      rect(266, 212, 8, 36, '#55585b'),
  },
  laundry: {
    on: 'street',
    before: (h: Hand) =>
      line('M90 130Q240 158 396 128', '#d8d3c8', 3) +
      h.times(5, (i) =>
        rect(
          112 + i * 56,
          140 + (i % 2) * 4,
          40,
          54,
          h.pick(['#c7596a', '#5b83b8', '#d9d4c4', '#7a9a63', '#b0863f'], 'cloth', i),
        ),
      ),
  },
  shed: {
    on: 'estate',
    before: () =>
      rect(170, 120, 150, 120, '#b0a08a') +
      shape('M158 124L246 84L334 124Z', '#3f79a6') +
      rect(200, 170, 40, 70, '#6f6357') +
      line('M160 116v130M330 116v130', '#c9a64a', 5),
  },
  stall: { on: 'street', before: (h: Hand) => stall(h) },
  outside: {
    on: 'street',
    before: (h: Hand) =>
      crates(h) +
      rect(96, 206, 120, 44, '#7b5b3e') +
      h.times(16, (i) =>
        oval(
          108 + (i % 8) * 14,
          200 - Math.floor(i / 8) * 9,
          7,
          7,
          h.pick(['#d9842b', '#c23c2f', '#7fa540'], 'goods', i),
        ),
      ),
  },
  barbecue: {
    on: 'street',
    before: (h: Hand) =>
      rect(170, 200, 130, 20, '#2b2b2c') +
      rect(178, 220, 8, 34, '#2b2b2c') +
      rect(284, 220, 8, 34, '#2b2b2c') +
      h.times(7, (i) => line(`M${182 + i * 16} 198v-8`, '#b5652d', 6)) +
      h.times(5, (i) =>
        oval(190 + i * 22, 160 - i * 16, 20 + i * 6, 14 + i * 4, '#e8e6e2', 'fill-opacity=".45"'),
      ),
  },
  speaker: {
    on: 'street',
    before: () =>
      rect(196, 166, 66, 84, '#24272b') +
      oval(229, 226, 20, 20, '#4b5057') +
      oval(229, 190, 12, 12, '#4b5057') +
      line('M276 176q16 22 0 48M294 164q26 34 0 72', '#d9d4c8', 4),
  },
  bikes: {
    on: 'street',
    before: (h: Hand) =>
      h.times(6, (i) =>
        bike(
          70 + i * 58,
          240 + h(-8, 22, 'by', i),
          h.pick(['#c23c2f', '#2f6fa0', '#3a7d44', '#b98324', '#555'], 'bike', i),
          h(-8, 8, 'lean', i),
        ),
      ),
  },
  sharedBikes: {
    on: 'street',
    before: (h: Hand) =>
      h.times(5, (i) =>
        bike(
          90 + i * 62,
          246 + h(-6, 20, 'by', i),
          h.pick(['#2aa5c9', '#e0b21b'], 'brand', i),
          h.pick([0, 78, -80], 'fallen', i),
        ),
      ),
  },
  car: {
    on: 'street',
    before: (h: Hand) => car(130, h.pick(['#b8bcc0', '#26323f', '#8c2a28', '#e9e7e2', '#47637d'], 'car')),
  },
  fireLane: {
    on: 'estate',
    stands: () => shape('M90 300H390L360 246H120Z', '#c9463a', 'fill-opacity=".35"'),
    before: (h: Hand) => car(140, h.pick(['#b8bcc0', '#26323f', '#e9e7e2'], 'car')),
  },
  lock: {
    on: 'estate',
    before: (h: Hand) =>
      h.times(
        3,
        (i) =>
          line(`M${140 + i * 80} 280l18 -34l18 34`, '#d0a01f', 7) + oval(158 + i * 80, 282, 24, 5, '#4a4742'),
      ),
  },
  site: { on: 'site', before: (h: Hand) => heap(h, '#a58a63') },
  dust: {
    on: 'site',
    before: (h: Hand) =>
      h.times(8, (i) =>
        oval(
          h(60, 420, 'dx', i),
          h(150, 260, 'dy', i),
          h(40, 90, 'dr', i),
          h(20, 46, 'dh', i),
          '#c9b48d',
          'fill-opacity=".4"',
        ),
      ),
  },
  fence: { on: 'site', stands: (_: Hand, isFine: boolean) => fence(isFine) },
  tracks: {
    on: 'site',
    before: () =>
      line('M120 360Q200 300 300 250M160 360Q240 306 332 252', '#6a4d31', 14, 'stroke-opacity=".75"'),
  },
  works: { on: 'street', before: () => hole(steadyHand) + tape },
  sewage: {
    on: 'street',
    stands: () => oval(240, 296, 40, 15, '#55585b'),
    before: (h: Hand) => stain(h, '#3c3a2b', 7) + oval(240, 292, 34, 12, '#2e2c20'),
  },
  flood: { on: 'street', before: (h: Hand) => water(h, '#7d8a86') },
  burst: {
    on: 'street',
    before: (h: Hand) =>
      water(h, '#9cb8c4') +
      shape('M228 296Q200 180 240 150Q280 180 252 296Z', '#dcebf0', 'fill-opacity=".85"'),
  },
  gas: {
    on: 'street',
    stands: () => oval(240, 298, 34, 13, '#c9a227'),
    before: () => tape + cone(110) + cone(340),
  },
  cable: {
    on: 'street',
    stands: (_: Hand, isFine: boolean) =>
      rect(66, 60, 9, 190, '#6d5c4c') +
      rect(404, 60, 9, 190, '#6d5c4c') +
      line(isFine ? 'M70 78Q240 104 408 78' : 'M70 78Q200 320 300 268T408 84', '#1e1e1f', 5),
  },
  manhole: { on: 'street', stands: (h: Hand, isFine: boolean) => cover(isFine, h) },
  cabinet: { on: 'street', stands: (_: Hand, isFine: boolean) => cabinet(isFine) },
  lamp: {
    on: 'street',
    stands: (h: Hand, isFine: boolean) => lampPost(isFine, isFine ? 0 : h.pick([0, 0, 9], 'lean')),
  },
  busStop: {
    on: 'street',
    stands: (_: Hand, isFine: boolean) =>
      rect(120, 118, 240, 12, '#3f5f73') +
      rect(132, 130, 7, 118, '#55636b') +
      rect(342, 130, 7, 118, '#55636b') +
      rect(160, 144, 90, 66, isFine ? '#a8c4d0' : '#5d6a70') +
      rect(268, 214, 66, 9, '#8a6b45') +
      (isFine ? '' : line('M170 150l30 24l-14 14l40 18', '#e6eef1', 3)),
  },
  railing: { on: 'street', stands: (_: Hand, isFine: boolean) => railing(isFine, 240) },
  waterRailing: { on: 'canal', stands: (_: Hand, isFine: boolean) => railing(isFine, 214) },
  paving: {
    on: 'street',
    before: (h: Hand) =>
      h.times(7, (i) =>
        shape(
          `M${130 + i * 34} ${230 + h(-4, 6, 'ty', i)}l28 ${h(-7, 7, 'tl', i)}l-5 14l-28 3Z`,
          h.pick(['#8f897d', '#a39c8d', '#6f6a61'], 'tile', i),
        ),
      ),
  },
  tree: { on: 'street', stands: (_: Hand, isFine: boolean) => bigTree(isFine) },
  toilet: {
    on: 'street',
    stands: () =>
      rect(140, 110, 200, 130, '#d6d9d4') +
      rect(160, 150, 50, 90, '#5e7f8c') +
      rect(270, 150, 50, 90, '#8c6a5e') +
      rect(140, 100, 200, 14, '#4a7a63'),
    before: (h: Hand) => stain(h, '#5b5436', 3) + scraps(h, 8),
  },
  bins: {
    on: 'street',
    stands: () => bin(170, '#2f7a4d') + bin(226, '#2f5f9a') + bin(282, '#6b6d70'),
    before: (h: Hand) => bags(h, 3, 164, 190) + scraps(h, 12),
  },
  fallenBin: {
    on: 'street',
    stands: (_: Hand, isFine: boolean) =>
      isFine ? bin(210, '#2f7a4d') : `<g transform="rotate(78 240 240)">${bin(210, '#2f7a4d')}</g>`,
    before: (h: Hand) => scraps(h, 10),
  },
  market: { on: 'street', before: (h: Hand) => stall(h) + scraps(h, 14) + stain(h, '#4c4a40', 3) },
} satisfies Record<string, Matter>

export type MatterName = keyof typeof MATTERS
