import { describe, expect, it } from 'vitest'
import { catalogueWords, openSuggester } from './category-suggest.ts'
import { cityPack } from './testing/city.ts'

const pack = cityPack()
const suggest = openSuggester(catalogueWords(pack))
const codes = (text: string, most?: number) => suggest(text, most).map((s) => s.code)

describe('a suggested category', () => {
  it.each([
    ['a name', '北渠桥边水域不洁', 'E0125'],
    ['a part of a name', '路口井盖响', 'C0103'],
    ['the words of a condition', '水面有漂浮垃圾', 'E0125'],
    ['full-width letters and blanks', '道路 破损！', 'E0113'],
  ])('comes from %s', (_, text, code) => {
    expect(codes(text)[0]).toBe(code)
  })

  it('shows the words that it rests on, as they stand in the text', () => {
    const [first] = suggest('人民路3号门前有暴露生活垃圾一堆')
    expect(first).toMatchObject({ code: 'E0110', name: '暴露生活垃圾', words: ['有暴露生活垃圾'] })
    expect(first?.score).toBeGreaterThan(0.8)
    expect(first?.score).toBeLessThanOrEqual(1)
  })

  it('is none where no word belongs to the catalogue', () => {
    expect(suggest('你好')).toEqual([])
    expect(suggest('')).toEqual([])
  })

  it('comes with others, the likeliest first, as many as asked for', () => {
    const found = suggest('道路上有垃圾', 5)
    expect(found.length).toBeGreaterThan(2)
    expect(found.map((s) => s.score)).toEqual(found.map((s) => s.score).sort((a, b) => b - a))
    expect(codes('道路上有垃圾', 1)).toEqual(codes('道路上有垃圾', 5).slice(0, 1))
  })

  it('leaves what stands in brackets out of a name', () => {
    const own = openSuggester([{ code: 'X', name: '机动车违停（自定义）', conditions: [] }])
    expect(own('自定义')).toEqual([])
    expect(own('门口违停')[0]?.words).toEqual(['违停'])
  })

  it('knows the everyday words of the pack', () => {
    expect(codes('沙发没人要')).toEqual([])
    const categories = pack.categories.map((c) =>
      c.code === 'E0136' ? { ...c, aliases: ['旧沙发', '旧家具'] } : c,
    )
    expect(openSuggester(catalogueWords({ ...pack, categories }))('沙发没人要')[0]?.code).toBe('E0136')
  })

  it('is the same for the same text', () => {
    expect(suggest('道路破损')).toEqual(openSuggester(catalogueWords(pack))('道路破损'))
  })
})
