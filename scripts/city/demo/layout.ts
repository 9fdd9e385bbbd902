// The town as drawn by hand: where water, rails and main roads run, and where parks, estates and building sites lie.
// Control points in plane metres; a made-up place that imitates none.
import { offset, smooth, smoothRing, widen } from './curve.ts'
import { points } from './plane.ts'
import type { Line, Point } from './plane.ts'

const river = smooth(
  points(`
    -3350,3050 -2980,2250 -3040,1350 -2820,500 -2900,-350 -2560,-1150 -2020,-1850
    -1150,-2330 0,-2520 1150,-2450 2250,-2780 3100,-3350
  `),
)

/** Where the river is the border, the city ends in mid-stream. */
const riverBorder = river.filter(([x, y]) => y < 2060 && x < 1900)

export const cityOutline: Line = (() => {
  const land = smooth(
    points(`
    1960,-2640 2520,-2280 3060,-1700 3400,-900 3340,-80 3460,720 3330,1480 2960,1960
    2200,2180 1350,2420 450,2500 -450,2380 -1450,2450 -2350,2330 -2950,2090
  `),
  )
  const ring = [...riverBorder, ...land]
  return [...ring, ring[0] ?? [0, 0]]
})()

export const water = {
  river: { name: '清溪河', line: river, half: 36 },
  northCanal: {
    name: '北渠',
    line: smooth(points('-3010,1270 -2250,1130 -1450,1225 -700,1150 50,1240 800,1160 1480,1235 1850,1330')),
    half: 8,
  },
  eastCanal: {
    name: '东干渠',
    line: smooth(
      points(`
    1990,2700 1880,1950 1850,1330 1790,600 1880,-250 1740,-1050 1850,-1850 1800,-2480
    1780,-2720
  `),
    ),
    half: 6,
  },
} as const

export const lake = {
  name: '南湖',
  shore: smoothRing(
    points(`
    -1010,-1080 -840,-930 -520,-890 -240,-950 60,-880 330,-930 430,-1120 300,-1330 120,-1420
    -60,-1600 -380,-1660 -640,-1540 -760,-1370 -960,-1270
  `),
  ),
  island: smoothRing(points('-330,-1230 -220,-1190 -130,-1250 -200,-1320 -310,-1310'), 4),
}

export const railway: Line = smooth(
  points(`
    4100,1560 2700,1790 1860,1880 800,1925 -350,2000 -1450,2070 -2600,2200 -3700,2480
  `),
)

interface Road {
  name: string
  line: Line
  class: 'main' | 'secondary'
}

export const roads = {
  people: {
    name: '人民路',
    class: 'main',
    line: smooth(points('-3200,90 -2000,30 -900,70 300,40 1300,80 2300,20 3700,60')),
  },
  construction: {
    name: '建设路',
    class: 'main',
    line: smooth(points('-3300,860 -2300,740 -1200,800 0,750 1000,790 1900,730 2545,690 3440,760')),
  },
  lakeside: {
    name: '湖滨路',
    class: 'main',
    line: smooth(points('-3250,-800 -2100,-740 -1100,-640 0,-670 900,-730 1900,-700 2560,-780')),
  },
  textile: {
    name: '纺织路',
    class: 'main',
    line: smooth(points('-3350,1700 -2300,1610 -1200,1560 0,1610 1000,1570 1900,1590 2600,1480')),
  },
  drumTower: {
    name: '鼓楼大道',
    class: 'main',
    line: smooth(points('-310,2650 -370,1700 -330,800 -360,50 -320,-665')),
  },
  guest: {
    name: '迎宾大道',
    class: 'main',
    line: smooth(points('860,2750 800,1700 840,780 770,50 830,-720 760,-1750 820,-2520')),
  },
  goldenBridge: {
    name: '金桥大道',
    class: 'main',
    line: smooth(points('2520,2450 2600,1500 2540,600 2620,-300 2500,-1200 2560,-2500')),
  },
  westGate: {
    name: '西门路',
    class: 'secondary',
    line: smooth(points('-1400,2700 -1470,1700 -1430,800 -1480,50 -1420,-700 -1460,-1750 -1430,-2420')),
  },
  lakeSouth: {
    name: '环湖南路',
    class: 'secondary',
    line: smooth(points('-2500,-1720 -1450,-1760 -400,-1780 500,-1720 1300,-1800 2000,-1760')),
  },
  riverside: {
    name: '滨河路',
    class: 'secondary',
    line: offset(
      river.filter(([x, y]) => y < 2200 && x < 1700),
      95,
    ),
  },
  industry: {
    name: '工业大道',
    class: 'secondary',
    line: smooth(points('1860,1150 2560,1120 3380,1060')),
  },
  parkEast: {
    name: '园区路',
    class: 'secondary',
    line: smooth(points('1730,-1240 2500,-1210 3280,-1180')),
  },
} as const satisfies Record<string, Road>

/** Lines that part communities but are no road all the way. */
export const cuts = {
  throughLake: [
    [-260, -500],
    [-290, -1900],
  ],
  ferry: [
    [-820, -1600],
    [-760, -2700],
  ],
  hill: [
    [300, -1600],
    [340, -2700],
  ],
} as const satisfies Record<string, Line>

