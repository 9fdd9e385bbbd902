// Routing 派遣规则: component owner → zone → category × area → unit tree → fall-back. Explains every question it asked, in
// sentences that an official can check. What is said is in domain/route-words.ts.
import { borderOf } from './border.ts'
import type { BorderCandidate, CaseState, RoutingStep } from './case.ts'
import { coversCategory } from './city/category-codes.ts'
import type { City, RoutingRule, Zone } from './city/types.ts'
import { cityDay } from './city-time.ts'
import { type ComponentMatch, matchComponent } from './component-match.ts'
import * as words from './route-words.ts'
import { speaksAt } from './rule-conditions.ts'
import { firstLevel } from './units.ts'

export interface Route {
  /** Absent when nobody here manages the place, or everybody named has given the case back. */
  department?: string | undefined
  coDepartments: string[]
  /** The zone that decided, if one did. */
  zone?: string | undefined
  steps: RoutingStep[]
  /** Reason to leave it to the desk. */
  doubt?: 'not-managed-here' | 'fall-back' | 'component-unclear' | 'near-border' | 'no-unit' | undefined
  /** What the report may be about, when that is unclear. */
  component?: ComponentMatch | undefined
  /** Units on both sides, when a border is too near; the first is where the report says. */
  border?: BorderCandidate[] | undefined
}

export type RouteFacts = Pick<
  CaseState,
  | 'category'
  | 'position'
  | 'areaPath'
  | 'source'
  | 'component'
  | 'accuracyM'
  | 'screening'
  | 'returnedBy'
  | 'wordRules'
>

const covers = (codes: readonly string[], category: string | undefined) =>
  codes.length === 0 || (category !== undefined && codes.some((c) => coversCategory(c, category)))

/** Whether a zone has a say on the city's day of an instant (epoch ms). */
export function isZoneValid(zone: Zone | undefined, at: number, city: City): zone is Zone {
  if (!zone) return false
  const day = cityDay(at, city.pack.timeZone)
  return (
    (zone.validFrom === undefined || zone.validFrom <= day) &&
    (zone.validTo === undefined || day <= zone.validTo)
  )
}

/**
 * Which unit leads, and why. `at` (epoch ms) decides zones with dates and rules with hours. A unit that gave the case back with agreement is
 * not named again. Never throws; the same facts, city and instant give the same answer.
 */
export function route(facts: RouteFacts, city: City, at: number): Route {
  const match = matchComponent(facts, city)
  const way = routeThere(facts, match, city, at)
  const { department } = way
  const isOwned = way.steps.some((s) => s.rule === 'component' && s.matched)
  if (way.doubt !== undefined || department === undefined || isOwned) return way
  const here = { ref: way.zone ?? facts.areaPath.at(-1) ?? '', department }
  const border = borderOf(facts, here, city, (beside) => {
    const there = routeThere({ ...facts, ...beside }, match, city, at)
    return { department: there.department, ref: there.zone ?? beside.areaPath.at(-1) }
  })
  if (!border) return way
  return { ...way, steps: [...way.steps, words.nearBorder(border, city)], doubt: 'near-border', border }
}

/** Doubts that a dispatcher resolves; they hold up neither accepting nor filing. */
export const isDispatchDoubt = (reason: string | undefined) =>
  reason === 'component-unclear' || reason === 'near-border'

type Asked = Omit<RoutingStep, 'matched'>

