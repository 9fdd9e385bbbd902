// Writes docs/lifecycle.md from the table in domain/lifecycle.ts: a diagram of the states and the table of the steps.
// A test compares the page with what this generates; run `node scripts/lifecycle-doc.ts` after changing the table.
import { writeFileSync } from 'node:fs'
import { FINAL_STATUSES, STATUS_NAMES, STATUSES, type Status } from '#domain/case.ts'
import { LIFECYCLE, type Transition, type Who } from '#domain/lifecycle.ts'

const PAGE = new URL('../docs/lifecycle.md', import.meta.url)

const WHO_NAMES: Record<Who, string> = {
  admin: 'administrator 系统管理员',
  'system-admin': 'administrator of the system 系统管理员（三员）',
  'security-admin': 'administrator of security 安全管理员',
  auditor: 'auditor 审计管理员',
  'duty-manager': 'duty manager 值班长',
  operator: 'operator 受理员',
  dispatcher: 'dispatcher 派遣员',
  supervisor: 'grid supervisor 网格监督员',
  'grid-member': 'grid member 网格员',
  evaluator: 'evaluator 考核员',
  head: 'centre head 中心主任',
  leader: 'city leader 分管领导',
  'department-officer': 'department officer 部门经办',
  handler: 'handler 处置人员',
  display: 'display 大屏',
  rule: 'rule 规则',
  lead: 'lead unit 主办单位',
  co: 'officer or handler of a co-unit 协办单位',
  assignee: 'holder of the field task 任务承办人',
  reporter: 'reporter 上报人',
  pool: 'member of the pool 认领池成员',
}

const steps: readonly Transition[] = LIFECYCLE
const label = (s: Status) => `${STATUS_NAMES[s]} ${s}`

/** One arrow for each pair of states, with every step that leads along it. */
function diagram(): string[] {
  const arrows = new Map<string, string[]>()
  for (const step of steps) {
    if (step.to === 'same') continue
    for (const from of step.from) {
      const arrow = `${from} --> ${step.to}`
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), `${step.zh} ${step.action}`])
    }
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...STATUSES.map((s) => `    state "${label(s)}" as ${s}`),
    '    [*] --> reported : 上报 report',
    ...[...arrows].map(([arrow, names]) => `    ${arrow} : ${names.join(' / ')}`),
    ...FINAL_STATUSES.map((s) => `    ${s} --> [*]`),
    '```',
  ]
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]

/** The whole page, Markdown. */
export function lifecyclePage(): string {
  return [
    '# The lifecycle of a case 案件流程',
    '',
    'Generated from `domain/lifecycle.ts` by `node scripts/lifecycle-doc.ts`; change the table, not this page.',
    'Terms and reason codes are in [glossary.md](glossary.md).',
    '',
    '## States',
    '',
    ...diagram(),
    '',
    '## Steps',
    '',
    'A step that stays leaves the status as it is and is still in the log. Each step of a rule follows the policy of the',
    'city pack for category and source; where the rule is not certain, the case waits with the reason (`waitsFor`).',
    '',
    ...table(
      ['step', 'from', 'to', 'who', 'why'],
      steps.map((s) => [
        `\`${s.action}\` ${s.zh}`,
        s.from.join(', '),
        s.to === 'same' ? 'stays' : `**${s.to}**`,
        s.who.map((w) => WHO_NAMES[w]).join(', '),
        s.why,
      ]),
    ),
    '',
    '## What can happen in each state',
    '',
    ...table(
      ['state', 'leads on', 'stays'],
      STATUSES.map((status) => {
        const here = steps.filter((s) => s.from.includes(status))
        const names = (list: readonly Transition[]) => list.map((s) => `\`${s.action}\``).join(', ') || '–'
        return [
          label(status),
          names(here.filter((s) => s.to !== 'same')),
          names(here.filter((s) => s.to === 'same')),
        ]
      }),
    ),
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(PAGE, lifecyclePage())
