// Columns that screening goes by: what photos a filing condition asks for, and what people call a category.
import { describe, expect, it } from 'vitest'
import { notes } from './notes.ts'
import { makePackFolder, readChanged, sample, setCity, TODAY } from '#pack/testing.ts'

makePackFolder()

/** The sample's table with one more column. */
const withColumn = (header: string, cells: Readonly<Record<string, string>>) => (text: string) =>
  text
    .split('\n')
    .map((line, i) => {
      if (line.trim() === '') return line
      const [key = ''] = line.split(',')
      return `${line},${i === 0 ? header : (cells[key] ?? '')}`
    })
    .join('\n')

const read = (file: string, change: (text: string) => string) =>
  readChanged({ [file]: change }, TODAY, sample)

describe('the photo check of a filing condition', () => {
  it.each(['photoCheck', '照片要求'])('is read from the column %s', async (header) => {
    const change = withColumn(header, { 'E0110-1': '处置前1张；处置后1张；带位置' })
    const { pack, faults } = await read('filing-conditions.csv', change)
    expect(faults).toEqual([])
    const [first, second] = pack?.conditions.filter((c) => c.category === 'E0110') ?? []
    expect(first?.photoCheck).toBe('处置前1张；处置后1张；带位置')
    expect(second).not.toHaveProperty('photoCheck')
  })

  it('that cannot be read is a fault with its row, in both languages', async () => {
    const { faults } = await read('filing-conditions.csv', withColumn('照片要求', { 'E0110-1': '拍清楚' }))
    expect(faults).toMatchObject([
      {
        file: 'filing-conditions.csv',
        field: 'photoCheck',
        message: expect.stringContaining('“拍清楚” is not understood'),
        zh: expect.stringContaining('无法识别“拍清楚”'),
      },
    ])
  })
})

describe('what people call a category', () => {
  it.each(['aliases', '俗称', '别名'])('is read from the column %s, each word once', async (header) => {
    const change = withColumn(header, { E0110: '生活垃圾、垃圾袋;垃圾袋' })
    const { pack, faults } = await read('categories.csv', change)
    expect(faults).toEqual([])
    expect(pack?.categories.find((c) => c.code === 'E0110')?.aliases).toEqual(['生活垃圾', '垃圾袋'])
    expect(pack?.categories.find((c) => c.code === 'E0112')).not.toHaveProperty('aliases')
  })
})

describe('the check tells', () => {
  const CAPTURE = { captureTime: { counts: { reply: 'capture', confirm: 'receipt' } } }

  it('which steps go by the device’s time, once a pack chooses', async () => {
    const plain = (await readChanged({}, TODAY, sample)).pack
    const { pack, faults } = await readChanged(
      { 'city.json': setCity('policies.screening', CAPTURE) },
      TODAY,
      sample,
    )
    expect(faults).toEqual([])
    if (!pack || !plain) throw new Error('the sample has faults')
    const line = '说明：以下环节按设备采集时间计，其余按收到时间计：核查通过、核查不通过、回告、自行处置'
    expect(notes(plain, 'zh')).not.toContain(line)
    expect(notes(pack, 'zh')).toContain(line)
    expect(notes(pack, 'en')).toContain(
      'Note: judged by when the device had it, the others by when it arrived: pass, fail, reply, self-handle',
    )
  })

  it('whose photos are checked', async () => {
    const change = withColumn('photoCheck', { 'E0110-1': 'before>=1' })
    const { pack } = await read('filing-conditions.csv', change)
    if (!pack) throw new Error('the sample has faults')
    expect(notes(pack, 'en')).toContain(
      'Note: photos are checked under 1 filing condition, in reports from: grid',
    )
  })
})
