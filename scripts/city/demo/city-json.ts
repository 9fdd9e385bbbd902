// city.json of the demo pack: names, levels, and the policies that let rules decide the small things and leave the
// rest to a desk.
import type { Policies } from '#domain/city/types.ts'
import { CITY_CODE } from './areas.ts'
import { LADDER } from './ladder.ts'

const policies: Policies = {
  accept: [
    { when: { source: ['grid'] }, decide: 'rule' },
    { decide: 'operator', reason: 'public-report' },
  ],
  file: [
    { when: { risk: ['low'] }, decide: 'rule' },
    { when: { risk: ['urgent'] }, decide: 'duty-manager', reason: 'urgent' },
    { decide: 'duty-manager', reason: 'policy' },
  ],
  dispatch: [{ decide: 'rule' }],
  requestCheck: [{ decide: 'rule' }],
  close: [{ decide: 'duty-manager', reason: 'policy' }],
  warnShare: 0.8,
  stageLimits: {
    accept: '0.25紧急工作时',
    file: '0.5紧急工作时',
    dispatch: '0.25紧急工作时',
    acknowledge: '0.25紧急工作时',
    confirm: '0.5紧急工作时',
    check: '0.5紧急工作时',
    close: '2工作时',
  },
  escalation: [...LADDER],
  reworkLimit: 'same',
  maxExtensions: 2,
  maxSuspendDays: 365,
  fallBackDepartment: 'municipal',
  taskAssignee: 'central',
  limitWords: { 小时: '工作时', 天: '工作日' },
}

export const cityJson = {
  code: CITY_CODE,
  name: '云泽市',
  centreName: '云泽市城市运行管理指挥中心',
  timeZone: 'Asia/Shanghai',
  crs: 'wgs84',
  demo: true,
  levels: [
    { key: 'street', name: '街道' },
    { key: 'community', name: '社区' },
    { key: 'grid', name: '网格' },
    { key: 'micro-grid', name: '微网格' },
  ],
  policies,
}
