import { describe, expect, it } from 'vitest'
import { madeReady, MOST_PLAYERS, onShow, orderCameras, SPLITS, splitFor, turnAt } from './order.ts'

const camera = (code: string, lng: number, lat = 30) => ({ code, location: { lng, lat } })
const cameras = [camera('A', 113.9), camera('B', 113.91), camera('C', 113.92), camera('D', 113.93)]
const codes = (list: readonly { code: string }[]) => list.map((c) => c.code).join('')

describe('the order', () => {
  it.each([
    ['as the pack lists them', {}, 'ABCD'],
    ['as asked for', { codes: ['D', 'B'] }, 'DB'],
    ['each once, unknown ones left out', { codes: ['D', 'X', 'D', 'A'] }, 'DA'],
    ['nearest first', { near: { lng: 113.922, lat: 30 } }, 'CDBA'],
    ['nearest first of those asked for', { codes: ['A', 'B', 'D'], near: { lng: 113.922, lat: 30 } }, 'DBA'],
    // A degree of longitude is shorter than one of latitude here, so that B is nearer than A is south of it.
    ['by metres, not degrees', { near: { lng: 113.91, lat: 30.0095 } }, 'BACD'],
    ['none where none is meant', { codes: [] }, ''],
  ])('is %s', (_name, asked, expected) => {
    expect(codes(orderCameras(cameras, asked))).toBe(expected)
  })

  it('leaves the list that it was given', () => {
    orderCameras(cameras, { near: { lng: 114, lat: 30 } })
    expect(codes(cameras)).toBe('ABCD')
  })
})

describe('the split', () => {
  it.each([
    [9, 1, 1],
    [9, 2, 4],
    [9, 5, 6],
    [9, 7, 9],
    [4, 3, 4],
    [4, 24, 4],
    [1, 24, 1],
    [6, 6, 6],
    [2, 24, 4],
    [16, 24, 9],
  ])('of %i is, for %i cameras, %i', (asked, n, expected) => {
    expect(splitFor(asked, n)).toBe(expected)
  })
})

describe('the round', () => {
  const list = [...'ABCDEFGHIJ']

  it.each([
    [1, 0, 'A', 'B'],
    [1, 9, 'J', 'A'],
    [1, 10, 'A', 'B'],
    [4, 0, 'ABCD', 'EFGH'],
    [4, 2, 'IJAB', 'CDEF'],
    [6, 0, 'ABCDEF', ''],
    [6, 1, 'GHIJAB', ''],
    [9, 1, 'JABCDEFGH', ''],
  ] as const)('of %i shows at turn %i %s, with %s made ready', (split, turn, shown, next) => {
    expect(onShow(list, split, turn).join('')).toBe(shown)
    expect(madeReady(list, split, turn).join('')).toBe(next)
  })

  it('stands where there are no more than fit', () => {
    expect(onShow(['A', 'B'], 4, 7)).toEqual(['A', 'B'])
    expect(madeReady(['A', 'B', 'C', 'D'], 4, 7)).toEqual([])
  })

  it('does not make ready what is on show already', () => {
    expect(madeReady([...'ABCDE'], 4, 0)).toEqual(['E'])
  })

  it('shows every camera, none twice at once, and never plays more than it may', () => {
    for (const split of SPLITS)
      for (let n = 1; n <= 30; n++) {
        const all = Array.from({ length: n }, (_, i) => i)
        const seen = new Set<number>()
        for (let turn = 0; turn < n; turn++) {
          const shown = onShow(all, split, turn)
          const playing = new Set([...shown, ...madeReady(all, split, turn)])
          expect(new Set(shown).size).toBe(Math.min(n, split))
          expect(playing.size).toBeLessThanOrEqual(MOST_PLAYERS)
          for (const c of shown) seen.add(c)
        }
        expect(seen.size).toBe(n)
      }
  })

  it.each([
    [0, 15, 0, false],
    [9, 15, 0, false],
    [10, 15, 0, true],
    [14, 15, 0, true],
    [15, 15, 1, false],
    [3, 3, 1, true],
    [400, 0, 0, false],
    [400, undefined, 0, false],
  ])('is after %i s of turns of %s s at turn %i (ending: %s)', (seconds, length, turn, isEnding) => {
    expect(turnAt(seconds, length)).toEqual({ turn, isEnding })
  })
})
