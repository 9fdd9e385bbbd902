// The sentences of the routing explanation 派遣说明, English and Chinese: each says what was asked and what it answered, in
// the words of the trade and with the names of the city.
import type { BorderCandidate, RoutingStep } from './case.ts'
import { coversCategory } from './city/category-codes.ts'
import type { Category, City, RoutingRule, Zone } from './city/types.ts'
import type { ComponentMatch } from './component-match.ts'
import { type Component, matchDistance } from './register.ts'
import { timesText } from './rule-conditions.ts'

type Step = Omit<RoutingStep, 'matched'>
type Answer = Step & { department: string }

const unit = (code: string, city: City) => city.departments.get(code)?.name ?? code
const categoryName = (code: string, city: City) => city.categories.get(code)?.name ?? code
const metres = (m: number) => String(Math.round(m))

/** What is said of a component: its owner, where that is known from, or why nobody is known. */
export function component(match: ComponentMatch | undefined, category: string | undefined, city: City): Step {
  const rule = 'component'
  if (!match) {
    if (category === undefined)
      return { rule, because: 'no category yet: no component can be looked up', zh: '尚未分类，未查部件库' }
    const name = categoryName(category, city)
    return {
      rule,
      because: `${name} is not a component and none is named: no owner is asked`,
      zh: `“${name}”不属部件，也未注明部件，不按部件权属派遣`,
    }
  }
  const found = match.component
  if (found) return { rule, ref: found.code, ...ownerOf(found, match, city) }
  const name = categoryName(category ?? '', city)
  const within = matchDistance(city)
  if (match.how === 'absent')
    return {
      rule,
      because: `the register has no ${name} within ${within} m: its owner is unknown`,
      zh: `部件库中该位置${within}米内没有登记“${name}”，权属不明`,
    }
  const whose = (c: Component, nobody: string) => (c.owner === undefined ? nobody : unit(c.owner, city))
  const en = match.candidates.map(
    (n) => `${n.component.code} (${whose(n.component, 'owner unknown')}, ${metres(n.distance)} m)`,
  )
  const zh = match.candidates.map(
    (n) => `${n.component.code}（${whose(n.component, '权属不明')}，${metres(n.distance)}米）`,
  )
  return {
    rule,
    because: `the position cannot tell which ${name} is meant: ${en.join(', ')}; the desk decides`,
    zh: `该位置附近有权属不同的“${name}”，无法确定是哪一个：${zh.join('、')}，由派遣员判定`,
  }
}

function ownerOf(found: Component, { how, distance = 0 }: ComponentMatch, city: City) {
  const name = categoryName(found.category, city)
  const place =
    how !== 'found'
      ? { en: '', zh: '' }
      : distance < 1
        ? { en: ', at the reported position,', zh: '（就在上报位置）' }
        : { en: `, ${metres(distance)} m away,`, zh: `（距上报位置${metres(distance)}米）` }
  const en = `component ${found.code} (${name})${place.en}`
  const zh = `部件${found.code}“${name}”${place.zh}`
  const { owner, lesson } = found
  const number =
    lesson?.caseNo === undefined
      ? { en: 'a case', zh: '案卷' }
      : { en: `case ${lesson.caseNo}`, zh: `案卷${lesson.caseNo}` }
  if (owner === undefined)
    return lesson?.how === 'returned'
      ? {
          because: `${en} was taken for ${unit(lesson.previous ?? '', city)}’s, which was disproved in ${number.en}: its owner is unknown`,
          zh: `${zh}原登记为${unit(lesson.previous ?? '', city)}，${number.zh}退单证明非其管养，权属待定`,
        }
      : { because: `${en} is registered without an owner`, zh: `${zh}已登记，但未登记权属单位` }
  const whose = unit(owner, city)
  if (!lesson)
    return {
      because: `${en} belongs to ${whose} by the register`,
      zh: `${zh}在部件库登记的权属单位为${whose}`,
    }
  return lesson.how === 'person'
    ? {
        because: `${en} belongs to ${whose}: the centre corrected the register`,
        zh: `${zh}的权属单位为${whose}：由指挥中心人工更正登记`,
      }
    : {
        because: `${en} belongs to ${whose}: the register learnt it from ${number.en}`,
        zh: `${zh}的权属单位为${whose}：权属由${number.zh}更正登记`,
      }
}

