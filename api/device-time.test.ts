// Device times and the evidence of photos over HTTP: what is kept of them, which counts, what screening says, and that a
// request sent again at another time is still the same request.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cityPack, placeAt, PLACES } from '#domain/testing/city.ts'
import { audit } from '#store/audit.ts'
import { faultPaths, openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

const PHOTO_CHECK = '处置前1张；处置后1张；带位置；100米内'
const base = cityPack()
const pack = {
  ...base,
  users: [
    ...USERS,
    {
      username: 'municipal',
      name: '市政的人',
      posts: ['department-officer' as const],
      areas: [],
      department: 'municipal',
    },
  ],
  conditions: base.conditions.map((c) => (c.category === 'E0113' ? { ...c, photoCheck: PHOTO_CHECK } : c)),
}

let api: TestApi
beforeAll(async () => {
  api = await openTestApi({ pack })
})
afterAll(() => api.close())
const desk = deskOf(() => api)

const iso = (minutesFromNow: number) => new Date(api.clock.now() + minutesFromNow * 60_000).toISOString()

async function photoAt(at: { lng: number; lat: number } | undefined): Promise<string> {
  const id = await desk.photo()
  if (at) await api.store.sql`update upload set lng = ${at.lng}, lat = ${at.lat} where id = ${id}`
  return id
}

const eventsOf = async (
  id: string,
): Promise<{ type: string; payload: Record<string, unknown>; at: string }[]> =>
  (await api.get(`/cases/${id}/events`, { as: 'duty' })).body.items
const lastEvent = async (id: string, type: string) => (await eventsOf(id)).findLast((e) => e.type === type)

describe('a report', () => {
  test('keeps when the device had it beside when it arrived', async () => {
    const id = await desk.reported({ capturedAt: iso(-30), sentAt: iso(0) })
    expect(await desk.read(id)).toMatchObject({
      device: { verdict: 'trusted', counts: 'receipt', capturedAt: expect.any(String) },
      status: 'accepted',
    })
    const reported = await lastEvent(id, 'reported')
    expect(reported?.payload).toMatchObject({ device: { skewMs: 0 } })
    expect(reported?.payload).not.toHaveProperty('sentAt')
  })

  test('whose time cannot be waits for the operator, who is told why', async () => {
    const id = await desk.reported({ capturedAt: iso(40), sentAt: iso(0) })
    const found = await desk.read(id)
    expect(found).toMatchObject({
      status: 'reported',
      waitsFor: { who: 'operator', reason: 'time-doubtful' },
      device: { verdict: 'doubtful', counts: 'receipt' },
      screening: {
        verdict: 'uncertain',
        reasons: ['time-doubtful'],
        findings: [
          {
            code: 'captured-after-sending',
            zh: '按设备自身时钟，采集时间晚于发送时间40分钟',
            en: expect.stringContaining('40 min'),
          },
        ],
      },
    })
  })

  test('sent again a minute later is the same report', async () => {
    const body = {
      description: '渠边有垃圾，重发',
      location: PLACES.canal,
      source: 'grid',
      capturedAt: iso(-5),
    }
    const given = { as: 'grid', idempotencyKey: crypto.randomUUID() }
    const first = await api.post('/cases', { ...body, sentAt: iso(0) }, given)
    const again = await api.post('/cases', { ...body, sentAt: iso(1) }, given)
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id])
    expect(again.headers['idempotency-replayed']).toBe('true')
    const other = await api.post('/cases', { ...body, capturedAt: iso(-6), sentAt: iso(0) }, given)
    expect(other.status).toBe(422)
  })

  test('with a time that is none is refused', async () => {
    const answer = await api.post(
      '/cases',
      { description: '垃圾', location: PLACES.canal, source: 'grid', capturedAt: 'yesterday' },
      { as: 'grid' },
    )
    expect([answer.status, faultPaths(answer)]).toEqual([400, ['/capturedAt']])
  })
})

describe('the photos of a report', () => {
  const road = (photos: string[], more: object = {}) =>
    desk.reported({ categoryCode: 'E0113', location: PLACES.backLane, photos, ...more })

  test('taken on the spot leave no doubt', async () => {
    const id = await road([await photoAt(PLACES.backLane)])
    expect((await desk.read(id)).screening).toMatchObject({ verdict: 'certain', reasons: [] })
  })

  test('taken far away, and not what the condition asks for, are reasons', async () => {
    const id = await road([await photoAt(placeAt(0.9, 3.5))])
    const { screening, waitsFor } = await desk.read(id)
    expect(screening.reasons).toEqual(['photo-far', 'photo-rule'])
    expect(screening.findings.map((f: { code: string }) => f.code)).toEqual([
      'photo-far',
      'photos-missing',
      'photo-too-far',
    ])
    expect(waitsFor).toMatchObject({ who: 'operator', reason: 'photo-far' })
  })

  test('that are not there are missed where the condition wants some', async () => {
    expect((await desk.read(await road([]))).screening.reasons).toEqual(['photo-rule'])
    expect((await desk.read(await desk.reported())).screening.reasons).toEqual([])
  })
})

