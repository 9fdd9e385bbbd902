// Is a new report about a case that is there already? Compares it with earlier ones by category, place, time, words, photos
// and component, and says why. A rule merges only what is certain; what is possible is for a person to see side by side.
// Which cases to compare with comes in (see `duplicateSearch`); nothing is looked up here.
import { isFinal, type Position, type Status } from './case.ts'
import { HOUR_MS } from './days.ts'
import { DUPLICATE_POLICY, type DuplicatePolicy, type DuplicateReach, reachOf } from './duplicate-policy.ts'
import {
  type DuplicateReason,
  doubtsOf,
  groundsOf,
  namedByReporter,
  severalCases,
} from './duplicate-reasons.ts'
import type { Finding } from './finding.ts'
import { metresBetween } from './geo/distance.ts'
import { comparePlaces, type PlaceComparison } from './place-words.ts'
import { type TextLikeness, textLikeness } from './text-likeness.ts'

export interface ComparedReport {
  /** Absent when nobody has said what it is. */
  category?: string | undefined
  /** The category's kind, e.g. `C` for components. */
  kind?: string | undefined
  position: Position
  accuracyM?: number | undefined
  /** When it was seen, or else reported. Epoch ms. */
  at: number
  text: string
  /** The component that the report names; not one that was only found near it. */
  component?: string | undefined
  /** Account; absent when anonymous. */
  reportedBy?: string | undefined
}

export interface EarlierCase extends ComparedReport {
  id: string
  status: Status
  /** When it was closed or turned down. */
  endedAt?: number | undefined
  /** How its photos compare with those of the new report, at best; absent when one of them has none. */
  photo?: 'same' | 'similar' | 'different' | undefined
}

export interface DuplicateCandidate {
  caseId: string
  verdict: 'certain' | 'possible'
  /** What speaks for it, then what speaks against it or leaves a doubt. */
  reasons: Finding<DuplicateReason>[]
  metres: number
  hours: number
  likeness: TextLikeness
  /** For the order in a list only: higher is likelier. */
  weight: number
}

/** What to look for: cases open and seen since `since`, or ended after `endedSince`; within `metres` of the position. */
export function duplicateSearch(
  report: ComparedReport,
  policy: DuplicatePolicy = DUPLICATE_POLICY,
): { metres: number; since: number; endedSince: number } {
  const all: readonly Partial<DuplicateReach>[] =
    report.category === undefined ? [policy, ...policy.byCategory] : [reachOf(policy, report.category)]
  const most = (key: keyof DuplicateReach) => Math.max(...all.map((r) => r[key] ?? 0))
  return {
    metres: most('withinM') + policy.mostAccuracyM,
    since: report.at - most('openHours') * HOUR_MS,
    endedSince: report.at - most('closedHours') * HOUR_MS,
  }
}

/** Each with the case that the reporter named, first; a person decides about one that nothing else speaks for. */
export function withNamed(
  candidates: readonly DuplicateCandidate[],
  report: ComparedReport,
  named: EarlierCase,
): DuplicateCandidate[] {
  const known = candidates.find((c) => c.caseId === named.id)
  const apart = Math.abs(report.at - named.at)
  const found: DuplicateCandidate = known ?? {
    caseId: named.id,
    verdict: 'possible',
    reasons: [],
    metres: metresBetween(report.position, named.position),
    hours: apart / HOUR_MS,
    likeness: textLikeness(report.text, named.text),
    weight: 0,
  }
  return [
    { ...found, reasons: [namedByReporter(), ...found.reasons] },
    ...candidates.filter((c) => c !== known),
  ]
}

/** Candidates for a new report, the likeliest first. Cases that were merged or voided are none: ask for what survives. */
export function findDuplicates(
  report: ComparedReport,
  earlier: readonly EarlierCase[],
  policy: DuplicatePolicy = DUPLICATE_POLICY,
): DuplicateCandidate[] {
  const found = earlier
    .flatMap((e) => candidate(report, e, policy) ?? [])
    .sort((a, b) => b.weight - a.weight || a.metres - b.metres)
  const certain = found.filter((c) => c.verdict === 'certain').length
  if (certain < 2) return found
  // Which of them it is, or whether they are one themselves, is for a person to say.
  return found.map((c) =>
    c.verdict === 'possible'
      ? c
      : { ...c, verdict: 'possible', reasons: [...c.reasons, severalCases(certain)] },
  )
}

/** Two reports beside each other: what the verdict and its reasons are made of. */
export interface Comparison {
  report: ComparedReport
  earlier: EarlierCase
  policy: DuplicatePolicy
  reach: DuplicateReach
  category: 'same' | 'confusable' | 'unknown' | 'other'
  metres: number
  /** Inaccuracy of both positions together. Metres. */
  error: number
  /** Milliseconds between the two. */
  apart: number
  isOpen: boolean
  /** Milliseconds from the end of an ended case to the new report; negative when it was seen before the end. */
  sinceEnd: number
  likeness: TextLikeness
  places: PlaceComparison
  component: 'same' | 'other' | 'unknown'
  isSamePhoto: boolean
  isOneReporter: boolean
  /** Both name the number of one thing, e.g. of a lamp post. */
  isNumbered: boolean
}

