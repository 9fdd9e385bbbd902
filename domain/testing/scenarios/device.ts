// What devices say of their own time: which of the two times counts for whom, and what cannot be believed.
import type { Scenario } from '../scenario.ts'
import { PLACES } from '../city.ts'

const topic = 'Device time 设备时间'
const day = (time: string) => `2019-09-29T${time}:00+08:00`
const toCheck = [
  ['duty', 'file'],
  ['water', 'acknowledge'],
  ['water', 'reply', { result: '已清理' }],
  ['supervisor', 'accept-task'],
] as const
const byCapture = { screening: { captureTime: { counts: { reply: 'capture' } } } } as const

export const DEVICE: Scenario[] = [
  {
    topic,
    name: 'No network on site: the check counts by when the supervisor looked, kept beside when it arrived',
    zh: '现场无网络：核查按采集时间计，收到时间一并留存',
    steps: [
      ...toCheck,
      ['wait', day('12:55')],
      ['supervisor', 'pass', { capturedAt: day('09:00'), sentAt: day('13:00') }],
    ],
    ends: { case: { status: 'checked', checkedAt: Date.parse(day('13:00')) }, light: 'green', late: [false] },
  },
  {
    topic,
    name: 'A device’s clock an hour fast is set right by what it showed at sending',
    zh: '设备时钟快一小时：按发送时的偏差校正',
    steps: [
      ...toCheck,
      ['wait', day('12:55')],
      ['supervisor', 'pass', { capturedAt: day('10:00'), sentAt: day('14:00') }],
    ],
    ends: { case: { status: 'checked' }, late: [false] },
  },
  {
    topic,
    name: 'A unit’s reply counts by when the centre had it, whatever its device says',
    zh: '单位回告按收到时间计，不论设备时间',
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', day('14:55')],
      ['water', 'reply', { result: '已清理', capturedAt: day('11:00'), sentAt: day('15:00') }],
    ],
    ends: { case: { status: 'replied' }, light: 'red', late: [true] },
  },
  {
    topic,
    name: 'Where policy says so, a unit’s reply counts by when the work was photographed',
    zh: '策略可定：单位回告按采集时间计',
    policies: byCapture,
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', day('14:55')],
      ['water', 'reply', { result: '已清理', capturedAt: day('11:00'), sentAt: day('15:00') }],
    ],
    ends: { case: { status: 'replied', wasOverdue: false }, light: 'green', late: [false] },
  },
  {
    topic,
    name: 'A time before the dispatch that it answers never counts',
    zh: '早于派遣的采集时间不予采信',
    policies: byCapture,
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', day('14:55')],
      ['water', 'reply', { result: '已清理', capturedAt: day('07:00'), sentAt: day('15:00') }],
    ],
    ends: { case: { status: 'replied' }, light: 'red', late: [true] },
  },
  {
    topic,
    name: 'A time without the clock at sending cannot be checked, and does not count',
    zh: '未报告发送时钟：无法核对，不予采信',
    policies: byCapture,
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', day('14:55')],
      ['water', 'reply', { result: '已清理', capturedAt: day('11:00') }],
    ],
    ends: { case: { status: 'replied' }, light: 'red', late: [true] },
  },
  {
    topic,
    name: 'Said to have happened after it was reported: the operator looks first',
    zh: '所报发生时间晚于上报：先由受理员查看',
    report: { category: 'E0110', position: PLACES.road, occurredAt: Date.parse(day('09:00')) },
    steps: [],
    ends: { case: { status: 'reported' }, waits: 'operator accept' },
  },
  {
    topic,
    name: 'A position that is accurate to half a kilometre only: the operator looks first',
    zh: '定位精度仅五百米：先由受理员查看',
    report: { category: 'E0110', position: PLACES.road, accuracyM: 500 },
    steps: [],
    ends: { case: { status: 'reported' }, waits: 'operator accept' },
  },
]
