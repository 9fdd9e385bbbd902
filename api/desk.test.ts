// The centre's desk at the API: cases with what a decision rests on, seats that never hold the same case, the search by
// phone and place, calls in the log.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const itemsOf = async (ids: string[], as = 'duty') =>
  (await api.get(`/desk/items?ids=${ids.join()}`, { as })).body.items

describe('cases on the desk', () => {
  it('come in the order asked for, with what may be done and the unit that rules propose', async () => {
    const [first, second] = [await desk.reported(), await desk.reported({ description: '别处的垃圾' })]
    const items = await itemsOf([second, first])
    expect(items.map((i: { case: { id: string } }) => i.case.id)).toEqual([second, first])
    expect(items[0].offers).toContain('file')
    expect(items[0].routing.department.code).toBe('water')
    expect(items[0].routing.decided).toBe(false)
  })

  it('say what an extension would make of the due time before it is granted, and that is what comes of it', async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'request-extension', { reason: 'spare-parts' })
    const [item] = await itemsOf([id])
    expect(item.offers).toEqual(expect.arrayContaining(['grant-extension', 'refuse-extension']))
    expect(Date.parse(item.newDueAt)).toBeGreaterThan(Date.parse(item.case.dueAt))
    const granted = await desk.done(id, 'duty', 'grant-extension')
    expect(granted.dueAt).toBe(item.newDueAt)
  })

  it('show decisions at the same place where a return is asked for', async () => {
    const earlier = await desk.handled()
    const id = await desk.handled()
    await desk.done(id, 'water', 'request-return', { reason: 'not-ours', suggested: 'sanitation' })
    const [item] = await itemsOf([id])
    expect(item.case.request).toMatchObject({ kind: 'return', suggested: 'sanitation' })
    const here = item.earlier.find((e: { caseId: string }) => e.caseId === earlier)
    expect(here).toMatchObject({ department: { code: 'water' }, distanceM: 0 })
  })

  it('are for the centre, and at most thirty', async () => {
    const id = await desk.reported()
    expectProblem(await api.get(`/desk/items?ids=${id}`, { as: 'water' }), 403, 'forbidden')
    expectProblem(await api.get(`/desk/items?ids=${id}`), 401, 'unauthorized')
    const many = Array.from({ length: 31 }, () => randomUUID()).join()
    expect(faultPaths(await api.get(`/desk/items?ids=${many}`, { as: 'duty' }))).toEqual(['/ids'])
    expect(await itemsOf([randomUUID()])).toEqual([])
  })
})

describe('seats', () => {
  const hold = async (as: string, seat: string, cases: string[]) =>
    (await api.send('PUT', '/desk/seat', { as, body: { seat, cases } })).body

  it('never hold the same case, whoever asks at once, and give it back', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => desk.reported()))
    const seats = ['duty', 'operator', 'duty', 'head'].map((as) => ({ as, seat: randomUUID() }))
    const held = await Promise.all(seats.map(({ as, seat }) => hold(as, seat, ids)))
    const all = held.flatMap((h) => h.mine)
    expect(all.length).toBe(6)
    expect(new Set(all)).toEqual(new Set(ids))
    const one = ids[0] as string
    const winner = held.findIndex((h) => h.mine.includes(one))
    const loser = seats[(winner + 1) % seats.length] as (typeof seats)[number]
    const before = await hold(loser.as, loser.seat, [one])
    expect(before.mine).toEqual([])
    expect(before.others.map((o: { caseId: string }) => o.caseId)).toContain(one)
    await hold(seats[winner]?.as ?? '', seats[winner]?.seat ?? '', [])
    expect((await hold(loser.as, loser.seat, [one])).mine).toEqual([one])
    for (const { as, seat } of seats) await hold(as, seat, [])
  })

  it('run out when a page is gone', async () => {
    const id = await desk.reported()
    const [gone, next] = [randomUUID(), randomUUID()]
    expect((await hold('duty', gone, [id])).mine).toEqual([id])
    await api.store.sql`update desk_seat set until = now() where seat = ${gone}`
    expect((await hold('operator', next, [id])).mine).toEqual([id])
    expect((await hold('duty', gone, [id])).mine).toEqual([])
  })

  it('are not taken over by another account that knows their number', async () => {
    const id = await desk.reported()
    const seat = randomUUID()
    await hold('duty', seat, [id])
    expect((await hold('operator', seat, [id])).mine).toEqual([])
  })
})

describe('a search', () => {
  const found = async (q: string, as = 'duty') =>
    (await api.get(`/cases?q=${encodeURIComponent(q)}`, { as })).body.items.map((c: { id: string }) => c.id)

  it('finds a case by part of its number and by the name of its area', async () => {
    const id = await desk.reported()
    const { receiptNo, area } = await desk.read(id)
    expect(await found(receiptNo.slice(-6))).toContain(id)
    expect(area).toBeDefined()
    expect(await found(area.name)).toContain(id)
  })

  it('finds who called by phone, for the centre only', async () => {
    const made = await api.post(
      '/cases',
      {
        description: '路边有垃圾',
        location: PLACES.canal,
        source: 'hotline',
        reporter: { name: '来电人', phone: '000-1234 5678' },
      },
      { as: 'operator' },
    )
    expect(made.status).toBe(201)
    const { id } = made.body
    expect(await found('12345678')).toEqual([id])
    expect(await found('000 1234')).toEqual([id])
    expect(await found('12345678', 'evaluator')).toEqual([])
    expect(await found('87654321')).toEqual([])
  })
})

describe('a call', () => {
  it('is a remark with what came of it; the unit is one of ours', async () => {
    const id = await desk.handled()
    const call = { unit: 'water', result: 'answered' }
    await desk.done(id, 'duty', 'comment', { text: '已通知值班员', call })
    const log = (await api.get(`/cases/${id}/events`, { as: 'duty' })).body.items
    expect(log.at(-1)).toMatchObject({
      type: 'commented',
      payload: { call },
      words: { text: '已通知值班员' },
    })
    const wrong = await desk.act(id, 'duty', 'comment', {
      text: '无人接听',
      call: { unit: 'nobody', result: 'busy' },
    })
    expectProblem(wrong, 400, 'unknown-department')
    expect(faultPaths(wrong)).toEqual(['/call/unit'])
  })
})
