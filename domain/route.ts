// Routing 派遣规则: component owner → zone → category × area → unit tree → fall-back. Explains every question it asked.
import type { CaseState, RoutingStep } from './case.ts'
import type { City, RoutingRule, Zone } from './city/types.ts'
import { cityDay } from './city-time.ts'

export interface Route {
  /** Absent when nobody here manages the place. */
  department?: string | undefined
  coDepartments: string[]
  /** The zone that decided, if one did. */
  zone?: string | undefined
  steps: RoutingStep[]
  /** Reason to leave it to the desk. */
  doubt?: 'not-managed-here' | 'fall-back' | undefined
}

type RouteFacts = Pick<CaseState, 'category' | 'position' | 'areaPath' | 'source' | 'component'>

const covers = (codes: readonly string[], category: string | undefined) =>
  codes.length === 0 || (category !== undefined && codes.some((c) => category.startsWith(c)))

/** Whether a zone has a say on the city's day of an instant (epoch ms). */
export function isZoneValid(zone: Zone | undefined, at: number, city: City): zone is Zone {
  if (!zone) return false
  const day = cityDay(at, city.pack.timeZone)
  return (
    (zone.validFrom === undefined || zone.validFrom <= day) &&
    (zone.validTo === undefined || day <= zone.validTo)
  )
}

/** Which unit leads, and why. `at` (epoch ms) decides zones with dates. */
export function route(facts: RouteFacts, city: City, at: number): Route {
  const steps: RoutingStep[] = []
  const name = (code: string) => city.departments.get(code)?.name ?? code
  const found = (step: Omit<RoutingStep, 'matched'>, co: readonly string[] = []): Route => {
    const department = step.department === undefined ? undefined : firstLevel(step.department, city)
    steps.push({ ...step, matched: true })
    if (department !== undefined && department !== step.department)
      steps.push({
        rule: 'unit-tree',
        matched: true,
        ref: step.department,
        department,
        because: `${name(step.department ?? '')} is a second-level unit; its bureau ${name(department)} leads`,
        zh: `${name(step.department ?? '')}为二级单位，由上级${name(department)}牵头`,
      })
    return {
      department,
      coDepartments: [...co],
      zone: step.rule === 'zone' ? step.ref : undefined,
      steps,
      doubt: step.rule === 'fall-back' ? 'fall-back' : undefined,
    }
  }
  const skipped = (step: Omit<RoutingStep, 'matched'>) => steps.push({ ...step, matched: false })

  const component = facts.component === undefined ? undefined : city.components.get(facts.component)
  if (component?.owner !== undefined)
    return found({
      rule: 'component',
      ref: component.code,
      department: component.owner,
      because: `component ${component.code} belongs to ${name(component.owner)}`,
      zh: `部件${component.code}权属单位为${name(component.owner)}`,
    })
  skipped({
    rule: 'component',
    because: component ? `component ${component.code} has no registered owner` : 'no component named',
    zh: component ? `部件${component.code}未登记权属` : '未关联部件',
  })

  const rules = [...city.pack.routing].sort((a, b) => a.order - b.order)
  const valid = city
    .locate(facts.position.lng, facts.position.lat)
    .zones.map((code) => city.zones.get(code))
    .filter((zone) => isZoneValid(zone, at, city))
  for (const zone of valid) {
    const ruled = rules.find((r) => r.zoneKind === zone.kind && matches(r, facts, zone.kind))
    if (ruled)
      return found(
        {
          rule: 'zone',
          ref: zone.code,
          department: ruled.department,
          because: `in zone ${zone.name} (${zone.kind}), rule ${ruled.id} gives this category to ${name(ruled.department)}`,
          zh: `位于责任区“${zone.name}”，按规则${ruled.id}由${name(ruled.department)}负责`,
        },
        ruled.coDepartments,
      )
    if (!covers(zone.categories, facts.category)) {
      skipped({
        rule: 'zone',
        ref: zone.code,
        because: `${zone.name} does not answer for this category`,
        zh: `${zone.name}不负责该类问题`,
      })
      continue
    }
    if (zone.department === undefined) {
      steps.push({
        rule: 'zone',
        matched: true,
        ref: zone.code,
        because: `${zone.name} is not managed by this city’s units`,
        zh: `${zone.name}不属本市管理范围`,
      })
      return { coDepartments: [], zone: zone.code, steps, doubt: 'not-managed-here' }
    }
    return found(
      {
        rule: 'zone',
        ref: zone.code,
        department: zone.department,
        because: `in zone ${zone.name} (${zone.kind}), which ${name(zone.department)} answers for`,
        zh: `位于责任区“${zone.name}”，责任单位${name(zone.department)}`,
      },
      zone.coDepartments,
    )
  }
  if (valid.length === 0)
    skipped({ rule: 'zone', because: 'in no responsibility zone', zh: '不在任何责任区内' })

  const rule = rules.find((r) => r.zoneKind === undefined && matches(r, facts, undefined))
  if (rule)
    return found(
      {
        rule:
          rule.category !== undefined && rule.area !== undefined
            ? 'category-area'
            : rule.area !== undefined
              ? 'area'
              : 'category',
        ref: rule.id,
        department: rule.department,
        because: `rule ${rule.id}: ${rule.category ?? 'any category'} in ${areaName(rule.area, city)} goes to ${name(rule.department)}`,
        zh: `规则${rule.id}：${areaName(rule.area, city, true)}的${categoryName(rule.category, city)}由${name(rule.department)}负责`,
      },
      rule.coDepartments,
    )
  skipped({ rule: 'category-area', because: 'no routing rule matches', zh: '无匹配的派遣规则' })

  const category = facts.category === undefined ? undefined : city.categories.get(facts.category)
  if (category?.department !== undefined)
    return found({
      rule: 'category',
      ref: category.code,
      department: category.department,
      because: `${category.name} is by default the duty of ${name(category.department)}`,
      zh: `${category.name}默认由${name(category.department)}负责`,
    })
  skipped({ rule: 'category', because: 'the category names no unit', zh: '该类别未指定责任单位' })

  const fallBack = city.pack.policies.fallBackDepartment
  return found({
    rule: 'fall-back',
    department: fallBack,
    because: `nothing else answers; the fall-back is ${name(fallBack)}`,
    zh: `无其他匹配，兜底单位为${name(fallBack)}`,
  })
}

function matches(rule: RoutingRule, facts: RouteFacts, zoneKind: string | undefined): boolean {
  if (rule.zoneKind !== undefined && rule.zoneKind !== zoneKind) return false
  if (rule.category !== undefined && !covers([rule.category], facts.category)) return false
  if (rule.area !== undefined && !facts.areaPath.includes(rule.area)) return false
  return rule.source === undefined || rule.source === facts.source
}

const areaName = (code: string | undefined, city: City, zh = false) =>
  code === undefined ? (zh ? '全市' : 'the whole city') : (city.areas.get(code)?.name ?? code)
const categoryName = (code: string | undefined, city: City) =>
  code === undefined ? '各类问题' : (city.categories.get(code)?.name ?? code)

/** A second-level unit never leads: its bureau does. */
function firstLevel(code: string, city: City): string {
  const seen = new Set<string>()
  let at = code
  for (;;) {
    const parent = city.departments.get(at)?.parent
    if (parent === undefined || seen.has(parent)) return at
    seen.add(at)
    at = parent
  }
}
