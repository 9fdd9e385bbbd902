// The town as drawn by hand: where water, rails and main roads run. Control points in plane metres; a made-up place that
// imitates none. Streets inside the blocks are in streets.ts, parks and compounds in grounds.ts.
import { offset, smooth, smoothRing, widen, widenBy } from './curve.ts'
import { points } from './plane.ts'
import type { Line, Point } from './plane.ts'

const river = smooth(
  points(`
    -4200,5200 -3750,4300 -3200,3500 -2900,2800 -3060,2150 -3170,1520 -2900,1000 -2730,480 -2870,-40
    -2990,-520 -2740,-1010 -2350,-1330 -2170,-1760 -1740,-2110 -1190,-2190 -700,-2420 -150,-2620 420,-2550
    900,-2380 1450,-2490 1930,-2830 2500,-3010 3150,-3330 3900,-3420 4800,-3900 6200,-4100
  `),
)

/** Half widths along the river: narrow where it is fast, wide in the bends. */
const riverHalf = (i: number) => 34 + 15 * (((i * 7) % 40 < 20 ? (i * 7) % 20 : 20 - ((i * 7) % 20)) / 20)

/** Where the river is the border, the city ends in mid-stream. */
const riverBorder = river.filter(([x, y]) => y < 2060 && x < 1900)

/** On land the border follows ditches, field edges and lanes. */
const landBorder = points(`
  1990,-2600 2180,-2570 2240,-2390 2470,-2330 2560,-2120 2850,-2040 2900,-1780 3130,-1640 3190,-1300 3390,-1180
  3370,-820 3450,-560 3310,-300 3360,20 3290,180 3480,420 3440,820 3520,1010 3390,1290 3330,1560 3080,1690
  3010,1960 2700,1990 2560,2160 2180,2150 1990,2330 1560,2310 1400,2470 980,2430 760,2560 380,2520 210,2400
  -180,2440 -520,2340 -800,2430 -1210,2380 -1480,2500 -1830,2410 -2120,2440 -2390,2310 -2680,2330 -2860,2160
`)

export const cityOutline: Line = (() => {
  const ring = [...riverBorder, ...landBorder]
  return [...ring, ring[0] ?? [0, 0]]
})()

export const water = {
  river: { name: '清溪河', line: river, half: 42 },
  northCanal: {
    name: '北渠',
    line: smooth(
      points(`
      -3130,1310 -2750,1240 -2250,1130 -1750,1160 -1390,1230 -1000,1180 -700,1150 -300,1200 50,1245 420,1190
      800,1160 1150,1210 1480,1240 1850,1330
    `),
    ),
    half: 10,
  },
  eastCanal: {
    name: '东干渠',
    line: smooth(
      points(`
      2500,5000 2260,4100 2080,3300 1990,2700 1880,1950 1850,1330 1790,600 1880,-250 1740,-1050 1850,-1850 1800,-2480
      1790,-2880
    `),
    ),
    half: 8,
  },
  /** What is left of the moat of the old town: from the north canal to the lake. */
  moat: {
    name: '护城河',
    line: smooth(
      points('-1560,1170 -1600,900 -1570,760 -1640,420 -1590,50 -1615,-330 -1550,-620 -1340,-840 -1060,-960'),
    ),
    half: 7,
  },
  /** From the lake to the river. */
  outlet: {
    name: '',
    line: smooth(points('-760,-1480 -800,-1760 -960,-1960 -1060,-2215')),
    half: 6,
  },
} as const

/** The river as it is drawn, with its bends wide and its straights narrow. */
export const riverBody: Line = widenBy(river, riverHalf)

export const lake = {
  name: '南湖',
  shore: smoothRing(
    points(`
    -1090,-1010 -1015,-885 -860,-905 -745,-842 -560,-862 -430,-930 -300,-905 -190,-832 -20,-850 120,-915 230,-872
    370,-900 500,-1005 548,-1140 452,-1232 335,-1250 292,-1358 182,-1400 62,-1470 18,-1590 -120,-1662 -290,-1625
    -420,-1680 -560,-1652 -640,-1542 -762,-1500 -850,-1402 -1000,-1372 -1062,-1240 -1005,-1130
  `),
    5,
  ),
  island: smoothRing(
    points('-345,-1230 -290,-1165 -200,-1180 -150,-1240 -185,-1310 -255,-1295 -320,-1325'),
    4,
  ),
  islet: smoothRing(points('170,-1130 205,-1105 240,-1125 230,-1160 190,-1165'), 3),
}

export const railway: Line = smooth(
  points(`
    5600,900 4100,1480 2700,1830 1860,1880 1150,1905 400,1950 -350,2000 -1100,2048 -1750,2085 -2600,2220 -3700,2560
    -5600,3300
  `),
)

export type RoadClass = 'trunk' | 'main' | 'secondary' | 'minor' | 'lane'

export interface Road {
  name: string
  line: Line
  class: RoadClass
}

