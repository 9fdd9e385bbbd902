// Why a case goes to a unit, as answers: the recorded way, or what rules would propose now; its component with its owner.
import type { CaseState } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import type { City } from '#domain/city/types.ts'
import { matchComponent } from '#domain/component-match.ts'
import { letterAbout } from '#domain/letter.ts'
import type { Component, Lesson, Near } from '#domain/register.ts'
import { route } from '#domain/route.ts'
import type { KeptLesson } from '#store/register.ts'
import type { CaseRoutingBody, ComponentBody } from '../schemas/component.ts'

/** Rules still decide about these; later ones keep what was recorded. */
const UNDECIDED: readonly string[] = ['reported', 'accepted', 'filed', 'rejected']

export const named = (code: string, city: City) => ({
  code,
  name: city.departments.get(code)?.name ?? city.categories.get(code)?.name ?? code,
})
const maybe = (code: string | undefined, city: City) => (code === undefined ? undefined : named(code, city))

function lessonView(lesson: KeptLesson | Lesson, city: City) {
  const { how, owner, previous, caseId, caseNo, at } = lesson
  const kept: Partial<KeptLesson> = lesson
  return {
    how,
    owner: maybe(owner, city),
    previous: maybe(previous, city),
    caseId,
    caseNo,
    by: kept.by?.name,
    reason: kept.reason,
    at: isoWithOffset(at, city.pack.timeZone),
    undoneAt: kept.undoneAt === undefined ? undefined : isoWithOffset(kept.undoneAt, city.pack.timeZone),
  }
}

export function componentView(
  component: Component,
  city: City,
  more: { distance?: number | undefined; history?: readonly KeptLesson[] | undefined } = {},
): ComponentBody {
  const { code, category, lng, lat, owner, packOwner, provisional, lesson } = component
  const { distance, history } = more
  return {
    code,
    category: named(category, city),
    location: { lng, lat },
    owner: maybe(owner, city),
    packOwner: maybe(packOwner, city),
    provisional,
    distanceM: distance === undefined ? undefined : Math.round(distance * 10) / 10,
    learnt: lesson && lessonView(lesson, city),
    history: history?.map((l) => lessonView(l, city)),
  } as ComponentBody
}

export const nearView = ({ component, distance }: Near, city: City) =>
  componentView(component, city, { distance })

/** Which component the case is about, if that is clear; `taught` is the one that it put on the register itself. */
export function componentOfCase(state: CaseState, taught: string | undefined, city: City): Near | undefined {
  const match = matchComponent(state, city)
  const own = taught === undefined ? undefined : city.components.get(taught)
  if (match?.component) return { component: match.component, distance: match.distance ?? 0 }
  return own && { component: own, distance: 0 }
}

export function routingView(
  state: CaseState,
  city: City,
  given: {
    now: number
    component?: ComponentBody | undefined
    /** The reporter's words, for the letter. */
    description?: string | undefined
  },
): CaseRoutingBody {
  const decided = !UNDECIDED.includes(state.status)
  const way = decided ? undefined : route(state, city, given.now)
  const zone = city.zones.get((decided ? state.zone : way?.zone) ?? '')
  const department = decided ? state.department : way?.department
  const doubt = way?.doubt
  const place = (code: string) => ({
    code,
    name: city.zones.get(code)?.name ?? city.areas.get(code)?.name ?? code,
  })
  return {
    decided,
    department: maybe(department, city),
    coDepartments: (way ?? state).coDepartments.map((code) => named(code, city)),
    zone: zone && { code: zone.code, name: zone.name, kind: zone.kind },
    doubt,
    steps: way?.steps ?? state.routing ?? [],
    returnedBy: (state.returnedBy ?? []).map((code) => named(code, city)),
    component: given.component,
    candidates:
      way?.component?.how === 'unclear' ? way.component.candidates.map((n) => nearView(n, city)) : undefined,
    border: way?.border?.map((b) => ({
      department: named(b.department, city),
      place: place(b.ref),
      share: b.share,
    })),
    letter:
      doubt === 'not-managed-here' && zone
        ? letterAbout(
            { ...state, areaPath: city.locate(state.position.lng, state.position.lat).areaPath },
            zone,
            given.description,
            city,
          )
        : undefined,
  } as CaseRoutingBody
}
