// Screening 预审: what a rule can verify of a new report. Says what it found, never decides about the case.
import type { CaseState } from './case.ts'
import type { City } from './city/types.ts'

export interface ScreeningFacts {
  verdict: 'certain' | 'uncertain'
  /** `outside-city`, `no-grid`, `no-category`, `unknown-category`, `no-text`, `not-managed-here`. */
  reasons: string[]
  area?: string | undefined
  areaPath: string[]
  /** Zone asked first at this place. */
  zone?: string | undefined
  urgent: boolean
}

export function screen(
  state: Pick<CaseState, 'position' | 'category'>,
  hasText: boolean,
  city: City,
): ScreeningFacts {
  const at = city.locate(state.position.lng, state.position.lat)
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const zone = at.zones[0]
  const reasons: string[] = []
  if (!at.inCity) reasons.push('outside-city')
  else if (at.area === undefined) reasons.push('no-grid')
  if (zone !== undefined && city.zones.get(zone)?.department === undefined) reasons.push('not-managed-here')
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
