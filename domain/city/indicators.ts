// Indicators 考核指标 as rows of a table: which counts are divided by which. The counts are facts of cases that the log
// knows; a formula adds and subtracts them. Nothing is computed here: this is the vocabulary and its reading.

/**
 * What can be counted, with the field's word. "Should" counts 应… hold what was due within the period's end or is late
 * already; cases still inside their limit are left out.
 */
export const COUNTS = {
  reported: '上报',
  'valid-reported': '有效上报',
  accepted: '受理',
  'due-accepted': '应受理',
  'on-time-accepted': '按时受理',
  filed: '立案',
  'on-time-filed': '按时立案',
  dispatched: '派遣',
  'due-dispatched': '应派遣',
  'on-time-dispatched': '按时派遣',
  'accurately-dispatched': '准确派遣',
  misdispatched: '错派',
  acknowledged: '签收',
  'on-time-acknowledged': '按时签收',
  replied: '处置',
  'due-replied': '应处置',
  'on-time-replied': '按期处置',
  'late-replied': '超期处置',
  unreplied: '未处置',
  'overdue-unreplied': '超期未处置',
  'in-time-unreplied': '按期处置中',
  confirmed: '核实',
  'due-confirmed': '应核实',
  'on-time-confirmed': '按期核实',
  checked: '核查',
  'due-checked': '应核查',
  'on-time-checked': '按期核查',
  closed: '结案',
  'due-closed': '应结案',
  'on-time-closed': '按期结案',
  'late-closed': '超期结案',
  'overdue-unclosed': '超期未结案',
  reworked: '返工',
  returned: '退单',
  extended: '延期',
  suspended: '挂账',
  voided: '作废',
  rejected: '不予立案',
  merged: '并案',
  reopened: '重新立案',
  'self-handled': '自行处置',
  overseen: '督办',
  'overseen-unanswered': '督办未处理',
  urgent: '急要件',
  'public-reported': '公众举报',
  missed: '漏报',
  'called-back': '回访',
  'very-satisfied': '非常满意',
  satisfied: '满意',
  dissatisfied: '不满意',
  'overdue-unaccepted': '超期未受理',
  'due-filed': '应立案',
  'overdue-unfiled': '超期未立案',
  'accurately-filed': '准确立案',
  'overdue-undispatched': '超期未派遣',
  'due-acknowledged': '应签收',
  'overdue-unacknowledged': '超期未签收',
  'was-overdue': '曾超期',
  'overdue-unconfirmed': '超期未核实',
  'overdue-unchecked': '超期未核查',
  'awaiting-check': '待核查',
  'check-passed': '核查通过',
  'check-failed': '核查不通过',
  'false-replied': '虚假回复',
  'awaiting-close': '待结案',
  'return-requested': '申请退单',
  'return-refused': '驳回退单',
  'extension-requested': '申请延期',
  'papers-owed': '待补手续',
  'oversight-answered': '督办已回复',
  'due-oversight-answered': '应回复督办',
  'on-time-oversight-answered': '按期回复督办',
  'overdue-oversight': '督办超期',
  'outside-answered': '外部件办结',
  'due-outside-answered': '外部件应办结',
  'on-time-outside-answered': '外部件按期办结',
  'overdue-outside': '外部时限超期',
  urged: '催办',
  neutral: '基本满意',
  appealed: '申诉',
  'appeal-granted': '申诉成立',
} as const

export type CountKey = keyof typeof COUNTS

/** Other words in use for the same counts, as bulletins and suppliers write them. */
const ALSO: Readonly<Record<string, CountKey>> = {
  应按时处置: 'due-replied',
  按时处置: 'on-time-replied',
  超时处置: 'late-replied',
  待处置: 'unreplied',
  超期待处置: 'overdue-unreplied',
  超时未处置: 'overdue-unreplied',
  按时待处置: 'in-time-unreplied',
  未超期待处置: 'in-time-unreplied',
  按时核实: 'on-time-confirmed',
  按时核查: 'on-time-checked',
  按时结案: 'on-time-closed',
  超时结案: 'late-closed',
  超时未结案: 'overdue-unclosed',
  立案派遣: 'dispatched',
  回告: 'replied',
  回退: 'returned',
  不予受理: 'rejected',
}

