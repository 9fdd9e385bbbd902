// Who sits at the desk of a unit, and which units are below it. Pure.
import type { Account } from '../../api/session.ts'
import type { DepartmentRow } from '../../api/city.ts'

export interface Me {
  id: string
  department: string
}

/** Undefined for an account without a unit. */
export const meOf = ({ id, department }: Account): Me | undefined =>
  department === undefined ? undefined : { id, department }

/** Whether a unit is this one or below it in the tree. */
export function isBelow(
  code: string,
  above: string,
  { departments }: { departments: readonly DepartmentRow[] },
) {
  const seen = new Set<string>()
  for (
    let at: string | undefined = code;
    at !== undefined && !seen.has(at);
    at = departments.find((d) => d.code === at)?.parent
  ) {
    if (at === above) return true
    seen.add(at)
  }
  return false
}

/** Works with their hands, not at the unit's desk. */
export const isHandlerOnly = ({ posts }: Account) =>
  posts.includes('handler') && !posts.includes('department-officer')
