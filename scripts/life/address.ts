// A spot in words, as people on site write it: house numbers along a road, crossings, so many metres from a bridge or a
// landmark. Directions and distances are those of the map.
import { dice, pick, whole } from './chance.ts'
import type { Ground, LngLat, NamedLine, Spot } from './places.ts'
import { walk } from './places.ts'

type Point = readonly [number, number]

export interface Addresses {
  of(spot: Spot, seed: string): string
  /** Number on the nearest lamp post of a named road, e.g. `RM-0143`. */
  lampAt(spot: Spot): string
}

const NEAR_CROSSING = 45
const FROM_CROSSING = 130
const NEAR_LANDMARK = 170

const COMPASS = ['东', '东北', '北', '西北', '西', '西南', '南', '东南'] as const

/** Direction of `to` seen from `from`. */
function direction(from: Point, to: Point): string {
  const turn = Math.atan2(to[1] - from[1], to[0] - from[0]) / (Math.PI / 4)
  return COMPASS[((Math.round(turn) % 8) + 8) % 8] ?? '东'
}
const apart = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])
/** As people guess: by fives when near, by tens when far. */
const rounded = (metres: number) =>
  metres < 30 ? Math.max(5, Math.round(metres / 5) * 5) : Math.round(metres / 10) * 10

/** Places inside, by what a place is. */
const IN_PARK = ['健身步道旁', '凉亭旁', '儿童游乐区旁', '公厕旁', '宣传栏旁', '长椅旁', '停车场旁'] as const
const ON_SQUARE = ['喷泉旁', '旗台旁', '东侧花坛旁', '西侧花坛旁', '健身区旁', '宣传栏旁'] as const
const AT_SITE = ['北侧', '南侧', '东侧', '西侧', '东北角', '大门口', '大门口'] as const
const IN_MARKET = ['水产区', '蔬菜区', '熟食区', '东门', '西门', '北侧通道'] as const
const IN_ESTATE = ['垃圾亭旁', '东门内', '西门口', '物业办公室旁', '车棚旁', '健身器材旁'] as const
const AROUND = ['居委会对面', '文化活动室旁', '卫生服务站旁', '便民服务点旁', '健身点旁', '停车场旁'] as const

export function openAddresses(ground: Ground): Addresses {
  const crossings = crossingsOf(ground.roads)
  const bridges = bridgesOf(ground)
  const landmarks = ground.landmarks
    .filter((l) => l.class !== 'hill')
    .map((l) => ({ ...l, at: ground.toPlane(l) }))
  const abbreviations = lampLetters(ground.roads)

  const community = (spot: Spot) => ground.names.get(spot.community) ?? spot.name
  const nearest = <T extends { at: Point }>(items: readonly T[], at: Point): T | undefined =>
    items.reduce<T | undefined>(
      (best, item) => (best === undefined || apart(item.at, at) < apart(best.at, at) ? item : best),
      undefined,
    )

  function onRoad(spot: Spot, at: Point, seed: string): string {
    const crossing = nearest(
      crossings.filter((c) => c.roads.includes(spot.name)),
      at,
    )
    const other = crossing?.roads.find((r) => r !== spot.name) ?? ''
    const far = crossing ? apart(crossing.at, at) : Number.POSITIVE_INFINITY
    if (crossing && far < NEAR_CROSSING) return `${spot.name}${other}口${direction(crossing.at, at)}侧`
    const landmark = nearest(landmarks, at)
    if (landmark && apart(landmark.at, at) < NEAR_LANDMARK && dice(seed, 'landmark') < 0.7)
      return `${spot.name}${landmark.name}${direction(landmark.at, at)}侧约${rounded(apart(landmark.at, at))}米`
    if (crossing && far < FROM_CROSSING && dice(seed, 'crossing') < 0.6)
      return `${spot.name}${other}口以${direction(crossing.at, at).slice(0, 1)}约${rounded(far)}米`
    const number = houseNumber(spot.along, spot.side, spot.kind === 'lane' ? 7 : 34)
    return `${spot.name}${number}号${pick(spot.kind === 'lane' ? ['门前', '对面', '门口', '墙边'] : ['门前', '门前', '对面', '旁'], seed, 'door')}`
  }

  function byWater(spot: Spot, at: Point, seed: string): string {
    const bridge = nearest(
      bridges.filter((b) => b.water === spot.name),
      at,
    )
    if (bridge && apart(bridge.at, at) < 260)
      return `${spot.name}${bridge.name}${direction(bridge.at, at)}侧约${rounded(apart(bridge.at, at))}米`
    const road = nearestRoad(ground.roads, at)
    if (road && road.metres < 140) return `${spot.name}${road.name}段`
    return `${spot.name}${community(spot)}段${pick(['岸边', '护坡处', '亲水台阶旁', '排口旁'], seed, 'bank')}`
  }

  function around(spot: Spot, at: Point, seed: string): string {
    const landmark = nearest(landmarks, at)
    if (landmark && apart(landmark.at, at) < 120)
      return `${landmark.name}${direction(landmark.at, at)}侧约${rounded(apart(landmark.at, at))}米`
    const road = nearestRoad(ground.roads, at)
    if (road && road.metres < 110 && dice(seed, 'road') < 0.6)
      return `${road.name}${houseNumber(road.along, whole(0, 1, spot.lng) as 0 | 1, 30)}号${pick(['后侧小路', '旁巷子', '背后'], seed, 'behind')}`
    return dice(seed, 'house') < 0.6
      ? `${community(spot)}${whole(1, 68, spot.lng, spot.lat)}号居民楼${pick(['旁', '前', '东侧', '北侧', '对面'], seed, 'door')}`
      : `${community(spot)}${pick(AROUND, seed, 'around')}`
  }

  return {
    of(spot, seed) {
      const at = ground.toPlane(spot)
      switch (spot.kind) {
        case 'main-road':
        case 'road':
        case 'lane':
          return onRoad(spot, at, seed)
        case 'water':
          return byWater(spot, at, seed)
        case 'park':
          return `${spot.name}${pick(spot.name.endsWith('广场') ? ON_SQUARE : IN_PARK, seed, 'park')}`
        case 'open':
          if (spot.name !== '' && ground.landmarks.some((l) => l.name === spot.name && l.class === 'market'))
            return `${spot.name}${pick(IN_MARKET, seed, 'market')}`
          return around(spot, at, seed)
        case 'site':
          return `${spot.name}${pick(AT_SITE, seed, 'site')}`
        case 'estate':
          return dice(seed, 'block') < 0.75
            ? `${spot.name}${whole(1, 26, spot.lng)}栋${dice(seed, 'stairs') < 0.5 ? `${whole(1, 4, spot.lat)}单元楼下` : pick(['前', '后', '东侧', '西侧'], seed, 'block-side')}`
            : `${spot.name}${pick(IN_ESTATE, seed, 'estate')}`
        default:
          return around(spot, at, seed)
      }
    },
    lampAt(spot) {
      const road =
        spot.along === undefined ? nearestRoad(ground.roads, ground.toPlane(spot))?.name : spot.name
      const number =
        spot.along === undefined ? whole(1, 320, spot.lng, spot.lat) : Math.round(spot.along / 30) + 1
      return `${abbreviations.get(road ?? '') ?? 'LD'}-${String(number).padStart(4, '0')}`
    },
  }
}

