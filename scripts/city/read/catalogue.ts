// categories.csv and filing-conditions.csv: what can be reported, and the conditions 立案条件 that fix its limit.
import { RISKS } from '#domain/city/schema.ts'
import type { Category, FilingCondition } from '#domain/city/types.ts'
import { parseLimit } from '#domain/limit.ts'
import { findDuplicates, knownCodes } from './findings.ts'
import type { Findings, Known, Placed } from './findings.ts'
import { readTable } from './table.ts'

export const CATEGORIES = 'categories.csv'
export const CONDITIONS = 'filing-conditions.csv'

export const CATEGORY_COLUMNS = [
  { name: 'code', zh: '编码', required: true },
  { name: 'name', zh: '名称', required: true },
  { name: 'kind', zh: '类型', required: true },
  { name: 'major', zh: '大类编码', required: true },
  { name: 'majorName', zh: '大类名称', required: true },
  { name: 'risk', zh: '风险', required: true },
  { name: 'defaultCondition', zh: '默认立案条件', required: true },
  { name: 'department', zh: '责任单位' },
  { name: 'share', zh: '占比' },
] as const

export const CONDITION_COLUMNS = [
  { name: 'id', zh: '编号', required: true },
  { name: 'category', zh: '类别编码', required: true },
  { name: 'text', zh: '立案条件', required: true },
  { name: 'limit', zh: '处置时限', required: true },
  { name: 'closeCondition', zh: '结案条件', required: true },
  { name: 'photoRule', zh: '采集要求' },
] as const

export async function readCategories(
  dir: string,
  departments: Known,
  findings: Findings,
): Promise<Placed<Category>[] | undefined> {
  const rows = await readTable(dir, CATEGORIES, CATEGORY_COLUMNS, findings)
  if (!rows) return undefined
  const categories: Placed<Category>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: CATEGORIES, row: line, field })
    checkCode(cells, at, findings)
    const risk = RISKS.find((r) => r === cells.risk)
    if (!risk) {
      const known = RISKS.join(', ')
      findings.fault(at('risk'), `"${cells.risk}" is not one of ${known}`, `“${cells.risk}”须为${known}之一`)
    }
    if (cells.department !== '' && departments && !departments.has(cells.department))
      findings.fault(
        at('department'),
        `unknown department "${cells.department}"`,
        `未知单位“${cells.department}”`,
      )
    const share = cells.share === '' ? undefined : Number(cells.share)
    if (share !== undefined && !(share >= 0 && share <= 100))
      findings.fault(
        at('share'),
        `"${cells.share}" is not a percentage`,
        `“${cells.share}”不是0至100的百分数`,
      )
    categories.push({
      row: line,
      value: {
        code: cells.code,
        name: cells.name,
        kind: cells.kind,
        major: cells.major,
        majorName: cells.majorName,
        risk: risk ?? 'normal',
        defaultCondition: cells.defaultCondition,
        ...(cells.department === '' ? {} : { department: cells.department }),
        ...(share === undefined ? {} : { share }),
      },
    })
  }
  findDuplicates(CATEGORIES, 'code', categories, (c) => c.code, findings)
  return categories
}

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
  dir: string,
  categories: Known,
  limitWords: Record<string, string> | undefined,
  findings: Findings,
): Promise<Placed<FilingCondition>[] | undefined> {
  const rows = await readTable(dir, CONDITIONS, CONDITION_COLUMNS, findings)
  if (!rows) return undefined
  const conditions: Placed<FilingCondition>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: CONDITIONS, row: line, field })
    if (categories && !categories.has(cells.category))
      findings.fault(at('category'), `unknown category "${cells.category}"`, `未知类别“${cells.category}”`)
    const parsed = parseLimit(cells.limit, limitWords)
    if (!parsed.ok) findings.fault(at('limit'), parsed.reason, parsed.zh)
    conditions.push({
      row: line,
      value: {
        id: cells.id,
        category: cells.category,
        text: cells.text,
        limit: parsed.ok ? parsed.limit : { amount: 0, unit: 'work-hour', text: cells.limit },
        closeCondition: cells.closeCondition,
        ...(cells.photoRule === '' ? {} : { photoRule: cells.photoRule }),
      },
    })
  }
  findDuplicates(CONDITIONS, 'id', conditions, (c) => c.id, findings)
  return conditions
}

/** Every category has a condition, and its default is one of its own. */
export function checkDefaults(
  categories: readonly Placed<Category>[],
  conditions: readonly Placed<FilingCondition>[],
  findings: Findings,
): void {
  const owners = new Map(conditions.map((c) => [c.value.id, c.value.category]))
  const withConditions = knownCodes(conditions, (c) => c.category) ?? new Set()
  for (const { row, value } of categories) {
    const at = (field: string) => ({ file: CATEGORIES, row, field })
    if (!withConditions.has(value.code)) {
      findings.fault(at('code'), `${value.code} has no filing condition`, `${value.code}没有立案条件`)
      continue
    }
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
