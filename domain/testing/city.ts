// A city small enough to know by heart, for the tests of the rules: eight boxes of ground, a canal, a road, a railway.
// Its calendar is Chibi's autumn of 2019; its policies are those of the demo.
import type { Polygon } from 'geojson'
import type { Position } from '../case.ts'
import type {
  Area,
  Category,
  City,
  CityPack,
  Department,
  FilingCondition,
  Policies,
  Zone,
} from '../city/types.ts'
import { compileCity } from '../city/compile.ts'
import { parseLimit } from '../limit.ts'
import { chibi2019, week } from './calendars.ts'

const WEST = 113.9
const SOUTH = 29.7
const UNIT = 0.01

/** A place by its column and row of about one kilometre; (0, 0) is the south-western corner. */
export const placeAt = (x: number, y: number): Position => ({ lng: WEST + x * UNIT, lat: SOUTH + y * UNIT })

/** Where things happen. */
export const PLACES = {
  /** Grid 101, in no zone. */
  backLane: placeAt(0.5, 3.5),
  /** Grid 101, on the canal's bank. */
  canal: placeAt(0.5, 1.05),
  /** Grid 102, on the main road. */
  road: placeAt(1.55, 3),
  /** Grid 103, on railway land. */
  railway: placeAt(3.05, 3),
  /** A building site until 31 August 2019; then grid 103 and nothing else. */
  formerSite: placeAt(2.5, 2.5),
  /** In a community, but in none of its grids. */
  gap: placeAt(7.5, 2),
  /** Grid 201, in no zone. */
  west: placeAt(5, 2),
  outside: placeAt(20, 20),
} as const satisfies Record<string, Position>

function box(x0: number, y0: number, x1: number, y1: number): { geometry: Polygon; centre: Position } {
  const [a, b, c, d] = [placeAt(x0, y0), placeAt(x1, y0), placeAt(x1, y1), placeAt(x0, y1)]
  const ring = [a, b, c, d, a].map((p) => [p.lng, p.lat])
  return { geometry: { type: 'Polygon', coordinates: [ring] }, centre: placeAt((x0 + x1) / 2, (y0 + y1) / 2) }
}

type Corners = [x0: number, y0: number, x1: number, y1: number]
const area = (code: string, name: string, level: string, at: Corners, parent?: string): Area => ({
  code,
  name,
  level,
  ...(parent === undefined ? {} : { parent }),
  ...box(...at),
})

const areas: Area[] = [
  area('1', '东门街道', 'street', [0, 0, 4, 4]),
  area('11', '渠东社区', 'community', [0, 0, 2, 4], '1'),
  area('101', '渠东一网格', 'grid', [0, 0, 1, 4], '11'),
  area('102', '渠东二网格', 'grid', [1, 0, 2, 4], '11'),
  area('12', '车站社区', 'community', [2, 0, 4, 4], '1'),
  area('103', '车站网格', 'grid', [2, 0, 4, 4], '12'),
  area('2', '西门街道', 'street', [4, 0, 8, 4]),
  area('21', '西门社区', 'community', [4, 0, 8, 4], '2'),
  area('201', '西门网格', 'grid', [4, 0, 7, 4], '21'),
]

const zone = (code: string, name: string, kind: string, at: Corners, more: Partial<Zone>): Zone => ({
  code,
  name,
  kind,
  coDepartments: [],
  priority: 5,
  categories: [],
  ...box(...at),
  ...more,
})

const zones: Zone[] = [
  zone('Z-RAIL', '铁路用地', 'railway', [3, 0, 3.1, 4], { priority: 1 }),
  zone('Z-SITE', '老站工地', 'construction', [2.2, 2.2, 2.8, 2.8], { priority: 2, validTo: '2019-08-31' }),
  zone('Z-CANAL', '北渠', 'water', [0, 1, 8, 1.1], {
    priority: 3,
    department: 'water',
    coDepartments: ['st-east'],
  }),
  zone('Z-ROAD', '人民路', 'main-road', [1.5, 0, 1.6, 4], {
    priority: 6,
    department: 'sanitation',
    categories: ['E01'],
  }),
]

const department = (code: string, name: string, kind: string, parent?: string): Department => ({
  code,
  name,
  kind,
  ...(parent === undefined ? {} : { parent }),
  calendar: code === 'sanitation' ? 'sanitation' : 'centre',
})

const departments: Department[] = [
  department('water', '水利和湖泊局', 'bureau'),
  department('water-canal', '河渠管理所', 'squad', 'water'),
  department('water-lake', '湖泊管理所', 'squad', 'water'),
  department('sanitation', '环境卫生管理所', 'bureau'),
  department('sanitation-1', '清扫一队', 'squad', 'sanitation'),
  department('municipal', '市政设施维护中心', 'bureau'),
  department('municipal-drains', '排水班', 'squad', 'municipal'),
  department('st-east', '东门街道办', 'street'),
  department('st-west', '西门街道办', 'street'),
]

const category = (code: string, name: string, risk: Category['risk'], lead?: string): Category => ({
  code,
  name,
  kind: code.slice(0, 1),
  major: code.slice(1, 3),
  majorName: code.startsWith('C') ? '公用设施' : code.startsWith('E05') ? '突发事件' : '市容环境',
  risk,
  defaultCondition: `${code}-1`,
  ...(lead === undefined ? {} : { department: lead }),
})

