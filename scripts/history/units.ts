// How a history's cases divide among the units: whom the rules will name at a place, and who has more than its part.
import type { City } from '#domain/city/types.ts'
import { route } from '#domain/route.ts'
import type { LngLat } from '#scripts/life/places.ts'
import { UNIT_RATES } from '#scripts/life/rates.ts'

export interface Units {
  /** The unit that the rules will name for a category at a place. */
  at(place: LngLat & { component?: string | undefined }, category: string, at: number): string | undefined
  count(unit: string | undefined): void
  /** By how many cases a unit has more than its part. */
  over(unit: string | undefined): number
  /** Wherever it lies, the category goes to one unit, as far as has been seen. */
  isFixed(category: string): boolean
}

const SEEN_ENOUGH = 25

export function openUnits(city: City): Units {
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