describe('what came from the site', () => {
  test('a check made without a network counts by when it was made; the log shows both and stays whole', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'reply', { result: '已清理', capturedAt: iso(0), sentAt: iso(0) })
    api.clock.advance(3 * 3_600_000)
    const { body } = await api.get('/tasks?mine=1', { as: 'supervisor' })
    const task = body.items.find((t: { caseId: string }) => t.caseId === id)
    const answer = await api.post(
      `/tasks/${task.id}/actions`,
      { action: 'report', result: 'pass', capturedAt: iso(-120), sentAt: iso(0) },
      { as: 'supervisor' },
    )
    expect(answer.status).toBe(200)
    const passed = await lastEvent(id, 'passed')
    expect(passed?.payload).toMatchObject({
      device: { verdict: 'trusted', counts: 'capture' },
      countedAt: expect.stringContaining('+08:00'),
    })
    expect(Date.parse(String(passed?.payload.countedAt))).toBe(api.clock.now() - 120 * 60_000)
    expect(Date.parse(passed?.at ?? '')).toBe(api.clock.now())
    await api.project()
    const { differences } = await audit(api.store)
    expect(differences.filter((d) => d.caseId === id)).toEqual([])
  })

  test('a check said to be made before the task was given is kept, not believed, and not counted', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'reply', { result: '已清理' })
    await desk.done(id, 'supervisor', 'pass', { capturedAt: iso(-240), sentAt: iso(0) })
    const { payload } = (await lastEvent(id, 'passed')) ?? {}
    expect(payload).toMatchObject({
      device: { verdict: 'doubtful', counts: 'receipt', reasons: [{ code: 'captured-before-step' }] },
    })
    expect(payload).not.toHaveProperty('countedAt')
  })

  test('a reply tells what its photos lack', async () => {
    const id = await desk.reported({
      categoryCode: 'E0113',
      location: PLACES.backLane,
      photos: [await photoAt(PLACES.backLane)],
    })
    await desk.done(id, 'duty', 'file')
    await desk.done(id, 'municipal', 'acknowledge')
    await desk.done(id, 'municipal', 'reply', { result: '已修复', photos: [await photoAt(undefined)] })
    expect((await desk.read(id)).replyFindings.map((f: { code: string }) => f.code)).toEqual([
      'photos-missing',
      'photo-without-position',
    ])
  })
})

describe('who sees the same matter', () => {
  const here = placeAt(0.3, 3.5)
  const report = (body: object, as?: string) =>
    api.post(
      '/cases',
      { description: '同一处', location: here, categoryCode: 'E0125', source: 'citizen', ...body },
      as === undefined ? {} : { as },
    )

  test('joins it by its receipt number: the operator sees why, and decides', async () => {
    const first = await desk.reported({ location: here, description: '渠边成片垃圾' })
    const { receiptNo } = await desk.read(first)
    const joined = await report({ sameAs: receiptNo })
    expect(joined.status).toBe(201)
    await api.settle(joined.body.id)
    const found = await desk.read(joined.body.id)
    expect(found).toMatchObject({
      status: 'reported',
      screening: { reasons: ['possible-duplicate'], duplicates: [{ caseId: first, verdict: 'possible' }] },
    })
    expect(found.screening.duplicates[0].reasons[0]).toBe('named-by-reporter')
    const { body } = await api.get(`/cases/${joined.body.id}/duplicates`, { as: 'operator' })
    expect(body.items[0]).toMatchObject({ caseId: first, reasons: [{ code: 'named-by-reporter' }, {}] })
    await desk.done(joined.body.id, 'operator', 'merge', { into: receiptNo })
    expect((await api.get(`/track/${joined.body.receiptNo}`)).body.answer).toEqual({ mergedInto: receiptNo })
  })

  test('of a case that is far off all the same has it looked at', async () => {
    const far = await desk.reported({ location: placeAt(5, 2), description: '西门' })
    const { receiptNo } = await desk.read(far)
    const { body } = await report({ sameAs: receiptNo })
    await api.settle(body.id)
    const [named] = (await desk.read(body.id)).screening.duplicates
    expect(named).toMatchObject({ caseId: far, reasons: ['named-by-reporter'] })
    expect(named.metres).toBeGreaterThan(1000)
  })

  test('can name neither what is over nor what there is not, nor by another number', async () => {
    const over = await desk.reported({ location: here })
    const { receiptNo } = await desk.read(over)
    await desk.done(over, 'duty', 'reject', { reason: 'not-found' })
    for (const sameAs of [receiptNo, 'R209901010001', over]) {
      const answer = await report({ sameAs })
      expect([answer.status, faultPaths(answer)]).toEqual([400, ['/sameAs']])
    }
  })
})
