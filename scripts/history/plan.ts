// The plan of a history: every report with its instant, its words and what will become of it, before anybody has acted.
// Shares are kept even and counts exact; the rules of the city are asked only for the unit that will lead.
import type { Actor } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { cityDay, dayStart } from '#domain/city-time.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import { policyDecision } from '#domain/policy.ts'
import { route } from '#domain/route.ts'
import { type Choose, chooseByChance, dice, openEven, openEvenChoice } from '#scripts/life/chance.ts'
import { chancesOf, type Fate } from '#scripts/life/fate.ts'
import {
  categoryFor,
  type Incident,
  type IncidentOptions,
  incident,
  secondReport,
  spotFor,
} from '#scripts/life/incident.ts'
import type { LngLat, Spot } from '#scripts/life/places.ts'
import { DUPLICATES, SELF_HANDLED, UNIT_RATES } from '#scripts/life/rates.ts'
import type { Town } from '#scripts/life/town.ts'
import { GROUP_SHARES, HOURLY, SOURCE_GROUPS, type SourceGroup } from '#scripts/life/volume.ts'
import { idAt, type People } from './people.ts'
import { type Period, quarterEnd, reportsByDay } from './period.ts'

/** What is asked of a case so that the whole comes out as stated; absent = it takes its own course. */
export interface Directive {
  /** Filed before this instant. */
  fileBy?: number
  /** Ended before this instant: everybody is quicker. */
  finishBy?: number
  /** Not replied to before this instant, and not closed before that one. */
  replyAfter?: number
  closeAfter?: number
  /** Nobody does more with it once it waits for this action. */
  stopAt?: string
}

export interface PlannedCase {
  id: string
  at: number
  day: string
  receiptNo: string
  incident: Incident
  actor: Actor
  risk: string | undefined
  /** The unit that the rules are expected to name. */
  unit: string | undefined
  fate: Fate
  inQuarter: boolean
  /** Id of the case that this repeats. */
  repeats?: string | undefined
  directive: Directive
  /** Photos are drawn for it. */
  pictured: boolean
}

interface Slot {
  at: number
  day: string
  group: SourceGroup
  onTheSpot: boolean
  /** Given for what is to be there at the end. */
  category?: string
}

export interface PlanContext {
  period: Period
  town: Town
  city: City
  people: People
  receiptNo(day: string, n: number): string
}

export function planCases(context: PlanContext): PlannedCase[] {
  const { period, town, city, people } = context
  const slots = slotsOf(period, town, people.canFix)
  const even = openEven(period.seed)
  const choose = openEvenChoice()
  const end = quarterEnd(period, town.timeZone)
  const cases: PlannedCase[] = []
  const numbers = new Map<string, number>()
  const units = openUnits(city)
  let owed = 0
  for (const [i, slot] of slots.entries()) {
    const seed = `${period.seed}-${i}`
    const part = slot.at < end ? 'quarter' : 'present'
    if (!slot.onTheSpot && even(`second ${part}`, DUPLICATES)) owed += 1
    const first = owed > 0 && !slot.onTheSpot && slot.group !== 'other' ? lately(cases, slot.at) : undefined
    if (first) owed -= 1
    const made = first
      ? secondReport(town, first.incident, { seed, ...slot })
      : ordinary(cases, { ...slot, seed, choose }, units, town)
    const n = (numbers.get(slot.day) ?? 0) + 1
    numbers.set(slot.day, n)
    const { areaPath } = city.locate(made.position.lng, made.position.lat)
    const unit = units.at({ ...made.position, component: made.component }, made.category, slot.at)
    if (made.selfHandled === undefined) units.count(unit)
    cases.push({
      id: idAt(slot.at, seed),
      at: slot.at,
      day: slot.day,
      receiptNo: context.receiptNo(slot.day, n),
      incident: made,
      actor: people.reporter(made, areaPath),
      risk: city.categories.get(made.category)?.risk,
      unit,
      fate: NONE,
      inQuarter: slot.at < end,
      repeats: first?.id,
      directive: {},
      pictured: false,
    })
  }
  decideFates(cases, period, city)
  return cases
}

const NONE: Fate = {
  notFiled: false,
  returned: false,
  granted: false,
  late: false,
  reworked: false,
  extended: false,
  suspended: false,
  voided: false,
  overseen: false,
  calledBack: false,
  satisfied: true,
  reopened: false,
}

