// Photos used before, from the upload to the answer: fingerprints at the upload, uses noted from the log, told to those who
// work on cases.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeAt } from '#domain/testing/city.ts'
import { fingerprintsOf, withoutFingerprint } from '#store/photo-hash.ts'
import { followPhotoUses } from '#store/photo-uses.ts'
import { keptFingerprints } from './photos/kept.ts'
import { scene } from './photos/testing/scenes.ts'
import { expectProblem, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
const desk = deskOf(() => api)

async function upload(picture: Buffer): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg')
  const request = new Request('http://x', { method: 'POST', body: form })
  const { status, body } = await api.send('POST', '/uploads', {
    as: 'grid',
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  })
  expect(status).toBe(201)
  return body.id
}

async function noted(): Promise<void> {
  await api.project()
  while ((await followPhotoUses(api.store)) > 0);
}

const reuse = async (id: string, as = 'operator') =>
  (await api.get(`/cases/${id}/photo-reuse`, { as })).body.items
let n = 0
const spot = () => placeAt(0.1 + 0.3 * ++n, 1.05)

test('a copy of a picture, smaller and written anew, is found in the case that used it first', async () => {
  const picture = await scene(1)
  const first = await upload(picture)
  const earlier = await desk.reported({ location: spot(), photos: [first] })
  const { receiptNo } = await desk.read(earlier)
  api.clock.advance(60_000)
  const copy = await upload(await sharp(picture).resize({ width: 500 }).jpeg({ quality: 60 }).toBuffer())
  const id = await desk.reported({ location: spot(), photos: [await upload(await scene(2)), copy] })
  await noted()
  expect(await reuse(id)).toEqual([
    {
      photo: copy,
      code: 'photo-used-before',
      zh: `此照片曾用于案件${receiptNo}`,
      en: `this picture was used in case ${receiptNo}`,
      earlier: {
        caseId: earlier,
        receiptNo,
        photo: first,
        at: '2019-09-29T08:00:00+08:00',
        which: 'reported',
      },
    },
  ])
  // The first use is nobody's copy.
  expect(await reuse(earlier)).toEqual([])
})

test('one upload named by two cases is told in the later; a merged report shares its pictures', async () => {
  const shared = await upload(await scene(3))
  const here = { location: spot(), photos: [shared] }
  const first = await desk.reported(here)
  api.clock.advance(60_000)
  const second = await desk.reported(here)
  await noted()
  expect(await reuse(second)).toMatchObject([{ code: 'photo-used-before', earlier: { caseId: first } }])
  await desk.done(second, 'duty', 'merge', { into: first })
  await noted()
  expect(await reuse(second)).toEqual([])
})

test('a reply that shows the picture of the report shows no change', async () => {
  const picture = await upload(await scene(4))
  const id = await desk.reported({ location: spot(), photos: [picture] })
  await desk.done(id, 'duty', 'file')
  await desk.done(id, 'water', 'acknowledge')
  api.clock.advance(60_000)
  const after = await upload(
    await sharp(await scene(4))
      .jpeg({ quality: 70 })
      .toBuffer(),
  )
  await desk.done(id, 'water', 'reply', { result: '已打捞', photos: [after] })
  await noted()
  expect(await reuse(id)).toMatchObject([
    { photo: after, code: 'photo-shows-no-change', earlier: { caseId: id, which: 'reported' } },
  ])
})

test('is for those who work on the case', async () => {
  const id = await desk.reported({ location: spot() })
  expectProblem(await api.get(`/cases/${id}/photo-reuse`, { as: 'grid' }), 403, 'forbidden')
  expectProblem(await api.get(`/cases/${id}/photo-reuse`, { as: 'sanitation' }), 403, 'not-your-case')
  expectProblem(await api.get(`/cases/${id}/photo-reuse`), 401, 'unauthorized')
})

test('read from the beginning again, the log gives the same uses', async () => {
  await noted()
  const all = () => api.store.sql`select * from photo_use order by case_id, no, upload_id`
  const before = [...(await all())]
  expect(before.length).toBeGreaterThan(4)
  await api.store.sql`delete from photo_use`
  await api.store.sql`update reader set seq = 0 where name = 'photo-uses'`
  await noted()
  expect([...(await all())]).toEqual(before)
})

test('of a kept picture the same fingerprint can be made later; a blank one and a missing one have none', async () => {
  const id = await upload(await scene(5))
  const of = keptFingerprints(api.config)
  const [made, kept] = [await of(id), (await fingerprintsOf(api.store, [id])).get(id)]
  expect(made?.hash).toBe(kept?.hash)
  expect([...(made?.sketch ?? [])]).toEqual([...(kept?.sketch ?? [0])])
  const blank = await upload(
    await sharp({ create: { width: 80, height: 60, channels: 3, background: '#789' } })
      .jpeg()
      .toBuffer(),
  )
  expect(await withoutFingerprint(api.store, { most: 100 })).toContain(blank)
  expect(await of(blank)).toBeUndefined()
  expect(await of(crypto.randomUUID())).toBeUndefined()
})
