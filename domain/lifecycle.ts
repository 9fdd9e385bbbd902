// The lifecycle 案件流程 as data: which action leads from where to where, who may take it, and why it exists.
// `decide` reads this table; nothing else knows the edges. docs/lifecycle.md is generated from it.
import type { Post, Status } from './case.ts'

/**
 * Who may act: a post, or a relation to the case. `lead` = an officer of the lead department or a unit above or
 * below it; `co` = the same of a co-unit; `handler` = the person it is assigned to; `assignee` = holder of the open
 * field task; `reporter` = the account that reported; `rule` = an automatic step allowed by policy.
 */
export type Who = Post | 'rule' | 'lead' | 'assignee' | 'reporter' | 'pool' | 'co'

export interface Transition {
  action: string
  zh: string
  from: readonly Status[]
  /** Target status, or `same`. */
  to: Status | 'same'
  who: readonly Who[]
  why: string
}

const OPEN: readonly Status[] = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'handling',
  'suspended',
  'replied',
  'checked',
]
const CENTRE: readonly Who[] = ['operator', 'dispatcher', 'duty-manager', 'head']

export const LIFECYCLE = [
  {
    action: 'screen',
    zh: '预审',
    from: ['reported'],
    to: 'same',
    who: ['rule'],
    why: 'Facts first: grid, zone and completeness are the same for everybody who decides later.',
  },
  {
    action: 'await-decision',
    zh: '待决策',
    from: ['reported', 'accepted', 'filed', 'replied', 'checked'],
    to: 'same',
    who: ['rule'],
    why: 'A rule that is not certain says so and names who must decide; nothing is dropped silently.',
  },
  {
    action: 'accept',
    zh: '受理',
    from: ['reported'],
    to: 'accepted',
    who: ['rule', 'operator', 'duty-manager'],
    why: 'The centre takes the matter on: it is fit for handling.',
  },
  {
    action: 'request-confirm',
    zh: '派发核实',
    from: ['reported', 'accepted'],
    to: 'same',
    who: ['rule', 'operator', 'duty-manager'],
    why: 'A report from the public may need eyes on site before anybody is sent.',
  },
  {
    action: 'confirm',
    zh: '核实',
    from: ['reported', 'accepted'],
    to: 'same',
    who: ['assignee'],
    why: 'Only the person on site can say whether it is there.',
  },
  {
    action: 'reject',
    zh: '不予受理/不予立案',
    from: ['reported', 'accepted', 'filed'],
    to: 'rejected',
    who: ['operator', 'duty-manager'],
    why: 'Not ours, not enough, or not true; the reporter is told the reason. From filed only after a return.',
  },
  {
    action: 'merge',
    zh: '并案',
    from: ['reported', 'accepted', 'filed'],
    to: 'merged',
    who: ['rule', 'operator', 'duty-manager'],
    why: 'The same matter again: both reporters are answered by the surviving case.',
  },
  {
    action: 'file',
    zh: '立案',
    from: ['accepted'],
    to: 'filed',
    who: ['rule', 'duty-manager'],
    why: 'Picks the filing condition, and with it the limit; the case gets its number.',
  },
  {
    action: 'dispatch',
    zh: '派遣',
    from: ['filed'],
    to: 'dispatched',
    who: ['rule', 'dispatcher', 'duty-manager'],
    why: 'One lead unit answers for it; its clock starts.',
  },
  {
    action: 'acknowledge',
    zh: '签收',
    from: ['dispatched'],
    to: 'handling',
    who: ['lead'],
    why: 'The unit has seen it and works on it.',
  },
  {
    action: 'claim',
    zh: '认领',
    from: ['dispatched'],
    to: 'handling',
    who: ['pool', 'department-officer', 'handler', 'grid-member'],
    why: 'Dispatch by claim: whoever takes it from the pool answers for it.',
  },
  {
    action: 'request-return',
    zh: '申请退单',
    from: ['dispatched', 'handling'],
    to: 'same',
    who: ['lead'],
    why: 'Not the right unit: it says so with evidence. The clock runs until the return is granted.',
  },
  {
    action: 'grant-return',
    zh: '同意退单',
    from: ['dispatched', 'handling'],
    to: 'filed',
    who: ['dispatcher', 'duty-manager', 'head'],
    why: 'Goes back to be dispatched again. A second return of the same case is the centre head’s to decide.',
  },
  {
    action: 'refuse-return',
    zh: '驳回退单',
    from: ['dispatched', 'handling'],
    to: 'same',
    who: ['dispatcher', 'duty-manager', 'head'],
    why: 'It is theirs after all; the clock never stopped.',
  },
  {
    action: 'assign',
    zh: '二级派遣',
    from: ['handling'],
    to: 'same',
    who: ['lead'],
    why: 'Inside the unit: to a squad, a contractor or a person.',
  },
  {
    action: 'take',
    zh: '领办',
    from: ['handling'],
    to: 'same',
    who: ['lead', 'handler'],
    why: 'A person of the unit takes it on.',
  },
  {
    action: 'request-extension',
    zh: '申请延期',
    from: ['handling'],
    to: 'same',
    who: ['lead'],
    why: 'More time is asked for before the deadline, never after it.',
  },
  {
    action: 'grant-extension',
    zh: '同意延期',
    from: ['handling'],
    to: 'same',
    who: ['dispatcher', 'duty-manager', 'head'],
    why: 'Adds one more original limit to the present deadline.',
  },
  {
    action: 'refuse-extension',
    zh: '驳回延期',
    from: ['handling'],
    to: 'same',
    who: ['dispatcher', 'duty-manager', 'head'],
    why: 'The deadline stands; a refusal uses up no try.',
  },
  {
    action: 'request-suspension',
    zh: '申请挂账',
    from: ['handling'],
    to: 'same',
    who: ['lead'],
    why: 'Work that cannot be done now, with an end date.',
  },
  {
    action: 'suspend',
    zh: '挂账',
    from: ['handling'],
    to: 'suspended',
    who: ['duty-manager', 'head'],
    why: 'The clock stops and the case leaves 应结案 until it resumes.',
  },
  {
    action: 'refuse-suspension',
    zh: '驳回挂账',
    from: ['handling'],
    to: 'same',
    who: ['duty-manager', 'head'],
    why: 'It can be done now.',
  },
  {
    action: 'resume',
    zh: '恢复处置',
    from: ['suspended'],
    to: 'handling',
    who: ['rule', 'lead', 'duty-manager', 'head'],
    why: 'At its end date by the timer, or earlier by hand; the clock runs on from where it stopped.',
  },
  {
    action: 'reply',
    zh: '回告',
    from: ['handling'],
    to: 'replied',
    who: ['lead', 'handler'],
    why: 'The unit says it is done and shows it; its clock stops here.',
  },
  {
    action: 'self-handle',
    zh: '自行处置',
    from: ['reported', 'accepted', 'filed', 'dispatched'],
    to: 'closed',
    who: ['reporter'],
    why: 'A grid member fixed it on the spot, two photos; counted for the person, not for a unit.',
  },
  {
    action: 'request-check',
    zh: '派发核查',
    from: ['replied'],
    to: 'same',
    who: ['rule', 'operator', 'dispatcher', 'duty-manager'],
    why: 'Somebody other than the unit looks.',
  },
  {
    action: 'pass',
    zh: '核查通过',
    from: ['replied'],
    to: 'checked',
    who: ['assignee'],
    why: 'Seen on site: done.',
  },
  {
    action: 'fail',
    zh: '核查不通过',
    from: ['replied'],
    to: 'same',
    who: ['assignee'],
    why: 'Seen on site: not done, half done or back again. Rework is somebody else’s decision.',
  },
  {
    action: 'rework',
    zh: '返工',
    from: ['replied', 'checked'],
    to: 'handling',
    who: ['rule', 'duty-manager'],
    why: 'The same unit again, a new round; lateness of an earlier round stays a fact.',
  },
  {
    action: 'close',
    zh: '结案',
    from: ['checked'],
    to: 'closed',
    who: ['rule', 'duty-manager'],
    why: 'The centre answers for the end, with an outcome: closed is not always fixed.',
  },
  {
    action: 'reopen',
    zh: '重新立案',
    from: ['closed'],
    to: 'handling',
    who: ['duty-manager'],
    why: 'The reporter was right that it is not done; a new round, visible in the log.',
  },
  {
    action: 'void',
    zh: '作废',
    from: ['accepted', 'filed', 'dispatched', 'handling', 'suspended', 'replied'],
    to: 'voided',
    who: ['duty-manager'],
    why: 'Should never have been a case; left out of the accurate filing count.',
  },
  {
    action: 'oversee',
    zh: '督办',
    from: OPEN,
    to: 'same',
    who: ['rule', 'duty-manager', 'head', 'leader'],
    why: 'Somebody above watches this one and wants an answer.',
  },
  {
    action: 'answer-oversight',
    zh: '督办回复',
    from: ['dispatched', 'handling', 'suspended', 'replied', 'checked'],
    to: 'same',
    who: ['lead'],
    why: 'Whoever issued the oversight is told what became of it.',
  },
  {
    action: 'escalate',
    zh: '升级',
    from: OPEN,
    to: 'same',
    who: ['rule'],
    why: 'What runs long is told, called or overseen by the city’s ladder: each rung once a go, at its instant.',
  },
  {
    action: 'urge',
    zh: '催办',
    from: OPEN,
    to: 'same',
    who: ['rule', 'operator', 'dispatcher', 'duty-manager', 'head', 'leader'],
    why: 'A reminder that stays in the log.',
  },
  {
    action: 'comment',
    zh: '备注',
    from: [...OPEN, 'closed', 'rejected', 'merged', 'voided'],
    to: 'same',
    who: [...CENTRE, 'lead', 'handler', 'assignee', 'evaluator', 'leader', 'supervisor'],
    why: 'A remark never makes a step stale.',
  },
  {
    action: 'appeal',
    zh: '申诉',
    from: ['closed'],
    to: 'same',
    who: ['lead'],
    why: 'The facts stay; whether statistics count them is what is asked.',
  },
  {
    action: 'rule-on-appeal',
    zh: '申诉裁定',
    from: ['closed'],
    to: 'same',
    who: ['evaluator'],
    why: 'Granted: statistics skip it.',
  },
  {
    action: 'rate',
    zh: '评价',
    from: ['closed'],
    to: 'same',
    who: ['reporter', 'operator', 'duty-manager'],
    why: 'The reporter’s word on it, or the call-back operator’s note of it.',
  },
  {
    action: 'dispatch-first',
    zh: '先派后补',
    from: ['reported', 'accepted'],
    to: 'dispatched',
    who: ['operator', 'dispatcher', 'duty-manager'],
    why: 'An urgent case goes out at once: accepted, filed and dispatched in one step, its papers owed.',
  },
  {
    action: 'complete-papers',
    zh: '补办手续',
    from: ['dispatched', 'handling', 'suspended', 'replied', 'checked'],
    to: 'same',
    who: ['operator', 'duty-manager'],
    why: 'What was skipped to be quick is written down after; a case with papers owed is not closed.',
  },
  {
    action: 'co-answer',
    zh: '协办反馈',
    from: ['dispatched', 'handling', 'suspended', 'replied', 'checked'],
    to: 'same',
    who: ['co'],
    why: 'A co-unit signs, arrives and answers; the lead still answers for the whole.',
  },
  {
    action: 'accept-task',
    zh: '接受任务',
    from: ['reported', 'accepted', 'replied'],
    to: 'same',
    who: ['assignee'],
    why: 'The person on the way says so.',
  },
  {
    action: 'hand-over-task',
    zh: '转交任务',
    from: ['reported', 'accepted', 'replied'],
    to: 'same',
    who: ['rule', 'assignee', 'dispatcher', 'duty-manager'],
    why: 'Cannot get there or end of shift: somebody else goes.',
  },
] as const satisfies Transition[]

export type Action = (typeof LIFECYCLE)[number]['action']
export const ACTIONS: readonly Action[] = LIFECYCLE.map((t) => t.action)

const BY_ACTION: ReadonlyMap<string, Transition> = new Map(LIFECYCLE.map((t) => [t.action, t]))
export const transition = (action: string): Transition | undefined => BY_ACTION.get(action)

/** Actions of the machine or of the tasks endpoint: never offered as a case action. */
export const INTERNAL_ACTIONS: ReadonlySet<string> = new Set([
  'screen',
  'await-decision',
  'accept-task',
  'hand-over-task',
  'escalate',
])

/** Words beside the work: whether one of these is possible makes no step stale. */
export const REMARKS: ReadonlySet<string> = new Set([
  'comment',
  'urge',
  'oversee',
  'answer-oversight',
  'escalate',
  'co-answer',
])
