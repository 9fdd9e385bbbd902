// What is reported: one matter at a time, at a given instant, with everything a person sends along. The same seed at the
// same instant in the same town is always the same report.
import type { Source } from '#domain/case.ts'
import { cityHour } from '#domain/city-time.ts'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import type { Scene } from '#domain/demo.ts'
import { type Choose, chooseByChance, dice, pick, pickWeighted, whole } from './chance.ts'
import { sourceOf } from './mix.ts'
import type { Facility } from './town.ts'
import type { LngLat, Spot, SpotKind } from './places.ts'
import type { Town } from './town.ts'
import type { SourceGroup } from './volume.ts'
import { AT_LANDMARK, kindsFor } from './where.ts'
import { reportText, SELF_HANDLED_CODES, selfText } from './words.ts'

export interface Incident {
  seed: string
  at: number
  category: string
  source: Source
  /** Who brings it: a grid member or supervisor of `grid`, the centre's operator, or a resident without an account. */
  by: 'grid-member' | 'supervisor' | 'operator' | 'anonymous'
  grid: string
  street: string
  kind: SpotKind
  /** WGS-84. */
  position: LngLat
  accuracyM: number
  component?: string | undefined
  description: string
  address: string
  sourceDetail?: string | undefined
  reporter?: { name: string; phone: string } | undefined
  /** Fixed on the spot by the grid member: what was done. */
  selfHandled?: string | undefined
  /** Seed of the open incident that this reports a second time. */
  repeats?: string | undefined
}

export interface IncidentOptions {
  seed: string
  at: number
  group: SourceGroup
  scene?: Scene
  /** By chance, unless a history keeps its shares even. */
  choose?: Choose
  /** Given, where only place and words are to be found. */
  category?: string
  /** Given, where only words are to be found. */
  spot?: Spot | Facility
  /** A small thing that the grid member fixes at once. */
  onTheSpot?: boolean
}

/** Categories that a sensor can notice. */
const SENSED: readonly string[] = ['E0192', 'E0304', 'E0503', 'E0506', 'C0137', 'C0102', 'C0103', 'E0502']
/** Of components, these are reported with their number. */
const NUMBERED = 0.85

export function incident(town: Town, options: IncidentOptions): Incident {
  const { seed, at, group, choose = chooseByChance, onTheSpot = false } = options
  const source = sourceOf(group, seed)
  const category = options.category ?? categoryFor(town, options)
  const spot = options.spot ?? spotFor(town, category, seed, choose)
  return made(town, { seed, at, source, category, spot, onTheSpot })
}

/** What is reported there and then, by the shares of the city pack. */
export function categoryFor(town: Town, options: IncidentOptions): string {
  const { seed, at, group, scene = 'ordinary', choose = chooseByChance, onTheSpot = false } = options
  const weights = town.mix.weights(at, group, scene)
  const isSensed = sourceOf(group, seed) === 'sensor'
  const fits = (code: string) =>
    (!onTheSpot || SELF_HANDLED_CODES.includes(code)) && (!isSensed || SENSED.includes(code))
  const able = town.mix.codes.some(fits) ? fits : () => true
  const about = onTheSpot ? 'self-category' : 'category'
  return choose(about, town.mix.codes, (_, i) => weights[i] ?? 0, seed, able)
}

/** Somebody else reports the same open matter, in other words and from a few metres away. */
export function secondReport(
  town: Town,
  first: Incident,
  { seed, at, group }: Pick<IncidentOptions, 'seed' | 'at' | 'group'>,
): Incident {
  const spot = town.ground.spotAt(first.position)
  const near: Spot = spot
    ? { ...spot, kind: first.kind }
    : {
        ...first.position,
        kind: first.kind,
        name: '',
        grid: first.grid,
        community: first.grid,
        street: first.street,
      }
  const drawn = sourceOf(group, seed)
  const second = made(town, {
    seed,
    at,
    source: drawn === 'sensor' ? 'citizen' : drawn,
    category: first.category,
    spot: near,
    onTheSpot: false,
    unlike: first,
  })
  return {
    ...second,
    repeats: first.seed,
    ...(first.component === undefined ? {} : { component: first.component }),
  }
}

