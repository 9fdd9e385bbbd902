// indicators.csv, optional: formulas of rates and scores, with versions. Read and checked here; computed elsewhere.
import { INDICATOR_SUBJECTS, parseFormula } from '#domain/city/indicators.ts'
import type { CountTerm, IndicatorBasis, IndicatorSubject, PackIndicator } from '#domain/city/indicators.ts'
import { parseDay } from '#domain/days.ts'
import type { Findings, Place, Placed } from './findings.ts'
import { PERIOD_WORDS } from './periods.ts'
import type { PackSource } from './source.ts'
import { listOf, readTable } from './table.ts'
import { keyMeant, keysWithWords } from './words.ts'
import type { Words } from './words.ts'

export const INDICATORS = 'indicators.csv'

export const INDICATOR_COLUMNS = [
  { name: 'code', zh: '编码', required: true, hint: '如disposal-rate' },
  { name: 'name', zh: '名称', required: true, reads: 'text', hint: '如 处置率' },
  { name: 'numerator', zh: '分子', required: true, hint: '计数及其加减，如 处置数、立案数 - 作废数' },
  { name: 'denominator', zh: '分母', hint: '同上；空＝只计数' },
  {
    name: 'basis',
    zh: '口径',
    required: true,
    hint: 'cohort批次（本期派遣的案件）、event发生（本期发生的事）',
  },
  { name: 'period', zh: '周期', required: true, hint: 'week周、month月、quarter季、year年，可多个' },
  {
    name: 'by',
    zh: '评价对象',
    hint: 'city全市、area区域、department单位、category类别、post岗位；空＝全部',
  },
  { name: 'group', zh: '评分组', reads: 'text', hint: '计入哪个综合得分；可空' },
  { name: 'weight', zh: '权重', reads: 'number', hint: '在综合得分中的分值' },
  { name: 'direction', zh: '方向', hint: 'up越高越好、down越低越好；空＝up' },
  { name: 'version', zh: '版本', required: true, reads: 'text', hint: '如2026-1' },
  { name: 'from', zh: '生效日期', reads: 'date', hint: '空＝一直有效' },
  { name: 'note', zh: '说明', reads: 'text', hint: '写入报表的口径说明' },
] as const

const BASIS_WORDS: Words<IndicatorBasis> = { cohort: ['批次', '批次口径'], event: ['发生', '发生口径'] }
const DIRECTION_WORDS: Words<PackIndicator['direction']> = {
  up: ['越高越好', '正向'],
  down: ['越低越好', '反向', '逆向'],
}
const SUBJECT_WORDS: Words<IndicatorSubject> = {
  city: ['全市', '全县', '城市'],
  area: ['区域'],
  department: ['单位', '部门'],
  category: ['类别'],
  post: ['岗位'],
}

/** Weights of a score add up to one of these. */
const WHOLES = [1, 100]

export async function readIndicators(
  source: PackSource,
  findings: Findings,
): Promise<Placed<PackIndicator>[]> {
  const rows = await readTable(source, INDICATORS, INDICATOR_COLUMNS, findings, { optional: true })
  const indicators: Placed<PackIndicator>[] = []
  const taken = new Map<string, number>()
  for (const { line, cells } of rows ?? []) {
    const at = (field: string) => ({ file: INDICATORS, row: line, field })
    const numerator = readFormula(cells.numerator, at('numerator'), findings)
    const denominator = readFormula(cells.denominator, at('denominator'), findings)
    const basis = keyOrFault(cells.basis, BASIS_WORDS, at('basis'), findings)
    const direction =
      cells.direction === '' ? 'up' : keyOrFault(cells.direction, DIRECTION_WORDS, at('direction'), findings)
    const periods = listOf(cells.period).map((p) => keyOrFault(p, PERIOD_WORDS, at('period'), findings))
    const by = listOf(cells.by).map((b) => keyOrFault(b, SUBJECT_WORDS, at('by'), findings))
    const weight = readWeight(cells, at, findings)
    if (cells.from !== '' && parseDay(cells.from) === undefined)
      findings.fault(
        at('from'),
        `"${cells.from}" is not a date YYYY-MM-DD`,
        `“${cells.from}”不是日期（年-月-日，如2026-01-01）`,
      )
    const key = JSON.stringify([cells.code, cells.version])
    const before = taken.get(key)
    if (before !== undefined)
      findings.fault(
        at('code'),
        `"${cells.code}" of version "${cells.version}" is already in row ${before}`,
        `“${cells.code}”的版本“${cells.version}”与第${before}行重复`,
      )
    taken.set(key, before ?? line)
    if (!numerator || !denominator || !basis || !direction) continue
    indicators.push({
      row: line,
      value: {
        code: cells.code,
        name: cells.name,
        numerator,
        denominator,
        basis,
        periods: periods.filter((p) => p !== undefined),
        by: INDICATOR_SUBJECTS.filter((s) => by.includes(s)),
        ...(cells.group === '' ? {} : { group: cells.group }),
        ...(weight === undefined ? {} : { weight }),
        direction,
        version: cells.version,
        ...(cells.from === '' ? {} : { from: cells.from }),
        ...(cells.note === '' ? {} : { note: cells.note }),
      },
    })
  }
  checkScores(indicators, findings)
  return indicators
}

function keyOrFault<K extends string>(
  text: string,
  words: Words<K>,
  at: Place,
  findings: Findings,
): K | undefined {
  const key = keyMeant(text, words)
  if (!key && text !== '')
    findings.fault(
      at,
      `"${text}" is not one of ${Object.keys(words).join(', ')}`,
      `“${text}”须为以下之一：${keysWithWords(words)}`,
    )
  return key
}

function readFormula(text: string, at: Place, findings: Findings): CountTerm[] | undefined {
  if (text === '') return []
  const parsed = parseFormula(text)
  if (parsed.ok) return parsed.terms
  findings.fault(
    at,
    `${parsed.reason}; the counts are listed in docs/city-pack.md`,
    `${parsed.zh}；可用的计数见docs/city-pack.md`,
  )
  return undefined
}

function readWeight(
  cells: { group: string; weight: string },
  at: (field: string) => Place,
  findings: Findings,
): number | undefined {
  if (cells.weight === '' && cells.group === '') return undefined
  if (cells.weight === '') {
    findings.fault(at('weight'), 'what counts in a score needs a weight', '计入评分组的指标须有权重')
    return undefined
  }
  const weight = Number(cells.weight)
  if (!(weight > 0)) {
    findings.fault(
      at('weight'),
      `"${cells.weight}" is not a number above 0`,
      `“${cells.weight}”不是大于0的数`,
    )
    return undefined
  }
  if (cells.group === '')
    findings.fault(at('group'), 'a weight needs the score it counts in', '填了权重，须填评分组')
  return weight
}

function checkScores(indicators: readonly Placed<PackIndicator>[], findings: Findings): void {
  const scores = Map.groupBy(
    indicators.filter((i) => i.value.group !== undefined),
    (i) => JSON.stringify([i.value.group, i.value.version]),
  )
  for (const rows of scores.values()) {
    const sum = rows.reduce((s, { value }) => s + (value.weight ?? 0), 0)
    const last = rows.at(-1)
    if (!last || WHOLES.some((whole) => Math.abs(sum - whole) < 1e-9)) continue
    const { group, version } = last.value
    const total = Number(sum.toFixed(6))
    findings.warn(
      { file: INDICATORS, row: last.row, field: 'weight' },
      `the weights of "${group}" (${version}) add up to ${total}, not to 100 or 1`,
      `评分组“${group}”（${version}）的权重合计${total}，不是100（或1）`,
    )
  }
}
