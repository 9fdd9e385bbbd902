// The plan of a history: every report with its instant, its words and what will become of it, before anybody has acted.
// Shares are kept even and counts exact; the rules of the city are asked only for the unit that will lead.
import type { Actor } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/days.ts'
import { metresPerDegree } from '#domain/geo/geometry.ts'
import { type Choose, chooseByChance, dice, openEven, openEvenChoice } from '#scripts/life/chance.ts'
import type { Fate } from '#scripts/life/fate.ts'
import {
  categoryFor,
  type Incident,
  type IncidentOptions,
  incident,
  secondReport,
  spotFor,
} from '#scripts/life/incident.ts'
import type { LngLat, Spot } from '#scripts/life/places.ts'
import { DUPLICATES } from '#scripts/life/rates.ts'
import type { Town } from '#scripts/life/town.ts'
import { decideFates, NONE } from './fates.ts'
import { idAt, type People } from './people.ts'
import { type Period, quarterEnd } from './period.ts'
import { slotsOf } from './slots.ts'
import { openUnits, type Units } from './units.ts'

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
