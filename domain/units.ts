// The tree of units 单位: who leads for a second-level unit 二级单位, and the levels between.
import type { City } from './city/types.ts'

/** From the first level down to this unit; an unknown code stands for itself. */
export function unitPath(code: string, { departments }: Pick<City, 'departments'>): string[] {
  const path: string[] = []
  for (
    let at: string | undefined = code;
    at !== undefined && !path.includes(at);
    at = departments.get(at)?.parent
  )
    path.unshift(at)
  return path
}

/** A second-level unit never leads: its bureau does. An unknown code stands for itself. */
export const firstLevel = (code: string, city: Pick<City, 'departments'>): string =>
  unitPath(code, city)[0] ?? code

/**
 * Every unit that a case counts for: its lead, the second-level unit that has it, and those above and between, each
 * once, from the first level down.
 */
export function unitsOf(
  { department, unit }: { department?: string | undefined; unit?: string | undefined },
  city: Pick<City, 'departments'>,
): string[] {
  const lead = department === undefined ? [] : unitPath(department, city)
  return unit === undefined || unit === department ? lead : [...new Set([...lead, ...unitPath(unit, city)])]
}

/** A unit and everything below it. */
export function unitAndBelow(code: string, { departments }: Pick<City, 'departments'>): string[] {
  const units = [code]
  for (const unit of units)
    for (const d of departments.values()) if (d.parent === unit && !units.includes(d.code)) units.push(d.code)
  return units
}