export const NO_ZONE: Step = { rule: 'zone', because: 'in no responsibility zone', zh: '不在任何责任区内' }

export const notTheZones = (zone: Zone, category: string | undefined, city: City): Step => {
  const name = category === undefined ? undefined : categoryName(category, city)
  return {
    rule: 'zone',
    ref: zone.code,
    because: `in ${zone.name} (${zone.kind}), which does not answer for ${name ?? 'what has no category'}`,
    zh: `位于责任区“${zone.name}”，但该责任区不负责${name === undefined ? '未分类的问题' : `“${name}”`}`,
  }
}

export const notManaged = (zone: Zone): Step => ({
  rule: 'zone',
  ref: zone.code,
  because: `in ${zone.name} (${zone.kind}), which no unit of this city manages: reject it as not managed here, and write to whoever manages the land`,
  zh: `位于“${zone.name}”，本市各单位均不管养：按“不属本市管理范围”不予受理，并致函其管理单位`,
})

export const zone = (at: Zone, department: string, city: City): Answer => ({
  rule: 'zone',
  ref: at.code,
  department,
  because: `in ${at.name} (${at.kind}), which ${unit(department, city)} answers for`,
  zh: `位于责任区“${at.name}”，责任单位${unit(department, city)}`,
})

export const zoneRule = (at: Zone, rule: RoutingRule, city: City): Answer => ({
  rule: 'zone',
  ref: at.code,
  department: rule.department,
  because: `in ${at.name} (${at.kind}); there rule ${rule.id} gives ${whatOf(rule, city).en}${whenOf(rule).en} to ${unit(rule.department, city)}`,
  zh: `位于责任区“${at.name}”，按规则${rule.id}，${whatOf(rule, city).zh}${whenOf(rule).zh}由${unit(rule.department, city)}负责`,
})

const ruleKind = (of: RoutingRule) =>
  of.area === undefined ? 'category' : of.category === undefined ? 'area' : 'category-area'

export function rule(of: RoutingRule, city: City): Answer {
  const what = whatOf(of, city)
  const when = whenOf(of)
  const where = of.area === undefined ? undefined : (city.areas.get(of.area)?.name ?? of.area)
  const department = unit(of.department, city)
  const after = of.fallBack === undefined ? undefined : unit(of.fallBack, city)
  return {
    rule: ruleKind(of),
    ref: of.id,
    department: of.department,
    because: `rule ${of.id}: ${what.en} in ${where ?? 'the whole city'}${when.en} goes to ${department}${after === undefined ? '' : `; ${after}, should they prove that it isn’t theirs`}`,
    zh: `规则${of.id}：${where === undefined ? '' : `在${where}，`}${what.zh}${when.zh}由${department}负责${after === undefined ? '' : `；其证明非本单位管养的，由${after}兜底`}`,
  }
}

/** The hours and words of a rule, as they stand behind what it is about; nothing for a rule without. */
function whenOf(of: RoutingRule): { en: string; zh: string } {
  const times = timesText(of)
  const en = [
    ...(times ? [times.en] : []),
    ...(of.words ? [`described with any of ${of.words.join(', ')}`] : []),
  ]
  const zh = [...(times ? [times.zh] : []), ...(of.words ? [`描述含“${of.words.join('、')}”之一`] : [])]
  return en.length === 0 ? { en: '', zh: '' } : { en: ` (${en.join('; ')})`, zh: `（${zh.join('；')}）` }
}

/** A rule that would have answered at another hour, or for other words. */
export function silent(of: RoutingRule, found: readonly string[] | undefined, city: City, at?: Zone): Step {
  const times = timesText(of)
  const isWordless = of.words !== undefined && found?.includes(of.id) !== true
  const why = isWordless
    ? {
        en: `is for descriptions with any of ${of.words?.join(', ')}; this has none of them`,
        zh: `只适用于描述含“${of.words?.join('、')}”之一的问题，本件没有`,
      }
    : {
        en: `is for ${times?.en}; this is decided at another time`,
        zh: `只在${times?.zh}适用，派遣时不在该时段`,
      }
  return {
    rule: at ? 'zone' : ruleKind(of),
    ref: of.id,
    because: `rule ${of.id} (${unit(of.department, city)}) ${why.en}`,
    zh: `规则${of.id}（${unit(of.department, city)}）${why.zh}`,
  }
}

