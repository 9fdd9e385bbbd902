// A whole catalogue 立案条件目录 of a prefecture, as its limits are written: each is read, or refused with its reason.
import { expect, it } from 'vitest'
import { formatLimit, parseLimit } from './limit.ts'

/** Text → how many of its 519 filing conditions say so. */
const TEXTS = {
  '1天': 143,
  '5天': 86,
  '3天': 84,
  '2天': 82,
  '4小时': 39,
  '2紧急工作时': 32,
  '2小时': 22,
  '7天': 9,
  '1紧急工作时': 5,
  '15天': 5,
  '4紧急工作时': 4,
  '2紧急工作日': 3,
  '10天': 2,
  '4天': 1,
  '1紧急工作日': 1,
  '1紧急工作时制止': 1,
}

it('519 of 519 are read, or listed with the reason', () => {
  let read = 0
  const listed: string[] = []
  for (const [text, n] of Object.entries(TEXTS)) {
    const parsed = parseLimit(text)
    if (parsed.ok) {
      read += n
      // What a page shows reads back as the same limit, whatever short word the catalogue used.
      const again = parseLimit(formatLimit(parsed.limit, 'zh'))
      expect(again.ok && [again.limit.amount, again.limit.unit]).toEqual([
        parsed.limit.amount,
        parsed.limit.unit,
      ])
    } else listed.push(`${n} × ${parsed.zh}`)
  }
  expect(Object.values(TEXTS).reduce((a, b) => a + b)).toBe(519)
  expect(read).toBe(518)
  expect(listed).toEqual(['1 × “1紧急工作时制止”中的“紧急工作时制止”不是时限单位'])
})

it('紧急 wins over what the pack makes of the word behind it', () => {
  const words = { 小时: '工作时', 天: '工作日', 时: 'work-hour', 日: 'work-day' }
  for (const text of ['2紧急小时', '2紧急时', '2紧急天', '2紧急日'])
    expect(parseLimit(text, words)).toMatchObject({
      ok: true,
      limit: { unit: expect.stringMatching(/^urgent-/) },
    })
})
