import { describe, expect, it } from 'vitest'
import { caseView, maskedReporter } from './case-view.ts'
import type { City } from './city/types.ts'
import { aCase, RECIPE_NAMES, type Recipe } from './testing/builder.ts'
import { aCity, DEMO_POLICIES } from './testing/city.ts'

const words = {
  description: '渠边有垃圾',
  address: '北渠桥东',
  reporter: { name: '张三丰', phone: '13800138000' },
}
const view = (
  recipe: Recipe,
  reporter: 'full' | 'masked' | 'none' = 'none',
  told: typeof words | undefined = words,
) => {
  const { state, city } = aCase(recipe)
  return caseView(state, { now: state.lastAt, city, words: told, reporter })
}

describe('a case as the API shows it', () => {
  it('names the rungs that were climbed as its city does', () => {
    const escalation = [{ id: 'near', name: '临期提醒', stage: 'handle', share: 0.8, do: 'remind' }] as const
    const city = aCity({ ...DEMO_POLICIES, escalation })
    const story = aCase('handling', { city }).wait('2019-09-29T11:30+08:00').step('rule', 'escalate')
    const { state } = story
    const shown = (by: City) =>
      caseView(state, { now: state.lastAt, city: by, words, reporter: 'none' }).escalations
    const rung = { rung: 'near', of: 'handle:1', round: 1, turn: 1, at: '2019-09-29T11:30:00+08:00' }
    expect(shown(city)).toEqual([{ ...rung, name: '临期提醒' }])
    expect(shown(aCity())).toEqual([{ ...rung, name: 'near' }])
  })

  it('has what the contract names, codes with their names and times with the city’s offset', () => {
    expect(view('handling')).toMatchObject({
      receiptNo: 'R20190929case-1',
      caseNo: 'E0125201909290001',
      status: 'handling',
      version: 5,
      dispatchMode: 'assign',
      source: 'grid',
      category: { code: 'E0125', name: '水域不洁' },
      condition: 'E0125-1',
      closeCondition: '恢复',
      limit: '4工作时',
      description: '渠边有垃圾',
      location: { lng: 113.905, lat: 29.7105 },
      area: { code: '101', name: '渠东一网格', path: ['东门街道', '渠东社区', '渠东一网格'] },
      zone: 'Z-CANAL',
      zoneName: '北渠',
      zoneKind: 'water',
      department: 'water',
      departmentName: '水利和湖泊局',
      coDepartments: ['st-east'],
      round: 1,
      reportedAt: '2019-09-29T08:00:00+08:00',
      filedAt: '2019-09-29T08:00:00+08:00',
      acknowledgedAt: '2019-09-29T08:05:00+08:00',
      dueAt: '2019-09-29T14:05:00+08:00',
      light: 'green',
      overdue: false,
      overseen: false,
      extensions: 0,
      waitsFor: { who: 'department', action: 'reply', since: '2019-09-29T08:05:00+08:00' },
    })
  })

  it.each(RECIPE_NAMES)('is JSON without a null or an instant in milliseconds: %s', (recipe) => {
    const shown = view(recipe)
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown)
    expect(JSON.stringify(shown)).not.toMatch(/null|:15\d{11}[,}]/u)
  })

  it('says until when a suspension is asked for, and lasts', () => {
    expect(view('suspension requested').request).toMatchObject({ until: '2019-10-09T08:10:00+08:00' })
    expect(view('suspended').suspendedUntil).toBe('2019-10-09T08:10:00+08:00')
  })

  it('turns its light with the time it is looked at', () => {
    const { state, city } = aCase('handling')
    const late = caseView(state, { now: (state.clock?.dueAt ?? 0) + 1, city, words, reporter: 'none' })
    expect([late.light, late.overdue]).toEqual(['red', true])
    expect([view('suspended').light, view('suspended').overdue]).toEqual(['none', false])
  })

  it('says that words were erased instead of showing an empty report', () => {
    const { state, city } = aCase('closed')
    const erased = caseView(state, { now: state.lastAt, city, words: undefined, reporter: 'full' })
    expect([erased.erased, erased.description, erased.reporter]).toEqual([true, '', undefined])
    expect(view('closed').erased).toBeUndefined()
  })
})

describe('the reporter', () => {
  it('is shown, masked, or left out', () => {
    expect(view('handling', 'full').reporter).toEqual({ name: '张三丰', phone: '13800138000' })
    expect(view('handling', 'masked').reporter).toEqual({ name: '张**', phone: '138****8000' })
    expect('reporter' in view('handling', 'none')).toBe(false)
  })

  it.each([
    ['138 0013 8000', '138 **** 8000'],
    ['+86 138-0013-8000', '+86 1**-****-8000'],
    ['0715-5223456', '071*-***3456'],
    ['5223456', '***3456'],
    ['110', '***'],
  ])('a phone written %s becomes %s', (phone, masked) => {
    expect(maskedReporter({ phone }, 'masked')).toEqual({ phone: masked })
  })

  it.each([
    ['李', '李*'],
    ['李四', '李*'],
    ['𠮷田', '𠮷*'],
    ['', '*'],
  ])('a name written %s becomes %s', (name, masked) => {
    expect(maskedReporter({ name }, 'masked')).toEqual({ name: masked })
  })
})