/** What a rule is about, e.g. 权属不明的“雨水井盖”. A beginning of codes names all that it stands for, up to a few. */
function whatOf(of: RoutingRule, city: City): { en: string; zh: string } {
  const { category } = of
  const meant =
    category === undefined ? [] : city.pack.categories.filter((c) => coversCategory(category, c.code))
  const named = meant.slice(0, 4).map((c) => c.name)
  const more = meant.length > named.length
  const unknown = of.owner === 'unknown'
  if (category === undefined)
    return unknown
      ? { en: 'any component of unknown owner', zh: '权属不明的部件' }
      : { en: 'anything', zh: '各类问题' }
  const en = named.length === 0 ? category : `${named.join(', ')}${more ? ' …' : ''}`
  const zh = named.length === 0 ? `“${category}”` : `“${named.join('、')}”${more ? '等' : ''}`
  return unknown ? { en: `${en} of unknown owner`, zh: `权属不明的${zh}` } : { en, zh }
}

export const NO_RULE: Step = {
  rule: 'category-area',
  because: 'no routing rule matches',
  zh: '无匹配的派遣规则',
}

export const category = (of: Category, department: string, city: City): Step => ({
  rule: 'category',
  ref: of.code,
  because: `${of.name} is by its category the duty of ${unit(department, city)}`,
  zh: `“${of.name}”按类别由${unit(department, city)}负责`,
})

export const noUnitOfCategory = (of: Category | undefined): Step => ({
  rule: 'category',
  because: of ? `${of.name} names no unit` : 'no category that names a unit',
  zh: of ? `“${of.name}”未指定责任单位` : '没有可据以确定单位的类别',
})

export const fallBack = (department: string, city: City): Answer => ({
  rule: 'fall-back',
  department,
  because: `nothing else answers; the fall-back of the city is ${unit(department, city)}`,
  zh: `无其他依据，由全市兜底单位${unit(department, city)}负责`,
})

export const instead = (ref: string | undefined, department: string, city: City): Answer => ({
  rule: 'fall-back',
  ...(ref === undefined ? {} : { ref }),
  department,
  because: `the rule’s own fall-back is ${unit(department, city)}`,
  zh: `按该规则的兜底，由${unit(department, city)}负责`,
})

export const gaveBack = (step: Answer, department: string, city: City): Step => ({
  ...step,
  because: `${step.because}; but ${unit(department, city)} has given this case back with agreement and is not asked again`,
  zh: `${step.zh}；但${unit(department, city)}已退单并获同意，不再派给该单位`,
})

export const secondLevel = (below: string, department: string, city: City): RoutingStep => ({
  rule: 'unit-tree',
  matched: true,
  ref: below,
  department,
  because: `${unit(below, city)} is a second-level unit; its superior ${unit(department, city)} leads`,
  zh: `${unit(below, city)}为二级单位，由上级${unit(department, city)}牵头`,
})

export function nearBorder(candidates: readonly BorderCandidate[], city: City): RoutingStep {
  const [here, ...beside] = candidates
  const share = (c: BorderCandidate) => `${Math.round(c.share * 100)}%`
  const place = (ref: string) => city.zones.get(ref)?.name ?? city.areas.get(ref)?.name ?? ref
  const list = beside.map((c) => ({
    en: `${place(c.ref)} of ${unit(c.department, city)} (${share(c)})`,
    zh: `“${place(c.ref)}”${unit(c.department, city)}（${share(c)}）`,
  }))
  return {
    rule: 'border',
    matched: true,
    ...(here ? { ref: here.ref, department: here.department } : {}),
    because: `the border is too near to be sure${here ? ` (${share(here)} of the circle lies here)` : ''}; it may also be ${list.map((l) => l.en).join(', ')}: the desk decides`,
    zh: `位置临近交界${here ? `（本侧占${share(here)}）` : ''}，也可能属于${list.map((l) => l.zh).join('、')}，由派遣员判定`,
  }
}
