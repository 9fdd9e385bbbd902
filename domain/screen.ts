// Screening 预审: what a rule can verify of a new report. Says what it found, never decides about the case.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'
import { isZoneValid, route } from './route.ts'

export interface ScreeningFacts {
  verdict: 'certain' | 'uncertain'
  /** `outside-city`, `no-grid`, `no-category`, `unknown-category`, `no-text`, `not-managed-here`. */
  reasons: string[]
  area?: string | undefined
  areaPath: string[]
  /** Zone asked first at this place and time. */
  zone?: string | undefined
  urgent: boolean
}

/** `now` (epoch ms) decides zones with dates. */
export function screen(
  state: Pick<CaseState, 'position' | 'category' | 'source' | 'component'>,
  hasText: boolean,
  city: City,
  now: number,
): ScreeningFacts {
  const at = city.locate(state.position.lng, state.position.lat)
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const zone = at.zones.find((code) => isZoneValid(city.zones.get(code), now, city))
  const { position, source, component } = state
  const way = route(
    { position, source, component, category: state.category, areaPath: at.areaPath },
    city,
    now,
  )
  const reasons: string[] = []
  if (!at.inCity) reasons.push('outside-city')
  else if (at.area === undefined) reasons.push('no-grid')
  if (way.doubt === 'not-managed-here') reasons.push('not-managed-here')
  if (state.category === undefined) reasons.push('no-category')
  else if (!category) reasons.push('unknown-category')
  if (!hasText) reasons.push('no-text')
  return {
    verdict: reasons.length === 0 ? 'certain' : 'uncertain',
    reasons,
    area: at.area,
    areaPath: at.areaPath,
    zone,
    urgent: category?.risk === 'urgent',
  }
}
