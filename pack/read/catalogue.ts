// categories.csv and filing-conditions.csv: what can be reported, and the conditions 立案条件 that fix its limit.
import { RISKS } from '#domain/city/schema.ts'
import type { Category, FilingCondition } from '#domain/city/types.ts'
import { parseLimit } from '#domain/limit.ts'
import { parsePhotoRule } from '#domain/photo-rule.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Placed } from './findings.ts'
import { CATEGORY_WORDS, codeMeant, DEPARTMENT_WORDS } from './known.ts'
import type { Known } from './known.ts'
import { readTable } from './table.ts'
import { keyMeant, keysWithWords, RISK_WORDS } from './words.ts'
import type { PackSource } from './source.ts'

export const CATEGORIES = 'categories.csv'
export const CONDITIONS = 'filing-conditions.csv'

export const CATEGORY_COLUMNS = [
  {
    name: 'code',
    zh: '编码',
    also: ['类别编码', '小类编码'],
    required: true,
    unique: true,
    hint: '类型字母＋大类2位＋小类2或3位，如E0110、E01101',
  },
  { name: 'name', zh: '名称', also: ['小类名称', '类别名称'], required: true, reads: 'text' },
  { name: 'kind', zh: '类型', fill: true, hint: 'E事件、C部件或自定字母；空＝按编码' },
  { name: 'major', zh: '大类编码', fill: true, hint: '2位；空＝按编码' },
  { name: 'majorName', zh: '大类名称', also: ['大类'], required: true, fill: true, reads: 'text' },
  { name: 'risk', zh: '风险', required: true, hint: 'low低、normal一般、urgent紧急（急要件）' },
  { name: 'defaultCondition', zh: '默认立案条件', hint: '立案条件表的编号；空＝该类别的第一条' },
  { name: 'department', zh: '责任单位', hint: '单位编码或名称；空＝由派遣规则决定' },
  { name: 'share', zh: '占比', reads: 'number', hint: '案件占比％，仅供演示' },
  {
    name: 'aliases',
    zh: '俗称',
    also: ['别名', '常用说法'],
    reads: 'text',
    hint: '群众的说法，用、隔开；未分类的上报据此建议类别',
  },
] as const

export const CONDITION_COLUMNS = [
  { name: 'id', zh: '编号', unique: true, hint: '空＝自动编号（类别编码-序号）' },
  {
    name: 'category',
    zh: '类别编码',
    also: ['类别', '小类', '小类编码', '小类名称'],
    required: true,
    fill: true,
    hint: '类别的编码或名称；同上一行可合并单元格',
  },
  { name: 'text', zh: '立案条件', required: true, reads: 'text' },
  { name: 'limit', zh: '处置时限', also: ['时限'], required: true, hint: '如4工作时、2紧急工作时、1工作日' },
  { name: 'closeCondition', zh: '结案条件', required: true, reads: 'text' },
  { name: 'photoRule', zh: '采集要求', reads: 'text' },
  {
    name: 'photoCheck',
    zh: '照片要求',
    also: ['照片规则'],
    reads: 'text',
    hint: '可由规则核对：处置前1张；处置后1张；带位置；现场拍摄；50米内',
  },
] as const

const KIND_WORDS: ReadonlyMap<string, string> = new Map([
  ['事件', 'E'],
  ['部件', 'C'],
])

export async function readCategories(
  source: PackSource,
  departments: Known,
  findings: Findings,
): Promise<Placed<Category>[] | undefined> {
  const rows = await readTable(source, CATEGORIES, CATEGORY_COLUMNS, findings)
  if (!rows) return undefined
  if (rows.length === 0) findings.fault({ file: CATEGORIES }, 'no category is listed', '没有填写任何类别')
  const categories: Placed<Category>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: CATEGORIES, row: line, field })
    const kind = KIND_WORDS.get(cells.kind) ?? (cells.kind === '' ? cells.code.slice(0, 1) : cells.kind)
    // A spreadsheet makes 1 of 01; the code says which it was.
    const major = cells.major === '' ? cells.code.slice(1, 3) : cells.major.padStart(2, '0')
    checkCode({ code: cells.code, kind, major }, at, findings)
    const risk = keyMeant(cells.risk, RISK_WORDS)
    if (!risk)
      findings.fault(
        at('risk'),
        `"${cells.risk}" is not one of ${RISKS.join(', ')}`,
        `“${cells.risk}”须为以下之一：${keysWithWords(RISK_WORDS)}`,
      )
    const department = codeMeant(cells.department, departments, at('department'), DEPARTMENT_WORDS, findings)
    const share = cells.share === '' ? undefined : Number(cells.share)
    if (share !== undefined && !(share >= 0 && share <= 100))
      findings.fault(
        at('share'),
        `"${cells.share}" is not a percentage`,
        `“${cells.share}”不是0至100的百分数`,
      )
    const aliases = wordsIn(cells.aliases)
    categories.push({
      row: line,
      value: {
        code: cells.code,
        name: cells.name,
        kind,
        major,
        majorName: cells.majorName,
        risk: risk ?? 'normal',
        defaultCondition: cells.defaultCondition,
        ...(department === '' ? {} : { department }),
        ...(share === undefined ? {} : { share }),
        ...(aliases.length === 0 ? {} : { aliases }),
      },
    })
  }
  findDuplicates(CATEGORIES, 'code', categories, (c) => c.code, findings)
  return categories
}

