// routing.csv: hours, weekdays and words of a rule, and rules that never come to speak.
import { describe, expect, it } from 'vitest'
import { makePackFolder, plant, readChanged, setCity, sound } from '../testing.ts'
import type { Change } from '../testing.ts'

makePackFolder()

const HEADER =
  'id,order,category,area,zoneKind,source,department,coDepartments,owner,fallBack,hours,weekdays,words'
const lines = (sound.get('routing.csv') ?? '').trimEnd().split(/\r?\n/)
const LAST = lines.length + 1

/** The sample's rules under all columns, and rows behind them. */
const adding =
  (...rows: string[]): Change =>
  () =>
    [HEADER, ...lines.slice(1).map((line) => `${line},,,,,`), ...rows, ''].join('\n')
const SMOKE = 'X1,300,E0110,,,,sanitation,,,'

plant(
  'routing.csv',
  ['hours in words', adding(`${SMOKE},夜间,,`), [LAST, 'hours']],
  ['an hour that is none', adding(`${SMOKE},22:00-30:00,,`), [LAST, 'hours']],
  ['a beginning at the end of the day', adding(`${SMOKE},24:00-06:00,,`), [LAST, 'hours']],
  ['a period without length', adding(`${SMOKE},08:00-08:00,,`), [LAST, 'hours']],
  ['a day that is none', adding(`${SMOKE},,8,`), [LAST, 'weekdays']],
  ['words without a word', adding(`${SMOKE},,,；`), [LAST, 'words']],
)

describe('conditions of a rule', () => {
  const ruleX1 = async (cells: string) => {
    const { pack, faults } = await readChanged({ 'routing.csv': adding(`${SMOKE},${cells}`) })
    expect(faults).toEqual([])
    const { hours, weekdays, words } = pack?.routing.find((r) => r.id === 'X1') ?? {}
    return { hours, weekdays, words }
  }

  it('are read as people write them', async () => {
    expect(await ruleX1('22:00-6:00;12:00~13:30,周一至周五,油烟；烧烤、油烟')).toEqual({
      hours: [
        { start: '22:00', end: '06:00' },
        { start: '12:00', end: '13:30' },
      ],
      weekdays: [1, 2, 3, 4, 5],
      words: ['油烟', '烧烤'],
    })
  })

  it('are absent where the cells are empty or *', async () => {
    const none = { hours: undefined, weekdays: undefined, words: undefined }
    expect(await ruleX1(',,')).toEqual(none)
    expect(await ruleX1('*,*,*')).toEqual(none)
  })

  it('a word of two parts stays one', async () => {
    expect((await ruleX1(',,gas leak;smell')).words).toEqual(['gas leak', 'smell'])
  })

  it.each(['22:00-06:00,,', ',6;7,', ',,油烟'])(
    'a category that only rules with conditions (%s) name reaches no unit',
    async (cells) => {
      const { faults } = await readChanged({
        'routing.csv': adding(`X1,5,C0103,,,,municipal,,,,${cells}`),
        'categories.csv': (text) => text.replace(/^(C0103,.*),municipal,/m, '$1,,'),
      })
      expect(faults.map((f) => [f.file, f.field])).toEqual([['categories.csv', 'department']])
    },
  )
})