function candidate(
  report: ComparedReport,
  earlier: EarlierCase,
  policy: DuplicatePolicy,
): DuplicateCandidate | undefined {
  if (earlier.status === 'merged' || earlier.status === 'voided') return undefined
  const c = comparison(report, earlier, policy)
  if (!isInReach(c) || !isPlausible(c)) return undefined
  const doubts = doubtsOf(c)
  const isCertain = doubts.length === 0 && isSure(c)
  return {
    caseId: earlier.id,
    verdict: isCertain ? 'certain' : 'possible',
    reasons: [...groundsOf(c), ...doubts],
    metres: c.metres,
    hours: c.apart / HOUR_MS,
    likeness: c.likeness,
    weight: weightOf(c, isCertain, doubts.length),
  }
}

function comparison(report: ComparedReport, earlier: EarlierCase, policy: DuplicatePolicy): Comparison {
  const { assumedAccuracyM } = policy
  const places = comparePlaces(report.text, earlier.text)
  const components = [report.component, earlier.component]
  return {
    report,
    earlier,
    policy,
    reach: reachOf(policy, earlier.category ?? report.category),
    category: categoryFit(report.category, earlier.category, policy),
    metres: metresBetween(report.position, earlier.position),
    error: Math.hypot(report.accuracyM ?? assumedAccuracyM, earlier.accuracyM ?? assumedAccuracyM),
    apart: Math.abs(report.at - earlier.at),
    isOpen: !isFinal(earlier.status),
    sinceEnd: report.at - (earlier.endedAt ?? earlier.at),
    likeness: textLikeness(report.text, earlier.text),
    places,
    component: components.includes(undefined)
      ? 'unknown'
      : report.component === earlier.component
        ? 'same'
        : 'other',
    isSamePhoto: earlier.photo === 'same',
    isOneReporter: report.reportedBy !== undefined && report.reportedBy === earlier.reportedBy,
    isNumbered: places.agree.some((n) => /^[a-z]*\d+$/.test(n)),
  }
}

function categoryFit(
  a: string | undefined,
  b: string | undefined,
  { confusable }: DuplicatePolicy,
): Comparison['category'] {
  if (a === undefined || b === undefined) return 'unknown'
  if (a === b) return 'same'
  const holds = (group: readonly string[], code: string) => group.some((c) => code.startsWith(c))
  return confusable.some((g) => holds(g, a) && holds(g, b)) ? 'confusable' : 'other'
}

function isInReach({ category, isOpen, apart, sinceEnd, metres, error, reach, policy }: Comparison): boolean {
  const isInTime = isOpen
    ? apart <= Math.max(reach.openHours, reach.withinHours) * HOUR_MS
    : sinceEnd <= reach.closedHours * HOUR_MS
  return category !== 'other' && isInTime && metres <= reach.withinM + Math.min(error, policy.mostAccuracyM)
}

/** One thing, whatever the words: the same component, or the same picture. */
const isTied = (c: Comparison) => c.component === 'same' || c.isSamePhoto

/** Whether a person should be asked at all. */
function isPlausible(c: Comparison): boolean {
  if (isTied(c)) return true
  const { policy, metres, places, likeness } = c
  if (c.component === 'other') return false
  // Who sends two pictures of their own means two matters.
  if (c.isOneReporter && c.earlier.photo === 'different') return false
  const isNear = metres <= policy.nearM
  const isElsewhere = places.differ.some(
    ({ what }) => what === 'number' || what === 'opposite' || (what === 'house' && !isNear),
  )
  if (isElsewhere) return false
  const isSaid = likeness.share >= policy.offeredShare || places.agree.length > 0
  return c.category === 'unknown' ? isNear && isSaid : isNear || isSaid
}

/** So many pairs of characters in common say more than that both are of one kind … */
const LEAST_PAIRS = 6
/** … of which so many lie beside the longest common piece: that is the place, and they say the same of it too. */
const LEAST_BESIDE = 2
const PLACE = /[路街巷道桥门口区院校市场站店楼号栋渠河湖园广侧]/

/** Something shows that it is the same thing; or place and words both do, where things don't stand close together. */
function isSure(c: Comparison): boolean {
  const { policy, likeness, metres, error } = c
  if (isTied(c)) return true
  if (c.isNumbered && likeness.share >= policy.offeredShare) return true
  if (policy.identityKinds.includes(c.earlier.kind ?? c.report.kind ?? '')) return false
  if (metres > policy.certainWithinM || error > policy.certainAccuracyM) return false
  const length = [...likeness.piece].length
  return (
    likeness.share >= policy.certainShare &&
    likeness.pairs >= LEAST_PAIRS &&
    likeness.pairs - (length - 1) >= LEAST_BESIDE &&
    length >= 3 &&
    PLACE.test(likeness.piece)
  )
}

const weightOf = (c: Comparison, isCertain: boolean, doubts: number) =>
  (isCertain ? 10 : 0) +
  (isTied(c) ? 3 : 0) +
  (c.places.agree.length > 0 ? 1 : 0) +
  c.likeness.share +
  (1 - c.metres / (c.reach.withinM + c.policy.mostAccuracyM)) -
  0.2 * doubts
