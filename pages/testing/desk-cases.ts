// Cases made over the api of the demo, up to where a test at the centre's desk takes them on.
import { expect } from 'vitest'
import { photo } from '#scripts/life/photo.ts'
import type { ApiCase } from '#scripts/traffic/client.ts'
import { PATIENCE } from './open-pages.ts'
import type { SystemPages } from './system-pages.ts'

interface Area {
  level: string
  centre: { lng: number; lat: number }
}
type Read = ApiCase & Record<string, unknown>

export const status = (c: ApiCase) => c.status
export const waits = (c: ApiCase) => c.waitsFor?.action

export function deskCases({ as }: Pick<SystemPages, 'as'>) {
  let grids: Promise<Area[]> | undefined
  let n = 0
  const findGrids = async () => {
    const { items } = await (await as('grid')).get<{ items: Area[] }>('/areas')
    return items.filter((a) => a.level === 'grid')
  }

  const read = async (id: string) => (await as('duty')).get<Read>(`/cases/${id}`)
  const act = async (username: string, id: string, action: string, payload: object = {}) =>
    (await as(username)).post<ApiCase>(`/cases/${id}/actions`, { action, ...payload })
  const until = (id: string, what: (c: Read) => unknown, wanted: unknown) =>
    expect.poll(async () => what(await read(id)), PATIENCE).toEqual(wanted)

  async function picture(username: string, when: 'before' | 'after', seed: string): Promise<string> {
    const made = await photo({ category: 'E0125', seed, when, at: Date.now(), timeZone: 'Asia/Shanghai' })
    return (await as(username)).upload(made, `${when}.jpg`)
  }

  /** A case that waits for the duty manager to file it; taken by the operator, for somebody to accept it. */
  async function reported(by: 'grid' | 'operator' = 'grid'): Promise<string> {
    n += 1
    const nth = n
    grids ??= findGrids()
    const all = await grids
    // Far apart from each other: none is taken for a duplicate.
    const made = await (await as(by)).post<ApiCase>('/cases', {
      description: `渠面有漂浮垃圾，第${nth}处`,
      location: { ...all[nth % all.length]?.centre, crs: 'wgs84' },
      categoryCode: 'E0125',
      source: by === 'grid' ? 'grid' : 'hotline',
      photos: [await picture(by, 'before', `desk-${nth}`)],
    })
    await until(made.id, waits, by === 'grid' ? 'file' : 'accept')
    return made.id
  }

  /** A case that the water bureau has signed for. */
  async function handled(): Promise<string> {
    const id = await reported()
    await act('duty', id, 'file')
    await expect
      .poll(async () => ['dispatched', 'filed'].includes((await read(id)).status), PATIENCE)
      .toBe(true)
    if (waits(await read(id)) === 'dispatch') await act('duty', id, 'dispatch', { department: 'water' })
    await until(id, status, 'dispatched')
    await act('dept-water', id, 'acknowledge')
    return id
  }

  /** A case that was replied to and passed on site. */
  async function checked(): Promise<string> {
    const id = await handled()
    const photos = [await picture('dept-water', 'after', id)]
    await act('dept-water', id, 'reply', { result: '已打捞清理', outcome: 'fixed', photos })
    await until(id, (c) => c.tasks.some((t) => t.kind === 'check'), true)
    const task = (await read(id)).tasks.find((t) => t.kind === 'check')
    const { user } = await (await as('supervisor')).get<{ user: { id: string } }>('/auth/me')
    if (task?.assignee !== user.id)
      await (await as('duty')).post(`/tasks/${task?.id}/actions`, { action: 'hand-over', to: 'supervisor' })
    await (await as('supervisor')).post(`/tasks/${task?.id}/actions`, { action: 'report', result: 'pass' })
    await until(id, waits, 'close')
    return id
  }

  return { read, act, until, reported, handled, checked }
}
