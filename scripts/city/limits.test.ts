import { describe, expect, it } from 'vitest'
import { cityPack, DEMO_POLICIES } from '#domain/testing/city.ts'
import { parseArguments } from './arguments.ts'
import { limitsText } from './limits.ts'
import { notes } from './notes.ts'

describe('how limits were read', () => {
  const pack = cityPack({
    ...DEMO_POLICIES,
    limitWords: { 天: '自然日' },
    reworkLimit: '3天',
    exceptions: { return: { within: '2工作日' }, extension: { amount: 'same' } },
  })
  const rows = (language: 'zh' | 'en') =>
    limitsText(pack, language)
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))

  it('each text once, with its clock, its amount and where it stands', () => {
    const table = rows('zh')
    expect(table[0]).toEqual(['写法', '读作', '计时', '处数', '所在'])
    expect(table).toContainEqual(['3天', '3自然日', '连续计时，一天24小时', '1', 'reworkLimit'])
    expect(table).toContainEqual(['1紧急工作时', '1紧急工作时', '连续计时', '1', 'E0502-1'])
    const four = table.find((r) => r[0] === '4工作时')
    expect(four).toEqual([
      '4工作时',
      '4工作时',
      '只计工作时段',
      '4',
      'E0110-1、E0125-1、stageLimits.confirm等',
    ])
    expect(new Set(table.map((r) => r[0])).size).toBe(table.length)
    expect(table.some((r) => r[0] === 'same')).toBe(false)
  })

  it('counts every condition and setting', () => {
    const uses = rows('en')
      .slice(1)
      .reduce((sum, r) => sum + Number(r[3]), 0)
    // Four stage limits, the rework limit and the window for returns.
    expect(uses).toBe(pack.conditions.length + 6)
  })
})

describe('notes', () => {
  const officers = ['water', 'sanitation', 'municipal-drains', 'st-east'].map((department) => ({
    username: department,
    name: department,
    posts: ['department-officer' as const],
    department,
    areas: [],
  }))
  const boss = {
    username: 'duty',
    name: 'duty',
    posts: ['duty-manager' as const, 'supervisor' as const],
    areas: [],
  }
  const manned = { ...cityPack(), users: [boss, ...officers] }

  it('name the zones without a unit', () => {
    expect(notes(manned, 'zh')).toEqual([
      expect.stringMatching(/^说明：2个责任区没有责任单位.*铁路用地、老站工地$/),
    ])
    expect(notes(manned, 'en')[0]).toContain('2 zones have no unit')
  })

  it('but not those that a rule for all of their kind gives to a unit', () => {
    const rule = { id: 'R', order: 1, zoneKind: 'railway', department: 'municipal', coDepartments: [] }
    expect(notes({ ...manned, routing: [rule] }, 'zh')[0]).toMatch(/^说明：1个.*老站工地$/)
  })

  it('name the units that get cases and have nobody to sign, of themselves or below them', () => {
    const without = (code: string) => ({ ...manned, users: manned.users.filter((u) => u.username !== code) })
    // Its squad’s officer signs for the bureau.
    expect(notes(without('municipal-drains'), 'zh')[1]).toMatch(
      /^说明：1个会接到案件的单位.*市政设施维护中心$/,
    )
    expect(notes(without('st-east'), 'en')[1]).toMatch(/^Note: 1 unit that gets cases has .*东门街道办$/)
    // Nothing goes to the west street office.
    expect(notes(manned, 'zh').join()).not.toContain('西门街道办')
  })

  it('name the posts that somebody must hold', () => {
    expect(notes({ ...manned, users: officers }, 'zh')[1]).toMatch(/：值班长、网格监督员$/)
  })
})

describe('arguments', () => {
  it.each([
    [['check', 'd', '--limits'], { limits: true, dryRun: false }],
    [['load', 'd', '--dry-run'], { dryRun: true, days: 30 }],
    [['load', 'd', '--dry-run', '--days', '7'], { dryRun: true, days: 7 }],
  ])('%j', (args, expected) => {
    expect(parseArguments(args)).toMatchObject(expected)
  })

  it.each([
    [['load', 'd', '--days', '7']],
    [['load', 'd', '--dry-run', '--days', '0']],
    [['load', 'd', '--dry-run', '--days', 'week']],
    [['load', 'd', '--limits']],
    [['check', 'd', '--days', '7']],
  ])('%j makes no sense', (args) => {
    expect(parseArguments(args)).toEqual(expect.any(String))
  })
})
