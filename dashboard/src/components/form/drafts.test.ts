import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { draftName, dropDraft, keepDraft, keptDraft } from './drafts.ts'

describe('a draft', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }
  const name = draftName('me', 'case', 'reply')
  beforeEach(() => vi.stubGlobal('localStorage', store))
  afterEach(() => {
    vi.unstubAllGlobals()
    kept.clear()
  })

  it('comes back as it was, for this person, case and step only', () => {
    keepDraft(name, { result: '已打捞', photos: ['p1'] })
    expect(keptDraft(name)).toEqual({ result: '已打捞', photos: ['p1'] })
    expect(keptDraft(draftName('you', 'case', 'reply'))).toEqual({})
    expect(keptDraft(draftName('me', 'case', 'request-return'))).toEqual({})
  })

  it('is gone when it is sent, or emptied', () => {
    keepDraft(name, { result: 'x' })
    dropDraft(name)
    expect(kept.size).toBe(0)
    keepDraft(name, { result: 'x' })
    keepDraft(name, { result: '', photos: [] })
    expect(kept.size).toBe(0)
  })

  it.each(['{', '[]', 'null', '"x"'])('that cannot be read (%s) is none', (text) => {
    keepDraft(name, { result: 'x' })
    for (const key of kept.keys()) kept.set(key, text)
    expect(keptDraft(name)).toEqual({})
  })

  it('is simply not kept on a device without a store, or with a full one', () => {
    vi.stubGlobal('localStorage', {
      ...store,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    expect(() => keepDraft(name, { result: 'x' })).not.toThrow()
    vi.stubGlobal('localStorage', undefined)
    expect(keptDraft(name)).toEqual({})
  })

  it('without a name is none of ours', () => {
    keepDraft(undefined, { result: 'x' })
    expect([kept.size, keptDraft(undefined)]).toEqual([0, {}])
  })
})
