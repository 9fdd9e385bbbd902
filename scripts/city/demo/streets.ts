// Streets and lanes inside the communities, drawn by hand. Most are also borders of grids, as in real towns; those that
// are end a little beyond the community they part.
import { smooth } from './curve.ts'
import type { Road } from './layout.ts'
import { points } from './plane.ts'
import type { Line } from './plane.ts'

const bent = (text: string): Line => smooth(points(text), 4)

export const streets = {
  market: { name: '市场街', class: 'minor', line: bent('300,20 292,-150 345,-420 320,-697') },
  factory: { name: '机厂路', class: 'secondary', line: bent('-2073,24 -2030,-250 -2085,-500 -2050,-714') },
  repair: { name: '机修街', class: 'minor', line: bent('-3000,-350 -2500,-310 -2020,-345') },
  academy: { name: '书院街', class: 'minor', line: bent('-895,850 -880,560 -935,240') },
  westPass: { name: '西关街', class: 'secondary', line: bent('-2081,642 -2040,420 -2073,24') },
  westOuter: { name: '西外街', class: 'minor', line: bent('-2900,330 -2400,370 -2010,345') },
  building: { name: '建设巷', class: 'minor', line: bent('750,440 1100,455 1370,425') },
  lakeWest: {
    name: '湖西路',
    class: 'secondary',
    line: bent('-1010,-640 -1110,-780 -1175,-1010 -1150,-1250 -1095,-1440 -925,-1590 -860,-1735'),
  },
  drillEast: { name: '教场东街', class: 'minor', line: bent('-1430,-1205 -1280,-1190 -1120,-1215') },
  lakeEast: {
    name: '湖东路',
    class: 'secondary',
    line: bent(
      '320,-697 362,-745 470,-795 585,-890 645,-1020 638,-1180 520,-1330 390,-1440 280,-1570 215,-1800',
    ),
  },
  twinBridge: { name: '双桥街', class: 'minor', line: bent('600,-1195 680,-1225 780,-1235') },
  lotus: { name: '荷塘路', class: 'secondary', line: bent('700,-1240 1030,-1185 1320,-1225 1780,-1205') },
  ferry: { name: '渡口路', class: 'minor', line: bent('-1845,-1640 -1800,-1850 -1830,-2120') },
  fishery: { name: '渔场路', class: 'minor', line: bent('-425,-1740 -400,-2000 -455,-2250 -430,-2620') },
  dyke: { name: '塘坝路', class: 'minor', line: bent('-40,-1700 -65,-2000 -20,-2300 -40,-2680') },
  hillFront: { name: '山前路', class: 'minor', line: bent('1530,-1670 1565,-1850 1500,-2150 1560,-2480') },
  drill: {
    name: '教场路',
    class: 'secondary',
    line: bent('-2050,-714 -2020,-950 -2060,-1200 -2010,-1450 -2050,-1670'),
  },
  drillCross: {
    name: '教场街',
    class: 'minor',
    line: bent('-2800,-1120 -2350,-1160 -2040,-1190 -1700,-1170 -1370,-1200'),
  },
  canalNorth: { name: '渠北街', class: 'minor', line: bent('-852,1597 -905,1380 -855,1130') },
  granary: { name: '粮库路', class: 'secondary', line: bent('-2085,1575 -2035,1350 -2085,1000 -2081,642') },
  stationWest: { name: '站西路', class: 'secondary', line: bent('-852,1597 -870,1800 -838,2080 -875,2645') },
  stationEast: { name: '站东路', class: 'secondary', line: bent('225,1592 250,1800 205,2100 225,2712') },
  redFlag: { name: '红旗路', class: 'secondary', line: bent('-2085,1575 -2175,1850 -2120,2150 -2170,2655') },
} as const satisfies Record<string, Road>

/** 背街小巷 of the old town: twelve lanes that never run quite straight. */
export const lanes: { name: string; line: Line }[] = [
  {
    name: '文庙巷',
    line: points(
      '-1472,-262 -1350,-238 -1190,-258 -1075,-232 -948,-247 -820,-268 -712,-246 -538,-262 -300,-236',
    ),
  },
  {
    name: '学宫巷',
    line: points(
      '-1465,-402 -1320,-420 -1178,-398 -1050,-424 -958,-410 -705,-402 -620,-424 -542,-414 -308,-420',
    ),
  },
  {
    name: '油坊巷',
    line: points('-1448,-556 -1300,-528 -1172,-545 -945,-530 -800,-552 -708,-540 -538,-556 -314,-536'),
  },
  {
    name: '米市街',
    line: points('-1478,-112 -1330,-92 -1182,-104 -1000,-86 -952,-102 -715,-112 -545,-92 -338,-98'),
  },
  {
    name: '盐店巷',
    line: points('-1196,48 -1182,-104 -1206,-180 -1190,-258 -1178,-398 -1160,-470 -1172,-545 -1190,-650'),
  },
  { name: '井巷', line: points('-938,66 -952,-102 -948,-247 -972,-320 -958,-410 -945,-530 -962,-642') },
  {
    name: '竹器巷',
    line: points('-704,62 -715,-112 -694,-180 -712,-246 -705,-402 -726,-470 -708,-540 -700,-645'),
  },
  { name: '衙前街', line: points('-528,58 -545,-92 -538,-262 -560,-330 -542,-414 -538,-556 -548,-650') },
  {
    name: '书院巷',
    line: points('-1508,272 -1330,300 -1180,284 -1060,305 -935,288 -780,300 -600,276 -480,298 -352,284'),
  },
  {
    name: '城墙根巷',
    line: points('-1490,600 -1340,648 -1150,668 -1000,676 -885,664 -700,682 -520,664 -340,640'),
  },
  { name: '鼓楼后街', line: points('-364,424 -200,408 -60,432 60,420 152,438 330,420 560,448 786,432') },
  { name: '打铁街', line: points('142,36 168,160 146,280 152,438 172,560 150,728') },
]

export const lane = (name: string): Line => {
  const found = lanes.find((l) => l.name === name)
  if (!found) throw new Error(`no lane ${name}`)
  return found.line
}
