// The table of flags against what cases leave: each comes about, counts for whom it says, and stands in the docs.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flagsPage } from '#scripts/flags-doc.ts'
import { parseFormula } from '../city/indicators.ts'
import { flagsOf } from '../flags.ts'
import { aCase, RECIPE_NAMES } from '../testing/builder.ts'
import { cn, city, tell, dueOutside, toHandling, toReplied, toClosed } from '../testing/flag-stories.ts'
import { play } from '../testing/scenario.ts'
import { SCENARIOS } from '../testing/scenarios/index.ts'
import { MEANINGS, meantFor, USUAL_INDICATORS } from './meaning.ts'
import { FLAG_NAMES, type FlagKey } from './table.ts'

describe('the table', () => {
  const stories = [
    ...SCENARIOS.map((s) => play(s)),
    ...RECIPE_NAMES.map((r) => aCase(r, { city })),
    tell({ source: 'hotline' }).wait(40),
    tell().wait(60),
    tell(dueOutside(cn('09-29 09:00'))).wait(120),
    tell(dueOutside(cn('09-29 18:00'))).step('grid', 'self-handle'),
    toClosed('09-29 15:00').step('operator', 'rate', { satisfaction: '非常满意' }),
    toClosed('09-29 15:00').step('operator', 'rate', { satisfaction: '满意' }),
    toClosed('09-29 15:00').step('operator', 'rate', { satisfaction: '基本满意' }),
    toReplied('09-29 11:00').step('supervisor', 'pass').wait(10_000),
    tell({ dispatchMode: 'summon' }).step('duty', 'file').wait(60),
    tell({ source: 'citizen' }).step('operator', 'request-confirm').wait(60),
    tell().step('duty', 'file').rules().wait(300),
    toHandling().step('leader', 'oversee', { note: '尽快', dueAt: '2019-09-29T10:00:00+08:00' }).wait(600),
    tell({ source: 'citizen' }).step('operator', 'accept', {}).step('duty', 'file'),
  ]
  const all = stories.flatMap((s) => flagsOf(s.log, s.city, s.clock.now() + 1))

  it('every flag comes about in some story', () => {
    const seen = new Set(all.map((f) => f.key))
    expect((Object.keys(FLAG_NAMES) as FlagKey[]).filter((key) => !seen.has(key))).toEqual([])
  })

  it('and counts for those whom its meaning names', () => {
    const other = all.filter((f) => {
      const to = f.for.kind === 'unit' ? 'unit' : meantFor(f.for)
      return !MEANINGS[f.key].for.includes(to)
    })
    expect(other.map((f) => `${f.key} for ${meantFor(f.for)}`)).toEqual([])
  })

  it('the usual indicators are formulas over flags', () => {
    for (const { over, under } of USUAL_INDICATORS)
      expect([parseFormula(over).ok, parseFormula(under).ok]).toEqual([true, true])
  })

  it('docs/flags.md is what it generates', () => {
    expect(readFileSync(new URL('../../docs/flags.md', import.meta.url), 'utf8')).toBe(flagsPage())
  })
})
