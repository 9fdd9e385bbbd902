// routing.csv: rules for components of unknown owner, and the fall-back of a rule.
import { expect, it } from 'vitest'
import { makePackFolder, plant, readChanged, sound } from '../testing.ts'

makePackFolder()

/** With the two optional columns, and rows added at the end. */
const adding = (...rows: string[]) => {
  return (text: string) => {
    const [header = '', ...body] = text.trimEnd().split(/\r?\n/)
    return [`${header},owner,fallBack`, ...body.map((line) => `${line},,`), ...rows, ''].join('\n')
  }
}
const COVER = 'X1,5,C0103,990191001,,,st-chengguan,'
const LAST = (sound.get('routing.csv') ?? '').trimEnd().split('\n').length + 1

plant(
  'routing.csv',
  ['an owner other than unknown', adding(`${COVER},municipal,`), [LAST, 'owner']],
  ['a fall-back that is no unit', adding(`${COVER},unknown,nobody`), [LAST, 'fallBack']],
)

it('reads both, in either language', async () => {
  const { pack, faults } = await readChanged({ 'routing.csv': adding(`${COVER},不明,municipal`) })
  expect(faults).toEqual([])
  expect(pack?.routing.find((r) => r.id === 'X1')).toMatchObject({ owner: 'unknown', fallBack: 'municipal' })
  const other = pack?.routing.find((r) => r.id === 'R001')
  expect([other?.owner, other?.fallBack]).toEqual([undefined, undefined])
})

it('a category that only rules for unknown owners name reaches no unit', async () => {
  const { faults } = await readChanged({
    'routing.csv': adding(`${COVER},unknown,`),
    'categories.csv': (text) => text.replace(/^(C0103,.*),municipal,/m, '$1,,'),
  })
  expect(faults.map((f) => [f.file, f.field])).toEqual([['categories.csv', 'department']])
})
