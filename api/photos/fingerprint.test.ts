// Fingerprints of real JPEGs: a copy is known again, another scene is not. Prints what it measured.
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Fingerprint, PHOTO_POLICY, photoLikeness } from '#domain/photo-likeness.ts'
import { fingerprint } from './fingerprint.ts'
import { CHANGES, cropped, scene, stamped } from './testing/scenes.ts'

const SCENES = 120
const CHANGED = 12

let pictures: Buffer[]
let prints: Fingerprint[]

async function printOf(picture: Buffer): Promise<Fingerprint> {
  const found = await fingerprint(picture)
  if (!found) throw new Error('a drawn scene has no fingerprint')
  return found
}
const at = <T>(list: readonly T[], i: number): T => {
  const found = list[i]
  if (found === undefined) throw new RangeError(`${i}`)
  return found
}

beforeAll(async () => {
  pictures = await Promise.all(Array.from({ length: SCENES }, (_, i) => scene(i + 1)))
  prints = await Promise.all(pictures.map(printOf))
})

describe('a copy', () => {
  test.each(Object.keys(CHANGES))('%s is the same picture', async (name) => {
    const change = CHANGES[name]
    if (!change) throw new Error(name)
    const found = await Promise.all(
      pictures.slice(0, CHANGED).map(async (picture, i) => {
        const { verdict, bits } = photoLikeness(at(prints, i), await printOf(await change(picture)))
        return { verdict, bits }
      }),
    )
    const same = found.filter((f) => f.verdict === 'same').length
    console.log(
      `${name}: ${same} of ${CHANGED} the same, at most ${Math.max(...found.map((f) => f.bits))} bits`,
    )
    expect(found.filter((f) => f.verdict === 'different')).toEqual([])
    expect(same).toBeGreaterThanOrEqual(CHANGED - 1)
  })

  test.each([
    ['with a stamp on it', stamped],
    ['cropped by 2 %', cropped],
  ])('%s is similar at least', async (name, change) => {
    const found = await Promise.all(
      pictures
        .slice(0, CHANGED)
        .map(async (p, i) => photoLikeness(at(prints, i), await printOf(await change(p))).verdict),
    )
    const count = (verdict: string) => found.filter((f) => f === verdict).length
    console.log(`${name}: ${count('same')} of ${CHANGED} the same, ${count('similar')} similar`)
    expect(count('different')).toBeLessThanOrEqual(1)
  })
})

test('another scene is never the same, though all are drawn alike', () => {
  const bits = new Array<number>(65).fill(0)
  const count = { same: 0, similar: 0, different: 0 }
  for (let i = 0; i < SCENES; i++)
    for (let j = i + 1; j < SCENES; j++) {
      const found = photoLikeness(at(prints, i), at(prints, j))
      bits[found.bits] = (bits[found.bits] ?? 0) + 1
      count[found.verdict] += 1
    }
  const pairs = (SCENES * (SCENES - 1)) / 2
  const near = bits.slice(0, PHOTO_POLICY.withinBits + 1).reduce((a, b) => a + b, 0)
  console.log(`${pairs} pairs of different scenes by bits that differ: ${bits.join(' ')}`)
  console.log(`candidates by their hash: ${near}; the same: ${count.same}; similar: ${count.similar}`)
  expect(near).toBeGreaterThan(0)
  expect(count.same).toBe(0)
  expect(count.similar).toBeLessThanOrEqual(pairs / 1000)
})

test('the same street without the matter is not the same picture', async () => {
  const found = await Promise.all(
    Array.from({ length: 40 }, async (_, i) =>
      photoLikeness(at(prints, i), await printOf(await scene(i + 1, 'gone'))),
    ),
  )
  const same = found.filter((f) => f.verdict === 'same').length
  console.log(`before and after from the same angle: ${same} of 40 taken for the same`)
  expect(same).toBeLessThanOrEqual(2)
})

test.each([
  ['one colour', () => sharp({ create: { width: 800, height: 600, channels: 3, background: '#333' } })],
  [
    'a lens cap',
    () =>
      sharp({
        create: {
          width: 800,
          height: 600,
          channels: 3,
          background: '#111',
          noise: { type: 'gaussian', mean: 12, sigma: 6 },
        },
      }),
  ],
])('a picture of %s has no fingerprint', async (_, draw) => {
  expect(await fingerprint(await draw().jpeg().toBuffer())).toBeUndefined()
})

test('what is no picture is an error', async () => {
  await expect(fingerprint(Buffer.from('no picture'))).rejects.toThrow()
})
