// Limits 处置时限 as the catalogue writes them: read without guessing, written so that they read back the same.

/**
 * `urgent-hour` 紧急工作时 and `urgent-day` 紧急工作日 run continuously, as do the natural units;
 * `work-hour` 工作时 and `work-day` 工作日 run only within the owner's working periods.
 */
export type LimitUnit =
  | 'urgent-hour'
  | 'urgent-day'
  | 'work-hour'
  | 'work-day'
  | 'natural-hour'
  | 'natural-day'

export interface Limit {
  amount: number
  unit: LimitUnit
  /** The original words. */
  text: string
}

/** `reason` is a plain English sentence, `zh` the same in Chinese. */
export type LimitParsed = { ok: true; limit: Limit } | { ok: false; reason: string; zh: string }

/** Words whose meaning is the same everywhere. 紧急 wins over whatever the pack says of the word behind it. */
const FIXED: ReadonlyMap<string, LimitUnit> = new Map([
  ['紧急工作时', 'urgent-hour'],
  ['紧急工作小时', 'urgent-hour'],
  ['紧急小时', 'urgent-hour'],
  ['紧急时', 'urgent-hour'],
  ['紧急工作日', 'urgent-day'],
  ['紧急工作天', 'urgent-day'],
  ['紧急天', 'urgent-day'],
  ['紧急日', 'urgent-day'],
  ['工作时', 'work-hour'],
  ['工作小时', 'work-hour'],
  ['工作日', 'work-day'],
  ['工作天', 'work-day'],
  ['自然时', 'natural-hour'],
  ['自然小时', 'natural-hour'],
  ['自然日', 'natural-day'],
  ['自然天', 'natural-day'],
])

/** Words that a city decides about, with the word that speaks for them when the pack names only that one. */
const OPEN: ReadonlyMap<string, { sibling: string; usual: LimitUnit }> = new Map([
  ['小时', { sibling: '时', usual: 'work-hour' }],
  ['时', { sibling: '小时', usual: 'work-hour' }],
  ['天', { sibling: '日', usual: 'work-day' }],
  ['日', { sibling: '天', usual: 'work-day' }],
])

const UNITS: readonly string[] = [
  'urgent-hour',
  'urgent-day',
  'work-hour',
  'work-day',
  'natural-hour',
  'natural-day',
] satisfies LimitUnit[]

/** An amount, then a unit, nothing else. */
const SHAPE = /^\s*(\d+(?:\.\d+)?)\s*个?\s*([^\d\s.].*?)\s*$/u

/** What is taken for a limit and not for a slip of the keyboard, in units. */
const MIN_AMOUNT = 0.001
const MAX_AMOUNT = 10_000

/**
 * Reads a limit text: 紧急工作时, 紧急工作日, 工作时, 工作日, 自然日 and what the pack makes of 小时, 时, 天, 日.
 * `words` maps those four to a unit key (`work-hour`) or a unit word (工作时); unmapped: 小时, 时 → work-hour, 天, 日 → work-day.
 * Text with anything beside amount and unit is refused, never guessed.
 */
export function parseLimit(text: string, words: Record<string, string> = {}): LimitParsed {
  const shape = SHAPE.exec(plainDigits(text))
  if (!shape) {
    return refusal(`"${text}" is not an amount followed by a unit`, `“${text}”不是“数量＋单位”的写法`)
  }
  const amount = Number(shape[1])
  if (amount < MIN_AMOUNT || amount > MAX_AMOUNT) {
    return refusal(
      `"${text}": the amount must be between ${MIN_AMOUNT} and ${MAX_AMOUNT}`,
      `“${text}”的数量须在${MIN_AMOUNT}与${MAX_AMOUNT}之间`,
    )
  }
  const word = (shape[2] ?? '').replace(/\s/gu, '')
  const fixed = FIXED.get(word)
  if (fixed) return { ok: true, limit: { amount, unit: fixed, text } }
  const open = OPEN.get(word)
  if (!open)
    return refusal(`"${text}": "${word}" is not a unit of limits`, `“${text}”中的“${word}”不是时限单位`)
  const meant = words[word] ?? words[open.sibling] ?? open.usual
  const unit = UNITS.includes(meant) ? (meant as LimitUnit) : FIXED.get(meant)
  if (!unit) {
    return refusal(
      `the pack reads "${word}" as "${meant}", which is not a unit of limits`,
      `城市包把“${word}”解释为“${meant}”，这不是时限单位`,
    )
  }
  return { ok: true, limit: { amount, unit, text } }
}

const NAMES: Readonly<Record<LimitUnit, { zh: string; en: string }>> = {
  'urgent-hour': { zh: '紧急工作时', en: 'urgent hour' },
  'urgent-day': { zh: '紧急工作日', en: 'urgent day' },
  'work-hour': { zh: '工作时', en: 'working hour' },
  'work-day': { zh: '工作日', en: 'working day' },
  'natural-hour': { zh: '自然小时', en: 'clock hour' },
  'natural-day': { zh: '自然日', en: 'calendar day' },
}

/** `4工作时` or `4 working hours`: the unit by its full name, whatever short word the text used. */
export function formatLimit(limit: Pick<Limit, 'amount' | 'unit'>, language: 'zh' | 'en'): string {
  const name = NAMES[limit.unit][language]
  return language === 'zh'
    ? `${limit.amount}${name}`
    : `${limit.amount} ${name}${limit.amount === 1 ? '' : 's'}`
}

/** Full-width digits and point to plain ones; nothing else, since wider folding would read 5² as 52. */
function plainDigits(text: string): string {
  return text.replace(/[０-９．]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
}

function refusal(reason: string, zh: string): LimitParsed {
  return { ok: false, reason, zh }
}
