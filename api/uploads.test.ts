// Photos over HTTP: what is kept of one, what is refused, and who may look.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem, faultPaths, openTestApi, type SendOptions, type TestApi } from './testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

async function send(file: Buffer, given: SendOptions & { name?: string; field?: string } = { as: 'grid' }) {
  const form = new FormData()
  form.set(
    given.field ?? 'file',
    new Blob([new Uint8Array(file)], { type: 'image/jpeg' }),
    given.name ?? 'a.jpg',
  )
  const request = new Request('http://x', { method: 'POST', body: form })
  return api.send('POST', '/uploads', {
    ...given,
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { ...given.headers, 'content-type': request.headers.get('content-type') ?? '' },
  })
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#789' } })

const photo = () =>
  plain(1200, 800)
    .withExif({
      IFD0: { Make: 'a phone' },
      IFD2: { DateTimeOriginal: '2019:09:29 06:37:12', LensSerialNumber: 'secret' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '29/1 42/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '113/1 54/1 18/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

async function count(): Promise<number> {
  const [row] = await api.store.sql<{ n: number }[]>`select count(*)::int as n from upload`
  return row?.n ?? 0
}

test('a photo is kept upright and bare, its camera’s time and place as facts', async () => {
  const answer = await send(await photo())
  expect(answer.status).toBe(201)
  const { id } = answer.body
  expect(answer.body).toEqual({
    id,
    url: `/api/v1/uploads/${id}`,
    width: 800,
    height: 1200,
    takenAt: '2019-09-29T06:37:12+08:00',
    location: { lng: expect.closeTo(113.905, 6), lat: expect.closeTo(29.71, 6) },
  })
  const kept = await readFile(join(api.config.dataDir, 'photos', id.slice(-2), `${id}.jpg`))
  const metadata = await sharp(kept).metadata()
  expect(metadata).toMatchObject({ format: 'jpeg', width: 800, height: 1200 })
  expect(metadata.exif).toBeUndefined()
  expect(kept.includes('secret')).toBe(false)
})

test.each(['png', 'webp'] as const)('a %s becomes a JPEG', async (format) => {
  const answer = await send(await plain(20, 10)[format]().toBuffer())
  expect(answer.body).toMatchObject({ width: 20, height: 10 })
})

test('a big one becomes smaller', async () => {
  const { body } = await send(await plain(5000, 2500).jpeg().toBuffer())
  expect(body).toMatchObject({ width: 2560, height: 1280 })
})

test('is shown to whoever is logged in, for ever', async () => {
  const { body } = await send(await photo())
  const seen = await api.get(`/uploads/${body.id}`, { as: 'leader' })
  expect(seen.status).toBe(200)
  expect(seen.headers['content-type']).toBe('image/jpeg')
  expect(seen.headers['cache-control']).toBe('private, max-age=31536000, immutable')
  expect((await sharp(seen.raw.rawPayload).metadata()).width).toBe(800)
  expectProblem(await api.get(`/uploads/${body.id}`), 401, 'unauthorized')
  expectProblem(await api.get(`/uploads/${crypto.randomUUID()}`, { as: 'leader' }), 404, 'not-found')
  expectProblem(await api.get('/uploads/..%2F..%2Fpackage', { as: 'leader' }), 400, 'invalid')
})

test('a citizen without a login may send some', async () => {
  expect((await send(await photo(), {})).status).toBe(201)
  const strict = await openTestApi({ limits: { anonymousUploads: { max: 0, windowMs: 60_000 } } })
  try {
    expectProblem(await strict.send('POST', '/uploads'), 429, 'too-many-requests')
    expectProblem(await strict.send('POST', '/uploads', { as: 'grid' }), 415, 'unsupported-media-type')
  } finally {
    await strict.close()
  }
})

test.each([
  ['a text named .jpg', async () => Buffer.from('这不是照片')],
  ['nothing', async () => Buffer.alloc(0)],
  ['a drawing', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['half a photo', async () => (await photo()).subarray(0, 2000)],
  ['a gif', () => plain(9, 9).gif().toBuffer()],
])('%s is refused', async (_, make) => {
  const before = await count()
  const answer = await send(await make())
  expectProblem(answer, 415, 'undecodable-image')
  expect(faultPaths(answer)).toEqual(['/file'])
  expect(await count()).toBe(before)
})

test('more than 15 MB is refused', async () => {
  const before = await count()
  expectProblem(await send(Buffer.alloc(16 * 1024 * 1024)), 413, 'too-large')
  expect(await count()).toBe(before)
})

test('a form without the file, and no form at all', async () => {
  expect(faultPaths(await send(await photo(), { as: 'grid', field: 'picture' }))).toEqual(['/picture'])
  expectProblem(await api.post('/uploads', { file: 'x' }, { as: 'grid' }), 415, 'unsupported-media-type')
  const broken = await api.send('POST', '/uploads', {
    as: 'grid',
    payload: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  })
  expectProblem(broken, 400, 'malformed-request')
})

test('the same key and bytes are one upload; other bytes are refused', async () => {
  const file = await photo()
  const given = { as: 'grid', idempotencyKey: 'u1' }
  const answers = await Promise.all([send(file, given), send(file, given), send(file, given)])
  expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
  expect(answers.filter((a) => a.headers['idempotency-replayed'] === 'true')).toHaveLength(2)
  expectProblem(await send(await plain(9, 9).jpeg().toBuffer(), given), 422, 'key-reused')
  expect((await send(file, { as: 'grid2', idempotencyKey: 'u1' })).body.id).not.toBe(answers[0]?.body.id)
})
