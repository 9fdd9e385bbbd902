import { describe, expect, it } from 'vitest'
import { LIFECYCLE } from '#domain/lifecycle.ts'
import { EN, translator, wordFor, ZH, type Key } from './translate.ts'
import { formatCountdown, formatLimit, formatSpan } from './format.ts'

const placeholders = (words: string) => [...words.matchAll(/\{([\w-]+)\}/g)].map((m) => m[1]).sort()
const zh = translator('zh-CN')
const en = translator('en')

describe('words', () => {
  it('have the same placeholders in both languages', () => {
    for (const key of Object.keys(ZH) as Key[]) {
      expect(placeholders(EN[key]), key).toEqual(placeholders(ZH[key]))
    }
  })

  it('are in one language: English carries no Chinese but the name of the other language', () => {
    const mixed = (Object.keys(EN) as Key[]).filter((key) => /\p{Script=Han}/u.test(EN[key]))
    expect(mixed).toEqual(['lang.other'])
  })

  it('fill in values and let an unknown code stand for itself', () => {
    expect(zh('drill.count', { n: 3 })).toBe('共 3 件')
    expect(wordFor(en, 'status', 'filed')).toBe('Filed')
    expect(wordFor(zh, 'reason', 'something-new')).toBe('something-new')
  })

  it('know every step that a case can wait for', () => {
    const awaited = [
      'accept',
      'confirm',
      'file',
      'dispatch',
      'acknowledge',
      'claim',
      'reply',
      'pass',
      'close',
      'rework',
    ]
    const lifecycle = new Set<string>(LIFECYCLE.map((t) => t.action))
    for (const action of awaited) {
      expect(lifecycle.has(action), action).toBe(true)
      expect(wordFor(zh, 'todo', action), action).not.toBe(action)
    }
  })
})

describe('spans', () => {
  it('read in at most two units', () => {
    const MINUTE = 60_000
    expect(formatSpan(20_000, zh)).toBe('不到1分')
    expect(formatSpan(59 * MINUTE, zh)).toBe('59分')
    expect(formatSpan(125 * MINUTE, zh)).toBe('2时05分')
    expect(formatSpan(-24 * 60 * MINUTE, zh)).toBe('1天')
    expect(formatSpan(27 * 60 * MINUTE, en)).toBe('1d 3h')
    expect(formatCountdown(-61_000)).toBe('01:01')
    expect(formatCountdown(3_723_000)).toBe('1:02:03')
  })

  it('of limits read in one unit', () => {
    const MINUTE = 60_000
    const HOUR = 60 * MINUTE
    expect(formatLimit(30_000, zh)).toBe('不到1分')
    expect(formatLimit(90 * MINUTE, zh)).toBe('90分')
    expect(formatLimit(119.8 * MINUTE, zh)).toBe('2时')
    expect(formatLimit(150 * MINUTE, zh)).toBe('2.5时')
    expect(formatLimit(36 * HOUR, en)).toBe('36h')
    expect(formatLimit(47.8 * HOUR, zh)).toBe('2天')
    expect(formatLimit(13 * 24 * HOUR + 23 * HOUR, zh)).toBe('14天')
  })
})
