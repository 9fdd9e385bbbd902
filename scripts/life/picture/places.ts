// Where a drawn photo is taken: a street, a lane, a canal, a park, a building site, an estate. The same seed is the same
// place, by day and by night.
import { type Hand, HEIGHT, KERB, line, oval, rect, shape, WIDTH } from './draw.ts'

export type Backdrop = 'street' | 'wall' | 'canal' | 'park' | 'site' | 'estate'

export function backdrop(kind: Backdrop, hand: Hand, isNight: boolean): string {
  const drawn = { street, wall, canal, park, site, estate }[kind](hand)
  const dusk = isNight ? rect(0, 0, WIDTH, HEIGHT, '#0a1230', 'fill-opacity=".58"') : ''
  return sky(hand) + drawn + dusk
}

function sky(hand: Hand): string {
  const [hue, light] = [hand(200, 218, 'sky'), hand(72, 88, 'light')]
  return rect(0, 0, WIDTH, 220, `hsl(${hue} ${hand(20, 45, 'haze')}% ${light}%)`)
}

const WALLS = ['#cdbfa8', '#d8cdbb', '#b9a58c', '#c7c3bb', '#a9b0b5', '#d9c8b4', '#bfae9e', '#c2b9c0']
const SIGNS = ['#b8372e', '#2f6f4f', '#27518a', '#a2662b', '#6b3f74', '#c48a1b', '#3b7d86']

function ground(pavement: string, road: string, hand: Hand): string {
  const slabs = hand.times(12, (i) =>
    line(`M${i * 44 - 20} ${KERB - 44}L${i * 52 - 60} ${KERB}`, '#00000018', 1.5),
  )
  return (
    rect(0, KERB - 46, WIDTH, 46, pavement) +
    slabs +
    rect(0, KERB - 3, WIDTH, 6, '#8d8a82') +
    rect(0, KERB + 3, WIDTH, HEIGHT - KERB, road) +
    line(`M0 ${KERB + 62}H${WIDTH}`, '#e8e3d0', 4, 'stroke-dasharray="36 28"')
  )
}

/** A row of houses, with shops on the ground floor. */
function street(hand: Hand): string {
  const houses = hand.times(5, (i) => {
    const w = 100
    const h = hand(80, 165, 'h', i)
    const x = i * w - 8
    const windows = hand.times(6, (n) =>
      rect(
        x + 10 + (n % 3) * 29,
        200 - h + 10 + Math.floor(n / 3) * 30,
        18,
        18,
        `hsl(205 22% ${hand(38, 60, 'w', i, n)}%)`,
      ),
    )
    const shop =
      rect(x + 5, 158, w - 12, 42, hand.pick(['#6f6a63', '#8a8178', '#5d6670'], 'shutter', i)) +
      rect(x + 3, 146, w - 8, 14, hand.pick(SIGNS, 'sign', i))
    return rect(x, 200 - h, w - 3, h, hand.pick(WALLS, 'wall', i)) + windows + shop
  })
  return (
    houses + trees(hand, 2) + ground('#bdb7aa', hand.pick(['#6d6f73', '#62656a', '#77787a'], 'road'), hand)
  )
}

function trees(hand: Hand, n: number): string {
  return hand.times(n, (i) => {
    const x = hand(30, 450, 'tree', i)
    const green = `hsl(${hand(90, 130, 'green', i)} ${hand(22, 42, 'lush', i)}% ${hand(30, 42, 'leaf', i)}%)`
    return (
      rect(x - 4, 150, 8, 66, '#6b5340') +
      oval(x, 128, hand(28, 44, 'crown', i), hand(30, 44, 'tall', i), green)
    )
  })
}

/** One long wall close by, as in a lane: no two have their doors, windows and pipes in the same places. */
function wall(hand: Hand): string {
  const tone = hand.pick(['#c9c2b4', '#b9b1a4', '#d2c5ae', '#a7a9a6', '#9d8f80', '#dcd6c8'], 'wall')
  const top = hand(18, 70, 'top')
  const foot = hand(196, 238, 'foot')
  const things = hand.times(hand(3, 6.9, 'things'), (i) => {
    const x = hand(0, 430, 'tx', i)
    const kind = hand.pick(['door', 'window', 'window', 'pipe', 'patch', 'tree', 'gate'], 'thing', i)
    if (kind === 'door')
      return rect(x, foot - 112, 58, 112, '#5a4032') + rect(x + 8, foot - 100, 18, 42, '#6c4d3c')
    if (kind === 'gate') return rect(x, foot - 130, hand(90, 130, 'gate', i), 130, '#4a5560')
    if (kind === 'pipe') return rect(x, top, 9, foot - top, '#e4e0d6')
    if (kind === 'patch')
      return rect(
        x,
        hand(top + 10, foot - 60, 'py', i),
        hand(60, 140, 'pw', i),
        hand(30, 60, 'ph', i),
        '#00000024',
      )
    if (kind === 'tree')
      return rect(x + 30, foot - 90, 10, 100, '#5f4938') + oval(x + 35, foot - 130, 52, 50, '#55803f')
    const y = hand(top + 14, foot - 96, 'wy', i)
    return rect(x, y, hand(44, 84, 'ww', i), 52, '#39434d') + rect(x + 4, y + 4, 18, 44, '#6f8290')
  })
  return (
    rect(0, top, WIDTH, foot - top + 4, tone) +
    hand.times(9, (i) => line(`M0 ${top + 16 + i * 18}H${WIDTH}`, '#00000012', 1.5)) +
    rect(0, top - 14, WIDTH, 16, hand.pick(['#5d5550', '#7a4438', '#44505a'], 'roof')) +
    things +
    rect(0, foot, WIDTH, HEIGHT - foot, hand.pick(['#8f8a82', '#807e7a', '#99938a', '#6f6d6a'], 'lane'))
  )
}