/** Instants of all reports up to the end, in order; each day's spread over its hours as each kind of source keeps them. */
function slotsOf(period: Period, town: Town, canFix: boolean): Slot[] {
  const { seed, until } = period
  const even = openEven(`${seed} spot`)
  const choose = openEvenChoice()
  const slots: Slot[] = []
  for (const [day, total] of reportsByDay(period, town)) {
    const start = dayStart(day, town.timeZone)
    const byGroup = { grid: 0, public: 0, other: 0 }
    let onTheSpot = 0
    for (let i = 0; i < total; i++) {
      const group = choose('group', SOURCE_GROUPS, (g) => GROUP_SHARES[g], `${seed} ${day} ${i}`)
      byGroup[group] += 1
      if (canFix && group === 'grid' && even('self', SELF_HANDLED)) onTheSpot += 1
    }
    const spread = (group: SourceGroup, n: number, spot: boolean) => {
      for (let i = 0; i < n; i++) {
        const at = start + instantOfDay(group, (i + dice(seed, day, group, i, String(spot))) / n)
        // Nobody is out fixing things before it is light.
        const isLit = !spot || at - start > 6 * HOUR_MS
        if (at <= until && isLit) slots.push({ at, day, group, onTheSpot: spot })
      }
    }
    for (const group of SOURCE_GROUPS) spread(group, byGroup[group], false)
    spread('grid', onTheSpot, true)
  }
  return [...slots, ...freshSlots(until, town)].sort((a, b) => a.at - b.at)
}

/**
 * Whatever the hour, the last half hour has brought something for the operator, and something urgent for the units: the
 * desks of the living demo are not to begin empty.
 */
function freshSlots(until: number, town: Town): Slot[] {
  const fresh = (minutes: number, group: SourceGroup, category?: string): Slot[] => {
    const at = until - minutes * MINUTE_MS - 7_000
    if (category !== undefined && !town.mix.codes.includes(category)) return []
    return [
      { at, day: cityDay(at, town.timeZone), group, onTheSpot: false, ...(category ? { category } : {}) },
    ]
  }
  return [
    ...fresh(4, 'public'),
    ...fresh(13, 'public'),
    ...fresh(26, 'public'),
    ...fresh(17, 'grid', 'C0103'),
    ...fresh(38, 'public', 'E0501'),
    ...fresh(64, 'grid', 'E0505'),
    // Not of low risk, so that the duty manager files them.
    ...fresh(9, 'grid', 'E0113'),
    ...fresh(22, 'grid', 'C0284'),
    ...fresh(35, 'grid', 'E0306'),
  ]
}

/** Milliseconds into the day by which a part (0 to 1) of its reports has come in. */
function instantOfDay(group: SourceGroup, part: number): number {
  let left = part
  for (const [hour, share] of HOURLY[group].entries()) {
    if (left <= share) return Math.floor((hour + left / share) * HOUR_MS)
    left -= share
  }
  return DAY_MS - 1
}

/** Before this much time has passed a matter is likely to be still there. */
const SECOND_WITHIN = 2 * HOUR_MS

/** An open matter of the last hours that somebody else may report again. */
function lately(cases: readonly PlannedCase[], at: number): PlannedCase | undefined {
  const able: PlannedCase[] = []
  for (let i = cases.length - 1; i >= 0; i--) {
    const c = cases[i]
    if (!c || at - c.at > SECOND_WITHIN) break
    const isPlain = c.incident.selfHandled === undefined && c.repeats === undefined
    // Once is enough for one matter.
    if (isPlain && at - c.at > 8 * MINUTE_MS && !cases.slice(i).some((o) => o.repeats === c.id)) able.push(c)
  }
  return able[Math.floor(dice('lately', at) * able.length)]
}

const NEAR_M = 55
/** So many places are looked at for one report. */
const TRIES = 6

/**
 * A report whose place is not that of another matter of its kind within a day (that would be a second report), and lies
 * with a unit that has no more than its part of the cases yet.
 */
function ordinary(
  cases: readonly PlannedCase[],
  options: IncidentOptions & { choose: Choose },
  units: Units,
  town: Town,
): Incident {
  const { at, seed } = options
  const category = options.category ?? categoryFor(town, options)
  let best: { spot: Spot; cost: number } | undefined
  for (let n = 0; n < TRIES && (best === undefined || best.cost > 0); n++) {
    const spot =
      n === 0
        ? spotFor(town, category, seed, options.choose)
        : spotFor(town, category, `${seed}~${n}`, chooseByChance)
    const near = isNearAnother(cases, at, category, spot) ? 1000 : 0
    const over = units.isFixed(category) ? 0 : Math.max(0, units.over(units.at(spot, category, at)) - 1)
    if (best === undefined || near + over < best.cost) best = { spot, cost: near + over }
  }
  return incident(town, { ...options, category, ...(best ? { spot: best.spot } : {}) })
}

interface Units {
  /** The unit that the rules will name for a category at a place. */
  at(place: LngLat & { component?: string | undefined }, category: string, at: number): string | undefined
  count(unit: string | undefined): void
  /** By how many cases a unit has more than its part. */
  over(unit: string | undefined): number
  /** Wherever it lies, the category goes to one unit, as far as has been seen. */
  isFixed(category: string): boolean
}

const SEEN_ENOUGH = 25

