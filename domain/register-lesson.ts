// When the register learns 更正登记: what one event of a case says about the owner of its component. The rules stand in
// docs/decisions/0006-register-learns.md. Pure; the same log gives the same lessons.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { isOfComponents, matchComponent } from './component-match.ts'
import { type Component, type Lesson, matchDistance } from './register.ts'
import { firstLevel } from './units.ts'

/** Events that may teach the register something. */
export const TEACHING = ['closed', 'return-granted'] as const

export interface TeachingEvent {
  type: string
  /** Epoch ms. */
  at: number
  payload: Record<string, unknown>
}

/** Code of a component that the pack does not have, from the number of the case that found it. */
export const provisionalCode = (caseNo: string) => `P-${caseNo}`

/**
 * @param before the case just before the event
 * @param city the pack version that the case was filed under, with all lessons until then
 */
export function lessonOf(before: CaseState, event: TeachingEvent, city: City): Lesson | undefined {
  if (!isOfComponents(before.category, city)) return undefined
  if (event.type === 'closed') return ofClosing(before, event, city)
  if (event.type === 'return-granted') return ofReturn(before, event, city)
  return undefined
}

/** Put in order by the unit that it was sent to, and seen to be: it is theirs, if nobody else is known to own it. */
function ofClosing(before: CaseState, event: TeachingEvent, city: City): Lesson | undefined {
  const { department, category, position, caseNo } = before
  const isDone =
    before.status === 'checked' && before.checkedAt !== undefined && event.payload.outcome === 'fixed'
  if (!isDone || department === undefined || category === undefined || caseNo === undefined) return undefined
  const owner = firstLevel(department, city)
  const match = matchComponent(before, city)
  if (!match || match.how === 'unclear') return undefined
  const component = match.component
  if (component) {
    const isOpen = component.owner === undefined || component.lesson?.how === 'closed'
    const isSame = component.owner !== undefined && firstLevel(component.owner, city) === owner
    return isOpen && !isSame ? { ...about(component, before, event, city), owner, how: 'closed' } : undefined
  }
  // Too vague a position would register the same cover twice.
  if ((before.accuracyM ?? 0) > 2 * matchDistance(city)) return undefined
  return {
    component: provisionalCode(caseNo),
    found: { category, lng: position.lng, lat: position.lat },
    owner,
    how: 'closed',
    ...circumstances(before, event, city),
  }
}

/** A return with proof, agreed to by the centre, takes the component away from the unit that gave it back. */
function ofReturn(before: CaseState, event: TeachingEvent, city: City): Lesson | undefined {
  const { request, department } = before
  if (request?.kind !== 'return' || department === undefined) return undefined
  const isProved = (request.photos?.length ?? 0) > 0 && request.reason !== 'under-construction'
  const component = matchComponent(before, city)?.component
  if (!isProved || component?.owner === undefined) return undefined
  if (firstLevel(component.owner, city) !== firstLevel(department, city)) return undefined
  return { ...about(component, before, event, city), how: 'returned' }
}

function about(component: Component, before: CaseState, event: TeachingEvent, city: City) {
  const { code, category, lng, lat, owner, packOwner, provisional } = component
  return {
    component: code,
    ...(provisional ? { found: { category, lng, lat } } : {}),
    ...(owner === undefined ? {} : { previous: owner }),
    ...(packOwner === undefined ? {} : { packOwner }),
    ...circumstances(before, event, city),
  }
}

const circumstances = ({ id, caseNo }: CaseState, { at }: TeachingEvent, { version }: City) => ({
  caseId: id,
  ...(caseNo === undefined ? {} : { caseNo }),
  at,
  cityVersion: version,
})
