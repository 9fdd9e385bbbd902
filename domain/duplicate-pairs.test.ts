// How many duplicates are found on the labelled pairs, and how many of the found are duplicates. Prints both.
import { expect, it } from 'vitest'
import { findDuplicates } from './duplicate.ts'
import { PAIRS, PAIRS_POLICY, type LabelledPair } from './testing/duplicates/pairs.ts'

type Verdict = 'certain' | 'possible' | 'none'
const verdictOf = ({ report, earlier }: LabelledPair): Verdict =>
  findDuplicates(report, [earlier], PAIRS_POLICY)[0]?.verdict ?? 'none'

function measure(pairs: readonly LabelledPair[], counts: (verdict: Verdict) => boolean) {
  const found = pairs.filter((p) => counts(verdictOf(p)))
  const right = found.filter((p) => p.isSame).length
  return {
    found: found.length,
    right,
    precision: right / found.length,
    recall: right / pairs.filter((p) => p.isSame).length,
  }
}
const isCertain = (v: Verdict) => v === 'certain'
const isOffered = (v: Verdict) => v !== 'none'

it('is labelled widely enough to measure anything', () => {
  expect(PAIRS.length).toBeGreaterThanOrEqual(250)
  expect(PAIRS.filter((p) => p.isSame).length / PAIRS.length).toBeCloseTo(0.5, 1)
})

it.each([
  ['all pairs', PAIRS],
  ['the pairs that were held back', PAIRS.filter((p) => p.heldBack)],
])('of %s', (name, pairs) => {
  const certain = measure(pairs, isCertain)
  const offered = measure(pairs, isOffered)
  const say = (m: typeof certain) =>
    `${m.right} of ${m.found} right (precision ${m.precision.toFixed(3)}), recall ${m.recall.toFixed(3)}`
  console.log(`${name} (${pairs.length}): merged by rule ${say(certain)}; offered ${say(offered)}`)
  expect(certain.precision).toBeGreaterThanOrEqual(0.98)
  expect(certain.recall).toBeGreaterThanOrEqual(0.18)
  expect(offered.precision).toBeGreaterThanOrEqual(0.78)
  expect(offered.recall).toBeGreaterThanOrEqual(0.93)
})

it('does not depend on which of the two came first', () => {
  const differing = PAIRS.filter((p) => p.earlier.status === 'dispatched' && !mentionsDanger(p)).filter(
    (p) => {
      const { status, photo, id, endedAt: _, ...first } = p.earlier
      const turned = {
        ...p,
        report: { ...first, at: p.report.at },
        earlier: { ...p.report, at: p.earlier.at, status, photo, id },
      }
      return verdictOf(turned) !== verdictOf(p) && first.category === p.report.category
    },
  )
  expect(differing.map((p) => [p.earlier.text, p.report.text])).toEqual([])
})

/** Danger told later is another thing than danger told first. */
const mentionsDanger = ({ report, earlier }: LabelledPair) =>
  PAIRS_POLICY.danger.some((w) => report.text.includes(w) !== earlier.text.includes(w))
