import { expect, test } from 'vitest'
import type { FeedRow } from '#store/readers.ts'
import { stepsOpened } from './automation.ts'

const A = 'a0000000-0000-4000-8000-000000000000'
const B = 'b0000000-0000-4000-8000-000000000000'

const row = (caseId: string, type: string, version: number): FeedRow => ({
  seq: 1,
  caseId,
  no: 1,
  type,
  at: 0,
  version,
})

const opened = (rows: FeedRow[]) =>
  stepsOpened(rows).map((j) => [j.name, j.payload.caseId, j.payload.version])

test.each([
  ['reported', 'screen'],
  ['accepted', 'file'],
  ['confirmed', 'file'],
  ['filed', 'dispatch'],
  ['return-granted', 'dispatch'],
  ['replied', 'check'],
  ['passed', 'check'],
  ['failed', 'check'],
  ['papers-completed', 'check'],
])('%s opens %s', (type, name) => {
  expect(opened([row(A, type, 3)])).toEqual([[name, A, 3]])
})

test.each(['dispatched', 'acknowledged', 'closed', 'rejected', 'commented'])('%s opens nothing', (type) => {
  expect(opened([row(A, type, 3)])).toEqual([])
})

test('a chain that a rule has run already opens nothing', () => {
  const chain = ['reported', 'screened', 'accepted', 'filed', 'dispatched']
  expect(opened(chain.map((type, i) => row(A, type, Math.max(1, i))))).toEqual([])
})

test('of two openings of a case the later one counts', () => {
  expect(opened([row(A, 'accepted', 2), row(A, 'filed', 3)])).toEqual([['dispatch', A, 3]])
})

test('a step that waits for a person now is not tried by a rule', () => {
  expect(opened([row(A, 'accepted', 2), row(A, 'decision-awaited', 2)])).toEqual([])
})

test('a remark leaves the step open', () => {
  expect(opened([row(A, 'replied', 5), row(A, 'commented', 5)])).toEqual([['check', A, 5]])
})

test('cases do not settle each other’s steps', () => {
  expect(opened([row(A, 'reported', 1), row(B, 'reported', 1), row(B, 'rejected', 2)])).toEqual([
    ['screen', A, 1],
  ])
})

test('facts of time open nothing', () => {
  const light: FeedRow = { ...row(A, 'yellow', 4), no: undefined }
  const day: FeedRow = { ...row(A, 'day', 1), caseId: undefined, no: undefined, version: undefined }
  expect(opened([row(A, 'filed', 3), light, day])).toEqual([['dispatch', A, 3]])
})

test('the same version of a case has the same jobId, which the queue can take', () => {
  const [first] = stepsOpened([row(A, 'filed', 3)])
  expect(first?.jobId).toBe(`${A}.3`)
})