const wordsIn = (cell: string) => [
  ...new Set(
    cell
      .split(/[;；、|]/u)
      .map((w) => w.trim())
      .filter((w) => w !== ''),
  ),
]

/** A kind letter, 大类 of two digits, 小类 of two or three; kinds other than C and E may stop earlier. */
function checkCode(
  cells: { code: string; kind: string; major: string },
  at: (field: string) => { file: string; row: number; field: string },
  findings: Findings,
): void {
  const shape = cells.kind === 'C' || cells.kind === 'E' ? /^[CE]\d{4,5}$/ : /^[A-Z]\d{2,5}$/
  if (!shape.test(cells.code))
    findings.fault(
      at('code'),
      `"${cells.code}" is not a kind letter, two digits 大类 and two or three digits 小类`,
      `“${cells.code}”不符合“类型字母＋大类2位＋小类2至3位”`,
    )
  else if (!cells.code.startsWith(cells.kind))
    findings.fault(
      at('kind'),
      `code ${cells.code} is not of kind "${cells.kind}"`,
      `编码${cells.code}与类型“${cells.kind}”不符`,
    )
  else if (cells.code.length > 4 && cells.code.slice(1, 3) !== cells.major)
    findings.fault(
      at('major'),
      `code ${cells.code} is not in major "${cells.major}"`,
      `编码${cells.code}与大类“${cells.major}”不符`,
    )
}

export async function readConditions(
  source: PackSource,
  categories: Known,
  limitWords: Record<string, string> | undefined,
  findings: Findings,
): Promise<Placed<FilingCondition>[] | undefined> {
  const rows = await readTable(source, CONDITIONS, CONDITION_COLUMNS, findings)
  if (!rows) return undefined
  const conditions: Placed<FilingCondition>[] = []
  const counts = new Map<string, number>()
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: CONDITIONS, row: line, field })
    const category = codeMeant(cells.category, categories, at('category'), CATEGORY_WORDS, findings)
    const nth = (counts.get(category) ?? 0) + 1
    counts.set(category, nth)
    const parsed = parseLimit(cells.limit, limitWords)
    if (!parsed.ok) findings.fault(at('limit'), parsed.reason, parsed.zh)
    const check = parsePhotoRule(cells.photoCheck)
    if (!check.ok) findings.fault(at('photoCheck'), check.reason, check.zh)
    conditions.push({
      row: line,
      value: {
        id: cells.id === '' ? `${category}-${nth}` : cells.id,
        category,
        text: cells.text,
        limit: parsed.ok ? parsed.limit : { amount: 0, unit: 'work-hour', text: cells.limit },
        closeCondition: cells.closeCondition,
        ...(cells.photoRule === '' ? {} : { photoRule: cells.photoRule }),
        ...(cells.photoCheck === '' ? {} : { photoCheck: cells.photoCheck }),
      },
    })
  }
  findDuplicates(CONDITIONS, 'id', conditions, (c) => c.id, findings)
  return conditions
}

/**
 * Every category has a condition, and its default is one of its own; where none is named, the first of its own is taken
 * and written into the category.
 */
export function settleDefaults(
  categories: readonly Placed<Category>[],
  conditions: readonly Placed<FilingCondition>[],
  findings: Findings,
): void {
  const owners = new Map(conditions.map((c) => [c.value.id, c.value.category]))
  const first = new Map(conditions.toReversed().map((c) => [c.value.category, c.value.id]))
  for (const { row, value } of categories) {
    const at = (field: string) => ({ file: CATEGORIES, row, field })
    const own = first.get(value.code)
    if (own === undefined) {
      findings.fault(at('code'), `${value.code} has no filing condition`, `${value.code}没有立案条件`)
      continue
    }
    if (value.defaultCondition === '') value.defaultCondition = own
    const owner = owners.get(value.defaultCondition)
    if (owner === undefined)
      findings.fault(
        at('defaultCondition'),
        `unknown condition "${value.defaultCondition}"`,
        `未知立案条件“${value.defaultCondition}”`,
      )
    else if (owner !== value.code)
      findings.fault(
        at('defaultCondition'),
        `condition "${value.defaultCondition}" belongs to ${owner}`,
        `立案条件“${value.defaultCondition}”属于${owner}`,
      )
  }
}