/** A place for the category: a component of the register, the landmark it belongs to, or a spot of a fitting kind. */
export function spotFor(town: Town, category: string, seed: string, choose: Choose): Spot | Facility {
  const registered = town.facilities.get(category) ?? []
  if (registered.length > 0 && dice(seed, 'registered') < NUMBERED) return pick(registered, seed, 'component')
  const landmark = AT_LANDMARK[category]
  const there = town.ground.landmarks.find((l) => l.class === landmark)
  const around = there && town.ground.spotAt(jittered(there, 35, seed))
  if (there && around) return { ...around, name: there.name }
  const kinds = Object.entries(kindsFor(category)) as [SpotKind, number][]
  const isAnywhere = (kind: SpotKind) => town.streets.some((s) => town.spotsOf(kind, s.code).length > 0)
  const able = kinds.filter(([kind]) => isAnywhere(kind))
  const [kind] =
    able.length === 0
      ? (['open'] as const)
      : [
          choose(
            `kind ${category}`,
            able.map(([k]) => k),
            (_, i) => able[i]?.[1] ?? 0,
            seed,
          ),
        ]
  const codes = town.streets.map((s) => s.code)
  const street = choose(
    'street',
    codes,
    (_, i) => town.streets[i]?.share ?? 0,
    seed,
    (code) => town.spotsOf(kind, code).length > 0,
  )
  return pick(town.spotsOf(kind, street), seed, 'spot')
}

interface Matter {
  seed: string
  at: number
  source: Source
  category: string
  spot: Spot | Facility
  onTheSpot: boolean
  unlike?: Incident
}

function made(town: Town, { seed, at, source, category, spot, onTheSpot, unlike }: Matter): Incident {
  const isExact = 'component' in spot
  const beside = jittered(spot, unlike ? 12 : isExact ? 0 : 3, seed)
  // A step aside must not lead out of the place that the words name.
  const there = town.ground.spotAt(beside)
  const isThere = there !== undefined && there.zone === spot.zone
  const position = isThere ? beside : { lng: spot.lng, lat: spot.lat }
  const { grid, street } = isThere ? there : spot
  const address = unlike ? saidAgain(unlike.address, seed) : town.addresses.of(spot, seed)
  const by = whoBrings(source, onTheSpot, seed)
  const text = reportText(
    category,
    town.categories.get(category)?.name ?? category,
    { kind: spot.kind, hour: cityHour(at, town.timeZone), at: address, lamp: town.addresses.lampAt(spot) },
    seed,
    unlike?.description,
  )
  return {
    seed,
    at,
    category,
    source,
    by,
    grid,
    street,
    kind: spot.kind,
    position,
    accuracyM: source === 'camera' || source === 'sensor' ? 3 : whole(4, 24, seed, 'accuracy'),
    description: text,
    address,
    ...(isExact ? { component: spot.component } : {}),
    ...detailOf(source, seed),
    ...(source === 'hotline' || source === 'citizen' ? { reporter: resident(seed) } : {}),
    ...(onTheSpot ? { selfHandled: selfText(category, seed) } : {}),
  }
}

/** The same place in the words of somebody else. */
const saidAgain = (address: string, seed: string): string =>
  /[米侧段处]$/.test(address) || dice(seed, 'near-by') < 0.5 ? address : `${address}附近`

function whoBrings(source: Source, onTheSpot: boolean, seed: string): Incident['by'] {
  if (source === 'grid') return onTheSpot || dice(seed, 'by') < 0.62 ? 'grid-member' : 'supervisor'
  return source === 'citizen' ? 'anonymous' : 'operator'
}

const DETAILS: Readonly<Partial<Record<Source, readonly string[]>>> = {
  hotline: ['12345热线转办', '12345热线转办', '12319城管热线'],
  camera: ['视频巡查', '视频智能识别，人工确认'],
  leader: ['分管领导批示', '市领导督查交办', '中心主任交办'],
  media: ['本地论坛网帖', '电视台民生栏目', '网络舆情转办'],
  department: ['交警大队移交', '社区联席会议移交', '应急管理局移交', '生态环境局移交'],
  sensor: ['物联感知告警', '窨井液位监测告警', '环境监测告警'],
}

function detailOf(source: Source, seed: string): { sourceDetail?: string } {
  const able = DETAILS[source]
  if (!able) return {}
  const number = source === 'hotline' ? `，工单号${whole(100000, 999999, seed, 'order')}` : ''
  const camera = source === 'camera' ? `，${whole(1, 60, seed, 'camera')}号点位` : ''
  return { sourceDetail: `${pick(able, seed, 'detail')}${number}${camera}` }
}

const SURNAMES = '王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗'.split('')

/** A made-up resident: a surname, and a number that no network gives out. */
function resident(seed: string): { name: string; phone: string } {
  const title = pickWeighted(['先生', '女士'], () => 1, seed, 'title')
  return {
    name: `${pick(SURNAMES, seed, 'surname')}${title}`,
    phone: `1200000${String(whole(0, 9999, seed, 'phone')).padStart(4, '0')}`,
  }
}

function jittered(at: LngLat, metres: number, seed: string): LngLat {
  const m = metresPerDegree(at.lat)
  const turn = 2 * Math.PI * dice(seed, 'turn')
  const far = metres * (0.3 + 0.7 * dice(seed, 'far'))
  return {
    lng: Math.round((at.lng + (Math.cos(turn) * far) / m.x) * 1e6) / 1e6,
    lat: Math.round((at.lat + (Math.sin(turn) * far) / m.y) * 1e6) / 1e6,
  }
}
