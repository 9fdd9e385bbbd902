// Writes docs/flags.md from the tables in domain/flags: every flag for evaluation, what it says and for whom it counts.
// A test compares the page with what this generates; run `node scripts/flags-doc.ts` after changing the tables.
import { writeFileSync } from 'node:fs'
import { formatFormula, parseFormula } from '#domain/city/indicators.ts'
import { APPEAL_SUBJECTS } from '#domain/command.ts'
import { MEANINGS, type Meaning, USUAL_INDICATORS } from '#domain/flags/meaning.ts'
import { EXEMPTS, FLAG_NAMES, type FlagKey, STAGE_FLAGS } from '#domain/flags/table.ts'
import { STAGE_NAMES } from '#domain/stage-limit.ts'

const PAGE = new URL('../docs/flags.md', import.meta.url)

const SUBJECT_NAMES: Record<(typeof APPEAL_SUBJECTS)[number], string> = {
  overdue: '超期',
  rework: '返工',
  misdispatch: '派遣有误',
  dissatisfaction: '不满意',
}

const FOR_NAMES: Record<Meaning['for'][number], string> = {
  city: 'the city',
  unit: 'the unit',
  worker: 'the person and post',
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]
const code = (key: FlagKey) => `\`${key}\` ${FLAG_NAMES[key]}`
const codeOr = (key: FlagKey | undefined) => (key === undefined ? '–' : code(key))

function formula(text: string): string {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`indicator ${text}: ${parsed.reason}`)
  return `${formatFormula(parsed.terms, 'zh')} \`${text}\``
}

/** The whole page, Markdown. */
export function flagsPage(): string {
  return [
    '# Flags for evaluation 考核标志',
    '',
    'Generated from the tables in `domain/flags` by `node scripts/flags-doc.ts`; change the tables, not this page.',
    '',
    'What evaluation counts is a fact of the log, computed once, in `domain/flags.ts`. A flag is true of a case from an instant',
    'on (`at`), for somebody (`for`), in a round 轮次 and a go 派遣次 (each dispatch, rework and reopening begins a go). What takes',
    'it back is kept beside it, so the flags as they were at the end of any period can be read off: a published figure can be',
    'reproduced, and two editions compared. Formulas of a city pack only combine flags.',
    '',
    '## What counts when',
    '',
    '- **By case** 按件: flags that stand. A case has at most one reply and one closing that stand; the newest round’s.',
    '- **By round** 按轮: also those that a new round has put another in place of. Lateness of an earlier round stays a fact.',
    '- **By occurrence** 按发生: what took place in a period, whatever followed in the case, but for what proved to be none.',
    '- A case that was voided, merged, rejected or fixed on the spot counts for no unit any more, from then on (`excludedAt`).',
    '- A granted appeal 申诉 marks flags `exempt`: rates leave them out above and below the line, totals hold them.',
    '',
    '## On time 按期',
    '',
    'A unit is on time when the reply that later passes the check came by its due time, on its own calendar, extensions and',
    'suspensions counted in. A reply counts as it stands until a new round takes its place, so waiting for the check or the',
    'closing never counts against the unit. The centre’s own limits stand still while somebody looks on site. A task’s lateness',
    'is of whoever held it when its limit ran out. A late refusal is as late as a late acceptance. The due time of an outside',
    'system is the city’s to keep. Where no limit is set, nothing is due and nothing late.',
    '',
    '## Stages 环节',
    '',
    ...table(
      ['stage', 'done', 'should 应', 'in time', 'late', 'not done, too late'],
      Object.entries(STAGE_FLAGS).map(([stage, f]) => [
        `\`${stage}\` ${STAGE_NAMES[stage as keyof typeof STAGE_FLAGS]}`,
        codeOr(f.done),
        codeOr(f.due),
        codeOr(f.onTime),
        codeOr(f.late),
        codeOr(f.overdue),
      ]),
    ),
    '',
    '## All flags',
    '',
    'For *the unit*: the city, its areas and categories, and the unit. A second-level unit 二级单位 has flags of its own for its',
    'part of the handling, on its own limit, which count for it alone.',
    '',
    ...table(
      ['flag', 'true when', 'counts for'],
      (Object.keys(FLAG_NAMES) as FlagKey[]).map((key) => [
        code(key),
        MEANINGS[key].says,
        MEANINGS[key].for.map((who) => FOR_NAMES[who]).join('; '),
      ]),
    ),
    '',
    '## What a granted appeal exempts',
    '',
    ...table(
      ['about', 'flags of the unit in this case'],
      APPEAL_SUBJECTS.map((about) => {
        const keys = EXEMPTS[about]
        return [
          `\`${about}\` ${SUBJECT_NAMES[about]}`,
          keys === 'all' ? 'all; and the dispatch becomes a `misdispatched` 错派' : keys.map(code).join(', '),
        ]
      }),
    ),
    '',
    '## Usual indicators 常用指标',
    '',
    'Columns `numerator` and `denominator` of indicators.csv are written like this; the pack may choose others.',
    '',
    ...table(
      ['indicator', 'above', 'below', 'note'],
      USUAL_INDICATORS.map(({ zh, over, under, note }) => [zh, formula(over), formula(under), note ?? '']),
    ),
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(PAGE, flagsPage())
