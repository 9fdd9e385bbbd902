// routing.csv: category × area → unit, and whether routing reaches a unit for every category.
import { SOURCES } from '#domain/case.ts'
import type { Area, Category, RoutingRule } from '#domain/city/types.ts'
import { CATEGORIES } from './catalogue.ts'
import { findDuplicates } from './findings.ts'
import type { Findings, Known, Placed } from './findings.ts'
import { listOf, readTable } from './table.ts'

export const ROUTING = 'routing.csv'

export const ROUTING_COLUMNS = [
  { name: 'id', zh: '编号', required: true },
  { name: 'order', zh: '顺序', required: true },
  { name: 'category', zh: '类别' },
  { name: 'area', zh: '区域' },
  { name: 'zoneKind', zh: '责任区类型' },
  { name: 'source', zh: '来源' },
  { name: 'department', zh: '责任单位', required: true },
  { name: 'coDepartments', zh: '协办单位' },
] as const

const any = (cell: string) => (cell === '' || cell === '*' ? undefined : cell)

/** In the order in which the rules are asked. */
export async function readRouting(
  dir: string,
  known: { categories: Known; areas: Known; zoneKinds: Known; departments: Known },
  findings: Findings,
): Promise<Placed<RoutingRule>[] | undefined> {
  const rows = await readTable(dir, ROUTING, ROUTING_COLUMNS, findings)
  if (!rows) return undefined
  const rules: Placed<RoutingRule>[] = []
  for (const { line, cells } of rows) {
    const at = (field: string) => ({ file: ROUTING, row: line, field })
    const order = Number(cells.order)
    if (!Number.isFinite(order))
      findings.fault(at('order'), `"${cells.order}" is not a number`, `“${cells.order}”不是数字`)
    const [category, area, zoneKind] = [any(cells.category), any(cells.area), any(cells.zoneKind)]
    if (
      category !== undefined &&
      known.categories &&
      ![...known.categories].some((c) => c.startsWith(category))
    )
      findings.fault(at('category'), `no category begins with "${category}"`, `没有以“${category}”开头的类别`)
    if (area !== undefined && known.areas && !known.areas.has(area))
      findings.fault(at('area'), `unknown area "${area}"`, `未知区域“${area}”`)
    if (zoneKind !== undefined && known.zoneKinds && !known.zoneKinds.has(zoneKind))
      findings.fault(at('zoneKind'), `no zone is of kind "${zoneKind}"`, `没有类型为“${zoneKind}”的责任区`)
    const named = any(cells.source)
    const source = SOURCES.find((s) => s === named)
    if (named !== undefined && source === undefined) {
      const sources = SOURCES.join(', ')
      findings.fault(at('source'), `"${named}" is not one of ${sources}`, `来源“${named}”须为${sources}之一`)
    }
    const coDepartments = listOf(cells.coDepartments)
    for (const [field, codes] of [
      ['department', [cells.department]],
      ['coDepartments', coDepartments],
    ] as const)
      for (const unit of codes)
        if (known.departments && !known.departments.has(unit))
          findings.fault(at(field), `unknown department "${unit}"`, `未知单位“${unit}”`)
    rules.push({
      row: line,
      value: {
        id: cells.id,
        order,
        ...(category === undefined ? {} : { category }),
        ...(area === undefined ? {} : { area }),
        ...(zoneKind === undefined ? {} : { zoneKind }),
        ...(source === undefined ? {} : { source }),
        department: cells.department,
        coDepartments,
      },
    })
  }
  findDuplicates(ROUTING, 'id', rules, (r) => r.id, findings)
  return rules.sort((a, b) => a.value.order - b.value.order)
}

/** A category needs a unit of its own or rules that reach every part of the city; the fall-back unit doesn't count. */
export function checkReach(
  categories: readonly Placed<Category>[],
  rules: readonly Placed<RoutingRule>[],
  areas: readonly Placed<Area>[],
  findings: Findings,
): void {
  const children = new Map<string, string[]>()
  for (const { value } of areas)
    if (value.parent !== undefined)
      children.set(value.parent, [...(children.get(value.parent) ?? []), value.code])
  const tops = areas.filter((a) => a.value.parent === undefined).map((a) => a.value.code)
  for (const { row, value } of categories) {
    if (value.department !== undefined) continue
    const here = rules
      .map((r) => r.value)
      .filter((r) => r.zoneKind === undefined && r.source === undefined)
      .filter((r) => r.category === undefined || value.code.startsWith(r.category))
    const place = { file: CATEGORIES, row, field: 'department' }
    if (here.length === 0) {
      findings.fault(
        place,
        `no unit: none here, and no rule of ${ROUTING} applies`,
        `没有责任单位：此处为空，${ROUTING}中也没有适用的规则`,
      )
      continue
    }
    if (here.some((r) => r.area === undefined)) continue
    const named = new Set(here.map((r) => r.area))
    const missing = uncovered(tops, named, children)
    if (missing.length > 0)
      findings.warn(
        place,
        `no unit in ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}: the fall-back unit gets it`,
        `在${missing.slice(0, 5).join('、')}${missing.length > 5 ? '等' : ''}没有责任单位，将派给兜底单位`,
      )
  }
}

function uncovered(
  codes: string[],
  named: ReadonlySet<string | undefined>,
  children: Map<string, string[]>,
): string[] {
  return codes.flatMap((code) => {
    if (named.has(code)) return []
    const parts = children.get(code)
    if (!parts) return [code]
    const missing = uncovered(parts, named, children)
    return missing.length === parts.length ? [code] : missing
  })
}