export const roads = {
  people: {
    name: '人民路',
    class: 'main',
    line: smooth(
      points(
        '-3200,170 -2720,110 -2050,20 -1450,30 -900,75 -330,55 300,20 830,60 1300,110 1870,60 2500,-60 3300,-150 3700,-215',
      ),
    ),
  },
  construction: {
    name: '建设路',
    class: 'main',
    line: smooth(
      points(
        '-3100,600 -2700,660 -2100,640 -1450,760 -900,800 -340,770 240,720 830,790 1400,850 1880,800 2540,720 3480,830',
      ),
    ),
  },
  lakeside: {
    name: '湖滨路',
    class: 'main',
    line: smooth(
      points(
        '-3200,-780 -2650,-820 -2050,-715 -1430,-690 -1000,-640 -320,-665 250,-690 820,-760 1350,-800 1850,-720 2560,-790 3450,-880',
      ),
    ),
  },
  textile: {
    name: '纺织路',
    class: 'main',
    line: smooth(
      points(
        '-3350,1660 -2800,1690 -2300,1600 -1450,1540 -800,1600 -350,1640 200,1590 810,1600 1400,1530 1880,1590 2600,1480',
      ),
    ),
  },
  drumTower: {
    name: '鼓楼大道',
    class: 'main',
    line: smooth(points('-350,1870 -380,1640 -300,1250 -330,770 -365,400 -345,55 -300,-300 -320,-665')),
  },
  guest: {
    name: '迎宾大道',
    class: 'main',
    line: smooth(
      points(
        '860,2750 800,1990 810,1600 860,1200 830,790 785,420 830,60 880,-350 820,-760 735,-1250 760,-1750 850,-2150 800,-2560',
      ),
    ),
  },
  goldenBridge: {
    name: '金桥大道',
    class: 'main',
    line: smooth(
      points('2540,2500 2520,2300 2600,1480 2540,720 2500,-60 2560,-790 2440,-1500 2530,-2080 2560,-2500'),
    ),
  },
  westGate: {
    name: '西门路',
    class: 'secondary',
    line: smooth(
      points(
        '-1500,2640 -1500,2080 -1450,1540 -1390,1180 -1450,760 -1525,400 -1480,40 -1500,-330 -1430,-690 -1400,-1150 -1480,-1760 -1430,-2120',
      ),
    ),
  },
  lakeSouth: {
    name: '环湖南路',
    class: 'secondary',
    line: smooth(
      points(
        '-2200,-1640 -1900,-1690 -1450,-1760 -900,-1730 -420,-1790 60,-1740 500,-1690 760,-1750 1300,-1640 1850,-1700 2480,-1760',
      ),
    ),
  },
  riverside: {
    name: '滨河路',
    class: 'secondary',
    line: offset(
      river.filter(([x, y]) => y < 2760 && y > -2700 && x < 1720),
      105,
    ),
  },
  industry: {
    name: '工业大道',
    class: 'secondary',
    line: smooth(points('1860,1160 2200,1150 2580,1115 3050,1180 3520,1090')),
  },
  parkEast: {
    name: '园区路',
    class: 'secondary',
    line: smooth(points('1740,-1210 2100,-1250 2480,-1230 2900,-1200 3350,-1160')),
  },
  stationFront: {
    name: '站前路',
    class: 'secondary',
    line: smooth(points('-1480,1900 -860,1890 -350,1862 230,1838 805,1800')),
  },
  canalSouth: {
    name: '渠南路',
    class: 'secondary',
    line: offset(
      smooth(
        points(
          '-1390,1230 -1000,1180 -700,1150 -300,1200 50,1245 420,1190 800,1160 1150,1210 1480,1240 1842,1328',
        ),
      ),
      -34,
    ),
  },
  eastWind: {
    name: '东风路',
    class: 'secondary',
    line: smooth(
      points(
        '1520,2690 1440,2250 1390,1900 1400,1540 1360,1220 1400,850 1340,430 1370,110 1330,-350 1350,-800 1300,-1230 1340,-1640',
      ),
    ),
  },
  liberation: {
    name: '解放路',
    class: 'secondary',
    line: smooth(points('830,790 640,1010 395,1240 190,1480 62,1850')),
  },
  ring: {
    name: '环城公路',
    class: 'trunk',
    line: smooth(
      points(`
      -3700,3020 -3050,2780 -2300,2640 -1500,2690 -600,2630 300,2720 900,2750 1800,2640 2540,2500 3150,2250 3620,1750
      3820,1050 3800,200 3720,-330 3700,-1000 3500,-1750 3000,-2450 2600,-2850
    `),
    ),
  },
} as const satisfies Record<string, Road>

/** Lines that part communities or grids but are no road all the way. */
export const cuts = {
  /** Down the causeway and over the island. */
  throughLake: smooth(
    points('-322,-560 -318,-680 -232,-840 -215,-1000 -245,-1160 -250,-1300 -272,-1480 -285,-1640 -290,-1900'),
    4,
  ),
  ferry: points('-800,-1600 -860,-1900 -780,-2150 -790,-2700'),
  hill: points('330,-1600 320,-1900 380,-2200 340,-2750'),
} as const satisfies Record<string, Line>

/** Ground that is neither built on nor farmed. */
export const wet: Line[] = [
  lake.shore,
  riverBody,
  ...[water.northCanal, water.eastCanal, water.moat, water.outlet].map((w) => widen(w.line, w.half)),
]

export const causeway: Point[] = smooth(
  points('-312,-690 -250,-800 -205,-850 -215,-1000 -250,-1180 -252,-1300 -272,-1480 -285,-1640 -290,-1760'),
  4,
)
