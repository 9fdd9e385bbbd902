// What a scope sees of the board: `city` everything; `area:CODE` and `department:CODE` their own cases and counts. Pure.
import type {
  BoardCase,
  BoardChanges,
  BoardDelta,
  BoardSnapshot,
  BoardState,
  BoardStep,
} from '#domain/board.ts'
import { toSnapshot } from '#domain/board.ts'
import { inScope } from '#domain/board-view.ts'
import type { City } from '#domain/city/types.ts'
import { unitPath } from '#domain/units.ts'

/** A scope of this city, or undefined. */
export function knownScope(scope: string, city: City): string | undefined {
  if (scope === 'city') return scope
  const [kind, code] = split(scope)
  if (kind === 'area' && city.areas.has(code)) return scope
  if (kind === 'department' && city.departments.has(code)) return scope
  return undefined
}

function split(scope: string): [kind: string, code: string] {
  const at = scope.indexOf(':')
  return at < 0 ? [scope, ''] : [scope.slice(0, at), scope.slice(at + 1)]
}

/** A step is its lead unit's, and of those above that. */
function isStepIn(step: BoardStep, scope: string, city: City): boolean {
  const [kind, code] = split(scope)
  if (kind === 'department')
    return step.department !== undefined && unitPath(step.department, city).includes(code)
  const seen = new Set<string>()
  for (let at = step.area; at !== undefined && !seen.has(at); at = city.areas.get(at)?.parent) {
    if (at === code) return true
    seen.add(at)
  }
  return false
}

export function snapshotOf(state: BoardState, scope: string, city: City): BoardSnapshot {
  const all = toSnapshot(state)
  if (scope === 'city') return all
  return {
    ...all,
    cases: all.cases.filter((c) => inScope(c, scope)),
    counts: all.counts.filter((c) => c.key === scope),
    recent: all.recent.filter((s) => isStepIn(s, scope, city)),
    // Only the whole city is counted by hour.
    band: undefined,
  }
}

/**
 * The part of a change that a scope sees; undefined when it sees none.
 * @param wasIn cases as they were before; one that isn't known is taken as having been in it: a needless `gone` is harmless
 */
export function changesOf(
  { changes }: BoardDelta,
  scope: string,
  { before, dayBefore, city }: { before?: ReadonlyMap<string, BoardCase>; dayBefore?: string; city: City },
): BoardChanges | undefined {
  if (scope === 'city') return changes
  const wasIn = (id: string) => {
    const c = before?.get(id)
    return before === undefined || (c !== undefined && inScope(c, scope))
  }
  const own: BoardChanges = {
    day: changes.day,
    at: changes.at,
    cases: changes.cases.filter((c) => inScope(c, scope)),
    gone: [
      ...changes.gone.filter(wasIn),
      ...changes.cases.filter((c) => !inScope(c, scope) && wasIn(c.id)).map((c) => c.id),
    ],
    counts: changes.counts.filter((c) => c.key === scope),
    recent: changes.recent.filter((s) => isStepIn(s, scope, city)),
    ...(changes.month ? { month: changes.month } : {}),
  }
  const isNewDay = dayBefore !== undefined && dayBefore !== changes.day
  const { cases, gone, counts, recent } = own
  return isNewDay || changes.month || cases.length + gone.length + counts.length + recent.length > 0
    ? own
    : undefined
}
