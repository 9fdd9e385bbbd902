// Photos of the load tests: a few small drawn ones, marked as demo, each sent with a comment of its own so that no two
// uploads have the same bytes. open() works in the init context only, which is where scripts import this.
import { pick } from './people.js'

const read = (when) => [1, 2, 3].map((i) => open(`../photos/${when}-${i}.jpg`, 'b'))
const PHOTOS = { before: read('before'), after: read('after') }

/** @param {'before' | 'after'} when @returns {ArrayBuffer} a JPEG */
export function photo(when) {
  const jpeg = new Uint8Array(pick(PHOTOS[when]))
  const own = new Uint8Array(jpeg.length + 20)
  // Start of image, then a comment segment of 18 bytes with its length, then the rest.
  own.set(jpeg.subarray(0, 2))
  own.set([0xff, 0xfe, 0, 18], 2)
  for (let i = 6; i < 22; i++) own[i] = Math.floor(Math.random() * 256)
  own.set(jpeg.subarray(2), 22)
  return own.buffer
}
