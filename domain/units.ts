// The tree of units 单位: who leads for a second-level unit 二级单位.
import type { City } from './city/types.ts'

/** A second-level unit never leads: its bureau does. An unknown code stands for itself. */
export function firstLevel(code: string, city: Pick<City, 'departments'>): string {
  const seen = new Set<string>()
  let at = code
  for (;;) {
    const parent = city.departments.get(at)?.parent
    if (parent === undefined || seen.has(parent)) return at
    seen.add(at)
    at = parent
  }
}
