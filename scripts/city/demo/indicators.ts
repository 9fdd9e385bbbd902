// Indicators 考核指标 of the demo town: what is divided by what, said in the counts that the pack's format knows, and
// the score of units and areas that they make. Chibi's rate among them: closed out of filed and dispatched.

interface Indicator {
  code: string
  name: string
  numerator: string
  denominator: string
  basis: 'cohort' | 'event'
  period?: string
  by?: string
  weight?: string
  direction?: 'down'
  note: string
}

const SCORE = '综合得分'
const VERSION = '2025-1'

/** 应结案 is what was replied to or is overdue: cases inside their limit count neither for nor against. */
const INDICATORS: readonly Indicator[] = [
  {
    code: 'disposal-rate',
    name: '处置率',
    numerator: 'replied',
    denominator: 'due-replied',
    basis: 'cohort',
    weight: '30',
    note: '处置数÷应处置数',
  },
  {
    code: 'on-time-disposal-rate',
    name: '按期处置率',
    numerator: 'on-time-replied',
    denominator: 'due-replied',
    basis: 'cohort',
    weight: '20',
    note: '按期处置数÷应处置数；按最终通过核查的那次回告计时',
  },
  {
    code: 'rework-rate',
    name: '返工率',
    numerator: 'reworked',
    denominator: 'due-closed',
    basis: 'cohort',
    weight: '20',
    direction: 'down',
    note: '返工数÷应结案数',
  },
  {
    code: 'overdue-open-rate',
    name: '超期待处置率',
    numerator: 'overdue-unreplied',
    denominator: 'due-replied',
    basis: 'cohort',
    weight: '20',
    direction: 'down',
    note: '超期未处置数÷应处置数',
  },
  {
    code: 'extension-rate',
    name: '延期率',
    numerator: 'extended',
    denominator: 'due-replied',
    basis: 'cohort',
    weight: '10',
    direction: 'down',
    note: '延期数÷应处置数',
  },
  {
    code: 'close-rate',
    name: '结案率',
    numerator: 'closed',
    denominator: 'due-closed',
    basis: 'cohort',
    note: '结案数÷应结案数；应结案数＝处置数＋超期未处置数',
  },
  {
    code: 'on-time-close-rate',
    name: '按期结案率',
    numerator: 'on-time-closed',
    denominator: 'due-closed',
    basis: 'cohort',
    note: '按期结案数÷应结案数',
  },
  {
    code: 'close-rate-of-dispatched',
    name: '结案率（立案派遣口径）',
    numerator: 'closed',
    denominator: 'dispatched',
    basis: 'event',
    note: '结案数÷立案派遣数，不剔除时限内案件；与历年通报口径一致',
  },
  {
    code: 'return-rate',
    name: '退单率',
    numerator: 'returned',
    denominator: 'dispatched',
    basis: 'cohort',
    direction: 'down',
    note: '退单数÷派遣数，驳回的退单不计',
  },
  {
    code: 'on-time-acknowledge-rate',
    name: '按期签收率',
    numerator: 'on-time-acknowledged',
    denominator: 'dispatched',
    basis: 'cohort',
    note: '按时签收数÷派遣数',
  },
  {
    code: 'filing-rate',
    name: '立案率',
    numerator: 'filed',
    denominator: 'valid-reported',
    basis: 'event',
    by: 'city;area;category',
    note: '立案数÷有效上报数',
  },
  {
    code: 'on-time-filing-rate',
    name: '按时立案率',
    numerator: 'on-time-filed',
    denominator: 'filed',
    basis: 'event',
    by: 'city;post',
    note: '按时立案数÷立案数',
  },
  {
    code: 'accurate-filing-rate',
    name: '准确立案率',
    numerator: 'filed - voided',
    denominator: 'filed',
    basis: 'event',
    by: 'city;post',
    note: '（立案数－作废数）÷立案数',
  },
  {
    code: 'on-time-dispatch-rate',
    name: '按时派遣率',
    numerator: 'on-time-dispatched',
    denominator: 'due-dispatched',
    basis: 'event',
    by: 'city;post',
    note: '按时派遣数÷应派遣数',
  },
  {
    code: 'accurate-dispatch-rate',
    name: '准确派遣率',
    numerator: 'accurately-dispatched',
    denominator: 'due-dispatched',
    basis: 'event',
    by: 'city;post',
    note: '准确派遣数÷应派遣数；改派到其他单位即为错派',
  },
  {
    code: 'on-time-confirm-rate',
    name: '按期核实率',
    numerator: 'on-time-confirmed',
    denominator: 'due-confirmed',
    basis: 'event',
    by: 'city;area;post',
    note: '按期核实数÷应核实数',
  },
  {
    code: 'on-time-check-rate',
    name: '按期核查率',
    numerator: 'on-time-checked',
    denominator: 'due-checked',
    basis: 'event',
    by: 'city;area;post',
    note: '按期核查数÷应核查数',
  },
  {
    code: 'miss-rate',
    name: '漏报率',
    numerator: 'missed',
    denominator: 'filed',
    basis: 'event',
    by: 'city;area',
    direction: 'down',
    note: '漏报数÷立案数',
  },
  {
    code: 'satisfaction-rate',
    name: '满意率',
    numerator: 'very-satisfied + satisfied',
    denominator: 'called-back',
    basis: 'event',
    note: '（非常满意数＋满意数）÷回访数',
  },
  {
    code: 'self-handled',
    name: '自行处置数',
    numerator: 'self-handled',
    denominator: '',
    basis: 'event',
    by: 'city;area;category',
    note: '采集人员当场处置，另计，不入各单位处置数',
  },
  {
    code: 'overseen',
    name: '督办数',
    numerator: 'overseen',
    denominator: '',
    basis: 'event',
    direction: 'down',
    note: '督办件数',
  },
]

export const indicatorTable = (): string[][] => [
  [
    'code',
    'name',
    'numerator',
    'denominator',
    'basis',
    'period',
    'by',
    'group',
    'weight',
    'direction',
    'version',
    'from',
    'note',
  ],
  ...INDICATORS.map((i) => [
    i.code,
    i.name,
    i.numerator,
    i.denominator,
    i.basis,
    i.period ?? 'week;month;quarter;year',
    i.by ?? 'city;area;department;category',
    i.weight ? SCORE : '',
    i.weight ?? '',
    i.direction ?? 'up',
    VERSION,
    '2025-01-01',
    i.note,
  ]),
]
