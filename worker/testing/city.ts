// A city small enough to read: four grids, a canal, five units, one category by rule and one that the duty manager files.
import type { Polygon } from 'geojson'
import type { Area, CityPack, Department, FilingCondition, PackUser } from '#domain/city/types.ts'

const square = (west: number, south: number, size: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
})

const area = (
  code: string,
  level: string,
  west: number,
  south: number,
  size: number,
  parent?: string,
): Area => ({
  code,
  name: code,
  level,
  parent,
  geometry: square(west, south, size),
  centre: { lng: west + size / 2, lat: south + size / 2 },
})

const unit = (code: string, name: string, parent?: string): Department => ({
  code,
  name,
  parent,
  kind: parent === undefined ? 'bureau' : 'squad',
  calendar: 'centre',
})

const condition = (id: string, category: string, amount: number): FilingCondition => ({
  id,
  category,
  text: id,
  limit: { amount, unit: 'urgent-hour', text: `${amount}紧急工作时` },
  closeCondition: 'gone',
})

const user = (username: string, posts: PackUser['posts'], department?: string): PackUser => ({
  username,
  name: username,
  posts,
  department,
  areas: [],
})

/** On a street of grid G1: litter here goes to the sanitation office by rule. */
export const STREET = { lng: 114.005, lat: 30.005 }
/** In the canal of grid G4. */
export const CANAL = { lng: 114.015, lat: 30.015 }

/** Limits run around the clock: 4 hours for litter (yellow after 3 h 12), 8 for the canal. */
export const PACK: CityPack = {
  code: 'small',
  name: '小城',
  centreName: '小城指挥中心',
  timeZone: 'Asia/Shanghai',
  demo: true,
  levels: [
    { key: 'street', name: '街道' },
    { key: 'grid', name: '网格' },
  ],
  policies: {
    accept: [{ when: { source: ['grid'] }, decide: 'rule' }, { decide: 'operator' }],
    file: [{ when: { risk: ['low'] }, decide: 'rule' }, { decide: 'duty-manager' }],
    dispatch: [{ decide: 'rule' }],
    requestCheck: [{ decide: 'rule' }],
    close: [{ when: { risk: ['low'] }, decide: 'rule' }, { decide: 'duty-manager' }],
    warnShare: 0.8,
    stageLimits: { check: '2紧急工作时' },
    reworkLimit: 'same',
    maxExtensions: 2,
    maxSuspendDays: 30,
    fallBackDepartment: 'general',
  },
  areas: [
    area('S1', 'street', 114, 30, 0.02),
    area('G1', 'grid', 114, 30, 0.01, 'S1'),
    area('G2', 'grid', 114.01, 30, 0.01, 'S1'),
    area('G3', 'grid', 114, 30.01, 0.01, 'S1'),
    area('G4', 'grid', 114.01, 30.01, 0.01, 'S1'),
  ],
  zones: [
    {
      code: 'Z-canal',
      name: '北渠',
      kind: 'water',
      department: 'water',
      coDepartments: [],
      priority: 10,
      categories: [],
      geometry: square(114.013, 30.013, 0.004),
      centre: CANAL,
    },
  ],
  categories: [
    {
      code: 'E0110',
      name: '暴露生活垃圾',
      kind: 'E',
      major: '01',
      majorName: '市容环境',
      risk: 'low',
      defaultCondition: 'E0110-1',
      department: 'sanitation',
    },
    {
      code: 'E0125',
      name: '水域不洁',
      kind: 'E',
      major: '01',
      majorName: '市容环境',
      risk: 'normal',
      defaultCondition: 'E0125-1',
    },
  ],
  conditions: [condition('E0110-1', 'E0110', 4), condition('E0125-1', 'E0125', 8)],
  departments: [
    unit('water', '水务局'),
    unit('canal-squad', '北渠管护队', 'water'),
    unit('sanitation', '环卫所'),
    unit('housing', '住建局'),
    unit('general', '综合执法局'),
  ],
  routing: [],
  calendars: [
    {
      owner: 'centre',
      timeZone: 'Asia/Shanghai',
      seasons: [
        { from: '2020-01-01', to: '2099-12-31', weekdays: { 1: [{ start: '08:00', end: '18:00' }] } },
      ],
      holidays: [],
      makeUpWorkdays: [],
    },
  ],
  users: [
    user('duty', ['duty-manager']),
    user('operator', ['operator']),
    user('grid', ['grid-member']),
    user('supervisor', ['supervisor']),
    user('supervisor-2', ['supervisor']),
    user('dept-water', ['department-officer'], 'water'),
    user('dept-sanitation', ['department-officer'], 'sanitation'),
  ],
  components: [],
}
