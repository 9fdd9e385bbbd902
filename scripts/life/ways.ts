// What simulated people go by in a loaded city: working hours of its units, squads they pass work to, conditions of its
// catalogue, and who else might be responsible for what a unit gives back.
import type { City } from '#domain/city/types.ts'
import { pick } from './chance.ts'
import type { LifeCase, Ways } from './course.ts'
import { fateOf } from './fate.ts'
import { calendarHours, centreHours, type Hours, plainHours, shiftHours } from './hours.ts'

export type WaysCity = Pick<City, 'conditions' | 'calendarFor'> & {
  departments: ReadonlyMap<string, { code: string; parent?: string | undefined; kind: string }>
  pack: Pick<City['pack'], 'timeZone' | 'routing'>
}

/** Who is likely to be responsible instead; `street` stands for the street office of the place. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  enforcement: ['street', 'market', 'traffic'],
  sanitation: ['street', 'greening'],
  municipal: ['street', 'watersupply', 'transport'],
  greening: ['street', 'sanitation'],
  water: ['street', 'sanitation'],
  housing: ['enforcement', 'municipal'],
  traffic: ['enforcement', 'municipal'],
  police: ['enforcement'],
  market: ['enforcement'],
  transport: ['municipal'],
  fire: ['street'],
  watersupply: ['municipal'],
  power: ['telecom', 'municipal'],
  telecom: ['power', 'street'],
  gas: ['municipal'],
}
/** A street office gives back what is a bureau's. */
const INSTEAD_OF_STREET = ['sanitation', 'municipal', 'enforcement'] as const

/**
 * @param streetOf the street (area code) that a case lies in
 * @param fate by dice where a history makes none of its own
 */
export function openWays(
  city: WaysCity,
  streetOf: (c: LifeCase) => string | undefined,
  fate: Ways['fate'] = (c) => fateOf(c.key, c.category, c.department),
): Ways {
  const { timeZone, routing } = city.pack
  const hours = new Map<string, Hours>()
  const squads = new Map<string, string[]>()
  for (const { code, parent } of city.departments.values())
    if (parent !== undefined) squads.set(parent, [...(squads.get(parent) ?? []), code])
  /** The street office: whoever the rules name for a whole street. */
  const offices = new Map(
    routing.flatMap((r) => {
      const isOffice = r.area !== undefined && city.departments.get(r.department)?.kind === 'street'
      return isOffice ? [[r.area as string, r.department] as const] : []
    }),
  )
  return {
    timeZone,
    centre: centreHours(timeZone),
    shift: shiftHours(timeZone),
    unit(code) {
      const owner = code ?? 'centre'
      const known = hours.get(owner)
      if (known) return known
      const calendar = city.calendarFor(owner)
      const made = calendar ? calendarHours(calendar) : plainHours(timeZone)
      hours.set(owner, made)
      return made
    },
    fate,
    otherUnit(c) {
      const office = offices.get(streetOf(c) ?? '')
      const isOffice = [...offices.values()].includes(c.department ?? '')
      const able = (isOffice ? INSTEAD_OF_STREET : (INSTEAD[c.department ?? ''] ?? ['street']))
        .map((unit) => (unit === 'street' ? office : unit))
        .filter((unit) => unit !== undefined && unit !== c.department && city.departments.has(unit))
      return able.length === 0 ? undefined : pick(able as string[], c.key, 'instead')
    },
    squad(c) {
      const own = squads.get(c.department ?? '') ?? []
      return own.length === 0 ? undefined : pick(own, c.key, 'squad')
    },
    condition(category, number) {
      const id = `${category}-${number}`
      return city.conditions.get(id)?.category === category ? id : undefined
    },
  }
}
