// One case with everything that the centre's decision on it rests on: what may be done, why which unit, what it may be a
// duplicate of, what its photos say, what was decided here before.
import { v7 as uuidv7 } from 'uuid'
import type { Actor, CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { legalActions } from '#domain/permission.ts'
import { photoPlace } from '#domain/photo-place.ts'
import { preview } from '#domain/preview.ts'
import type { CaseWithWords } from '#store/cases.ts'
import { duplicatesOf } from '#store/duplicates.ts'
import { casesNear } from '#store/near-cases.ts'
import { photosUsedBefore } from '#store/photo-reuse.ts'
import { componentTaughtBy } from '#store/register.ts'
import { photoFacts } from '#store/uploads.ts'
import type { ApiDeps } from '../deps.ts'
import type { DeskItemBody } from '../schemas/desk.ts'
import { componentOfCase, componentView, named, routingView } from './routing.ts'
import { duplicateView, numbersOf, photoReuseView } from './screening.ts'
import { cityOf, viewFor } from './view.ts'

const MOST_DUPLICATES = 3
/** What is called the same place, and how long ago still tells something. */
const HERE_M = 60
const LOOK_BACK_MS = 180 * 86_400_000
const MOST_EARLIER = 5

type User = Extract<Actor, { kind: 'user' }>

export async function deskItem(
  { store, runtime }: Pick<ApiDeps, 'store' | 'runtime'>,
  found: CaseWithWords,
  { actor, suggest }: { actor: User; suggest: (text: string, city: City) => DeskItemBody['suggestions'] },
): Promise<DeskItemBody> {
  const { state, words } = found
  const now = runtime.clock.now()
  const city = await cityOf(state, runtime.cityFor)
  const isBeforeFiling = state.status === 'reported' || state.status === 'accepted'
  const choosesUnit = state.status === 'filed' || state.request?.kind === 'return'
  const isUncategorised = state.category === undefined || !city.categories.has(state.category)
  const [view, taught, duplicates, reuse, photos, earlier] = await Promise.all([
    viewFor(actor, found, { cityFor: runtime.cityFor, now }),
    componentTaughtBy(store, state.id),
    isBeforeFiling ? duplicatesOf(store, found, city) : [],
    photosUsedBefore(store, state, city),
    photosOf({ store }, state, city),
    choosesUnit ? earlierHere({ store }, state, city, now) : [],
  ])
  const near = componentOfCase(state, taught, city)
  const component = near && componentView(near.component, city, { distance: near.distance })
  const newDueAt = requestedDue(state, actor, city, now)
  return {
    case: view,
    offers: legalActions(state, actor, city, now),
    routing: routingView(state, city, { now, component, description: words?.description }),
    duplicates: duplicates.slice(0, MOST_DUPLICATES).map((d) => duplicateView(d, city)),
    suggestions: isBeforeFiling && isUncategorised ? suggest(words?.description ?? '', city) : [],
    photos,
    reuse: reuse.map((use) => photoReuseView(use, city)),
    ...(newDueAt === undefined ? {} : { newDueAt: isoWithOffset(newDueAt, city.pack.timeZone) }),
    earlier,
  }
}

/** When and how far from the place its pictures were taken, as far as they say. */
async function photosOf(
  { store }: Pick<ApiDeps, 'store'>,
  state: CaseState,
  city: City,
): Promise<DeskItemBody['photos']> {
  const facts = await photoFacts(store, [...state.photos, ...state.afterPhotos, ...state.checkPhotos])
  return facts.map(({ id, takenAt, position }) => {
    const { distanceM } = photoPlace({ position: state.position, accuracyM: state.accuracyM }, position)
    return {
      id,
      ...(takenAt === undefined ? {} : { takenAt: isoWithOffset(takenAt, city.pack.timeZone) }),
      ...(distanceM === undefined ? {} : { distanceM: Math.round(distanceM) }),
    }
  })
}

/** Undefined where nothing is asked for, and where the rules would refuse it now: the step itself says why. */
function requestedDue(state: CaseState, actor: User, city: City, now: number): number | undefined {
  const { request } = state
  if (!request || request.kind === 'return') return undefined
  const ask =
    request.kind === 'extension'
      ? ({ action: 'request-extension' } as const)
      : ({ action: 'request-suspension', until: new Date(request.until).toISOString() } as const)
  const seen = preview(state, ask, {
    now,
    actor,
    city,
    newId: uuidv7,
    takeCaseNo: () => {
      throw new Error('a look at a due time takes no number')
    },
    hasText: true,
    assigneeFor: () => undefined,
  })
  return seen.ok ? seen.newDueAt : undefined
}

async function earlierHere(
  { store }: Pick<ApiDeps, 'store'>,
  state: CaseState,
  city: City,
  now: number,
): Promise<DeskItemBody['earlier']> {
  const since = now - LOOK_BACK_MS
  const near = await casesNear(store, {
    position: state.position,
    metres: HERE_M,
    since,
    until: now,
    endedSince: since,
  })
  const at = (s: CaseState) => s.dispatchedAt ?? s.reportedAt
  const kin = (s: CaseState) => (s.category === state.category ? 0 : 1)
  return near
    .filter((n) => n.state.id !== state.id && n.state.department !== undefined)
    .sort((a, b) => kin(a.state) - kin(b.state) || at(b.state) - at(a.state))
    .slice(0, MOST_EARLIER)
    .map(({ state: s, metres }) => ({
      ...numbersOf(s),
      ...(s.category === undefined ? {} : { category: named(s.category, city) }),
      status: s.status,
      ...(s.department === undefined ? {} : { department: named(s.department, city) }),
      returnedBy: (s.returnedBy ?? []).map((code) => named(code, city)),
      ...(s.outcome === undefined ? {} : { outcome: s.outcome }),
      at: isoWithOffset(at(s), city.pack.timeZone),
      distanceM: Math.round(metres),
    }))
}
