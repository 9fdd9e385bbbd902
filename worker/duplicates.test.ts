// What screening does about likeness to earlier cases: nothing by default; with the policy, it waits at the desk or merges.
import { afterEach, expect, test } from 'vitest'
import type { CaseState } from '#domain/case.ts'
import type { ScreeningPolicies } from '#domain/city/screening-policies.ts'
import type { CityPack } from '#domain/city/types.ts'
import { fold } from '#domain/apply.ts'
import { caseLog } from '#store/cases.ts'
import { PACK, STREET } from './testing/city.ts'
import { openTown, type Town } from './testing/stage.ts'

let town: Town
afterEach(() => town.close())

const packWith = (screening?: ScreeningPolicies): CityPack => ({
  ...PACK,
  policies: { ...PACK.policies, ...(screening ? { screening } : {}) },
})

const TEXT = '解放路27号门前暴露垃圾成堆，有异味'
/** The same by somebody else. */
const AGAIN = '垃圾成堆没人清，异味大，在解放路27号门前'
const at = (metres: number) => ({ lng: STREET.lng + metres / 96_000, lat: STREET.lat })
const GRID = { kind: 'anonymous' } as const

/** @returns its id; nothing has been done by rule yet. */
async function reported(metres = 0, description = TEXT): Promise<string> {
  const result = await town.runtime.commander.report(
    {
      facts: {
        source: 'grid',
        dispatchMode: 'assign',
        category: 'E0110',
        position: at(metres),
        accuracyM: 5,
        photos: [],
      },
      words: { description },
    },
    { actor: GRID },
  )
  if (!result.ok) throw new Error(result.refusal.detail)
  town.clock.advance(60_000)
  return result.state.id
}
async function screened(metres?: number, description?: string): Promise<CaseState> {
  const id = await reported(metres, description)
  await town.runtime.commander.advance(id)
  return town.caseOf(id)
}

test('twenty identical reports in a row all go their way where the pack says nothing', async () => {
  town = await openTown(packWith())
  for (let i = 0; i < 20; i++) {
    const state = await screened()
    expect(state.status).toBe('dispatched')
    expect(state.screening).toEqual({ verdict: 'certain', reasons: [] })
  }
})

test('`offer`: a likely duplicate waits for the operator with its candidates, and goes on when accepted', async () => {
  town = await openTown(packWith({ onDuplicate: 'offer' }))
  const first = await screened()
  const second = await screened(4, AGAIN)
  expect(first.status).toBe('dispatched')
  expect(second).toMatchObject({
    status: 'reported',
    waitsFor: { who: 'operator', action: 'accept', reason: 'possible-duplicate' },
    screening: { verdict: 'uncertain', reasons: ['possible-duplicate'] },
  })
  const [candidate] = second.screening?.duplicates ?? []
  expect(candidate).toMatchObject({ caseId: first.id, verdict: 'certain', hours: 0.02 })
  expect(candidate?.reasons).toContain('near')
  const log = await caseLog(town.store, second.id)
  // The sentences quote what people wrote: they stay out of the log.
  expect(JSON.stringify(log.map((e) => e.payload))).not.toContain('解放路')
  expect(fold(log.map((e) => ({ ...e, caseId: second.id, type: e.type as 'reported' })))).toEqual(second)
  const farther = await screened(900)
  expect(farther.status).toBe('dispatched')
})

test('`merge`: what is certain is merged by rule into the earlier, also of two reported before either was screened', async () => {
  town = await openTown(packWith({ onDuplicate: 'merge' }))
  const a = await reported()
  const b = await reported(3, AGAIN)
  await town.runtime.commander.advance(b)
  await town.runtime.commander.advance(a)
  expect(await town.caseOf(a)).toMatchObject({ status: 'dispatched' })
  expect(await town.caseOf(b)).toMatchObject({ status: 'merged', duplicateOf: a })
  const events = await caseLog(town.store, b)
  expect(events.map((e) => [e.type, e.actor.id])).toEqual([
    ['reported', undefined],
    ['screened', 'screen'],
    ['merged', 'duplicate-policy'],
  ])
})

test('`merge`: what is only possible waits for a person', async () => {
  town = await openTown(packWith({ onDuplicate: 'merge' }))
  await screened()
  const other = await screened(6, '垃圾箱旁有异味')
  expect(other).toMatchObject({ status: 'reported', waitsFor: { reason: 'possible-duplicate' } })
  const shock = await screened(2, `${AGAIN}，旁边电线裸露有触电危险`)
  expect(shock).toMatchObject({ status: 'reported', waitsFor: { reason: 'possible-duplicate' } })
})