const WORDS: ReadonlyMap<string, CountKey> = new Map([
  ...Object.entries(COUNTS).flatMap(([key, zh]): [string, CountKey][] => [
    [key, key as CountKey],
    [zh, key as CountKey],
  ]),
  ...Object.entries(ALSO),
])

export interface CountTerm {
  count: CountKey
  sign: 1 | -1
}

export type FormulaParsed = { ok: true; terms: CountTerm[] } | { ok: false; reason: string; zh: string }

/** 处置, 处置数, 处置件数, 处置案件数 are the same. */
const countNamed = (word: string) =>
  [/$/, /数量?$/u, /案?件数量?$/u].map((tail) => WORDS.get(word.replace(tail, ''))).find((key) => key)

/**
 * Reads `replied + overdue-unreplied`, `立案数 - 作废数`: counts by key or Chinese word (with or without 数), added and
 * subtracted. A minus sign stands between spaces or before a Chinese word, so that it can't be taken for a hyphen.
 */
export function parseFormula(text: string): FormulaParsed {
  const terms: CountTerm[] = []
  const seen = new Set<CountKey>()
  const parts = text
    .normalize('NFKC')
    .split(/(?:^|\s*)([+−–]|(?<=\s|\p{Script=Han})-(?=\s|\p{Script=Han}))\s*/u)
  for (let i = 0; i < parts.length; i += 2) {
    const word = parts[i]?.trim() ?? ''
    const key = countNamed(word)
    if (!key)
      return {
        ok: false,
        reason: word === '' ? `"${text}" is not counts with + and - between them` : `"${word}" is no count`,
        zh: word === '' ? `“${text}”不是用＋、－连接的计数` : `“${word}”不是可用的计数`,
      }
    if (seen.has(key))
      return { ok: false, reason: `"${word}" stands twice in "${text}"`, zh: `“${text}”中“${word}”重复` }
    seen.add(key)
    terms.push({ count: key, sign: i === 0 || parts[i - 1] === '+' ? 1 : -1 })
  }
  return { ok: true, terms }
}

/** `replied + overdue-unreplied`, or in Chinese `处置数 + 超期未处置数`. */
export function formatFormula(terms: readonly CountTerm[], language: 'zh' | 'en'): string {
  return terms
    .map(({ count, sign }, i) => {
      const word = language === 'zh' ? `${COUNTS[count]}数` : count
      return i === 0 ? `${sign < 0 ? '- ' : ''}${word}` : `${sign < 0 ? '-' : '+'} ${word}`
    })
    .join(' ')
}

/** What becomes of cases is told for those dispatched in the period (`cohort`), or what happened in it is counted (`event`). */
export const INDICATOR_BASES = ['cohort', 'event'] as const
export type IndicatorBasis = (typeof INDICATOR_BASES)[number]

export const PERIOD_KINDS = ['week', 'month', 'quarter', 'year'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

export const INDICATOR_SUBJECTS = ['city', 'area', 'department', 'category', 'post'] as const
export type IndicatorSubject = (typeof INDICATOR_SUBJECTS)[number]

/** A row of indicators.csv. `code` and `version` together are unique. */
export interface PackIndicator {
  code: string
  name: string
  numerator: CountTerm[]
  /** Empty: the indicator is a plain count. */
  denominator: CountTerm[]
  basis: IndicatorBasis
  /** The rhythms in which it is reported. */
  periods: PeriodKind[]
  /** What it is told for; empty = everything. */
  by: IndicatorSubject[]
  /** Score 综合得分 that it counts in, with its weight in points; both or neither. */
  group?: string | undefined
  weight?: number | undefined
  /** `down`: less is better; it counts in a score with 1 − rate. */
  direction: 'up' | 'down'
  version: string
  /** First local day on which this version applies; absent = always. */
  from?: string | undefined
  note?: string | undefined
}