const categories: Category[] = [
  category('E0110', '暴露生活垃圾', 'low', 'sanitation'),
  category('E0112', '道路不洁', 'low', 'sanitation'),
  category('E0113', '道路破损', 'normal', 'municipal'),
  category('E0125', '水域不洁', 'normal', 'water'),
  category('E0136', '乱堆物堆料', 'normal'),
  category('E0502', '燃气管道破裂', 'urgent'),
  category('C0103', '雨水井盖', 'normal', 'municipal-drains'),
]

function condition(id: string, text: string, limitText: string): FilingCondition {
  const parsed = parseLimit(limitText)
  if (!parsed.ok) throw new Error(parsed.reason)
  return { id, category: id.slice(0, id.indexOf('-')), text, limit: parsed.limit, closeCondition: '恢复' }
}

const conditions: FilingCondition[] = [
  condition('E0110-1', '有暴露垃圾', '4工作时'),
  condition('E0110-2', '有大量暴露垃圾', '1工作日'),
  condition('E0112-1', '路面有明显污物', '2工作时'),
  condition('E0113-1', '路面破损', '5工作日'),
  condition('E0125-1', '水面有漂浮垃圾', '4工作时'),
  condition('E0125-2', '水体发黑发臭', '2工作日'),
  condition('E0136-1', '占道堆放', '1工作日'),
  condition('E0502-1', '燃气泄漏', '1紧急工作时'),
  condition('C0103-1', '缺失、移位', '2紧急工作时'),
]

/** The demo's: grid reports of low risk run by rule, the rest is the duty manager's to file, the public's the operator's to accept. */
export const DEMO_POLICIES: Policies = {
  accept: [
    { when: { source: ['grid'] }, decide: 'rule' },
    { decide: 'operator', reason: 'policy' },
  ],
  file: [
    { when: { risk: ['low'], source: ['grid'] }, decide: 'rule' },
    { decide: 'duty-manager', reason: 'policy' },
  ],
  dispatch: [{ decide: 'rule' }],
  requestCheck: [{ decide: 'rule' }],
  close: [{ decide: 'duty-manager', reason: 'policy' }],
  warnShare: 0.8,
  stageLimits: { accept: '0.5紧急工作时', file: '0.5紧急工作时', confirm: '4工作时', check: '4工作时' },
  reworkLimit: 'same',
  maxExtensions: 2,
  maxSuspendDays: 365,
  fallBackDepartment: 'municipal',
}

/** Nobody is asked. */
export const RULE_POLICIES: Policies = {
  ...DEMO_POLICIES,
  accept: [{ decide: 'rule' }],
  file: [{ decide: 'rule' }],
  close: [{ decide: 'rule' }],
  reworkLimit: '2紧急工作时',
  exceptions: { rework: [{ decide: 'rule' }] },
}

/** Everything waits for somebody; some policies name a post that the lifecycle does not let decide. */
export const PEOPLE_POLICIES: Policies = {
  ...DEMO_POLICIES,
  accept: [{ decide: 'duty-manager', reason: 'careful' }],
  file: [{ decide: 'dispatcher' }],
  dispatch: [],
  requestCheck: [{ decide: 'leader' }],
  close: [{ decide: 'head' }],
  maxExtensions: 1,
  exceptions: {
    return: { within: '2工作日' },
    extension: { amount: '1工作时', approvals: [['dispatcher', 'head']] },
    suspension: { approvals: ['duty-manager', 'head'], most: 1 },
    oversight: { limit: '1工作日' },
  },
}

export function cityPack(policies: Policies = DEMO_POLICIES): CityPack {
  return {
    code: '990199',
    name: '试城',
    centreName: '试城指挥中心',
    timeZone: 'Asia/Shanghai',
    levels: [
      { key: 'street', name: '街道' },
      { key: 'community', name: '社区' },
      { key: 'grid', name: '网格' },
    ],
    policies,
    areas,
    zones,
    categories,
    conditions,
    departments,
    routing: [
      {
        id: 'R1',
        order: 10,
        category: 'E0113',
        zoneKind: 'main-road',
        department: 'municipal',
        coDepartments: [],
      },
      {
        id: 'R2',
        order: 20,
        category: 'E0136',
        area: '1',
        department: 'st-east',
        coDepartments: ['sanitation'],
      },
    ],
    calendars: [
      chibi2019,
      {
        ...chibi2019,
        owner: 'sanitation',
        seasons: [{ from: '2019-01-01', to: '2020-03-31', weekdays: week(['05:00-22:00'], 1, 7) }],
        holidays: [],
        makeUpWorkdays: [],
      },
    ],
    users: [],
    components: [
      { code: '9901990103000001', category: 'C0103', owner: 'water-canal', ...placeAt(0.5, 3.5) },
      { code: '9901990103000002', category: 'C0103', ...placeAt(0.6, 3.5) },
    ],
  }
}

/** The fixture city under the given policies. */
export const aCity = (policies?: Policies, version = 1): City => compileCity(cityPack(policies), version)
