import { describe, expect, it } from 'vitest'
import { chooseScene, scopeOf, stepAt } from './choose.ts'

const plan = [
  { scene: 'normal', seconds: 60 },
  { scene: 'area', params: { area: '101' }, seconds: 30 },
] as const
const at = (seconds: number) => seconds * 1000
const none = new URLSearchParams()

describe('which scene', () => {
  it('turns with the plan by the world’s clock, so that two screens turn together', () => {
    expect(stepAt([...plan], at(0))?.scene).toBe('normal')
    expect(stepAt([...plan], at(59))?.scene).toBe('normal')
    expect(stepAt([...plan], at(60))?.scene).toBe('area')
    expect(stepAt([...plan], at(90))?.scene).toBe('normal')
    expect(stepAt([], 0)).toBeUndefined()
  })
  it('is what the desk shows, then the address, then the plan, then the normal one', () => {
    const search = new URLSearchParams('scene=ranking')
    const show = { kind: 'scene', scene: 'storm', id: '1', until: 1 } as const
    expect(chooseScene({ show, plan: [...plan] }, search, at(60)).name).toBe('storm')
    expect(chooseScene({ plan: [...plan] }, search, at(60)).name).toBe('ranking')
    expect(chooseScene({ plan: [...plan] }, none, at(60)).name).toBe('area')
    expect(chooseScene({ plan: [] }, new URLSearchParams('scene=nonsense'), 0).name).toBe('normal')
  })
  it('knows the case, the cameras and the scope', () => {
    const spot = chooseScene({ show: { kind: 'case', caseId: 'c', id: '1', until: 1 }, plan: [] }, none, 0)
    expect(spot).toMatchObject({ name: 'spotlight', caseId: 'c' })
    const pictures = { kind: 'camera' as const, codes: ['A'], split: 4 as const, id: '1', until: 1 }
    expect(chooseScene({ show: pictures, plan: [] }, none, 0).cameras).toEqual({ codes: ['A'], split: 4 })
    const area = chooseScene({ plan: [] }, new URLSearchParams('scene=area&area=101'), 0)
    expect(scopeOf(area, 'city')).toBe('area:101')
    expect(scopeOf({ name: 'normal', params: {} }, 'department:water')).toBe('department:water')
  })
})
