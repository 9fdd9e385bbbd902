// Damaged and hostile pictures: refused as such, never a crash, and never more memory than a picture may take.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Problem } from '../http/problem.ts'
import { readPhoto } from './read-photo.ts'

const picture = () => sharp({ create: { width: 96, height: 64, channels: 3, background: '#8ac' } })

/** A PNG that says it is so large and holds nothing. */
function announced(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    magic,
    chunk('IHDR', head),
    chunk('IDAT', Buffer.alloc(0)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const refused = (bytes: Buffer) =>
  expect(readPhoto(bytes)).rejects.toMatchObject({ status: 415, code: 'undecodable-image' })

test('cut off or with bits turned over: a picture or 415', async () => {
  const files = [
    await picture().jpeg().toBuffer(),
    await picture().png().toBuffer(),
    await picture().webp().toBuffer(),
  ]
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), flips, async (file, cut, bits) => {
      const bytes = Buffer.from(file.subarray(0, cut % 2 === 0 ? file.length : cut % file.length))
      for (const [at, bit] of bits)
        if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
      try {
        const { width, height } = await readPhoto(bytes)
        expect(Math.max(width, height)).toBeLessThanOrEqual(2560)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        expect(error.status).toBe(415)
      }
    }),
    { numRuns: 60 },
  )
})

test('a page, a drawing or an archive that calls itself a picture', async () => {
  await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))
  await refused(Buffer.from('<html><script>1</script></html>'))
  await refused(Buffer.from('GIF89a<script>1</script>'))
  await refused(Buffer.from('PK\u0003\u0004'))
})

test('what hangs behind or inside a picture does not come out again', async () => {
  const mark = '<script>hidden</script>'
  const jpeg = await picture()
    .withExif({ IFD0: { ImageDescription: mark } })
    .jpeg()
    .toBuffer()
  const photo = await readPhoto(Buffer.concat([jpeg, Buffer.from(mark)]))
  expect(photo.jpeg.includes('hidden')).toBe(false)
})

test('pictures that announce more than may be decoded are refused by their head, in bounded memory', async () => {
  const sizes = [
    [60_000, 60_000],
    [1, 2_000_000_000],
    [30_000, 5_000],
  ] as const
  for (const [w, h] of sizes) await refused(announced(w, h))
  // Apart, so that the memory is its own: 400 million pixels announced.
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import sharp from 'sharp'
      import { readPhoto } from './api/photos/read-photo.ts'
      const chunks = []
      for await (const c of process.stdin) chunks.push(c)
      const answer = await readPhoto(Buffer.concat(chunks)).then(() => 'read', (e) => e.code)
      console.log(JSON.stringify({ answer, peakKiB: process.resourceUsage().maxRSS }))`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child.stdin.end(announced(20_000, 20_000))
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const { answer, peakKiB } = JSON.parse(said)
  expect(answer).toBe('undecodable-image')
  // Decoded it would be 1.2 GB.
  expect(peakKiB).toBeLessThan(400 * 1024)
})
