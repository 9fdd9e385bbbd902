// Units 责任单位 of the demo town in three evaluation groups, and below them what does the work: squads, contractors,
// police stations, communities, property services of estates. Who they are and whose working hours they keep.

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

const first = (code: string, name: string, kind: string, group: string, calendar: string): UnitPlan => ({
  code,
  name,
  kind,
  group,
  calendar,
})

/** Second level 二级单位; they keep the hours of the first unless the first's are not theirs. */
const under = (parent: string, kind: string, units: Record<string, string>): UnitPlan[] =>
  Object.entries(units).map(([code, name]) => ({ code: `${parent}-${code}`, name, parent, kind }))

const communities = (parent: string, names: Record<string, string>): UnitPlan[] =>
  under(
    parent,
    'community',
    Object.fromEntries(Object.entries(names).map(([code, name]) => [code, `${name}社区居委会`])),
  )

/** Estates with a property service 物业; the others are left to the street office. By the estate's name. */
export const PROPERTY_SERVICES: Readonly<Record<string, string>> = {
  纺织小区: 'st-beiqu-pm-fangzhi',
  建设新村: 'st-xicheng-pm-jianshe',
  湖滨嘉苑: 'st-nanhu-pm-hubin',
  荷塘花园: 'st-nanhu-pm-hetang',
  金桥安置小区: 'kfq-pm-jinqiao',
}

const propertyServices = (parent: string): UnitPlan[] =>
  Object.entries(PROPERTY_SERVICES)
    .filter(([, code]) => code.startsWith(`${parent}-`))
    .map(([estate, code]) => ({ code, name: `${estate}物业服务中心`, parent, kind: 'property' }))

const units: UnitPlan[] = [
  first('enforcement', '城市管理执法局执法大队', 'bureau', GROUP.A, 'office'),
  ...under('enforcement', 'squad', {
    xicheng: '执法大队西城中队',
    nanhu: '执法大队南湖中队',
    beiqu: '执法大队北渠中队',
  }),
  first('sanitation', '环境卫生管理所', 'bureau', GROUP.A, 'sanitation'),
  ...under('sanitation', 'squad', { sweep1: '清扫一队', sweep2: '清扫二队', haul: '清运队' }),
  ...under('sanitation', 'contractor', { cleaning: '城区保洁公司' }),
  first('municipal', '市政设施维护中心', 'bureau', GROUP.A, 'office'),
  ...under('municipal', 'squad', { road: '道路班', drain: '排水班', lamp: '路灯班' }),
  first('greening', '园林绿化管理中心', 'bureau', GROUP.A, 'office'),
  ...under('greening', 'contractor', { care1: '绿化养护一公司', care2: '绿化养护二公司' }),
  first('water', '水利和湖泊局', 'bureau', GROUP.A, 'office'),
  ...under('water', 'squad', { canal: '河渠管理所', lake: '南湖管理所' }),
  first('housing', '住房和城乡建设局', 'bureau', GROUP.A, 'office'),
  ...under('housing', 'squad', { site: '质量安全监督站', estate: '物业管理科' }),
  first('traffic', '公安局交通警察大队', 'bureau', GROUP.A, 'office'),
  first('police', '公安局治安大队', 'bureau', GROUP.A, 'office'),
  ...under('police', 'station', { xicheng: '西城派出所', nanhu: '南湖派出所', beiqu: '北渠派出所' }),
  first('market', '市场监督管理局', 'bureau', GROUP.A, 'office'),
  first('transport', '交通运输局', 'bureau', GROUP.A, 'office'),
  ...under('transport', 'contractor', { bus: '公交公司' }),
  first('fire', '消防救援大队', 'bureau', GROUP.A, 'emergency'),
  first('watersupply', '水务公司', 'utility', GROUP.B, 'emergency'),
  first('power', '供电公司', 'utility', GROUP.B, 'emergency'),
  first('telecom', '通信建设协调办公室', 'utility', GROUP.B, 'utility'),
  ...under('telecom', 'contractor', {
    mobile: '移动维护队',
    unicom: '联通维护队',
    dianxin: '电信维护队',
    tower: '铁塔维护队',
    cable: '广电维护队',
  }),
  first('gas', '燃气公司', 'utility', GROUP.B, 'emergency'),
  first('st-xicheng', '西城街道办事处', 'street', GROUP.C, 'office'),
  ...communities('st-xicheng', {
    gulou: '鼓楼',
    wenmiao: '文庙巷',
    renmin: '人民路',
    jichang: '机厂',
    shuyuan: '书院',
    ximenkou: '西门口',
    jianshe: '建设',
  }),
  ...propertyServices('st-xicheng'),
  first('st-nanhu', '南湖街道办事处', 'street', GROUP.C, 'office'),
  ...communities('st-nanhu', {
    hubin: '湖滨',
    nanjin: '南津',
    shuangqiao: '双桥',
    hetang: '荷塘',
    yuchang: '渔场',
    jiaochang: '教场',
    fenghuang: '凤凰山',
  }),
  ...propertyServices('st-nanhu'),
  first('st-beiqu', '北渠街道办事处', 'street', GROUP.C, 'office'),
  ...communities('st-beiqu', {
    beiqu: '北渠',
    liangku: '粮库',
    fangzhi: '纺织路',
    chezhan: '车站',
    tieqiao: '铁桥',
    hongqi: '红旗',
  }),
  ...propertyServices('st-beiqu'),
  first('kfq', '经济开发区管理委员会', 'street', GROUP.C, 'office'),
  ...communities('kfq', { jinqiao: '金桥', gongye: '工业园' }),
  ...propertyServices('kfq'),
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