const box = ([x, y]: Point, width: number, height: number, lean = 0.04): Point[] => {
  const [w, h] = [width / 2, height / 2]
  const corner = (dx: number, dy: number): Point => [x + dx - dy * lean, y + dy + dx * lean]
  const first = corner(-w, -h)
  return [first, corner(w, -h), corner(w, h), corner(-w, h), first]
}

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
    ring: points('-940,-700 380,-720 420,-960 -930,-990 -940,-700'),
  },
  { name: '凤凰山公园', ring: blob([1240, -2130], 400, 230) },
  { name: '书院公园', ring: box([-960, 455], 230, 150) },
  { name: '人民广场', ring: box([110, -130], 200, 130) },
  { name: '体育公园', ring: blob([2190, -985], 230, 165) },
  { name: '教场公园', ring: box([-1750, -1560], 280, 170) },
]

/** A strip of park along the north bank of the north canal. */
export const canalPark = { name: '北渠滨水公园', from: -720, to: 640, width: 46 }

export const estates: { name: string; ring: Line; unit: string }[] = [
  { name: '纺织小区', ring: box([1260, 965], 340, 210), unit: 'st-beiqu' },
  { name: '红旗里', ring: box([-2080, 1800], 280, 180), unit: 'st-beiqu' },
  { name: '西门小区', ring: box([-2120, 430], 300, 210), unit: 'st-xicheng' },
  { name: '机厂家属院', ring: box([-2140, -360], 300, 220), unit: 'st-xicheng' },
  { name: '建设新村', ring: box([1330, 420], 300, 220), unit: 'st-xicheng' },
  { name: '湖滨嘉苑', ring: box([-1230, -1000], 220, 280), unit: 'st-nanhu' },
  { name: '教场新村', ring: box([-2020, -1230], 320, 230), unit: 'st-nanhu' },
  { name: '荷塘花园', ring: box([1290, -1180], 360, 260), unit: 'st-nanhu' },
  { name: '金桥安置小区', ring: box([2210, -400], 330, 240), unit: 'kfq' },
]

export const sites: { name: string; ring: Line; validFrom: string; validTo: string }[] = [
  { name: '双桥棚改工地', ring: box([600, -1290], 190, 200), validFrom: '2025-03-01', validTo: '2030-12-31' },
  {
    name: '金桥标准厂房工地',
    ring: box([3010, -640], 280, 220),
    validFrom: '2026-01-01',
    validTo: '2030-06-30',
  },
]

/** 背街小巷 of the old town. */
export const lanes: { name: string; line: Line }[] = [
  {
    name: '文庙巷',
    line: points('-1440,-265 -1100,-240 -760,-262 -375,-250'),
  },
  {
    name: '学宫巷',
    line: points('-1440,-405 -1050,-420 -700,-400 -370,-412'),
  },
  {
    name: '油坊巷',
    line: points('-1430,-545 -980,-530 -620,-550 -365,-540'),
  },
  {
    name: '米市街',
    line: points('-1450,-105 -1000,-95 -720,-112 -378,-100'),
  },
  {
    name: '盐店巷',
    line: points('-1190,40 -1175,-300 -1185,-620'),
  },
  {
    name: '井巷',
    line: points('-945,45 -960,-250 -940,-625'),
  },
  {
    name: '竹器巷',
    line: points('-715,42 -700,-270 -712,-630'),
  },
  {
    name: '衙前街',
    line: points('-530,35 -545,-240 -535,-635'),
  },
  {
    name: '书院巷',
    line: points('-1440,285 -1050,300 -700,280 -370,292'),
  },
  {
    name: '城墙根巷',
    line: points('-1430,640 -1000,655 -650,630 -350,640'),
  },
  {
    name: '鼓楼后街',
    line: points('-325,430 0,415 380,440 775,425'),
  },
  {
    name: '打铁街',
    line: points('140,70 155,380 145,735'),
  },
]

export const landmarks: { name: string; at: Point; class: string }[] = [
  { name: '鼓楼', at: [-270, 330], class: 'sight' },
  { name: '中心菜市场', at: [360, -330], class: 'market' },
  { name: '万家广场', at: [-130, -240], class: 'mall' },
  { name: '汽车站', at: [-150, 1800], class: 'station' },
  { name: '一中', at: [-900, 190], class: 'school' },
  { name: '人民医院', at: [470, 560], class: 'hospital' },
  { name: '铁桥', at: [1868, 1880], class: 'bridge' },
  { name: '凤凰山', at: [1240, -2110], class: 'hill' },
  { name: '工业园', at: [2950, 900], class: 'works' },
]

/** Ground without houses, beside the parks. */
export const openGround: Line[] = [
  lake.shore,
  widen(water.river.line, water.river.half + 15),
  widen(water.northCanal.line, water.northCanal.half + 14),
  widen(water.eastCanal.line, water.eastCanal.half + 14),
  widen(railway, 34),
]
