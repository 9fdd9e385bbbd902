// What screening found, as answers: possible duplicates and cases nearby.
import type { CaseState } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import type { City } from '#domain/city/types.ts'
import type { Finding } from '#domain/finding.ts'
import type { Duplicate, Nearby } from '#store/duplicates.ts'
import type { EarlierUse } from '#store/photo-reuse.ts'
import type { DuplicatesBody, NearbyBody, PhotoReuseBody } from '../schemas/screening.ts'

const round = (n: number, digits: number) => Math.round(n * 10 ** digits) / 10 ** digits

export const reasonView = ({ code, because, zh, facts }: Finding) => ({
  code,
  zh,
  en: because,
  ...(facts === undefined ? {} : { facts: { ...facts } }),
})

const named = (code: string | undefined, city: City) => {
  const category = code === undefined ? undefined : city.categories.get(code)
  return category ? { category: { code: category.code, name: category.name } } : {}
}

/** Which case, by all its numbers. */
export const numbersOf = ({ id, receiptNo, caseNo }: CaseState) => ({
  caseId: id,
  receiptNo,
  ...(caseNo === undefined ? {} : { caseNo }),
})

export function duplicateView(
  { state, words, candidate }: Duplicate,
  city: City,
): DuplicatesBody['items'][number] {
  const unit = state.department === undefined ? undefined : city.departments.get(state.department)?.name
  return {
    ...numbersOf(state),
    status: state.status,
    ...named(state.category, city),
    reportedAt: isoWithOffset(state.reportedAt, city.pack.timeZone),
    location: { lng: state.position.lng, lat: state.position.lat },
    ...(words?.description === undefined ? {} : { description: words.description }),
    ...(words?.address === undefined ? {} : { address: words.address }),
    photos: state.photos,
    afterPhotos: state.afterPhotos,
    ...(unit === undefined ? {} : { departmentName: unit }),
    verdict: candidate.verdict,
    reasons: candidate.reasons.map(reasonView),
    distanceM: round(candidate.metres, 1),
    hoursApart: round(candidate.hours, 2),
  }
}

export const mergedView = (state: CaseState, city: City): DuplicatesBody['merged'][number] => ({
  ...numbersOf(state),
  reportedAt: isoWithOffset(state.reportedAt, city.pack.timeZone),
})

export const nearbyView = (
  { state, metres, candidate }: Nearby,
  city: City,
  { mayOpen }: { mayOpen: boolean },
): NearbyBody => ({
  receiptNo: state.receiptNo,
  ...named(state.category, city),
  status: state.status,
  reportedAt: isoWithOffset(state.reportedAt, city.pack.timeZone),
  distanceM: Math.round(metres),
  likely: candidate !== undefined,
  ...(mayOpen ? { caseId: state.id } : {}),
})

export const photoReuseView = (
  { photo, code, because, zh, of, earlier, at }: EarlierUse,
  city: City,
): PhotoReuseBody => ({
  photo,
  code,
  zh,
  en: because,
  earlier: {
    ...numbersOf(earlier),
    photo: of.photo,
    at: isoWithOffset(at, city.pack.timeZone),
    which: of.type,
  },
})
