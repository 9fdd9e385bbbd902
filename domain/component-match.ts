// Which component a report is about: the one it names, the one that screening found, or the nearest of its category in
// the register. Two of different owners that the position cannot tell apart are a doubt, never a guess.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { type Component, matchDistance, type Near } from './register.ts'
import { firstLevel } from './units.ts'

export type ComponentFacts = Pick<
  CaseState,
  'category' | 'position' | 'accuracyM' | 'component' | 'screening'
>

export interface ComponentMatch {
  /** `named` in the report, `found` near its position, `unclear`: several of different owners, `absent`: none registered. */
  how: 'named' | 'found' | 'unclear' | 'absent'
  component?: Component | undefined
  /** Metres from the reported position, of a `found` one. */
  distance?: number | undefined
  /** Of `unclear`: those that it could be, nearest first. */
  candidates: Near[]
}

/** A position is never better than this, in metres. */
const BEST_ACCURACY_M = 3

/** Whether a category is of components 部件, not of events. */
export const isOfComponents = (category: string | undefined, city: City): boolean =>
  category !== undefined && city.categories.get(category)?.kind === 'C'

/** Undefined for a matter that is no component and names none. */
export function matchComponent(facts: ComponentFacts, city: City): ComponentMatch | undefined {
  const named = facts.component === undefined ? undefined : city.components.get(facts.component)
  if (named) return { how: 'named', component: named, candidates: [] }
  const { category, position, accuracyM, screening } = facts
  if (category === undefined || !isOfComponents(category, city)) return undefined
  const screened = screening?.component
  const known = screened === undefined ? undefined : city.components.get(screened.code)
  // Filed under another category than it was screened with, it is another thing.
  if (screened && known?.category === category)
    return { how: 'found', component: known, distance: screened.distanceM, candidates: [] }
  const near = city.components.near(position.lng, position.lat, { withinM: matchDistance(city), category })
  const [nearest] = near
  if (!nearest) return { how: 'absent', candidates: [] }
  const margin = Math.max(accuracyM ?? 0, BEST_ACCURACY_M)
  const rivals = near.filter((n) => n.distance - nearest.distance <= margin)
  const lead = ({ component: { owner } }: Near) => owner && firstLevel(owner, city)
  if (rivals.some((n) => lead(n) !== lead(nearest))) return { how: 'unclear', candidates: rivals }
  return { how: 'found', ...nearest, candidates: [] }
}
