// The component register 部件库 as routing asks it: the rows of the pack, and over them the owners that the city has learnt
// since 更正登记. Found by code, or by place through a spatial index that is built once a pack. Pure; when a lesson is
// learnt is domain/register-lesson.ts, where lessons are kept is store/register.ts.
import Flatbush from 'flatbush'
import type { City, CityPack } from './city/types.ts'
import { metresPerDegree } from './geo/geometry.ts'

export type RegisterRow = CityPack['components'][number]

/** `closed`: a unit put it in order and the check passed; `returned`: a unit proved that it isn't theirs; `person`: somebody at the centre said so. */
export const LESSON_WAYS = ['closed', 'returned', 'person'] as const

/** What was learnt about the owner of one component, once. */
export interface Lesson {
  /** Code in the pack's register, or of a provisional component. */
  component: string
  /** What and where a provisional component is: one that the pack does not have. */
  found?: { category: string; lng: number; lat: number } | undefined
  /** Absent: not the previous owner's, and nobody knows whose. */
  owner?: string | undefined
  /** Whose it was taken for before. */
  previous?: string | undefined
  how: (typeof LESSON_WAYS)[number]
  caseId?: string | undefined
  caseNo?: string | undefined
  /** Epoch ms by the log's clock. */
  at: number
  /** Pack version under which it was learnt, and whom that pack named. */
  cityVersion: number
  packOwner?: string | undefined
}

/** A component as it stands: `owner` is whom routing asks. */
export interface Component extends RegisterRow {
  /** Whom the pack names, whatever was learnt. */
  packOwner?: string | undefined
  /** The lesson that `owner`, or its absence, comes from; absent when it comes from the pack. */
  lesson?: Lesson | undefined
  /** Not in the pack: the register made it from a case. */
  provisional: boolean
}

export interface Near {
  component: Component
  /** Metres. */
  distance: number
}

export interface Register {
  /** Changes whenever something was learnt; 0 = the pack alone. */
  readonly version: number
  get(code: string): Component | undefined
  has(code: string): boolean
  /** Within so many metres, nearest first; equally near ones by code. */
  near(lng: number, lat: number, options: { withinM: number; category?: string | undefined }): Near[]
}

/** How far from a report its component may lie, when the pack's policies don't say. Metres. */
export const COMPONENT_MATCH_M = 15

export const matchDistance = ({ pack }: Pick<City, 'pack'>) =>
  pack.policies.componentMatchM ?? COMPONENT_MATCH_M

/** The pack's register, before anything was learnt. */
export function packRegister(rows: readonly RegisterRow[]): Register {
  const components = rows.map(
    (row): Component => ({
      ...row,
      provisional: false,
      ...(row.owner === undefined ? {} : { packOwner: row.owner }),
    }),
  )
  const byCode = new Map(components.map((c) => [c.code, c]))
  return {
    version: 0,
    get: (code) => byCode.get(code),
    has: (code) => byCode.has(code),
    near: nearby(components),
  }
}

/**
 * The same city with what was learnt over its register. `city` is the pack's own, without lessons; of `lessons` there is
 * at most one a component, the latest. A lesson is left out where the pack knows better (see `outdated`).
 */
export function withLessons(city: City, lessons: readonly Lesson[], version: number): City {
  const { components: pack } = city
  const learnt = new Map<string, Component>()
  const own: Component[] = []
  for (const lesson of lessons) {
    const row = pack.get(lesson.component)
    if (row) {
      if (!outdated(lesson, row, city)) learnt.set(row.code, corrected(row, lesson))
      continue
    }
    if (!lesson.found || !knows(city, lesson.owner)) continue
    const { component: code, found, owner } = lesson
    const provisional = {
      code,
      ...found,
      ...(owner === undefined ? {} : { owner }),
      lesson,
      provisional: true,
    }
    learnt.set(code, provisional)
    const [registered] = lesson.cityVersion < city.version ? sameThing(pack, found, city) : []
    if (!registered) own.push(provisional)
    else if (registered.component.owner === undefined && !learnt.has(registered.component.code))
      // Surveyed and registered since, without an owner: what was learnt at the place holds for it.
      learnt.set(registered.component.code, corrected(registered.component, lesson))
  }
  const nearOwn = nearby(own)
  const now = (c: Component) => learnt.get(c.code) ?? c
  return {
    ...city,
    components: {
      version,
      get: (code) => learnt.get(code) ?? pack.get(code),
      has: (code) => learnt.has(code) || pack.has(code),
      near: (lng, lat, options) =>
        [
          ...pack.near(lng, lat, options).map((n) => ({ ...n, component: now(n.component) })),
          ...nearOwn(lng, lat, options),
        ].sort(byDistance),
    },
  }
}

const knows = (city: City, owner: string | undefined) => owner === undefined || city.departments.has(owner)

const sameThing = (pack: Register, { category, lng, lat }: NonNullable<Lesson['found']>, city: City) =>
  pack.near(lng, lat, { withinM: matchDistance(city), category })

function corrected(row: Component, lesson: Lesson): Component {
  const { owner: _, ...rest } = row
  return { ...rest, lesson, ...(lesson.owner === undefined ? {} : { owner: lesson.owner }) }
}

/**
 * A newer pack wins where it names another owner than the pack of the lesson did: somebody has looked at the component
 * since. A newer pack that repeats what was corrected does not undo the correction. A unit that this pack doesn't have
 * owns nothing in it.
 */
const outdated = (lesson: Lesson, row: Component, city: City): boolean =>
  !knows(city, lesson.owner) ||
  (city.version > lesson.cityVersion && row.packOwner !== undefined && row.packOwner !== lesson.packOwner)

const byDistance = (a: Near, b: Near) =>
  a.distance - b.distance || (a.component.code < b.component.code ? -1 : 1)

function nearby(components: readonly Component[]): Register['near'] {
  if (components.length === 0) return () => []
  const index = new Flatbush(components.length)
  for (const { lng, lat } of components) index.add(lng, lat, lng, lat)
  index.finish()
  return (lng, lat, { withinM, category }) => {
    if (!Number.isFinite(lng) || !Number.isFinite(lat)) return []
    const metres = metresPerDegree(lat)
    const [dx, dy] = [withinM / metres.x, withinM / metres.y]
    return index
      .search(lng - dx, lat - dy, lng + dx, lat + dy)
      .flatMap((i): Near[] => {
        const component = components[i]
        if (!component || (category !== undefined && component.category !== category)) return []
        const distance = Math.hypot((component.lng - lng) * metres.x, (component.lat - lat) * metres.y)
        return distance <= withinM ? [{ component, distance }] : []
      })
      .sort(byDistance)
  }
}
