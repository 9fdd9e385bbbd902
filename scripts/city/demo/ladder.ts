// The demo city's ladder of escalation 升级阶梯: the unit hears first, then the desk, then those above it; by night, when the
// desks are empty, only what is urgent is pressed.
import type { Rung } from '#domain/escalation.ts'

export const LADDER: readonly Rung[] = [
  { id: 'unaccepted', name: '久未受理', stage: 'accept', past: '1工作时', do: 'tell', who: 'duty-manager' },
  { id: 'unfiled', name: '久未立案', stage: 'file', past: '1工作时', do: 'tell', who: 'head' },
  {
    id: 'unsigned-urgent',
    name: '急要件未签收',
    stage: 'acknowledge',
    when: { risk: ['urgent'] },
    after: '0.2紧急工作时',
    do: 'call',
  },
  { id: 'unsigned', name: '未签收', stage: 'acknowledge', after: '0.75工作时', do: 'call' },
  {
    id: 'unsigned-long',
    name: '久未签收',
    stage: 'acknowledge',
    after: '2工作时',
    do: 'tell',
    who: 'duty-manager',
  },
  { id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' },
  { id: 'overdue', name: '超期', stage: 'handle', share: 1, do: 'tell', who: 'duty-manager' },
  { id: 'oversee', name: '超期督办', stage: 'handle', past: '4工作时', do: 'oversee', limit: '4工作时' },
  { id: 'leader', name: '报分管领导', stage: 'handle', past: '2工作日', do: 'tell', who: 'leader' },
  { id: 'talk', name: '约谈', stage: 'handle', past: '5工作日', do: 'talk' },
  { id: 'unchecked', name: '超时未核查', stage: 'check', past: '2工作时', do: 'remind' },
  { id: 'unclosed', name: '超时未结案', stage: 'close', share: 1, do: 'tell', who: 'duty-manager' },
  { id: 'unanswered', name: '督办未回复', stage: 'oversight', share: 1, do: 'tell', who: 'head' },
  { id: 'outside', name: '外部时限临期', stage: 'outside', share: 0.8, do: 'tell', who: 'duty-manager' },
]