function routeThere(facts: RouteFacts, match: ComponentMatch | undefined, city: City, at: number): Route {
  const steps: RoutingStep[] = []
  const gaveBack = new Set((facts.returnedBy ?? []).map((code) => firstLevel(code, city)))
  const skip = (step: Asked) => void steps.push({ ...step, matched: false })

  /** The unit answers; one that gave the case back doesn't, but whoever its rule names instead. */
  function answer(
    step: Asked & { department: string },
    more: { co?: readonly string[]; fallBack?: string | undefined; doubt?: Route['doubt'] } = {},
  ): Route | undefined {
    const department = firstLevel(step.department, city)
    const { fallBack, co = [], doubt } = more
    if (gaveBack.has(department)) {
      skip(words.gaveBack(step, department, city))
      if (fallBack === undefined) return undefined
      return answer(words.instead(step.ref, fallBack, city), { doubt: 'fall-back' })
    }
    steps.push({ ...step, matched: true, ...(fallBack === undefined ? {} : { fallBack }) })
    if (department !== step.department) steps.push(words.secondLevel(step.department, department, city))
    return {
      department,
      coDepartments: co.filter((code) => !gaveBack.has(firstLevel(code, city))),
      zone: step.rule === 'zone' ? step.ref : undefined,
      steps,
      doubt: match?.how === 'unclear' ? 'component-unclear' : doubt,
      ...(match ? { component: match } : {}),
    }
  }

  const owner = match?.component?.owner
  const step = words.component(match, facts.category, city)
  const owned = owner === undefined ? skip(step) : answer({ ...step, department: owner })
  if (owned) return owned

  const speaks = (rule: RoutingRule) =>
    speaksAt(rule, at, city.pack.timeZone) && hasWords(rule, facts.wordRules)
  const isOwnerUnknown = match !== undefined && match.how !== 'unclear'
  const rules = [...city.pack.routing]
    .sort((a, b) => a.order - b.order)
    .filter((r) => r.owner !== 'unknown' || isOwnerUnknown)
  const zones = city
    .locate(facts.position.lng, facts.position.lat)
    .zones.map((code) => city.zones.get(code))
    .filter((zone) => isZoneValid(zone, at, city))
  for (const zone of zones) {
    const here = rules.filter((r) => r.zoneKind === zone.kind && matches(r, facts))
    const ruled = here.find(speaks)
    for (const silent of ruled ? here.slice(0, here.indexOf(ruled)) : here)
      skip(words.silent(silent, facts.wordRules, city, zone))
    if (!ruled && !covers(zone.categories, facts.category)) {
      skip(words.notTheZones(zone, facts.category, city))
      continue
    }
    if (!ruled && zone.department === undefined) {
      steps.push({ ...words.notManaged(zone), matched: true })
      return { coDepartments: [], zone: zone.code, steps, doubt: 'not-managed-here' }
    }
    const there = ruled
      ? answer(words.zoneRule(zone, ruled, city), { co: ruled.coDepartments, fallBack: ruled.fallBack })
      : answer(words.zone(zone, zone.department ?? '', city), { co: zone.coDepartments })
    if (there) return there
  }
  if (zones.length === 0) skip(words.NO_ZONE)

  const general = rules.filter((r) => r.zoneKind === undefined && matches(r, facts))
  for (const rule of general) {
    if (!speaks(rule)) {
      skip(words.silent(rule, facts.wordRules, city))
      continue
    }
    const ruled = answer(words.rule(rule, city), { co: rule.coDepartments, fallBack: rule.fallBack })
    if (ruled) return ruled
  }
  if (general.length === 0) skip(words.NO_RULE)

  const category = facts.category === undefined ? undefined : city.categories.get(facts.category)
  const usual = category?.department
  const byCategory =
    category && usual !== undefined
      ? answer({ ...words.category(category, usual, city), department: usual })
      : skip(words.noUnitOfCategory(category))
  if (byCategory) return byCategory

  const last = answer(words.fallBack(city.pack.policies.fallBackDepartment, city), { doubt: 'fall-back' })
  return last ?? { coDepartments: [], steps, doubt: 'no-unit', ...(match ? { component: match } : {}) }
}

const hasWords = ({ id, words: asked }: RoutingRule, found: readonly string[] = []) =>
  asked === undefined || found.includes(id)

/** What it is, where and from whom; whether it speaks now and of these words is asked after, so that it can be told. */
function matches(rule: RoutingRule, facts: RouteFacts): boolean {
  if (rule.category !== undefined && !covers([rule.category], facts.category)) return false
  if (rule.area !== undefined && !facts.areaPath.includes(rule.area)) return false
  return rule.source === undefined || rule.source === facts.source
}
