// The fixture city with a fuller register: covers of several owners, one of nobody's, two that a position cannot tell apart,
// and the rule for covers of unknown owner.
import { compileCity } from '../city/compile.ts'
import type { City, CityPack } from '../city/types.ts'
import type { Position } from '../case.ts'
import { metresPerDegree } from '../geo/geometry.ts'
import { type Lesson, withLessons } from '../register.ts'
import { cityPack, placeAt } from './city.ts'

/** So many metres east and north of a place. */
export function beside({ lng, lat }: Position, east: number, north = 0): Position {
  const m = metresPerDegree(lat)
  return { lng: lng + east / m.x, lat: lat + north / m.y }
}

/** Grid 101 of the eastern street, in no zone. */
export const COVERS = {
  owned: placeAt(0.5, 2.5),
  unowned: placeAt(0.6, 2.5),
  pair: placeAt(0.7, 2.5),
  none: placeAt(0.8, 2.5),
  /** In the western street, with no cover near. */
  west: placeAt(5, 2),
} as const

export function registerPack(more: Partial<CityPack> = {}): CityPack {
  const pack = cityPack()
  const at = (code: string, category: string, place: Position, owner?: string) => ({
    code,
    category,
    ...place,
    ...(owner === undefined ? {} : { owner }),
  })
  const unknown = (id: string, area: string, department: string) => ({
    id,
    order: 5,
    category: 'C0103',
    area,
    owner: 'unknown' as const,
    department,
    coDepartments: [],
    fallBack: 'municipal',
  })
  return {
    ...pack,
    components: [
      at('OWNED', 'C0103', COVERS.owned, 'water'),
      at('UNOWNED', 'C0103', COVERS.unowned),
      at('LEFT', 'C0103', beside(COVERS.pair, -4), 'water'),
      at('RIGHT', 'C0103', beside(COVERS.pair, 4), 'sanitation-1'),
    ],
    routing: [...pack.routing, unknown('U1', '1', 'st-east'), unknown('U2', '2', 'st-west')],
    ...more,
  }
}

export const registerCity = (more: Partial<CityPack> = {}, version = 1): City =>
  compileCity(registerPack(more), version)

export const aLesson = (more: Partial<Lesson> & { component: string }): Lesson => ({
  how: 'closed',
  caseId: 'case-1',
  caseNo: 'C0103201909290001',
  at: 1,
  cityVersion: 1,
  ...more,
})

export const learned = (city: City, ...lessons: (Partial<Lesson> & { component: string })[]): City =>
  withLessons(city, lessons.map(aLesson), lessons.length)
