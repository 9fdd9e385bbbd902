// Which earlier cases a case may be a duplicate of: those near it are looked up with their words and photos, and compared by
// domain/duplicate.ts.
import type { CaseState, Position } from '#domain/case.ts'
import type { ReportWords } from '#domain/case-view.ts'
import type { City } from '#domain/city/types.ts'
import { screeningPolicies } from '#domain/city/screening-policies.ts'
import { HOUR_MS } from '#domain/days.ts'
import {
  type ComparedReport,
  type DuplicateCandidate,
  duplicateSearch,
  type EarlierCase,
  findDuplicates,
  withNamed,
} from '#domain/duplicate.ts'
import { reachOf } from '#domain/duplicate-policy.ts'
import { type Fingerprint, photoLikeness, type PhotoPolicy } from '#domain/photo-likeness.ts'
import { metresBetween } from '#domain/geo/distance.ts'
import { findCase } from './cases.ts'
import { casesNear, type NearCase } from './near-cases.ts'
import type { Store } from './open.ts'
import { fingerprintsOf } from './photo-hash.ts'

export interface Duplicate extends NearCase {
  candidate: DuplicateCandidate
}

/** Candidates for a case, the likeliest first: open cases near it, and ones that ended shortly before it was seen. */
export async function duplicatesOf(
  store: Store,
  { state, words }: { state: CaseState; words: ReportWords | undefined },
  city: City,
): Promise<Duplicate[]> {
  const { duplicates: policy, photos: photoPolicy } = screeningPolicies(city.pack.policies.screening)
  const report = compared(state, words, city)
  const search = duplicateSearch(report, policy)
  const near = (
    await casesNear(store, {
      ...search,
      position: state.position,
      until: report.at + reachOf(policy, state.category).openHours * HOUR_MS,
    })
  ).filter((n) => n.state.id !== state.id)
  const prints = await fingerprintsOf(store, [
    ...new Set([...state.photos, ...near.flatMap((n) => n.state.photos)]),
  ])
  const earlier = (n: Pick<NearCase, 'state' | 'words'>): EarlierCase => ({
    ...compared(n.state, n.words, city),
    id: n.state.id,
    status: n.state.status,
    endedAt: n.state.closedAt,
    photo: bestLikeness(state.photos, n.state.photos, prints, photoPolicy),
  })
  const found = findDuplicates(report, near.map(earlier), policy)
  const named = await namedCase(store, state, near)
  const candidates = named ? withNamed(found, report, earlier(named)) : found
  const byId = new Map([...near, ...(named ? [named] : [])].map((n) => [n.state.id, n]))
  return candidates.flatMap((candidate) => {
    const found = byId.get(candidate.caseId)
    return found ? [{ ...found, candidate }] : []
  })
}

/** The case that the reporter took for the same matter, while it stands. */
async function namedCase(
  store: Store,
  { sameAs, position }: CaseState,
  near: readonly NearCase[],
): Promise<NearCase | undefined> {
  if (sameAs === undefined) return undefined
  const known = near.find((n) => n.state.id === sameAs)
  if (known) return known
  const found = await findCase(store, sameAs)
  return found && !['merged', 'voided'].includes(found.state.status)
    ? { ...found, metres: metresBetween(position, found.state.position) }
    : undefined
}

export interface Nearby extends NearCase {
  /** What makes it likely to be the same matter; absent where only the place is near. */
  candidate?: DuplicateCandidate | undefined
}

/**
 * Open cases near what somebody is about to report: of its category or one that people take for it, of any when it has
 * none. Likely ones first, then by distance.
 */
export async function openCasesNear(
  store: Store,
  asked: {
    position: Position
    category?: string | undefined
    text?: string | undefined
    now: number
    /** Whose words the asker may read: those of others are not compared, or guesses would find them out. */
    mayRead: (state: CaseState) => boolean
  },
  city: City,
): Promise<Nearby[]> {
  const { duplicates: policy } = screeningPolicies(city.pack.policies.screening)
  const { position, category, text = '', now, mayRead } = asked
  const report: ComparedReport = { category, kind: kindOf(category, city), position, at: now, text }
  const search = duplicateSearch(report, policy)
  const near = await casesNear(store, {
    position,
    metres: search.metres,
    since: search.since,
    until: now,
  })
  const group = policy.confusable.find((g) => category !== undefined && covers(g, category))
  const fitting = near.filter(
    ({ state }) =>
      category === undefined ||
      state.category === undefined ||
      state.category === category ||
      (group !== undefined && covers(group, state.category)),
  )
  const candidates = findDuplicates(
    report,
    fitting.map(({ state, words }) => ({
      ...compared(state, mayRead(state) ? words : undefined, city),
      id: state.id,
      status: state.status,
    })),
    policy,
  )
  const rank = new Map(candidates.map((c, i) => [c.caseId, i]))
  return fitting
    .map((n): Nearby => {
      const at = rank.get(n.state.id)
      return at === undefined ? n : { ...n, candidate: candidates[at] }
    })
    .sort(
      (a, b) =>
        (rank.get(a.state.id) ?? near.length) - (rank.get(b.state.id) ?? near.length) || a.metres - b.metres,
    )
}

const covers = (group: readonly string[], code: string) => group.some((c) => code.startsWith(c))
const kindOf = (category: string | undefined, city: City) =>
  category === undefined ? undefined : city.categories.get(category)?.kind

function compared(state: CaseState, words: ReportWords | undefined, city: City): ComparedReport {
  const { category, position, accuracyM, occurredAt, reportedAt, component, reportedBy } = state
  return {
    category,
    kind: kindOf(category, city),
    position,
    accuracyM,
    at: occurredAt ?? reportedAt,
    text: [words?.address, words?.description].filter(Boolean).join('，'),
    component,
    reportedBy,
  }
}

/** How two sets of photos compare, at best; undefined when one of them has no fingerprint. */
function bestLikeness(
  mine: readonly string[],
  theirs: readonly string[],
  prints: ReadonlyMap<string, Fingerprint>,
  policy: PhotoPolicy,
): EarlierCase['photo'] {
  const of = (ids: readonly string[]) => ids.flatMap((id) => prints.get(id) ?? [])
  const verdicts = of(mine).flatMap((a) => of(theirs).map((b) => photoLikeness(a, b, policy).verdict))
  if (verdicts.length === 0) return undefined
  return verdicts.includes('same') ? 'same' : verdicts.includes('similar') ? 'similar' : 'different'
}
