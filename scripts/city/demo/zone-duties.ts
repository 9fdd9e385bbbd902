// Who answers for what in the responsibility zones 责任区, by kind of zone: units, the order in which zones are asked, and
// the categories that a zone takes from the units that have them elsewhere. Where zones lie is in zones.ts.
import { PROPERTY_SERVICES } from './units.ts'

export type ZoneKind = keyof typeof DUTIES

export interface Duty {
  department?: string
  coDepartments?: string[]
  priority: number
  categories?: string[]
  /** For people who read the file; 街长 and the like are posts, nobody's names. */
  note?: string
}

const LITTER = ['E0110', 'E0111', 'E0112', 'E0114', 'E0192']

/** A smaller priority is asked first. Without a unit, nobody of this city manages the ground 不纳管. */
const DUTIES = {
  railway: { priority: 1, note: '铁路部门管理，不纳入本市派遣；发函告知' },
  construction: {
    department: 'housing',
    coDepartments: ['enforcement'],
    priority: 2,
    categories: ['E0110', 'E0111', 'E0112', 'E0130', 'E0136', 'E0304', 'E0306', 'E0307'],
    note: '施工单位为第一责任人',
  },
  water: {
    department: 'water',
    priority: 3,
    categories: [...LITTER, 'E0101', 'E0125', 'E0130', 'E0136', 'E0182', 'C0507'],
  },
  park: {
    department: 'greening',
    priority: 4,
    categories: [...LITTER, 'E0117', 'E0118', 'E0135', 'E0136', 'C0305', 'C0402'],
  },
  estate: {
    priority: 5,
    categories: [...LITTER, 'E0117', 'E0118', 'E0135', 'E0136', 'E0196', 'E0201', 'C0305'],
  },
  'main-road': {
    department: 'sanitation',
    priority: 6,
    categories: [...LITTER, 'E0113', 'E0505', 'E0506', 'C0284', 'C0305'],
  },
  'back-lane': {
    department: 'st-xicheng',
    priority: 7,
    categories: [...LITTER, 'E0135', 'E0136', 'E0201'],
  },
} satisfies Record<string, Duty>

const STREET_HEADS: Readonly<Record<string, string>> = {
  人民路: '街长：城管执法局分管负责人；路段长：西城街道分管负责人',
  建设路: '街长：住房和城乡建设局分管负责人；路段长：西城街道分管负责人',
  湖滨路: '街长：园林绿化管理中心负责人；路段长：南湖街道分管负责人',
  纺织路: '街长：环境卫生管理所负责人；路段长：北渠街道分管负责人',
  鼓楼大道: '街长：西城街道主要负责人；路段长：鼓楼社区负责人',
  迎宾大道: '街长：市政设施维护中心负责人；路段长：南湖街道分管负责人',
  金桥大道: '街长：开发区管委会分管负责人；路段长：金桥社区负责人',
}

/** What a zone of that kind and name answers for. `office` is the street office of its place, which estates fall to. */
export function dutyOf(kind: ZoneKind, name: string, office?: string): Duty {
  if (kind === 'estate') {
    const service = PROPERTY_SERVICES[name]
    const department = service ?? office
    if (department === undefined)
      throw new Error(`estate ${name} has neither a property service nor a street office`)
    return {
      department,
      ...DUTIES.estate,
      note: service === undefined ? '无物业，由街道和社区管理' : '有物业，由街道督促物业服务中心',
    }
  }
  const note = kind === 'main-road' ? STREET_HEADS[name] : undefined
  return { ...DUTIES[kind], ...(note === undefined ? {} : { note }) }
}
