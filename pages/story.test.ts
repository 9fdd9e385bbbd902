// The main story over HTTP with the demo accounts, from report to closing, and the wall in a real browser that moves by
// exactly one at each step.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '#scripts/runtime/browser.ts'
import { type ApiCase, Client } from '#scripts/traffic/client.ts'
import { photo } from '#scripts/life/photo.ts'
import { startSystem, type System } from './system.ts'

interface Place {
  code: string
  name: string
  kind: string
  centre: { lng: number; lat: number }
}
interface Log {
  items: { no: number; type: string; at: string; actor: { kind: string; post?: string } }[]
}
type Totals = Record<string, number>

const SHOWN = ['reported', 'accepted', 'filed', 'dispatched', 'replied', 'checked', 'closed'] as const

let system: System
let browser: Browser
let wall: Page
const people = new Map<string, Client>()

async function as(username: string): Promise<Client> {
  const known = people.get(username)
  if (known) return known
  const client = new Client(system.url)
  await client.login(username, 'demo')
  people.set(username, client)
  return client
}

const zoneOf = async (kind: string, named?: string) => {
  const { items } = await (await as('grid')).get<{ items: Place[] }>('/zones')
  const zone = items.find((z) => z.kind === kind && (named === undefined || z.name.includes(named)))
  if (!zone) throw new Error(`the demo city has no ${kind} zone ${named ?? ''}`)
  return zone
}

const picture = async (client: Client, when: 'before' | 'after') =>
  client.upload(
    await photo({ category: 'E0125', seed: 'story', when, at: Date.now(), timeZone: 'Asia/Shanghai' }),
    `${when}.jpg`,
  )

const read = async (id: string) => (await as('duty')).get<ApiCase & Record<string, unknown>>(`/cases/${id}`)

const until = async (id: string, isThere: (c: ApiCase & Record<string, unknown>) => boolean) =>
  expect.poll(async () => isThere(await read(id)), { timeout: 15_000 }).toBe(true)

const totals = async () => (await (await as('duty')).get<{ totals: Totals }>('/board?scope=city')).totals

const shown = async (): Promise<Totals> => {
  const out: Totals = {}
  for (const metric of SHOWN)
    out[metric] = Number(await wall.locator(`[data-metric="${metric}"] dd`).textContent())
  return out
}

/** Does a step and sees exactly these counts move by one, at the API and on the wall. */
async function moves<T>(metrics: readonly string[], step: () => Promise<T>): Promise<T> {
  const before = await totals()
  const wanted = Object.fromEntries(SHOWN.map((m) => [m, (before[m] ?? 0) + (metrics.includes(m) ? 1 : 0)]))
  const result = await step()
  await expect
    .poll(async () => Object.fromEntries(Object.entries(await totals()).filter(([m]) => m in wanted)), {
      timeout: 15_000,
    })
    .toEqual(wanted)
  await expect.poll(shown, { timeout: 15_000 }).toEqual(wanted)
  return result
}

const act = async (username: string, id: string, action: string, payload: object = {}) => {
  const client = await as(username)
  const { version } = await read(id)
  return client.post<ApiCase>(`/cases/${id}/actions`, { action, version, ...payload })
}