function openUnits(city: City): Units {
  const total = Object.values(UNIT_RATES).reduce((sum, r) => sum + r.share, 0)
  const led = new Map<string, number>()
  const seen = new Map<string, { units: Set<string>; n: number }>()
  let all = 0
  return {
    at({ lng, lat, component }, category, at) {
      const position = { lng, lat }
      const { areaPath } = city.locate(lng, lat)
      const unit = route({ position, source: 'grid', component, category, areaPath }, city, at).department
      const of = seen.get(category) ?? { units: new Set(), n: 0 }
      seen.set(category, of)
      of.n += 1
      if (unit !== undefined) of.units.add(unit)
      return unit
    },
    count(unit) {
      all += 1
      if (unit !== undefined) led.set(unit, (led.get(unit) ?? 0) + 1)
    },
    over(unit) {
      const rates = UNIT_RATES[unit ?? '']
      return rates ? (led.get(unit ?? '') ?? 0) - (all * rates.share) / total : 0
    },
    isFixed(category) {
      const of = seen.get(category)
      return of !== undefined && of.n >= SEEN_ENOUGH && of.units.size <= 1
    },
  }
}

function isNearAnother(cases: readonly PlannedCase[], at: number, category: string, spot: LngLat): boolean {
  const m = metresPerDegree(spot.lat)
  for (let i = cases.length - 1; i >= 0; i--) {
    const c = cases[i]
    if (!c || at - c.at > DAY_MS) return false
    if (c.incident.category !== category || c.incident.selfHandled !== undefined) continue
    const { lng, lat } = c.incident.position
    if (Math.hypot((lng - spot.lng) * m.x, (lat - spot.lat) * m.y) < NEAR_M) return true
  }
  return false
}

/** Whether a person looks at it before it is filed: what only rules see is never refused. */
function isSeen({ incident: { source, category } }: PlannedCase, city: City): boolean {
  const { accept, file } = city.pack.policies
  const facts = { source, category: city.categories.get(category) }
  return policyDecision(accept, facts).who !== 'rule' || policyDecision(file, facts).who !== 'rule'
}

function decideFates(cases: readonly PlannedCase[], period: Period, city: City): void {
  const { reported, filed } = period.counts
  const plain = cases.filter((c) => c.incident.selfHandled === undefined)
  const quarter = plain.filter((c) => c.inQuarter)
  const present = plain.filter((c) => !c.inQuarter)
  for (const c of refused(quarter, reported - filed, period.seed, city)) c.fate = { ...NONE, notFiled: true }
  const likewise = Math.round((present.length * (reported - filed)) / reported)
  for (const c of refused(present, likewise, period.seed, city)) c.fate = { ...NONE, notFiled: true }
  const even = openEven(`${period.seed} fate`)
  for (const c of plain) if (!c.fate.notFiled) c.fate = fateOf(c, even)
}

/** So many of the cases end unfiled: a part of the second reports, merged, and others that a person sees. */
function refused(cases: readonly PlannedCase[], n: number, seed: string, city: City): PlannedCase[] {
  const seen = cases.filter(
    (c) => isSeen(c, city) && c.incident.source !== 'leader' && c.incident.source !== 'sensor',
  )
  const seconds = seen.filter((c) => c.repeats !== undefined)
  const merged = spreadOver(
    seconds,
    Math.min(Math.round(n * 0.45), Math.floor(seconds.length * 0.6)),
    () => 1,
    seed,
  )
  const others = seen.filter((c) => c.repeats === undefined)
  const weight = (c: PlannedCase) => (c.incident.source === 'grid' ? 1 : 3)
  return [...merged, ...spreadOver(others, n - merged.length, weight, seed)]
}

/** `n` of the items, evenly over the whole by weight. @throws when there are fewer. */
function spreadOver<T>(items: readonly T[], n: number, weight: (item: T) => number, seed: string): T[] {
  if (n > items.length) throw new Error(`${n} of ${items.length} cases cannot stay unfiled`)
  const total = items.reduce((sum, i) => sum + weight(i), 0)
  const offset = dice(seed, 'spread', n)
  const chosen: T[] = []
  let sum = 0
  for (const [i, item] of items.entries()) {
    sum += weight(item)
    const due = (sum / total) * n
    const left = items.length - i
    if (chosen.length < n && (due > chosen.length + offset || n - chosen.length >= left)) chosen.push(item)
  }
  return chosen
}

function fateOf(c: PlannedCase, even: ReturnType<typeof openEven>): Fate {
  const part = c.inQuarter ? 'quarter' : 'present'
  const chances = chancesOf(c.incident.category, c.unit)
  const falls = (what: keyof Fate, about = '') => even(`${part} ${what} ${about}`, chances[what])
  const unit = c.unit ?? ''
  const voided = falls('voided')
  const suspended = !voided && falls('suspended')
  const isPublic = c.incident.source === 'hotline' || c.incident.source === 'citizen'
  const calledBack = isPublic && falls('calledBack')
  const satisfied = !calledBack || falls('satisfied')
  const returned = !voided && falls('returned', unit)
  return {
    notFiled: false,
    returned,
    granted: returned && falls('granted'),
    late: !voided && !suspended && falls('late', unit),
    reworked: !voided && falls('reworked', unit),
    extended: !voided && !suspended && falls('extended'),
    suspended,
    voided,
    overseen: falls('overseen'),
    calledBack,
    satisfied,
    reopened: !satisfied && falls('reopened'),
  }
}
