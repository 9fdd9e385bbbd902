// Photos of a case that were used before: each is searched for among all earlier ones; what an earlier use means is
// domain/photo-reuse.ts.
import type { CaseState } from '#domain/case.ts'
import type { City } from '#domain/city/types.ts'
import { screeningPolicies } from '#domain/city/screening-policies.ts'
import type { EventType } from '#domain/event.ts'
import { metresBetween } from '#domain/geo/distance.ts'
import { photoLikeness } from '#domain/photo-likeness.ts'
import { type EarlierPhoto, photoReuse, photosOf, type PhotoReuse } from '#domain/photo-reuse.ts'
import { caseLog, findCases } from './cases.ts'
import { FOLLOW_UP } from './follow-up.ts'
import type { Store } from './open.ts'
import { fingerprintsOf, nearUses } from './photo-hash.ts'

export interface EarlierUse extends PhotoReuse {
  earlier: CaseState
  /** When the earlier picture was used, epoch ms. */
  at: number
}

/** A permit or another paper may well be shown in many cases. */
const PAPERS: readonly string[] = ['return-requested', 'extension-requested', 'suspension-requested']
const MOST = 3

/** In the order of the log; for each photo at most three, the strongest first. */
export async function photosUsedBefore(store: Store, state: CaseState, city: City): Promise<EarlierUse[]> {
  const uses = (await caseLog(store, state.id))
    .filter((e) => !PAPERS.includes(e.type))
    .flatMap((e) => photosOf(e).map((photo) => ({ photo, no: e.no, type: e.type as EventType, at: e.at })))
  return usedBefore(store, state, city, uses)
}

/** The same of photos that are about to be sent with a reply. */
export const replyPhotosUsedBefore = (
  store: Store,
  state: CaseState,
  { photos, city, now }: { photos: readonly string[]; city: City; now: number },
): Promise<EarlierUse[]> =>
  usedBefore(
    store,
    state,
    city,
    photos.map((photo) => ({ photo, no: Number.MAX_SAFE_INTEGER, type: 'replied', at: now })),
  )

async function usedBefore(
  store: Store,
  state: CaseState,
  city: City,
  uses: readonly { photo: string; no: number; type: EventType; at: number }[],
): Promise<EarlierUse[]> {
  const { photos: policy } = screeningPolicies(city.pack.policies.screening)
  const first = uses.filter((u, i) => uses.findIndex((v) => v.photo === u.photo) === i)
  const prints = await fingerprintsOf(
    store,
    first.map((u) => u.photo),
  )
  const found: EarlierUse[] = []
  for (const { photo, no, type, at } of first) {
    const print = prints.get(photo)
    if (!print) continue
    const near = (await nearUses(store, print.hash, { withinBits: policy.withinBits, until: at }))
      // What came later is told there, not here.
      .filter((u) => (u.caseId === state.id ? u.no < no : u.at < at))
    const cases = await findCases(store, [...new Set(near.map((u) => u.caseId))])
    const earlier = near.flatMap((u): (EarlierPhoto & { at: number })[] => {
      const other = cases.get(u.caseId)?.state
      if (!other) return []
      return [
        {
          photo: u.photo,
          caseId: u.caseId,
          caseName: other.caseNo ?? other.receiptNo,
          type: u.type as EventType,
          likeness: photoLikeness(print, u.fingerprint, policy),
          metres: metresBetween(state.position, other.position),
          related: isRelated(state, other),
          at: u.at,
        },
      ]
    })
    for (const reuse of photoReuse({ photo, caseId: state.id, type }, earlier, policy).slice(0, MOST)) {
      const other = cases.get(reuse.of.caseId)?.state
      const use = earlier.find((e) => e === reuse.of)
      if (other && use) found.push({ ...reuse, earlier: other, at: use.at })
    }
  }
  return found
}

/** One was merged into the other, both into a third, or one grew out of the other. */
function isRelated(a: CaseState, b: CaseState): boolean {
  if (a.id === b.id) return false
  const survivor = (c: CaseState) => c.duplicateOf ?? c.id
  if (survivor(a) === survivor(b)) return true
  const isFollowUp = (c: CaseState, of: CaseState) => c.externalSystem === FOLLOW_UP && c.externalId === of.id
  return isFollowUp(a, b) || isFollowUp(b, a)
}
