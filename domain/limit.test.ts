import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLimit, type LimitUnit, parseLimit } from './limit.ts'

const read = (text: string, words?: Record<string, string>) => {
  const parsed = parseLimit(text, words)
  return parsed.ok ? [parsed.limit.amount, parsed.limit.unit] : 'refused'
}

describe('parseLimit', () => {
  it.each<[string, number, LimitUnit]>([
    // The distinct texts of a real city's catalogue of 519 filing conditions.
    ['1天', 1, 'work-day'],
    ['2天', 2, 'work-day'],
    ['3天', 3, 'work-day'],
    ['4天', 4, 'work-day'],
    ['5天', 5, 'work-day'],
    ['7天', 7, 'work-day'],
    ['10天', 10, 'work-day'],
    ['15天', 15, 'work-day'],
    ['2小时', 2, 'work-hour'],
    ['4小时', 4, 'work-hour'],
    ['1紧急工作时', 1, 'urgent-hour'],
    ['2紧急工作时', 2, 'urgent-hour'],
    ['4紧急工作时', 4, 'urgent-hour'],
    ['1紧急工作日', 1, 'urgent-day'],
    ['2紧急工作日', 2, 'urgent-day'],
    // Other ways of writing.
    ['4工作时', 4, 'work-hour'],
    ['4时', 4, 'work-hour'],
    ['3工作日', 3, 'work-day'],
    ['2个工作日', 2, 'work-day'],
    ['3日', 3, 'work-day'],
    ['30自然日', 30, 'natural-day'],
    ['8自然小时', 8, 'natural-hour'],
    ['0.5紧急工作时', 0.5, 'urgent-hour'],
    ['1.5天', 1.5, 'work-day'],
    ['２．５　工作日', 2.5, 'work-day'],
    ['１５自然日', 15, 'natural-day'],
    ['  4 工作时 ', 4, 'work-hour'],
    ['2 紧急 工作时', 2, 'urgent-hour'],
    ['2紧急小时', 2, 'urgent-hour'],
    ['2紧急天', 2, 'urgent-day'],
  ])('%s is %d %s', (text, amount, unit) => {
    expect(parseLimit(text)).toEqual({ ok: true, limit: { amount, unit, text } })
  })

  it.each([
    ['种植季节15工作日'],
    ['1紧急工作时制止'],
    ['紧急2小时'],
    ['2小时（紧急）'],
    ['2-3天'],
    ['1 5天'],
    ['1.天'],
    ['1,5天'],
    ['-1天'],
    ['5²天'],
    ['半天'],
    ['三天'],
    ['天'],
    ['4'],
    ['4h'],
    ['30分钟'],
    ['立即'],
    ['0天'],
    ['99999天'],
    ['1constructor'],
    [''],
    ['   '],
  ])('"%s" is refused with a reason in both languages', (text) => {
    const parsed = parseLimit(text)
    expect(parsed).toMatchObject({ ok: false })
    if (parsed.ok) return
    expect(parsed.reason).toMatch(/[a-z]/)
    expect(parsed.zh).toMatch(/\p{Script=Han}/u)
  })

  it('reads 小时, 时, 天, 日 as the pack says, and one word speaks for the other', () => {
    expect(read('4小时', { 小时: 'natural-hour' })).toEqual([4, 'natural-hour'])
    expect(read('4时', { 小时: 'natural-hour' })).toEqual([4, 'natural-hour'])
    expect(read('4时', { 小时: 'natural-hour', 时: 'work-hour' })).toEqual([4, 'work-hour'])
    expect(read('3天', { 日: '自然日' })).toEqual([3, 'natural-day'])
    expect(read('3天', { 小时: 'natural-hour' })).toEqual([3, 'work-day'])
  })

  it('lets no mapping change a word that means the same everywhere', () => {
    expect(read('2紧急工作时', { 紧急工作时: 'work-hour', 时: 'work-hour' })).toEqual([2, 'urgent-hour'])
    expect(read('2工作日', { 工作日: 'natural-day', 日: 'natural-day' })).toEqual([2, 'work-day'])
  })

  it('refuses a mapping to what is no unit', () => {
    expect(parseLimit('3天', { 天: 'fortnight' })).toMatchObject({
      ok: false,
      reason: 'the pack reads "天" as "fortnight", which is not a unit of limits',
    })
  })
})

describe('formatLimit', () => {
  it.each<[number, LimitUnit, string, string]>([
    [4, 'work-hour', '4工作时', '4 working hours'],
    [1, 'work-day', '1工作日', '1 working day'],
    [2, 'urgent-hour', '2紧急工作时', '2 urgent hours'],
    [1, 'urgent-day', '1紧急工作日', '1 urgent day'],
    [0.5, 'natural-hour', '0.5自然小时', '0.5 clock hours'],
    [30, 'natural-day', '30自然日', '30 calendar days'],
  ])('%d %s', (amount, unit, zh, en) => {
    expect(formatLimit({ amount, unit }, 'zh')).toBe(zh)
    expect(formatLimit({ amount, unit }, 'en')).toBe(en)
  })

  it('reads back as the same limit, whatever the pack makes of short words', () => {
    const units = [
      'urgent-hour',
      'urgent-day',
      'work-hour',
      'work-day',
      'natural-hour',
      'natural-day',
    ] as const
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.constantFrom(...units), (n, unit) => {
        const amount = n / 4
        const text = formatLimit({ amount, unit }, 'zh')
        const words = { 小时: 'natural-hour', 天: 'urgent-day' }
        expect(parseLimit(text, words)).toEqual({ ok: true, limit: { amount, unit, text } })
      }),
    )
  })
})