function canal(hand: Hand): string {
  const far = hand.times(7, (i) =>
    rect(i * 74 - 10, 120 - hand(20, 60, 'far', i), 70, 90, hand.pick(WALLS, 'fw', i)),
  )
  return (
    far +
    rect(0, 150, WIDTH, 40, '#7f8f63') +
    shape(`M0 182H${WIDTH}V${HEIGHT}H0Z`, `hsl(${hand(160, 195, 'water')} 26% 40%)`) +
    hand.times(9, (i) =>
      line(`M${hand(0, 400, 'rx', i)} ${hand(200, 340, 'ry', i)}h${hand(24, 70, 'rl', i)}`, '#ffffff30', 2),
    ) +
    shape(`M0 ${HEIGHT}V300L150 ${HEIGHT}Z`, '#9a958b') +
    hand.times(8, (i) => line(`M${i * 64} 150v32`, '#e2ded4', 4)) +
    line(`M0 152H${WIDTH}`, '#e2ded4', 5)
  )
}

function park(hand: Hand): string {
  return (
    rect(0, 130, WIDTH, 230, '#7fa05f') +
    hand.times(6, (i) => {
      const x = i * 86 + hand(0, 40, 'px', i)
      return (
        rect(x - 5, 96, 9, 60, '#6b5340') +
        oval(
          x,
          80,
          hand(32, 50, 'pc', i),
          hand(34, 48, 'pt', i),
          `hsl(${hand(90, 125, 'pg', i)} 34% ${hand(28, 40, 'pl', i)}%)`,
        )
      )
    }) +
    shape(`M140 ${HEIGHT}Q230 230 ${hand(260, 420, 'path')} 150h36Q330 240 330 ${HEIGHT}Z`, '#cbbf9f')
  )
}

function site(hand: Hand): string {
  const crane = hand(40, 400, 'crane')
  const fence = hand(118, 168, 'fence')
  const [one, other] = hand.pick(
    [
      ['#2d6fa8', '#347ab6'],
      ['#3b8a55', '#46995f'],
      ['#8c9399', '#9aa1a6'],
      ['#b0552f', '#bd6138'],
    ] as const,
    'panels',
  )
  const frames = hand.times(hand(1, 3.9, 'frames'), (f) => {
    const [x, w, h] = [hand(-30, 380, 'fx', f), hand(80, 210, 'fw', f), hand(50, 140, 'fh', f)]
    return (
      rect(x, fence - h, w, h, hand.pick(['#9a9c9b', '#a59a8c', '#8d9299'], 'concrete', f)) +
      hand.times(w / 40, (i) => rect(x + 10 + i * 40, fence - h + 12, 24, h - 20, '#6b7076'))
    )
  })
  return (
    rect(crane, 14, 7, fence - 14, '#d2a21f') +
    rect(crane - hand(40, 110, 'arm'), 16, 190, 6, '#d2a21f') +
    frames +
    hand.times(8, (i) => rect(i * 62, fence, 60, 218 - fence, i % 2 === 0 ? one : other)) +
    rect(0, fence, WIDTH, 7, '#e9e4d7') +
    ground(
      hand.pick(['#b3a58e', '#c2ad8a', '#9d9484'], 'mud'),
      hand.pick(['#77726a', '#8a7d6a', '#66645f'], 'track'),
      hand,
    ) +
    trees(hand, hand(0, 2.9, 'trees'))
  )
}

function estate(hand: Hand): string {
  const blocks = hand.times(3, (i) => {
    const x = i * 168 - 12
    return (
      rect(x, 24, 150, 176, hand.pick(WALLS, 'block', i)) +
      hand.times(20, (n) =>
        rect(
          x + 10 + (n % 5) * 28,
          34 + Math.floor(n / 5) * 40,
          17,
          24,
          `hsl(208 20% ${hand(40, 62, 'bw', i, n)}%)`,
        ),
      ) +
      rect(x + 60, 168, 28, 32, '#4d4a48')
    )
  })
  return blocks + rect(0, 196, WIDTH, 24, '#6f9155') + rect(0, 216, WIDTH, 144, '#a9a59c') + trees(hand, 2)
}
