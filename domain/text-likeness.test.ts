import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigrams, commonPiece, plainText, textLikeness } from './text-likeness.ts'

describe('plain text', () => {
  it.each([
    ['灯杆号ＲＭ－０１４３，不亮！', '灯杆号rm0143不亮'],
    ['  约 2.5 米 ', '约25米'],
    ['', ''],
  ])('of “%s” is “%s”', (text, plain) => {
    expect(plainText(text)).toBe(plain)
  })
})

describe('pairs of characters', () => {
  it('are neighbours, each once, characters outside the plane kept whole', () => {
    expect([...bigrams('路灯路灯𠮷')]).toEqual(['路灯', '灯路', '灯𠮷'])
    expect([...bigrams('灯')]).toEqual(['灯'])
    expect([...bigrams('')]).toEqual([])
  })
})

describe('the likeness of two texts', () => {
  it.each([
    ['同样的话', '北渠桥东侧渠边有生活垃圾', '北渠桥东侧渠边有生活垃圾', 1, '北渠桥东侧渠边生活垃圾'],
    ['another order', '垃圾堆在北渠桥东侧', '北渠桥东侧有垃圾', 0.83, '北渠桥东侧'],
    ['nothing in common', '路灯不亮', '井盖缺失', 0, ''],
    ['filler only', '有人反映这里一直有', '发现很多', 0, ''],
    ['no text', '', '路灯不亮', 0, ''],
  ])('with %s', (_, a, b, share, piece) => {
    const found = textLikeness(a, b)
    expect(found.share).toBeCloseTo(share, 2)
    expect(found.piece).toBe(piece)
  })

  it('is the same both ways, between 0 and 1, and 1 of a text with itself', () => {
    const text = fc.string({ unit: fc.constantFrom(...'北渠桥东侧垃圾路灯号1 ，的') })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [textLikeness(a, b), textLikeness(b, a)]
        expect([x.share, x.pairs, x.piece.length]).toEqual([y.share, y.pairs, y.piece.length])
        expect(x.share).toBeGreaterThanOrEqual(0)
        expect(x.share).toBeLessThanOrEqual(1)
        expect([0, 1]).toContain(textLikeness(a, a).share)
      }),
    )
  })

  it('shows the longest common piece, which both contain', () => {
    expect(commonPiece('纺织路27号门前', '门前是纺织路27号')).toBe('纺织路27号')
    expect(commonPiece('路', '路')).toBe('')
  })
})
