// What a photo before the work shows: bins, covers, stalls, posters … and, for a few, what stands there afterwards as
// well. Drawn on the ground in the middle of the picture, a little different each time.
import { type Hand, KERB, line, oval, rect, shape } from './draw.ts'
import type { Backdrop } from './places.ts'

export interface Matter {
  on: Backdrop
  /** Seen before and after; a lamp post stays when its lamp is mended. */
  stands?: (hand: Hand, isFine: boolean) => string
  before?: (hand: Hand) => string
}

const X = 190
const SCRAPS = ['#d8d3c4', '#b7402f', '#3e6fa5', '#d9b23c', '#5c8a4a', '#efefe9', '#89705a']

const scraps = (hand: Hand, n: number, x = 130, y = 226, w = 220, h = 70) =>
  hand.times(n, (i) =>
    rect(
      hand(x, x + w, 'sx', i),
      hand(y, y + h, 'sy', i),
      hand(5, 13, 'sw', i),
      hand(3, 8, 'sh', i),
      hand.pick(SCRAPS, 'sc', i),
      `transform="rotate(${hand(-30, 30, 'sr', i).toFixed(0)} ${x + w / 2} ${y})"`,
    ),
  )
const bags = (hand: Hand, n: number, x = 150, y = 232) =>
  hand.times(n, (i) => {
    const [bx, by] = [x + i * 42 + hand(-8, 8, 'bx', i), y + hand(-8, 14, 'by', i)]
    const fill = hand.pick(['#23262b', '#3b3f46', '#8d2f2a', '#dcdad2'], 'bag', i)
    return shape(`M${bx} ${by}q-4 -34 18 -36l4 -10l6 10q24 4 18 36q-22 8 -46 0Z`, fill)
  })
const heap = (hand: Hand, fill: string) =>
  shape(
    `M110 270Q${hand(160, 220, 'peak')} ${hand(170, 200, 'top')} 260 ${hand(196, 220, 'mid')}Q320 220 350 272Z`,
    fill,
  ) +
  hand.times(16, (i) =>
    rect(
      hand(140, 320, 'hx', i),
      hand(226, 266, 'hy', i),
      hand(8, 20, 'hw', i),
      hand(5, 11, 'hh', i),
      hand.pick(['#a1573f', '#c9c2b4', '#8b8378', '#b9afa0'], 'hc', i),
    ),
  )
const stain = (hand: Hand, fill: string, n = 5) =>
  hand.times(n, (i) =>
    oval(
      hand(150, 340, 'ox', i),
      hand(262, 330, 'oy', i),
      hand(24, 64, 'orx', i),
      hand(8, 20, 'ory', i),
      fill,
      'fill-opacity=".7"',
    ),
  )
const hole = (hand: Hand) =>
  oval(240, 296, hand(40, 66, 'hole'), hand(16, 24, 'deep'), '#2f2d2b') +
  oval(240, 292, hand(30, 50, 'in'), 10, '#191817') +
  cone(330) +
  line('M180 290l-30 -8M300 300l36 10M230 318l-14 18', '#3d3b39', 3)
const cone = (x: number) =>
  shape(`M${x} 298l10 -44h8l10 44Z`, '#e2571e') +
  rect(x + 5, 272, 18, 7, '#f4f1e8') +
  rect(x - 4, 296, 36, 6, '#2b2b2b')
const tape =
  line('M60 250Q240 268 430 248', '#e0b21b', 6) +
  line('M60 250Q240 268 430 248', '#1d1d1d', 6, 'stroke-dasharray="12 14"')
const bin = (x: number, fill: string) =>
  rect(x, 188, 40, 58, fill, 'rx="4"') +
  rect(x - 3, 182, 46, 9, '#20352a', 'rx="3"') +
  oval(x + 9, 248, 5, 5, '#1c1c1c') +
  oval(x + 31, 248, 5, 5, '#1c1c1c')
const bike = (x: number, y: number, fill: string, lean = 0) =>
  `<g transform="translate(${x} ${y}) rotate(${lean})">${oval(0, 0, 15, 15, 'none', 'stroke="#23262b" stroke-width="4"')}${oval(46, 0, 15, 15, 'none', 'stroke="#23262b" stroke-width="4"')}${line('M0 0L18 -22H38L46 0M18 -22L28 0H0M36 -34L38 -22', fill, 4)}${rect(10, -30, 16, 5, '#1e1e1e')}</g>`
const car = (x: number, fill: string) =>
  shape(`M${x} 278v-26q0 -10 16 -12l24 -26h70l28 26q22 2 22 16v22Z`, fill) +
  shape(`M${x + 46} 238l16 -18h20v18ZM${x + 88} 238v-18h18l18 18Z`, '#2c3e4d') +
  oval(x + 36, 280, 16, 16, '#1d1f21') +
  oval(x + 126, 280, 16, 16, '#1d1f21') +
  rect(x + 66, 262, 26, 9, '#f2efe6')
const stall = (hand: Hand) =>
  rect(150, 196, 150, 12, '#7b5b3e') +
  rect(158, 206, 8, 44, '#5c432e') +
  rect(284, 206, 8, 44, '#5c432e') +
  shape('M134 150H316L300 118H150Z', hand.pick(['#b33a2f', '#2e6b8f', '#3d7a48', '#b98324'], 'awning')) +
  line('M142 150v46M308 150v46', '#8b8a86', 4) +
  hand.times(18, (i) =>
    oval(
      162 + (i % 9) * 15,
      190 - Math.floor(i / 9) * 10,
      8,
      8,
      hand.pick(['#d9842b', '#c23c2f', '#7fa540', '#e0b93f'], 'fruit', Math.floor(i / 3)),
    ),
  )
