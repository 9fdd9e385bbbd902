// What screening does about likeness to earlier cases, where a city's policy asks for it: names the candidates in the log,
// leaves the decision to the desk, or merges by rule what is certain. Codes and numbers only: the sentences quote words.
import type { PossibleDuplicate, Screening } from './case.ts'
import type { City } from './city/types.ts'
import type { DuplicateCandidate } from './duplicate.ts'

/** More of them help nobody. */
const MOST = 5

/** Absent = likeness is shown to who looks, and changes nothing by itself. */
export const onDuplicate = (city: City): 'offer' | 'merge' | undefined =>
  city.pack.policies.screening?.onDuplicate

/** Candidates as the log keeps them, the likeliest first. */
export const possibleDuplicates = (candidates: readonly DuplicateCandidate[]): PossibleDuplicate[] =>
  candidates.slice(0, MOST).map(({ caseId, verdict, reasons, metres, hours }) => ({
    caseId,
    verdict,
    reasons: [...new Set(reasons.map((r) => r.code))],
    metres: Math.round(metres * 10) / 10,
    hours: Math.round(hours * 100) / 100,
  }))

/** What screening found, and that it may be there already. */
export function withDuplicates<T extends { verdict: 'certain' | 'uncertain'; reasons: string[] }>(
  facts: T,
  duplicates: readonly PossibleDuplicate[] = [],
): T & { duplicates?: PossibleDuplicate[] } {
  if (duplicates.length === 0) return facts
  return {
    ...facts,
    verdict: 'uncertain',
    reasons: [...facts.reasons, 'possible-duplicate'],
    duplicates: [...duplicates],
  }
}

/** The case that a rule merges this one into; undefined when that is not certain, or not a rule's to do. */
export function mergesInto(
  screening: Pick<Screening, 'reasons' | 'duplicates'>,
  city: City,
): string | undefined {
  if (onDuplicate(city) !== 'merge') return undefined
  // Any other doubt is for a person to look at first.
  if (screening.reasons.some((r) => r !== 'possible-duplicate')) return undefined
  const certain = (screening.duplicates ?? []).filter((d) => d.verdict === 'certain')
  return certain.length === 1 ? certain[0]?.caseId : undefined
}
