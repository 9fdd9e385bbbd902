// What lies inside the town's blocks, drawn by hand: parks, estates, building sites, compounds and the places people know
// by name. Plane metres.
import { smooth, smoothRing } from './curve.ts'
import { boxAt } from './frame.ts'
import { points } from './plane.ts'
import type { Line, Point } from './plane.ts'

const blob = ([x, y]: Point, rx: number, ry: number): Point[] =>
  smoothRing(
    points('1,0 0.72,0.62 0.1,0.95 -0.6,0.8 -1.02,0.12 -0.78,-0.6 -0.1,-1 0.66,-0.78').map(
      ([dx = 0, dy = 0]): Point => [x + dx * rx, y + dy * ry],
    ),
    5,
  )

export const parks: { name: string; ring: Line }[] = [
  {
    name: '湖滨公园',
    ring: points(
      '-1005,-688 -860,-676 -600,-692 -320,-703 0,-714 330,-738 440,-800 520,-905 578,-1040 570,-1170 480,-1250 300,-1120 -300,-1120 -1100,-1120 -1135,-1010 -1090,-850 -1005,-688',
    ),
  },
  { name: '凤凰山公园', ring: blob([1175, -2105], 330, 265) },
  { name: '书院公园', ring: points('-760,345 -520,335 -508,470 -560,560 -740,575 -800,470 -760,345') },
  { name: '人民广场', ring: boxAt([120, -118], 210, 128, -0.02) },
  { name: '体育公园', ring: blob([2190, -985], 250, 165) },
  { name: '教场公园', ring: blob([-1740, -1440], 150, 105) },
]

/** A strip of park along the north bank of the north canal. */
export const canalPark = { name: '北渠滨水公园', from: -720, to: 640, width: 46 }

export const estates: { name: string; ring: Line; unit: string }[] = [
  { name: '纺织小区', ring: boxAt([1115, 1005], 350, 230, 0.06), unit: 'st-beiqu' },
  { name: '红旗里', ring: boxAt([-1830, 1765], 290, 190, -0.05), unit: 'st-beiqu' },
  { name: '西门小区', ring: boxAt([-1830, 395], 290, 220, -0.03), unit: 'st-xicheng' },
  { name: '机厂家属院', ring: boxAt([-1830, -340], 300, 230, -0.03), unit: 'st-xicheng' },
  { name: '建设新村', ring: boxAt([1600, 520], 320, 230, -0.03), unit: 'st-xicheng' },
  { name: '湖滨嘉苑', ring: boxAt([-1283, -1085], 165, 200, 0.02), unit: 'st-nanhu' },
  { name: '教场新村', ring: boxAt([-1725, -955], 350, 270, 0.02), unit: 'st-nanhu' },
  { name: '荷塘花园', ring: boxAt([1055, -990], 360, 280, 0.03), unit: 'st-nanhu' },
  { name: '金桥安置小区', ring: boxAt([2200, -395], 340, 260, -0.03), unit: 'kfq' },
]

export const sites: { name: string; ring: Line; validFrom: string; validTo: string }[] = [
  {
    name: '双桥棚改工地',
    ring: points('500,-1425 662,-1402 678,-1575 640,-1628 430,-1606 500,-1425'),
    validFrom: '2025-03-01',
    validTo: '2027-12-31',
  },
  {
    name: '金桥标准厂房工地',
    ring: boxAt([2900, -560], 290, 220, -0.05),
    validFrom: '2026-01-01',
    validTo: '2027-06-30',
  },
]

export type PlaceKind =
  | 'school'
  | 'primary'
  | 'hospital'
  | 'mall'
  | 'market'
  | 'bus'
  | 'train'
  | 'civic'
  | 'temple'
  | 'mill'
  | 'granary'
  | 'waterworks'
  | 'sewage'
  | 'tower'

/** A compound with its own layout (places.ts): a box turned by `lean`, `width` along the street, `depth` north to south. */
export interface Place {
  name: string
  kind: PlaceKind
  at: Point
  width: number
  depth: number
  lean: number
  /** Class of its name on the map; a place without is drawn and not named. */
  landmark?: string
}

