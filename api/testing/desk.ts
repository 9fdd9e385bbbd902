// People at work on the API, for tests: a case reported, filed, handled; a step taken and the rules following it.
import { expect } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import type { SendOptions, TestApi } from './api.ts'

export type Desk = ReturnType<typeof deskOf>

/** @param api looked up at each call: specs open theirs in `beforeAll`. */
export function deskOf(api: () => TestApi) {
  async function reported(body: object = {}): Promise<string> {
    const answer = await api().post(
      '/cases',
      {
        description: '渠边有漂浮垃圾',
        location: PLACES.canal,
        categoryCode: 'E0125',
        source: 'grid',
        ...body,
      },
      { as: 'grid' },
    )
    expect(answer.status).toBe(201)
    await api().settle(answer.body.id)
    return answer.body.id
  }

  const act = (id: string, as: string, action: string, payload: object = {}, more: SendOptions = {}) =>
    api().post(`/cases/${id}/actions`, { action, ...payload }, { as, ...more })

  /** Acts and lets the rules follow. */
  async function done(id: string, as: string, action: string, payload: object = {}) {
    const answer = await act(id, as, action, payload)
    expect(answer.body).not.toHaveProperty('code')
    expect(answer.status).toBe(200)
    await api().settle(id)
    return answer.body
  }

  const filed = async () => {
    const id = await reported()
    await done(id, 'duty', 'file')
    return id
  }
  const handled = async () => {
    const id = await filed()
    await done(id, 'water', 'acknowledge')
    return id
  }

  async function photo(): Promise<string> {
    const id = crypto.randomUUID()
    await api().store.sql`
      insert into upload (id, sha256, media_type, bytes, width, height) values (${id}, ${Buffer.alloc(32)}, 'image/jpeg', 1, 1, 1)`
    return id
  }

  const read = async (id: string, as = 'duty') => (await api().get(`/cases/${id}`, { as })).body
  const offers = async (id: string, as: string) =>
    (await api().get(`/cases/${id}/actions`, { as })).body.items.map((i: { action: string }) => i.action)

  return { reported, act, done, filed, handled, photo, read, offers }
}
