// Units 责任单位 of the demo town in three evaluation groups, with their squads and contractors, and who works when.

export interface UnitPlan {
  code: string
  name: string
  parent?: string
  kind: string
  group?: string
  calendar?: string
  dutyPhone?: string
}

const GROUP = { A: '市直部门', B: '公用企业', C: '属地' }

const bureau = (code: string, name: string, kind: string, group: string, calendar = ''): UnitPlan => ({
  code,
  name,
  kind,
  group,
  ...(calendar ? { calendar } : {}),
})

const under = (parent: string, kind: string, units: Record<string, string>): UnitPlan[] =>
  Object.entries(units).map(([code, name]) => ({ code: `${parent}-${code}`, name, parent, kind }))

const units: UnitPlan[] = [
  bureau('enforcement', '城市管理执法局执法大队', 'bureau', GROUP.A),
  ...under('enforcement', 'squad', {
    xicheng: '执法大队西城中队',
    nanhu: '执法大队南湖中队',
    beiqu: '执法大队北渠中队',
  }),
  bureau('sanitation', '环境卫生管理所', 'bureau', GROUP.A, 'sanitation'),
  ...under('sanitation', 'squad', { sweep1: '清扫一队', sweep2: '清扫二队', haul: '清运队' }),
  ...under('sanitation', 'contractor', { cleaning: '城区保洁公司' }),
  bureau('municipal', '市政设施维护中心', 'bureau', GROUP.A),
  ...under('municipal', 'squad', { road: '道路班', drain: '排水班', lamp: '路灯班' }),
  bureau('greening', '园林绿化管理中心', 'bureau', GROUP.A),
  ...under('greening', 'contractor', { care1: '绿化养护一公司', care2: '绿化养护二公司' }),
  bureau('water', '水利和湖泊局', 'bureau', GROUP.A),
  ...under('water', 'squad', { canal: '河渠管理所', lake: '南湖管理所' }),
  bureau('housing', '住房和城乡建设局', 'bureau', GROUP.A),
  ...under('housing', 'squad', { site: '质量安全监督站', estate: '物业管理科' }),
  bureau('traffic', '公安局交通警察大队', 'bureau', GROUP.A),
  bureau('police', '公安局治安大队', 'bureau', GROUP.A),
  bureau('market', '市场监督管理局', 'bureau', GROUP.A),
  bureau('transport', '交通运输局', 'bureau', GROUP.A),
  ...under('transport', 'contractor', { bus: '公交公司' }),
  bureau('fire', '消防救援大队', 'bureau', GROUP.A, 'emergency'),
  bureau('watersupply', '水务公司', 'utility', GROUP.B, 'emergency'),
  bureau('power', '供电公司', 'utility', GROUP.B, 'emergency'),
  bureau('telecom', '通信建设协调办公室', 'utility', GROUP.B),
  ...under('telecom', 'contractor', {
    mobile: '移动维护队',
    unicom: '联通维护队',
    dianxin: '电信维护队',
    tower: '铁塔维护队',
    cable: '广电维护队',
  }),
  bureau('gas', '燃气公司', 'utility', GROUP.B, 'emergency'),
  bureau('st-xicheng', '西城街道办事处', 'street', GROUP.C),
  bureau('st-nanhu', '南湖街道办事处', 'street', GROUP.C),
  bureau('st-beiqu', '北渠街道办事处', 'street', GROUP.C),
  bureau('kfq', '经济开发区管理委员会', 'street', GROUP.C),
]

/** Duty phones lie in a range that is never given to subscribers. */
export const UNITS: readonly UnitPlan[] = (() => {
  let line = 0
  return units.map((u) => (u.parent === undefined ? { ...u, dutyPhone: `0000-${5550100 + ++line}` } : u))
})()

/** The street office of each street, by area code behind the city's. */
export const STREET_UNITS = [
  ['001', 'st-xicheng'],
  ['002', 'st-nanhu'],
  ['003', 'st-beiqu'],
  ['401', 'kfq'],
] as const

export const POSTS: readonly { username: string; name: string; posts: string; department?: string }[] = [
  { username: 'admin', name: '系统管理员', posts: 'admin' },
  { username: 'duty', name: '值班长', posts: 'duty-manager' },
  { username: 'operator', name: '受理员', posts: 'operator' },
  { username: 'dispatcher', name: '派遣员', posts: 'dispatcher' },
  { username: 'supervisor', name: '网格监督员', posts: 'supervisor' },
  { username: 'grid', name: '网格员', posts: 'grid-member' },
  { username: 'evaluator', name: '考核员', posts: 'evaluator' },
  { username: 'head', name: '中心主任', posts: 'head' },
  { username: 'leader', name: '分管领导', posts: 'leader' },
  { username: 'wall', name: '大屏', posts: 'display' },
  ...units
    .filter((u) => u.parent === undefined)
    .map((u) => ({
      username: `dept-${u.code}`,
      name: `${u.name}经办`,
      posts: 'department-officer',
      department: u.code,
    })),
  { username: 'handler-water', name: '水利和湖泊局处置员', posts: 'handler', department: 'water' },
]
