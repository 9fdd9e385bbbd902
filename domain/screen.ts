// Screening 预审: what a rule can verify of a new report. Says what it found, never decides about the case.
import type { BorderCandidate, CaseState, Screening } from './case.ts'
import type { City } from './city/types.ts'
import { matchComponent } from './component-match.ts'
import type { Finding } from './finding.ts'
import { isZoneValid, route } from './route.ts'
import { wordRulesIn } from './rule-conditions.ts'
import { type EvidenceFacts, evidenceOf, type ReportPhoto } from './screen-evidence.ts'

export interface ScreeningFacts {
  verdict: 'certain' | 'uncertain'
  /**
   * `outside-city`, `no-grid`, `no-category`, `unknown-category`, `no-text`, `not-managed-here`, `component-unclear`,
   * `near-border`, and those of the evidence (domain/screen-evidence.ts).
   */
  reasons: string[]
  area?: string | undefined
  areaPath: string[]
  /** Zone asked first at this place and time. */
  zone?: string | undefined
  urgent: boolean
  /** The registered component of the report's category nearest to its position; absent when it names one itself. */
  component?: Screening['component']
  /** With `component-unclear`: what it could be. */
  components?: Screening['components']
  /** With `near-border`: units on both sides. */
  border?: BorderCandidate[] | undefined
  /** What was found about accuracy, photos and times; absent when nothing was. */
  findings?: Finding[] | undefined
  /** Ids of routing rules of which a word occurs in the description; absent when there are none. */
  wordRules?: string[] | undefined
}

const decimetres = (m: number) => Math.round(m * 10) / 10

/**
 * `now` (epoch ms) decides zones with dates. Of the `description` only the ids of the rules that it meets come out: words
 * stay out of the log. `photos` are what the report's photos say of themselves, where somebody has looked.
 */
export function screen(
  state: EvidenceFacts & Pick<CaseState, 'component'> & { reportedAt?: number | undefined },
  hasText: boolean,
  city: City,
  now: number,
  description = '',
  photos?: readonly ReportPhoto[],
): ScreeningFacts {
  const at = city.locate(state.position.lng, state.position.lat)
  const category = state.category === undefined ? undefined : city.categories.get(state.category)
  const zone = at.zones.find((code) => isZoneValid(city.zones.get(code), now, city))
  const { position, source, component, accuracyM } = state
  const facts = { position, source, component, accuracyM, category: state.category, areaPath: at.areaPath }
  const wordRules = wordRulesIn(description, city.pack.routing)
  const match = matchComponent(facts, city)
  const way = route({ ...facts, wordRules }, city, now)
  const reasons: string[] = []
  if (!at.inCity) reasons.push('outside-city')
  else if (at.area === undefined) reasons.push('no-grid')
  if (way.doubt === 'not-managed-here') reasons.push('not-managed-here')
  if (state.category === undefined) reasons.push('no-category')
  else if (!category) reasons.push('unknown-category')
  if (!hasText) reasons.push('no-text')
  if (match?.how === 'unclear') reasons.push('component-unclear')
  if (way.border) reasons.push('near-border')
  const evidence = evidenceOf(state, photos, city, state.reportedAt ?? now)
  reasons.push(...evidence.reasons)
  return {
    verdict: reasons.length === 0 ? 'certain' : 'uncertain',
    reasons,
    area: at.area,
    areaPath: at.areaPath,
    zone,
    urgent: category?.risk === 'urgent',
    ...(match?.how === 'found' && match.component
      ? { component: { code: match.component.code, distanceM: decimetres(match.distance ?? 0) } }
      : {}),
    ...(match?.how === 'unclear'
      ? {
          components: match.candidates.map(({ component: c, distance }) => ({
            code: c.code,
            ...(c.owner === undefined ? {} : { owner: c.owner }),
            distanceM: decimetres(distance),
          })),
        }
      : {}),
    ...(way.border ? { border: way.border } : {}),
    ...(evidence.findings.length > 0 ? { findings: evidence.findings } : {}),
    ...(wordRules.length > 0 ? { wordRules } : {}),
  }
}
