import { expect, test } from 'vitest'
import { mayBeOnWall, wallPhotos } from './wall-case.ts'

test('parts and events may hang on a wall, requests and what never was a case may not', () => {
  expect(mayBeOnWall({ category: 'E0110', status: 'handling' })).toBe(true)
  expect(mayBeOnWall({ category: 'C0101', status: 'closed' })).toBe(true)
  expect(mayBeOnWall({ category: 'S0101', status: 'handling' })).toBe(false)
  expect(mayBeOnWall({ category: undefined, status: 'reported' })).toBe(false)
  for (const status of ['rejected', 'merged', 'voided'] as const)
    expect(mayBeOnWall({ category: 'E0110', status })).toBe(false)
})

test('photos only of what was checked and has not come back', () => {
  const done = {
    category: 'E0110',
    status: 'closed',
    checkedAt: 5,
    photos: ['a'],
    afterPhotos: ['b'],
  } as const
  const facts = { ...done, photos: ['a'], afterPhotos: ['b'] }
  const none = { before: [], after: [] }
  expect(wallPhotos(facts)).toEqual({ before: ['a'], after: ['b'] })
  expect(wallPhotos({ ...facts, status: 'checked' })).toEqual({ before: ['a'], after: ['b'] })
  expect(wallPhotos({ ...facts, status: 'replied' })).toEqual(none)
  expect(wallPhotos({ ...facts, checkedAt: undefined })).toEqual(none)
  expect(wallPhotos({ ...facts, category: 'S0101' })).toEqual(none)
})