beforeAll(async () => {
  system = await startSystem()
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  wall = await context.newPage()
  await wall.goto(`${system.url}/login`)
  await wall.request.post(`${system.url}/api/v1/auth/login`, { data: { username: 'wall', password: 'demo' } })
  await wall.goto(`${system.url}/wall`)
  await wall.locator('[data-metric="reported"] dd').waitFor()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

describe('floating litter on the north canal', () => {
  it('goes from report to closing, each step in the log with its actor, each count by one', {
    timeout: 120_000,
  }, async () => {
    const canal = await zoneOf('water', '北渠')
    const grid = await as('grid')
    const made = await moves(['reported', 'accepted'], async () =>
      grid.post<ApiCase>('/cases', {
        description: '北渠桥东侧约20米渠面有漂浮垃圾',
        location: { ...canal.centre, crs: 'wgs84', accuracyM: 8 },
        categoryCode: 'E0125',
        source: 'grid',
        photos: [await picture(grid, 'before')],
      }),
    )
    expect(made.receiptNo).toMatch(/^R\d{8}\d+$/)
    await until(made.id, (c) => c.status === 'accepted' && c.waitsFor?.action === 'file')
    expect((await read(made.id)).waitsFor?.who).toBe('duty-manager')

    await moves(['filed', 'dispatched'], () => act('duty', made.id, 'file'))
    const dispatched = await read(made.id)
    expect(dispatched.department).toBe('water')
    expect(dispatched.caseNo).toMatch(/^E0125\d{8}\d{4,}$/)
    expect(JSON.stringify(dispatched.routing)).toContain(canal.code)

    await moves([], () => act('dept-water', made.id, 'acknowledge'))
    const after = await picture(await as('dept-water'), 'after')
    await moves(['replied'], () =>
      act('dept-water', made.id, 'reply', { result: '已打捞清理完毕', outcome: 'fixed', photos: [after] }),
    )
    const supervisor = await as('supervisor')
    const mine = () => supervisor.get<{ items: { id: string; caseId: string }[] }>('/tasks?kind=check&mine=1')
    await expect
      .poll(async () => (await mine()).items.some((t) => t.caseId === made.id), { timeout: 15_000 })
      .toBe(true)
    const task = (await mine()).items.find((t) => t.caseId === made.id)
    const seen = await picture(supervisor, 'after')
    await moves(['checked'], () =>
      supervisor.post(`/tasks/${task?.id}/actions`, {
        action: 'report',
        result: 'pass',
        photos: [seen],
        location: canal.centre,
      }),
    )
    await moves(['closed'], () => act('duty', made.id, 'close', { outcome: 'fixed' }))

    const log = (await (await as('duty')).get<Log>(`/cases/${made.id}/events`)).items
    expect(log.map((e) => [e.type, e.actor.kind === 'rule' ? 'rule' : e.actor.post])).toEqual([
      ['reported', 'grid-member'],
      ['screened', 'rule'],
      ['accepted', 'rule'],
      ['decision-awaited', 'rule'],
      ['filed', 'duty-manager'],
      ['dispatched', 'rule'],
      ['acknowledged', 'department-officer'],
      ['replied', 'department-officer'],
      ['check-requested', 'rule'],
      ['passed', 'supervisor'],
      ['closed', 'duty-manager'],
    ])
    expect(log.every((e) => !Number.isNaN(Date.parse(e.at)))).toBe(true)

    await wall.locator('[data-metric="closed"] button').click()
    await wall.locator('dialog', { hasText: String(dispatched.caseNo) }).waitFor()
    await wall.keyboard.press('Escape')
    await wall.locator('dialog').waitFor({ state: 'detached' })
  })

  it('reaches the sanitation office by rule alone when it is litter on a main road', {
    timeout: 60_000,
  }, async () => {
    const road = await zoneOf('main-road')
    const grid = await as('grid')
    const made = await moves(['reported', 'accepted', 'filed', 'dispatched'], () =>
      grid.post<ApiCase>('/cases', {
        description: '人行道上有一袋生活垃圾',
        location: road.centre,
        categoryCode: 'E0110',
        source: 'grid',
      }),
    )
    expect((await read(made.id)).department).toBe('sanitation')
  })
})

describe('a hard end', () => {
  it('loses nothing accepted, and the wall comes back by itself', { timeout: 120_000 }, async () => {
    const road = await zoneOf('main-road')
    const grid = await as('grid')
    const before = await totals()
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        grid.post<ApiCase>('/cases', {
          description: `路面有垃圾 ${i}`,
          location: road.centre,
          categoryCode: 'E0110',
          source: 'grid',
        }),
      ),
    )
    await system.kill()
    await system.restart()
    // A step under way when the process died waits until its job's lock has run out.
    for (const c of made)
      await expect.poll(async () => (await read(c.id)).status, { timeout: 60_000 }).toBe('dispatched')
    const wanted = (before.dispatched ?? 0) + 5
    await expect.poll(async () => (await totals()).dispatched, { timeout: 15_000 }).toBe(wanted)
    await expect.poll(async () => (await shown()).dispatched, { timeout: 40_000 }).toBe(wanted)
  })
})
