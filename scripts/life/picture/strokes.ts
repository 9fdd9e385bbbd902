// What lies and stands about on drawn photos: bags, heaps, bins, bicycles, stalls, covers, lamps. Each a little different.
import { type Hand, KERB, line, oval, rect, shape } from './draw.ts'

const SCRAPS = ['#d8d3c4', '#b7402f', '#3e6fa5', '#d9b23c', '#5c8a4a', '#efefe9', '#89705a']

export const scraps = (hand: Hand, n: number, x = 130, y = 226, w = 220, h = 70) =>
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
export const bags = (hand: Hand, n: number, x = 150, y = 232) =>
  hand.times(n, (i) => {
    const [bx, by] = [x + i * 42 + hand(-8, 8, 'bx', i), y + hand(-8, 14, 'by', i)]
    const fill = hand.pick(['#23262b', '#3b3f46', '#8d2f2a', '#dcdad2'], 'bag', i)
    return shape(`M${bx} ${by}q-4 -34 18 -36l4 -10l6 10q24 4 18 36q-22 8 -46 0Z`, fill)
  })
export const heap = (hand: Hand, fill: string) =>
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
export const stain = (hand: Hand, fill: string, n = 5) =>
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
export const hole = (hand: Hand) =>
  oval(240, 296, hand(40, 66, 'hole'), hand(16, 24, 'deep'), '#2f2d2b') +
  oval(240, 292, hand(30, 50, 'in'), 10, '#191817') +
  cone(330) +
  line('M180 290l-30 -8M300 300l36 10M230 318l-14 18', '#3d3b39', 3)
export const cone = (x: number) =>
  shape(`M${x} 298l10 -44h8l10 44Z`, '#e2571e') +
  rect(x + 5, 272, 18, 7, '#f4f1e8') +
  rect(x - 4, 296, 36, 6, '#2b2b2b')
export const tape =
  line('M60 250Q240 268 430 248', '#e0b21b', 6) +
  line('M60 250Q240 268 430 248', '#1d1d1d', 6, 'stroke-dasharray="12 14"')
export const bin = (x: number, fill: string) =>
  rect(x, 188, 40, 58, fill, 'rx="4"') +
  rect(x - 3, 182, 46, 9, '#20352a', 'rx="3"') +
  oval(x + 9, 248, 5, 5, '#1c1c1c') +
  oval(x + 31, 248, 5, 5, '#1c1c1c')
export const bike = (x: number, y: number, fill: string, lean = 0) =>
  `<g transform="translate(${x} ${y}) rotate(${lean})">${oval(0, 0, 15, 15, 'none', 'stroke="#23262b" stroke-width="4"')}${oval(46, 0, 15, 15, 'none', 'stroke="#23262b" stroke-width="4"')}${line('M0 0L18 -22H38L46 0M18 -22L28 0H0M36 -34L38 -22', fill, 4)}${rect(10, -30, 16, 5, '#1e1e1e')}</g>`
export const car = (x: number, fill: string) =>
  shape(`M${x} 278v-26q0 -10 16 -12l24 -26h70l28 26q22 2 22 16v22Z`, fill) +
  shape(`M${x + 46} 238l16 -18h20v18ZM${x + 88} 238v-18h18l18 18Z`, '#2c3e4d') +
  oval(x + 36, 280, 16, 16, '#1d1f21') +
  oval(x + 126, 280, 16, 16, '#1d1f21') +
  rect(x + 66, 262, 26, 9, '#f2efe6')
export const stall = (hand: Hand) =>
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
export const crates = (hand: Hand) =>
  hand.times(5, (i) =>
    rect(
      310 + (i % 2) * 44,
      224 - Math.floor(i / 2) * 30,
      40,
      27,
      hand.pick(['#b98a52', '#2f7fb0', '#b9472f', '#4d8a4a'], 'crate', i),
    ),
  )
export const posters = (hand: Hand) =>
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
export const water = (hand: Hand, fill: string) =>
  shape(
    `M0 ${KERB + 14}Q120 ${KERB - 6} 240 ${KERB + 8}T480 ${KERB + 4}V360H0Z`,
    fill,
    'fill-opacity=".78"',
  ) +
  hand.times(7, (i) =>
    line(`M${hand(20, 400, 'wx', i)} ${hand(276, 340, 'wy', i)}h${hand(30, 80, 'wl', i)}`, '#ffffff66', 2),
  )
export const cover = (isFine: boolean, hand: Hand) =>
  oval(240, 296, 62, 24, '#3a3c3f') +
  (isFine
    ? oval(240, 295, 56, 21, '#6a6d70') + line('M200 288h80M196 296h88M200 304h80', '#4c4f52', 4)
    : oval(240, 295, 56, 21, '#101113') +
      oval(306 + hand(-6, 10, 'slid'), 312, 52, 18, '#6a6d70') +
      cone(128))
export const lampPost = (isFine: boolean, lean = 0) =>
  `<g transform="rotate(${lean} 300 246)">${rect(296, 40, 8, 206, '#5c6166')}${line('M300 44Q270 30 244 42', '#5c6166', 6)}${oval(240, 48, 18, 8, isFine ? '#ffe9a3' : '#3d4043')}${isFine ? shape('M222 52L150 246H330L258 52Z', '#ffe9a3', 'fill-opacity=".18"') : ''}</g>`
export const railing = (isFine: boolean, y = 216) =>
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
export const bigTree = (isFine: boolean) =>
  rect(228, 90, 18, 158, '#5f4938') +
  oval(236, 70, 78, 58, '#4f7a3d') +
  oval(196, 92, 44, 34, '#5c8a47') +
  (isFine
    ? ''
    : `<g transform="rotate(38 250 150)">${rect(246, 96, 10, 130, '#5f4938')}${oval(252, 232, 46, 30, '#5c8a47')}</g>`)
export const cabinet = (isFine: boolean) =>
  rect(190, 146, 100, 102, '#9aa39b') +
  rect(184, 244, 112, 8, '#6d6a64') +
  (isFine
    ? line('M240 150v94', '#6e776f', 3)
    : rect(200, 152, 80, 90, '#2a2e2b') +
      line('M210 170h60M210 190h60M210 212h60', '#b58a3a', 4) +
      shape('M190 146l-46 16v96l46 -10Z', '#b1b9b2'))
export const fence = (isFine: boolean) =>
  isFine
    ? ''
    : shape('M186 150l62 12l-10 76l-62 -18Z', '#2a5f92') +
      shape('M186 150h62v68h-62Z', '#3d3a36', 'fill-opacity=".55"')

export const boxes = (h: Hand) =>
  h.times(6, (i) =>
    rect(
      120 + (i % 3) * 50,
      228 - Math.floor(i / 3) * 34,
      46,
      32,
      h.pick(['#b79a6b', '#c9ad7d', '#a88655'], 'box', i),
    ),
  )
export const steadyHand: Hand = Object.assign((low: number, high: number) => (low + high) / 2, {
  pick: <T>(items: readonly T[]): T => items[0] as T,
  times: (n: number, make: (i: number) => string) =>
    Array.from({ length: Math.floor(n) }, (_, i) => make(i)).join(''),
})
