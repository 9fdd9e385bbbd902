import { expect, test } from 'vitest'
import { afterPhotosOf } from './after-photos.ts'

test('of what is fixed on the spot only the picture after it counts as the answer', () => {
  expect(afterPhotosOf({ photos: ['before'], afterPhotos: ['before', 'after'] })).toEqual(['after'])
  expect(afterPhotosOf({ photos: ['before'], afterPhotos: ['one', 'two'] })).toEqual(['one', 'two'])
  expect(afterPhotosOf({ photos: [], afterPhotos: [] })).toEqual([])
})

test('a picture that is both stays: it is all there is', () => {
  expect(afterPhotosOf({ photos: ['same'], afterPhotos: ['same'] })).toEqual(['same'])
})
