// What simulated people go by in a loaded city: working hours of its units, squads they pass work to, conditions of its
// catalogue, and who else might be responsible for what a unit gives back.
import type { City } from '#domain/city/types.ts'
import { pick } from './chance.ts'
import type { LifeCase, Ways } from './course.ts'
import { fateOf } from './fate.ts'
import { calendarHours, centreHours, type Hours, plainHours, shiftHours } from './hours.ts'

export type WaysCity = Pick<City, 'conditions' | 'calendarFor'> & {
  departments: ReadonlyMap<
    string,
    { code: string; name?: string | undefined; parent?: string | undefined; kind: string }
  >
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

interface Squad {
  code: string
  name: string
}

/** Trades of second-level units, by the ends of their codes. */
const TRADES: readonly (readonly [RegExp, string])[] = [
  [/^(E0113|E0302|E0312|E0505|C0284)/, '-road'],
  [/^(C010|C0123|E0503|E0506)/, '-drain'],
  [/^C0137/, '-lamp'],
  [/^(E0111|E0192)/, '-haul'],
  [/^(E0112|E0114)/, '-sweep1'],
  [/^(E0112|E0114)/, '-sweep2'],
  [/^(E0110|C0301|C0305)/, '-cleaning'],
  [/^E03/, '-site'],
]

/** Those whose trade it is; else those named after the place; else, where some are, none; else all. */
function ableTo(own: readonly Squad[], c: LifeCase, places: readonly string[]): readonly Squad[] {
  const trade = own.filter((s) =>
    TRADES.some(([of, end]) => of.test(c.category ?? '') && s.code.endsWith(end)),
  )
  if (trade.length > 0) return trade
  for (const place of places) {
    const short = place.replace(/街道$/, '')
    const here = own.filter((s) => short.length > 1 && s.name.includes(short))
    if (here.length > 0) return here
  }
  const isLocal = own.some((s) => /中队|派出所|居委会|物业/.test(s.name))
  return isLocal ? [] : own
}

/**
 * @param streetOf the street (area code) that a case lies in
 * @param fate by dice where a history makes none of its own
 * @param placeNames names of where a case lies, the narrowest first: estate, community, street
 */
export function openWays(
  city: WaysCity,
  streetOf: (c: LifeCase) => string | undefined,
  fate: Ways['fate'] = (c) => fateOf(c.key, c.category, c.department),
  placeNames: (c: LifeCase) => readonly string[] = () => [],
): Ways {
  const { timeZone, routing } = city.pack
  const hours = new Map<string, Hours>()
  const squads = new Map<string, Squad[]>()
  for (const { code, name = '', parent } of city.departments.values())
    if (parent !== undefined) squads.set(parent, [...(squads.get(parent) ?? []), { code, name }])
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
      const able = ableTo(own, c, placeNames(c))
      return able.length === 0 ? undefined : pick(able, c.key, 'squad').code
    },
    condition(category, number) {
      const id = `${category}-${number}`
      return city.conditions.get(id)?.category === category ? id : undefined
    },
  }
}
