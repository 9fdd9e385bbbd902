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

/** One long wall close by, as in a lane. */
function wall(hand: Hand): string {
  const tone = hand.pick(['#c9c2b4', '#b9b1a4', '#d2c5ae', '#a7a9a6'], 'wall')
  const door = hand(20, 330, 'door')
  return (
    rect(0, 40, WIDTH, 180, tone) +
    hand.times(9, (i) => line(`M0 ${58 + i * 18}H${WIDTH}`, '#00000012', 1.5)) +
    rect(0, 28, WIDTH, 16, '#5d5550') +
    rect(door, 110, 58, 110, '#5a4032') +
    rect(door + 8, 120, 18, 42, '#6c4d3c') +
    rect(0, 218, WIDTH, 142, hand.pick(['#8f8a82', '#807e7a', '#99938a'], 'lane'))
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
  const crane = hand(60, 360, 'crane')
  return (
    rect(crane, 20, 7, 160, '#d2a21f') +
    rect(crane - 70, 22, 190, 6, '#d2a21f') +
    rect(hand(20, 120, 'frame'), 70, 180, 130, '#9a9c9b') +
    hand.times(9, (i) =>
      rect(hand(20, 120, 'frame') + 12 + (i % 3) * 58, 82 + Math.floor(i / 3) * 38, 40, 24, '#70757a'),
    ) +
    hand.times(8, (i) => rect(i * 62, 150, 60, 68, i % 2 === 0 ? '#2d6fa8' : '#347ab6')) +
    rect(0, 150, WIDTH, 7, '#e9e4d7') +
    ground('#b3a58e', '#77726a', hand)
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
