// What a check says of the ladder of escalation and of calendars that run out; the sample city has a usual ladder.
import { expect, it } from 'vitest'
import { USUAL_LADDER } from '#domain/escalation.ts'
import { makePackFolder, readChanged, sample, setCity, TODAY } from '#pack/testing.ts'

makePackFolder()

it('the sample climbs the usual ladder, but for the stage that it sets no limit for', async () => {
  const { pack, warnings } = await readChanged({}, TODAY, sample)
  expect(pack?.policies.escalation).toEqual(USUAL_LADDER.filter((r) => r.stage !== 'file'))
  expect(warnings.filter((w) => w.field?.startsWith('policies.escalation'))).toEqual([])
})

it('a rung that is never reached is a warning, not a fault', async () => {
  const change = setCity('policies.escalation', USUAL_LADDER)
  const { pack, warnings } = await readChanged({ 'city.json': change }, TODAY, sample)
  expect(pack?.policies.escalation).toEqual(USUAL_LADDER)
  expect(warnings).toContainEqual(
    expect.objectContaining({ file: 'city.json', field: 'policies.escalation[1].stage' }),
  )
})

it('a calendar too short for the longest limit is told of, all owners together', async () => {
  const shorter = (text: string | undefined) => text?.replaceAll('2030-12-31', '2026-11-25')
  const { warnings } = await readChanged({ 'calendars.csv': shorter }, TODAY, sample)
  const found = warnings.filter((w) => w.message.includes('too soon for the longest limit'))
  expect(found).toMatchObject([{ file: 'calendars.csv', field: 'to' }])
  expect(found[0]?.message).toContain('municipal')
  expect(found[0]?.zh).toContain('最长时限')
  const { warnings: usual } = await readChanged({}, TODAY, sample)
  expect(usual.filter((w) => w.message.includes('longest limit'))).toEqual([])
})
