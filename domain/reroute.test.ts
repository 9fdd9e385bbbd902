import { describe, expect, it } from 'vitest'
import type { CityPack } from './city/types.ts'
import { compileCity } from './city/compile.ts'
import { reroute } from './reroute.ts'
import { aCase } from './testing/builder.ts'
import { cityPack } from './testing/city.ts'

const before = compileCity(cityPack(), 1)
const changed = (change: (pack: CityPack) => Partial<CityPack>) =>
  compileCity({ ...cityPack(), ...change(cityPack()) }, 2)
const onTheCanal = aCase('dispatched').state

describe('trying a changed pack on a past case', () => {
  it('finds nothing where nothing changed', () => {
    expect(
      reroute(
        onTheCanal,
        before,
        changed(() => ({})),
      ),
    ).toBeUndefined()
  })

  it('names the unit before and after, and the rule that would have decided', () => {
    const after = changed(({ zones }) => ({
      zones: zones.map((z) => (z.code === 'Z-CANAL' ? { ...z, department: 'st-east' } : z)),
    }))
    expect(reroute(onTheCanal, before, after)).toMatchObject({
      receiptNo: onTheCanal.receiptNo,
      before: 'water',
      after: 'st-east',
      step: { rule: 'zone', ref: 'Z-CANAL', matched: true },
    })
  })

  it('does not count what a person chose at the desk as a difference', () => {
    const chosen = aCase('filed').step('dispatcher', 'dispatch', { department: 'municipal' }).state
    expect(chosen.department).toBe('municipal')
    expect(
      reroute(
        chosen,
        before,
        changed(() => ({})),
      ),
    ).toBeUndefined()
  })

  it('says so when the changed rules leave it to the desk', () => {
    const after = changed(({ zones }) => ({
      zones: zones.map((z) => (z.code === 'Z-CANAL' ? { ...z, department: undefined } : z)),
    }))
    const found = reroute(onTheCanal, before, after)
    expect(found).toMatchObject({ before: 'water' })
    expect(found?.after).toBeUndefined()
  })
})
