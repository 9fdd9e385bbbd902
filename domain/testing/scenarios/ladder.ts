// What runs long: the ladder 升级阶梯, rung by rung, once a go.
import type { Rung } from '../../escalation.ts'
import { at } from '../calendars.ts'
import type { Scenario } from '../scenario.ts'

const topic = 'The ladder 升级阶梯'
const signed = [
  ['duty', 'file'],
  ['water', 'acknowledge'],
] as const
const escalation: readonly Rung[] = [
  { id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' },
  { id: 'overdue', name: '超期', stage: 'handle', share: 1, do: 'tell', who: 'duty-manager' },
  { id: 'oversee', name: '超期督办', stage: 'handle', past: '1工作时', do: 'oversee', limit: '4工作时' },
]
const climbed = (rung: string, time: string, turn = 1) => ({
  rung,
  of: `handle:${turn}`,
  round: turn,
  turn,
  at: at(time),
})

export const LADDER: Scenario[] = [
  {
    topic,
    name: 'Near its limit the person is reminded, past it the duty manager told, an hour later it is overseen by rule',
    zh: '临期提醒、超期上报、久拖督办，各级只升级一次',
    policies: { escalation },
    steps: [...signed, ['wait', '2019-09-29T17:00+08:00'], ['water', 'reply']],
    ends: {
      case: {
        status: 'replied',
        escalations: [
          climbed('near', '2019-09-29T11:17+08:00'),
          climbed('overdue', '2019-09-29T14:05:00.001+08:00'),
          climbed('oversee', '2019-09-29T15:05:00.001+08:00'),
        ],
        overseen: 1,
      },
      late: [true],
    },
  },
  {
    topic,
    name: 'Replied to after the reminder, then reworked: in the new round the ladder is climbed anew',
    zh: '提醒后回告，返工后重新计时并重新升级',
    policies: { escalation },
    steps: [
      ...signed,
      ['wait', '2019-09-29T11:30+08:00'],
      ['water', 'reply'],
      ['supervisor', 'fail'],
      ['duty', 'rework', { reason: 'half-done' }],
      ['wait', '2019-09-29T16:59+08:00'],
    ],
    ends: {
      case: {
        status: 'handling',
        round: 2,
        escalations: [
          climbed('near', '2019-09-29T11:17+08:00'),
          climbed('near', '2019-09-29T16:57+08:00', 2),
        ],
        overseen: 0,
      },
      late: [false],
    },
  },
]
