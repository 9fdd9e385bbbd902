// What simulated people do with a case, and when: whoever it waits for, and what they decide. Pure: asked again at any
// time, the answer for the same case at the same place is the same, so that nothing has to be remembered.
import { after, afterwards, oversight } from './course/after.ts'
import { before, dispatching } from './course/before.ts'
import type { LifeCase, LifeStep, Ways } from './course/case.ts'
import { inUnit } from './course/unit.ts'

export { type LifeCase, type LifeStep, lifeCase, showsMatter, type Ways } from './course/case.ts'

/** Everything that somebody will do next if nothing else happens first; the earliest is what happens. */
export function nextSteps(c: LifeCase, ways: Ways): LifeStep[] {
  const steps = open(c, ways)
  return steps
    .map((s) => ({ ...s, at: Math.max(Math.round(s.at), c.lastAt + 1000) }))
    .sort((a, b) => a.at - b.at)
}

function open(c: LifeCase, ways: Ways): LifeStep[] {
  const fate = ways.fate(c)
  switch (c.status) {
    case 'reported':
    case 'accepted':
      return c.waitsFor ? before(c, c.waitsFor, fate, ways) : []
    case 'filed':
      return c.waitsFor?.action === 'dispatch'
        ? [...oversight(c, fate, ways), { ...dispatching(c, ways) }]
        : []
    case 'dispatched':
    case 'handling':
      return [...oversight(c, fate, ways), ...inUnit(c, fate, ways)]
    case 'suspended':
      return oversight(c, fate, ways)
    case 'replied':
    case 'checked':
      return c.waitsFor ? [...oversight(c, fate, ways), ...after(c, c.waitsFor, fate, ways)] : []
    case 'closed':
      return afterwards(c, fate, ways)
    default:
      return []
  }
}
