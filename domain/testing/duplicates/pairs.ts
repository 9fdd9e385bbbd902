// The labelled pairs as reports that can be compared, under the policy of the demo city.
import { DUPLICATE_POLICY, type DuplicatePolicy } from '../../duplicate-policy.ts'
import type { ComparedReport, EarlierCase } from '../../duplicate.ts'
import { HOUR_MS } from '../../days.ts'
import { metresPerDegree } from '../../geo/geometry.ts'
import { OTHER } from './other.ts'
import type { Pair } from './pair.ts'
import { SAME } from './same.ts'

/** Street order comes and goes within hours; rubbish, stalls, bicycles and covers are often taken for each other. */
export const PAIRS_POLICY: DuplicatePolicy = {
  ...DUPLICATE_POLICY,
  byCategory: [{ category: ['E04'], openHours: 12, withinHours: 12, certainHours: 3 }],
  confusable: [
    ['E0110', 'E0111', 'E0125', 'E0192'],
    ['E0401', 'E0405', 'E0406'],
    ['E0410', 'E0493'],
    ['C0101', 'C0102', 'C0103', 'C0123'],
  ],
}

export interface LabelledPair {
  isSame: boolean
  /** The policy's numbers were set with the others; these only measure them. */
  heldBack: boolean
  report: ComparedReport
  earlier: EarlierCase
}

const START = Date.parse('2026-10-20T09:00:00+08:00')
const PLACE = { lng: 113.88, lat: 29.7 }
/** Of a phone in the open. */
const USUAL_ACCURACY_M = [10, 12] as const

function labelled([category, metres, hours, first, second, details = {}]: Pair, i: number, isSame: boolean) {
  const { accuracy = USUAL_ACCURACY_M, laterCategory = category, closed, rejected, components } = details
  const m = metresPerDegree(PLACE.lat)
  const turn = i * 2.4
  const at = START + hours * HOUR_MS
  const ended = closed ?? rejected
  const earlier: EarlierCase = {
    id: 'earlier',
    category,
    kind: category.slice(0, 1),
    position: PLACE,
    accuracyM: accuracy[0],
    at: START,
    text: first,
    component: components?.[0],
    reportedBy: 'first',
    status: closed !== undefined ? 'closed' : rejected !== undefined ? 'rejected' : 'dispatched',
    ...(ended === undefined ? {} : { endedAt: at - ended * HOUR_MS }),
    photo: details.photo,
  }
  const report: ComparedReport = {
    ...(laterCategory === null ? {} : { category: laterCategory, kind: laterCategory.slice(0, 1) }),
    position: {
      lng: PLACE.lng + (metres * Math.cos(turn)) / m.x,
      lat: PLACE.lat + (metres * Math.sin(turn)) / m.y,
    },
    accuracyM: accuracy[1],
    at,
    text: second,
    component: components?.[1],
    reportedBy: details.oneReporter ? 'first' : 'second',
  }
  return { isSame, heldBack: i % 2 === 1, report, earlier } satisfies LabelledPair
}

export const PAIRS: readonly LabelledPair[] = [
  ...SAME.map((pair, i) => labelled(pair, i, true)),
  ...OTHER.map((pair, i) => labelled(pair, i, false)),
]