/** Odd on one side, even on the other, rising along the road. */
const houseNumber = (along: number | undefined, side: 0 | 1 | undefined, metresEach: number) =>
  2 * Math.floor((along ?? 0) / metresEach) + 1 + (side ?? 0)

/** Letters on lamp posts: initials that stand for a road, kept apart where two would be the same. */
function lampLetters(roads: readonly NamedLine[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  const taken = new Set<string>()
  for (const { name } of roads) {
    if (letters.has(name)) continue
    const known = INITIALS[name] ?? 'LD'
    const free = taken.has(known) ? `${known}${taken.size}` : known
    taken.add(free)
    letters.set(name, free)
  }
  return letters
}

const INITIALS: Readonly<Record<string, string>> = {
  人民路: 'RM',
  建设路: 'JS',
  湖滨路: 'HB',
  纺织路: 'FZ',
  鼓楼大道: 'GL',
  迎宾大道: 'YB',
  金桥大道: 'JQ',
  西门路: 'XM',
  环湖南路: 'HN',
  滨河路: 'BH',
  工业大道: 'GY',
  园区路: 'YQ',
}

interface Near {
  name: string
  metres: number
  /** Metres along the road, to its nearest corner. */
  along: number
}

function nearestRoad(roads: readonly NamedLine[], at: Point): Near | undefined {
  let best: Near | undefined
  for (const { name, points } of roads) {
    let along = 0
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Point, points[i] as Point]
      const metres = toSegment(at, a, b)
      if (best === undefined || metres < best.metres) best = { name, metres, along }
      along += apart(a, b)
    }
  }
  return best
}

function toSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
  return apart(p, [a[0] + dx * t, a[1] + dy * t])
}

interface Crossing {
  at: Point
  roads: readonly [string, string]
}

function crossingsOf(roads: readonly NamedLine[]): Crossing[] {
  const found: Crossing[] = []
  for (const [i, a] of roads.entries())
    for (const b of roads.slice(i + 1)) {
      if (a.name === b.name) continue
      for (const at of meetings(a.points, b.points)) found.push({ at, roads: [a.name, b.name] })
    }
  return found
}

function meetings(a: readonly Point[], b: readonly Point[]): Point[] {
  const found: Point[] = []
  for (let i = 1; i < a.length; i++)
    for (let j = 1; j < b.length; j++) {
      const at = meeting(a[i - 1] as Point, a[i] as Point, b[j - 1] as Point, b[j] as Point)
      if (at) found.push(at)
    }
  return found
}

function meeting(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [ax, ay] = [b[0] - a[0], b[1] - a[1]]
  const [bx, by] = [d[0] - c[0], d[1] - c[1]]
  const cross = ax * by - ay * bx
  if (Math.abs(cross) < 1e-9) return undefined
  const t = ((c[0] - a[0]) * by - (c[1] - a[1]) * bx) / cross
  const u = ((c[0] - a[0]) * ay - (c[1] - a[1]) * ax) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [a[0] + ax * t, a[1] + ay * t] : undefined
}

/** Where a named road runs over water: the middle of its stretch in a water zone. */
function bridgesOf(ground: Ground): { water: string; name: string; at: Point }[] {
  const bridges = new Map<string, { water: string; name: string; sum: [number, number]; n: number }>()
  for (const road of ground.roads)
    walk(road.points, 3, (p) => {
      const spot = ground.spotAt(ground.toDegrees(p) as LngLat)
      if (spot?.kind !== 'water') return
      const key = `${spot.name} ${road.name}`
      const bridge = bridges.get(key) ?? { water: spot.name, name: `${road.name}桥`, sum: [0, 0], n: 0 }
      bridge.sum = [bridge.sum[0] + p[0], bridge.sum[1] + p[1]]
      bridge.n += 1
      bridges.set(key, bridge)
    })
  return [...bridges.values()].map((b) => ({
    water: b.water,
    name: b.name,
    at: [b.sum[0] / b.n, b.sum[1] / b.n],
  }))
}