describe('a rule that never comes to speak', () => {
  const warned = async (...rows: string[]) => {
    const { warnings, faults } = await readChanged({ 'routing.csv': adding(...rows) })
    expect(faults).toEqual([])
    const planted = warnings.filter((w) => w.file === 'routing.csv' && (w.row ?? 0) >= LAST)
    return planted.map((w) => [w.row, w.field])
  }
  const wide = 'W,1,E0110,,,,sanitation,,,,,,'

  it.each([
    ['the same again', 'N,2,E0110,,,,sanitation,,,,,,'],
    ['a part of its area', 'N,2,E0110,990191001001,,,st-chengguan,,,,,,'],
    ['one source', 'N,2,E0110,,,hotline,enforcement,,,,,,'],
    ['some hours', 'N,2,E0110,,,,enforcement,,,,22:00-06:00,,'],
    ['some words', 'N,2,E0110,,,,enforcement,,,,,,油烟'],
  ])('%s is told', async (_, narrow) => {
    expect(await warned(wide, narrow)).toEqual([[LAST + 1, 'order']])
  })

  it.each([
    ['another category', 'N,2,E0112,,,,sanitation,,,,,,'],
    ['a wider one', 'N,2,E01,,,,sanitation,,,,,,'],
    ['a zone of its own, which is asked apart', 'N,2,E0110,,main-road,,sanitation,,,,,,'],
    ['an order before it', 'N,0,E0110,,,hotline,enforcement,,,,,,'],
  ])('%s is not', async (_, other) => {
    expect(await warned(wide, other)).toEqual([])
  })

  it.each([
    ['hours', 'W,1,E0110,,,,sanitation,,,,22:00-06:00,,', 'N,2,E0110,,,,sanitation,,,,,,'],
    ['other hours', 'W,1,E0110,,,,sanitation,,,,22:00-06:00,,', 'N,2,E0110,,,,sanitation,,,,08:00-12:00,,'],
    ['words', 'W,1,E0110,,,,sanitation,,,,,,油烟', 'N,2,E0110,,,,sanitation,,,,,,油烟;噪声'],
    ['unknown owners', 'W,1,C0103,,,,sanitation,,unknown,,,,', 'N,2,C0103,,,,sanitation,,,,,,'],
    ['an area', 'W,1,E0110,990191001,,,sanitation,,,,,,', 'N,2,E0110,,,,sanitation,,,,,,'],
  ])('a rule before it that is for %s only leaves it something', async (_, first, second) => {
    expect(await warned(first, second)).toEqual([])
  })

  it('says whether it is of use after a return', async () => {
    const tell = async (narrow: string) => {
      const { warnings } = await readChanged({ 'routing.csv': adding(wide, narrow) })
      return warnings.find((w) => w.file === 'routing.csv')
    }
    expect((await tell('N,2,E0110,,,,sanitation,,,,,,'))?.zh).toMatch(/^本条不会生效：规则W/)
    const after = await tell('N,2,E0110,,,,enforcement,,,,,,')
    expect(after?.zh).toContain('只在其单位退单后才生效')
    expect(after?.message).toContain('given the case back')
  })
})

describe('policies', () => {
  const warned = async (path: string, value: unknown) => {
    const { warnings, faults } = await readChanged({ 'city.json': setCity(path, value) })
    expect(faults).toEqual([])
    return warnings.filter((w) => w.file === 'city.json').map((w) => w.field)
  }

  it.each([
    ['policies.close', 'head', 'policies.close[0].decide'],
    ['policies.file', 'dispatcher', 'policies.file[0].decide'],
    ['policies.requestCheck', 'leader', 'policies.requestCheck[0].decide'],
    ['policies.exceptions', 'operator', 'policies.exceptions.rework[0].decide'],
  ])('%s naming a %s, who may not take that step, is told', async (path, decide, field) => {
    const value = path === 'policies.exceptions' ? { rework: [{ decide }] } : [{ decide }]
    expect(await warned(path, value)).toEqual([field])
  })

  it.each([
    ['policies.close', 'duty-manager'],
    ['policies.accept', 'operator'],
    ['policies.dispatch', 'rule'],
  ])('%s naming %s is not', async (path, decide) => {
    expect(await warned(path, [{ decide }])).toEqual([])
  })
})

it('a grid member without areas is told, but for a demo', async () => {
  const wanting: Change = (text) => text.replace(/^(grid-1,.*,grid-member),,[^,]*,/m, '$1,,,')
  const { warnings } = await readChanged({ 'users.csv': wanting })
  expect(warnings.map((w) => [w.file, w.field])).toEqual([['users.csv', 'areas']])
  const demo = await readChanged({ 'users.csv': wanting, 'city.json': setCity('demo', true) })
  expect(demo.warnings).toEqual([])
})
