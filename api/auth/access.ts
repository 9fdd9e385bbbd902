// Who sees which case, and how much of the person who reported it. Pure. What somebody may do is the lifecycle's
// (domain/lifecycle.ts); here is only what they may look at.
import { type Actor, type CaseState, type Post, POSTS, type Source } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { isRelatedUnit } from '#domain/permission.ts'
import type { CaseReach } from '#store/cases.ts'

type User = Extract<Actor, { kind: 'user' }>

/** The centre, those above it, and those who judge, audit or administrate it look at everything. */
const EVERYTHING: readonly Post[] = [
  'operator',
  'dispatcher',
  'duty-manager',
  'head',
  'leader',
  'evaluator',
  'admin',
  'auditor',
]
export const CENTRE: readonly Post[] = ['operator', 'dispatcher', 'duty-manager', 'head']
const UNIT: readonly Post[] = ['department-officer', 'handler']
/** Those who may take a case out of a pool, as the lifecycle has it. */
const CLAIMS: readonly Post[] = ['department-officer', 'handler', 'grid-member']

const has = (actor: User, posts: readonly Post[]) => posts.some((p) => actor.posts.includes(p))

/** Codes of a unit, those above it and those below it. */
function relatedUnits(department: string | undefined, city: City): string[] {
  return [...city.departments.keys()].filter((code) => isRelatedUnit(department, code, city))
}

/** Undefined = sees every case. */
export function reachOf(actor: User, city: City): CaseReach | undefined {
  if (has(actor, EVERYTHING)) return undefined
  const isSupervisor = actor.posts.includes('supervisor')
  const ownAreas = actor.areas ?? []
  // A supervisor without areas answers for the whole city.
  const areas = !isSupervisor ? [] : ownAreas.length > 0 ? ownAreas : topAreas(city)
  return {
    departments: has(actor, UNIT) ? relatedUnits(actor.department, city) : [],
    areas,
    account: actor.id,
    pools: has(actor, CLAIMS),
  }
}

const topAreas = (city: City) => city.pack.areas.filter((a) => a.parent === undefined).map((a) => a.code)

/** The same question about one case. */
export function maySee(actor: User, state: CaseState, city: City): boolean {
  const reach = reachOf(actor, city)
  if (!reach) return true
  const units = new Set(reach.departments)
  return (
    state.reportedBy === reach.account ||
    (state.department !== undefined && units.has(state.department)) ||
    state.coDepartments.some((c) => units.has(c)) ||
    state.handler === reach.account ||
    (reach.pools && state.status === 'dispatched' && state.pool !== undefined) ||
    state.areaPath.some((a) => reach.areas.includes(a)) ||
    state.tasks.some((t) => t.assignee === reach.account)
  )
}

/**
 * How much of the reporter's name and phone this user sees on a case that he may see. In full only to whoever asks for
 * it with a reason (routes/unmask.ts), which is kept.
 */
export function reporterSeen(actor: User | undefined): 'masked' | 'none' {
  return actor && has(actor, [...CENTRE, ...UNIT, 'evaluator', 'admin']) ? 'masked' : 'none'
}

/** Does this user work on cases, or only report and look on site? Working remarks are for those who work on them. */
export const STAFF: readonly Post[] = [...EVERYTHING, ...UNIT]
export const isStaff = (actor: User) => has(actor, STAFF)

/** Does this user work at the centre, which sees what was reported in full? */
export const isCentre = (actor: User) => has(actor, CENTRE)

/** Sees everybody's field tasks, not only his own. */
export const seesAllTasks = (actor: User) => has(actor, EVERYTHING)

/** Look through the city's cameras: screens, and those who look at everything. */
export const CAMERA_POSTS: readonly Post[] = [...EVERYTHING, 'display']
export const seesCameras = (actor: User) => has(actor, CAMERA_POSTS)

/** A screen looks on; whatever key it holds, it reports nothing. */
export const isScreen = ({ posts }: User) => posts.length > 0 && posts.every((p) => p === 'display')

/** Everybody but an account that is a screen and nothing else. */
export const NOT_SCREENS: readonly Post[] = POSTS.filter((p) => p !== 'display')

/** Are told what the desk shows on screens: walls, and those who work with them. */
export const SCREEN_WATCHERS: readonly Post[] = [...EVERYTHING, 'display']
export const mayWatchScreens = (actor: User) => has(actor, SCREEN_WATCHERS)

/** Show things on screens and set the warning level. */
export const SCREEN_DRIVERS: readonly Post[] = ['duty-manager', 'head']

const CENTRE_SOURCES: readonly Source[] = [
  'hotline',
  'citizen',
  'media',
  'leader',
  'department',
  'camera',
  'sensor',
]

/** As which source this user may report; machines with an api key may name any. */
export function sourcesOf(actor: User): Source[] {
  const sources = new Set<Source>()
  if (has(actor, CENTRE)) for (const s of CENTRE_SOURCES) sources.add(s)
  if (has(actor, ['grid-member', 'supervisor'])) sources.add('grid')
  if (has(actor, ['leader'])) sources.add('leader')
  if (has(actor, UNIT)) sources.add('department')
  // Anybody who works here is a resident too; a screen is not.
  if (actor.posts.some((p) => p !== 'display' && p !== 'grid-member')) sources.add('citizen')
  return [...sources]
}