export const places: Place[] = [
  { name: '一中', kind: 'school', at: [-1190, 465], width: 380, depth: 250, lean: 0.03, landmark: 'school' },
  { name: '二中', kind: 'school', at: [-640, 1430], width: 360, depth: 240, lean: 0.03, landmark: 'school' },
  {
    name: '职教中心',
    kind: 'school',
    at: [3010, 560],
    width: 400,
    depth: 270,
    lean: 0.04,
    landmark: 'school',
  },
  {
    name: '实验小学',
    kind: 'primary',
    at: [610, -420],
    width: 220,
    depth: 150,
    lean: -0.02,
    landmark: 'school',
  },
  {
    name: '机厂小学',
    kind: 'primary',
    at: [-1770, -120],
    width: 190,
    depth: 120,
    lean: -0.02,
    landmark: 'school',
  },
  {
    name: '荷塘小学',
    kind: 'primary',
    at: [1590, -1430],
    width: 220,
    depth: 150,
    lean: 0.02,
    landmark: 'school',
  },
  {
    name: '北渠小学',
    kind: 'primary',
    at: [490, 1420],
    width: 220,
    depth: 150,
    lean: 0.02,
    landmark: 'school',
  },
  {
    name: '人民医院',
    kind: 'hospital',
    at: [480, 590],
    width: 290,
    depth: 190,
    lean: 0.03,
    landmark: 'hospital',
  },
  {
    name: '中医院',
    kind: 'hospital',
    at: [-2270, -970],
    width: 220,
    depth: 160,
    lean: -0.03,
    landmark: 'hospital',
  },
  { name: '万家广场', kind: 'mall', at: [-155, -125], width: 230, depth: 170, lean: -0.03, landmark: 'mall' },
  {
    name: '中心菜市场',
    kind: 'market',
    at: [440, -300],
    width: 150,
    depth: 120,
    lean: -0.03,
    landmark: 'market',
  },
  { name: '汽车站', kind: 'bus', at: [-140, 1740], width: 210, depth: 150, lean: -0.03, landmark: 'station' },
  { name: '火车站', kind: 'train', at: [-355, 1930], width: 260, depth: 110, lean: -0.05, landmark: 'train' },
  {
    name: '市民中心',
    kind: 'civic',
    at: [1085, 280],
    width: 300,
    depth: 250,
    lean: 0.05,
    landmark: 'office',
  },
  { name: '文庙', kind: 'temple', at: [-830, -176], width: 100, depth: 118, lean: 0.02, landmark: 'sight' },
  { name: '纺织厂', kind: 'mill', at: [1120, 1395], width: 400, depth: 230, lean: -0.04, landmark: 'works' },
  { name: '机厂', kind: 'mill', at: [-2410, -120], width: 420, depth: 240, lean: -0.06, landmark: 'works' },
  {
    name: '粮库',
    kind: 'granary',
    at: [-2420, 1400],
    width: 360,
    depth: 230,
    lean: -0.08,
    landmark: 'works',
  },
  {
    name: '自来水厂',
    kind: 'waterworks',
    at: [-2480, 980],
    width: 190,
    depth: 150,
    lean: -0.05,
    landmark: 'works',
  },
  {
    name: '污水处理厂',
    kind: 'sewage',
    at: [2080, -2230],
    width: 240,
    depth: 180,
    lean: 0.04,
    landmark: 'works',
  },
  { name: '鼓楼', kind: 'tower', at: [-402, 108], width: 62, depth: 58, lean: 0.03, landmark: 'sight' },
]

/** Names without a compound of their own. */
export const landmarks: { name: string; at: Point; class: string }[] = [
  { name: '铁桥', at: [1868, 1880], class: 'bridge' },
  { name: '双桥', at: [-212, -905], class: 'bridge' },
  { name: '凤凰山', at: [1215, -2090], class: 'hill' },
  { name: '工业园', at: [2950, 1420], class: 'works' },
  { name: '南津渡', at: [-1480, -2105], class: 'sight' },
]

/** 渔场 and 荷塘: ponds dug in rows, and those that always were there. */
export const ponds: Line[] = [
  ...[
    '-340,-1870',
    '-205,-1880',
    '-340,-2010',
    '-200,-2020',
    '-335,-2150',
    '-195,-2160',
    '-330,-2290',
    '-190,-2300',
  ].flatMap((at) => points(at).map((p) => boxAt(p, 118, 112, -0.04))),
  ...['60,-1880', '190,-1890', '65,-2015', '200,-2025', '70,-2150', '205,-2160'].flatMap((at) =>
    points(at).map((p) => boxAt(p, 112, 108, 0.03)),
  ),
  ...['-560,-1900', '-690,-1890', '-570,-2050', '-700,-2060'].flatMap((at) =>
    points(at).map((p) => boxAt(p, 110, 118, 0.05)),
  ),
  blob([1190, -1400], 92, 60),
  blob([980, -1480], 70, 48),
  blob([1120, -1545], 62, 40),
  blob([2780, -1620], 80, 46),
  blob([3080, 1330], 60, 42),
  blob([-2560, 2010], 74, 46),
  blob([-1780, 2230], 52, 34),
]

/** Paved middles of parks. */
export const squares: Line[] = [boxAt([120, -118], 120, 74, -0.02), boxAt([-1740, -1440], 60, 40, 0)]

/** Footpaths of the parks. */
export const paths: Line[] = [
  smooth(
    points(
      '-1090,-905 -1000,-800 -860,-835 -745,-775 -560,-790 -430,-850 -310,-820 -200,-770 -20,-785 120,-840 230,-805 370,-835 500,-930 590,-1090',
    ),
    4,
  ),
  smooth(points('-860,-676 -800,-760 -860,-835'), 3),
  smooth(points('-600,-692 -580,-740 -560,-790'), 3),
  smooth(points('-20,-714 0,-750 -20,-785'), 3),
  smooth(points('240,-732 220,-770 230,-805'), 3),
  smooth(
    points(
      '870,-2150 960,-2080 1000,-1980 1110,-1950 1190,-2040 1300,-2010 1400,-2070 1370,-2180 1260,-2220 1190,-2150 1100,-2200 1020,-2170 960,-2080',
    ),
    4,
  ),
  smooth(points('1190,-2040 1200,-2090 1190,-2150'), 3),
  smooth(points('-770,400 -690,440 -640,520 -560,500 -520,400 -600,380 -690,440'), 4),
  smooth(points('-1870,-1440 -1800,-1380 -1700,-1370 -1630,-1430 -1690,-1500 -1800,-1500 -1870,-1440'), 4),
]