const crates = (hand: Hand) =>
  hand.times(5, (i) =>
    rect(
      310 + (i % 2) * 44,
      224 - Math.floor(i / 2) * 30,
      40,
      27,
      hand.pick(['#b98a52', '#2f7fb0', '#b9472f', '#4d8a4a'], 'crate', i),
    ),
  )
const posters = (hand: Hand) =>
  hand.times(11, (i) => {
    const [x, y] = [hand(120, 380, 'px', i), hand(62, 160, 'py', i)]
    return (
      rect(
        x,
        y,
        hand(24, 40, 'pw', i),
        hand(30, 46, 'ph', i),
        hand.pick(['#f2efe2', '#f0d34f', '#e78b7f', '#9fc8e0'], 'pc', i),
        `transform="rotate(${hand(-9, 9, 'pr', i).toFixed(0)} ${x.toFixed(0)} ${y.toFixed(0)})"`,
      ) +
      rect(x + 4, y + 6, 16, 3, '#444') +
      rect(x + 4, y + 13, 12, 3, '#777')
    )
  })
const water = (hand: Hand, fill: string) =>
  shape(
    `M0 ${KERB + 14}Q120 ${KERB - 6} 240 ${KERB + 8}T480 ${KERB + 4}V360H0Z`,
    fill,
    'fill-opacity=".78"',
  ) +
  hand.times(7, (i) =>
    line(`M${hand(20, 400, 'wx', i)} ${hand(276, 340, 'wy', i)}h${hand(30, 80, 'wl', i)}`, '#ffffff66', 2),
  )
const cover = (isFine: boolean, hand: Hand) =>
  oval(240, 296, 62, 24, '#3a3c3f') +
  (isFine
    ? oval(240, 295, 56, 21, '#6a6d70') + line('M200 288h80M196 296h88M200 304h80', '#4c4f52', 4)
    : oval(240, 295, 56, 21, '#101113') +
      oval(306 + hand(-6, 10, 'slid'), 312, 52, 18, '#6a6d70') +
      cone(128))
const lampPost = (isFine: boolean, lean = 0) =>
  `<g transform="rotate(${lean} 300 246)">${rect(296, 40, 8, 206, '#5c6166')}${line('M300 44Q270 30 244 42', '#5c6166', 6)}${oval(240, 48, 18, 8, isFine ? '#ffe9a3' : '#3d4043')}${isFine ? shape('M222 52L150 246H330L258 52Z', '#ffe9a3', 'fill-opacity=".18"') : ''}</g>`
const railing = (isFine: boolean, y = 216) =>
  Array.from({ length: 9 }, (_, i) =>
    isFine || i < 4 || i > 6
      ? rect(30 + i * 50, y - 40, 6, 46, '#e9e7e0')
      : `<g transform="rotate(62 ${30 + i * 50} ${y})">${rect(30 + i * 50, y - 40, 6, 46, '#e9e7e0')}</g>`,
  ).join('') +
  line(
    isFine
      ? `M26 ${y - 34}H444M26 ${y - 14}H444`
      : `M26 ${y - 34}H220M26 ${y - 14}H220M390 ${y - 34}H444M240 ${y + 10}L372 ${y + 26}`,
    '#e9e7e0',
    5,
  )
const bigTree = (isFine: boolean) =>
  rect(228, 90, 18, 158, '#5f4938') +
  oval(236, 70, 78, 58, '#4f7a3d') +
  oval(196, 92, 44, 34, '#5c8a47') +
  (isFine
    ? ''
    : `<g transform="rotate(38 250 150)">${rect(246, 96, 10, 130, '#5f4938')}${oval(252, 232, 46, 30, '#5c8a47')}</g>`)
const cabinet = (isFine: boolean) =>
  rect(190, 146, 100, 102, '#9aa39b') +
  rect(184, 244, 112, 8, '#6d6a64') +
  (isFine
    ? line('M240 150v94', '#6e776f', 3)
    : rect(200, 152, 80, 90, '#2a2e2b') +
      line('M210 170h60M210 190h60M210 212h60', '#b58a3a', 4) +
      shape('M190 146l-46 16v96l46 -10Z', '#b1b9b2'))
const fence = (isFine: boolean) =>
  isFine
    ? ''
    : shape('M186 150l62 12l-10 76l-62 -18Z', '#2a5f92') +
      shape('M186 150h62v68h-62Z', '#3d3a36', 'fill-opacity=".55"')

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
  piles: { on: 'wall', before: (h: Hand) => crates(h) + hStack(h) },
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
  works: { on: 'street', before: () => hole(fixedHand) + tape },
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
      isFine ? bin(X + 20, '#2f7a4d') : `<g transform="rotate(78 240 240)">${bin(X + 20, '#2f7a4d')}</g>`,
    before: (h: Hand) => scraps(h, 10),
  },
  market: { on: 'street', before: (h: Hand) => stall(h) + scraps(h, 14) + stain(h, '#4c4a40', 3) },
} satisfies Record<string, Matter>

const hStack = (h: Hand) =>
  h.times(6, (i) =>
    rect(
      120 + (i % 3) * 50,
      228 - Math.floor(i / 3) * 34,
      46,
      32,
      h.pick(['#b79a6b', '#c9ad7d', '#a88655'], 'box', i),
    ),
  )
const fixedHand: Hand = Object.assign((low: number, high: number) => (low + high) / 2, {
  pick: <T>(items: readonly T[]): T => items[0] as T,
  times: (n: number, make: (i: number) => string) =>
    Array.from({ length: Math.floor(n) }, (_, i) => make(i)).join(''),
})

export type MatterName = keyof typeof MATTERS
