// After the reply: checking, rework, closing, and what comes after; and what stands beside a case all along.
import type { Scenario } from '../scenario.ts'
import { PLACES } from '../city.ts'

const checks = 'Check 核查'
const rework = 'Rework 返工'
const closing = 'Closing and after 结案与回访'
const watch = 'Watching over a case 督办催办'
const urgent = 'Urgent 急要件'
const modes = 'Other ways to dispatch 吹哨与认领'

const replied = [
  ['duty', 'file'],
  ['water', 'acknowledge'],
  ['water', 'reply', { result: '已清理' }],
] as const
const passed = [...replied, ['supervisor', 'pass']] as const
const closed = [...passed, ['duty', 'close', { outcome: 'fixed' }]] as const

export const CLOSING: Scenario[] = [
  {
    topic: checks,
    name: 'A reply sends a supervisor by rule; passed, it waits for the duty manager',
    zh: '回告后自动派发核查，通过后待结案',
    steps: passed,
    ends: { case: { status: 'checked' }, waits: 'duty-manager close', late: [false] },
  },
  {
    topic: checks,
    name: 'Nobody to send: the duty manager is told, nothing is dropped',
    zh: '无人可派时提示值班长',
    onDuty: [],
    steps: replied,
    ends: { case: { status: 'replied' }, waits: 'duty-manager request-check' },
  },
  {
    topic: checks,
    name: 'Past its limit the task goes to another supervisor',
    zh: '核查任务超时自动转交',
    steps: [...replied, ['wait', '2019-09-30T09:00+08:00'], ['supervisor2', 'pass']],
    ends: { case: { status: 'checked' } },
  },
  {
    topic: checks,
    name: 'Handed over at the end of a shift',
    zh: '交班转交核查任务',
    steps: [
      ...replied,
      ['supervisor', 'hand-over-task'],
      ['supervisor', 'pass', {}, 'forbidden'],
      ['supervisor2', 'pass'],
    ],
    ends: { case: { status: 'checked' } },
  },
  {
    topic: rework,
    name: 'Not done: the duty manager sends it back, a new round with its own limit',
    zh: '核查不通过返工，重新计时',
    steps: [
      ...replied,
      ['supervisor', 'fail', { reason: 'not-done' }],
      ['duty', 'rework', { reason: 'not-done' }],
    ],
    ends: {
      case: { status: 'handling', round: 2 },
      late: [false],
      waits: 'department reply',
      due: '2019-09-29T06:25:00.000Z',
    },
  },
  {
    topic: rework,
    name: 'By rule where policy says so',
    zh: '按策略自动返工',
    policies: { exceptions: { rework: [{ decide: 'rule' }] } },
    steps: [...replied, ['supervisor', 'fail', { reason: 'half-done' }]],
    ends: { case: { status: 'handling', round: 2 }, waits: 'department reply' },
  },
  {
    topic: rework,
    name: 'The limit of the new round is policy',
    zh: '返工时限按策略',
    policies: { reworkLimit: '2紧急工作时' },
    steps: [
      ...replied,
      ['supervisor', 'fail', { reason: 'not-done' }],
      ['duty', 'rework', { reason: 'not-done' }],
    ],
    ends: { case: { round: 2 }, due: '2019-09-29T02:25:00.000Z' },
  },
  {
    topic: rework,
    name: 'The first round late, the second in time: both stay facts',
    zh: '首轮超期、次轮按期，均为事实',
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', '2019-09-29T15:00+08:00'],
      ['water', 'reply', { result: '已清理' }],
      ['supervisor', 'fail', { reason: 'back-again' }],
      ['duty', 'rework', { reason: 'back-again' }],
      ['water', 'reply', { result: '再次清理' }],
      ['supervisor2', 'pass'],
      ['duty', 'close', { outcome: 'fixed' }],
    ],
    ends: { case: { status: 'closed', round: 2, wasOverdue: true }, late: [true, false] },
  },
  {
    topic: rework,
    name: 'A false reply is a fact of its round',
    zh: '虚假回复计入该轮',
    steps: [
      ...replied,
      ['supervisor', 'fail', { reason: 'false-reply' }],
      ['duty', 'rework', { reason: 'false-reply' }],
    ],
    ends: { case: { round: 2, falseReplies: [1] } },
  },
  {
    topic: rework,
    name: 'Sent back although the check had passed',
    zh: '核查通过后值班长仍可返工',
    steps: [...passed, ['duty', 'rework', { reason: 'photo-mismatch' }]],
    ends: { case: { status: 'handling', round: 2 } },
  },
  {
    topic: closing,
    name: 'Closed as fixed by the duty manager',
    zh: '值班长结案（修复）',
    steps: closed,
    ends: { case: { status: 'closed', outcome: 'fixed' }, waits: null, late: [false] },
  },
  {
    topic: closing,
    name: 'Closed by rule where policy says so',
    zh: '按策略自动结案',
    policies: { close: [{ decide: 'rule' }] },
    steps: [...replied, ['supervisor', 'pass']],
    ends: { case: { status: 'closed' }, waits: null },
  },
  {
    topic: closing,
    name: 'Made safe: the lasting repair follows under its own, longer condition',
    zh: '排除隐患结案，后续修复另立案',
    steps: [...passed, ['duty', 'close', { outcome: 'made-safe', followUp: 'E0125-2' }]],
    ends: { case: { status: 'closed', outcome: 'made-safe', followUp: 'E0125-2' } },
  },
  {
    topic: closing,
    name: 'Closed by notice, not found, or by force are told apart',
    zh: '告知性、未发现、强制结案分列',
    steps: [...passed, ['duty', 'close', { outcome: 'notified' }]],
    ends: { case: { status: 'closed', outcome: 'notified' } },
  },
  {
    topic: closing,
    name: 'A dissatisfied call-back reopens it: a new round of the same unit',
    zh: '回访不满意重新立案',
    steps: [
      ...closed,
      ['operator', 'rate', { satisfaction: '不满意' }],
      ['duty', 'reopen', { reason: 'dissatisfied' }],
    ],
    ends: { case: { status: 'handling', round: 2 }, waits: 'department reply', late: [false] },
  },
  {
    topic: closing,
    name: 'Appealed for lateness and granted: the fact stays, statistics skip it',
    zh: '超期申诉获准：事实保留，统计豁免',
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['wait', '2019-09-29T15:00+08:00'],
      ['water', 'reply', { result: '已清理' }],
      ['supervisor', 'pass'],
      ['duty', 'close', { outcome: 'fixed' }],
      ['water', 'appeal', { about: 'overdue', reason: '停电' }],
      ['evaluator', 'rule-on-appeal', { granted: true, note: '属实' }],
    ],
    ends: { case: { status: 'closed', wasOverdue: true }, late: [true] },
  },
  {
    topic: closing,
    name: 'One appeal at a time',
    zh: '申诉未裁定前不得再诉',
    steps: [
      ...closed,
      ['water', 'appeal', { about: 'rework', reason: '重复' }],
      ['water', 'appeal', { about: 'overdue', reason: '再诉' }, 'illegal-step'],
    ],
    ends: { case: { status: 'closed' } },
  },
  {
    topic: closing,
    name: 'A case ended otherwise cannot be reopened',
    zh: '已终结的案件不得重开',
    steps: [
      ['duty', 'void'],
      ['duty', 'reopen', { reason: 'dissatisfied' }, 'illegal-step'],
    ],
    ends: { case: { status: 'voided' } },
  },
  {
    topic: watch,
    name: 'Overseen by the leader with a limit, answered by the unit',
    zh: '领导督办限时回复',
    policies: { exceptions: { oversight: { limit: '1工作日' } } },
    steps: [
      ['duty', 'file'],
      ['water', 'acknowledge'],
      ['leader', 'oversee', { note: '尽快' }],
      ['water', 'answer-oversight', { result: '已安排' }],
    ],
    ends: { case: { status: 'handling', overseen: 1 }, due: '2019-09-29T06:05:00.000Z' },
  },
  {
    topic: watch,
    name: 'Urged: a reminder in the log that makes no step stale',
    zh: '催办留痕，不影响办理',
    steps: [
      ['duty', 'file'],
      ['duty', 'urge', {}],
      ['water', 'acknowledge'],
    ],
    ends: { case: { status: 'handling', urged: 1 } },
  },
  {
    topic: urgent,
    name: 'Dispatched first, papers after; not closed while they are owed',
    zh: '先派后补，补办前不得结案',
    report: { category: 'E0502', source: 'hotline' },
    steps: [
      ['operator', 'dispatch-first', { department: 'municipal' }],
      ['duty', 'complete-papers', { condition: 'E0125-1' }, 'unknown-condition'],
      ['duty', 'complete-papers', { condition: 'E0502-1' }],
    ],
    ends: {
      case: { status: 'dispatched', urgent: true, department: 'municipal' },
      due: '2019-09-29T01:05:00.000Z',
    },
  },
  {
    topic: urgent,
    name: 'An ordinary case takes the ordinary way',
    zh: '一般案件不得先派后补',
    steps: [['operator', 'dispatch-first', {}, 'illegal-step']],
    ends: { case: { status: 'accepted' } },
  },
  {
    topic: modes,
    name: 'By summons: the dispatcher names lead and co-units',
    zh: '吹哨：指定主办与协办单位',
    report: { dispatchMode: 'summon' },
    steps: [
      ['duty', 'file'],
      ['dispatcher', 'dispatch', { department: 'water', coDepartments: ['st-east'] }],
      ['water', 'acknowledge'],
      ['east', 'co-answer', { step: 'signed' }],
    ],
    ends: { case: { status: 'handling', coDepartments: ['st-east'] } },
  },
  {
    topic: modes,
    name: 'By claim: whoever takes it from the pool answers for it',
    zh: '认领：谁认领谁负责',
    report: { dispatchMode: 'claim' },
    steps: [
      ['duty', 'file'],
      ['dispatcher', 'dispatch', { pool: 'party' }],
      ['grid2', 'claim'],
      ['grid2', 'reply', { result: '已清理' }],
    ],
    ends: { case: { status: 'replied' }, waits: 'assignee pass' },
  },
  {
    topic: modes,
    name: 'Only a case to be claimed goes to a pool',
    zh: '非认领案件不得进认领池',
    report: { position: PLACES.railway },
    steps: [
      ['operator', 'accept'],
      ['duty', 'file'],
      ['dispatcher', 'dispatch', { pool: 'party' }, 'invalid'],
    ],
    ends: { case: { status: 'filed' } },
  },
]
