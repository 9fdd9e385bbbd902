// The centre's desk in a real browser, by keyboard alone: filing many, ruling on a return, closing from pictures, undoing;
// and two desks at once that never take up the same case.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { photo } from '#scripts/life/photo.ts'
import { openBrowser } from '#scripts/runtime/browser.ts'
import { type ApiCase, Client } from '#scripts/traffic/client.ts'
import { startSystem, type System } from './system.ts'

interface Place {
  level: string
  centre: { lng: number; lat: number }
}

const PATIENCE = { timeout: 30_000 }
let system: System
let browser: Browser
let grids: Place[]
const people = new Map<string, Client>()
const pages: Page[] = []
let n = 0

async function as(username: string): Promise<Client> {
  const known = people.get(username)
  if (known) return known
  const client = new Client(system.url)
  await client.login(username, 'demo')
  people.set(username, client)
  return client
}

const read = async (id: string) => (await as('duty')).get<ApiCase & Record<string, unknown>>(`/cases/${id}`)
const act = async (username: string, id: string, action: string, payload: object = {}) =>
  (await as(username)).post<ApiCase>(`/cases/${id}/actions`, { action, ...payload })
const until = (id: string, what: (c: ApiCase & Record<string, unknown>) => unknown, wanted: unknown) =>
  expect.poll(async () => what(await read(id)), PATIENCE).toEqual(wanted)
const status = (c: ApiCase) => c.status
const waits = (c: ApiCase) => c.waitsFor?.action

async function picture(username: string, when: 'before' | 'after', seed: string): Promise<string> {
  const made = await photo({ category: 'E0125', seed, when, at: Date.now(), timeZone: 'Asia/Shanghai' })
  return (await as(username)).upload(made, `${when}.jpg`)
}

/** A case that waits for the duty manager to file it. */
async function reported(): Promise<string> {
  n += 1
  const nth = n
  // Far apart from each other: none is taken for a duplicate.
  const { centre } = grids[nth % grids.length] as Place
  const made = await (await as('grid')).post<ApiCase>('/cases', {
    description: `渠面有漂浮垃圾，第${nth}处`,
    location: { ...centre, crs: 'wgs84' },
    categoryCode: 'E0125',
    source: 'grid',
    photos: [await picture('grid', 'before', `desk-${nth}`)],
  })
  await until(made.id, waits, 'file')
  return made.id
}

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

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  pages.push(page)
  await page.request.post(`${system.url}/api/v1/auth/login`, { data: { username: 'duty', password: 'demo' } })
  await page.goto(`${system.url}${path}`)
  return page
}

/** Ids of the cards that are shown, in order; the focused one. */
const cards = (page: Page) =>
  page.locator('[data-card]').evaluateAll((all) => all.map((e) => e.getAttribute('data-card')))
const focused = (page: Page) => page.locator('[data-card][aria-current="true"]').getAttribute('data-card')
const decided = (page: Page) => page.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
const inHand = async (page: Page) => {
  await decided(page)
  return page.locator('[data-case][aria-current="true"]').getAttribute('data-case')
}

beforeAll(async () => {
  system = await startSystem()
  browser = await openBrowser()
  const { items } = await (await as('grid')).get<{ items: Place[] }>('/areas')
  grids = items.filter((a) => a.level === 'grid')
}, 180_000)
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

it('files, turns down and undoes in the grid by keyboard', { timeout: 120_000 }, async () => {
  const ids = await Promise.all([reported(), reported(), reported()])
  const page = await open('/duty/filing')
  await expect.poll(async () => (await cards(page)).sort(), PATIENCE).toEqual([...ids].sort())
  await decided(page)

  const first = (await focused(page)) as string
  await page.keyboard.press('Enter')
  await expect.poll(() => cards(page), PATIENCE).not.toContain(first)
  await page.keyboard.press('z')
  await page.goto(`${system.url}/duty/filing`)
  await expect.poll(async () => (await cards(page)).sort(), PATIENCE).toEqual([...ids].sort())
  expect((await read(first)).status).toBe('accepted')

  await decided(page)
  const filed = (await focused(page)) as string
  await page.keyboard.press('Enter')
  await until(filed, (c) => ['filed', 'dispatched'].includes(c.status), true)

  await decided(page)
  const turnedDown = (await focused(page)) as string
  expect(turnedDown).not.toBe(filed)
  await page.keyboard.press('r')
  await page.getByRole('dialog').waitFor(PATIENCE)
  await page.keyboard.press('2')
  await until(turnedDown, status, 'rejected')
  expect((await read(turnedDown)).rejection).toMatchObject({ reason: 'below-condition' })

  const left = ids.find((id) => id !== filed && id !== turnedDown) as string
  await expect.poll(() => cards(page), PATIENCE).toEqual([left])
  await page.keyboard.press('v')
  await until(left, (c) => c.tasks.some((t) => t.kind === 'confirm'), true)
})

it('sends what waits when the page goes away', { timeout: 60_000 }, async () => {
  const id = await reported()
  const page = await open('/duty/filing')
  await expect.poll(() => focused(page).catch(() => undefined), PATIENCE).toBe(id)
  await decided(page)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /撤销/ }).waitFor(PATIENCE)
  await page.goto('about:blank')
  await until(id, (c) => ['filed', 'dispatched'].includes(c.status), true)
})

it('rules on a return: the case goes to the unit that was named', { timeout: 90_000 }, async () => {
  const id = await handled()
  await act('dept-water', id, 'request-return', { reason: '该处由物业管理', suggested: 'sanitation' })
  const page = await open('/duty')
  const digit = await page.locator('[data-kind="return"] kbd').textContent(PATIENCE)
  await page.keyboard.press(digit ?? '')
  await expect.poll(() => inHand(page), PATIENCE).toBe(id)
  const panel = page.getByRole('region', { name: '退单裁决' })
  await panel.getByText('该处由物业管理').waitFor(PATIENCE)
  await panel.getByText('没有附证据').waitFor(PATIENCE)
  await page.getByRole('button', { name: /^同意，改派/ }).focus()
  await page.keyboard.press('Enter')
  await until(id, (c) => [c.department, c.status], ['sanitation', 'dispatched'])
})

it('closes from pictures: with the outcome replied, with another, or sends back', {
  timeout: 180_000,
}, async () => {
  const ids = await Promise.all([checked(), checked(), checked()])
  const page = await open('/duty')
  await page.locator('[data-kind="close"] b', { hasText: '3' }).waitFor(PATIENCE)
  await page.keyboard.press('y')
  await expect.poll(async () => (await cards(page)).sort(), PATIENCE).toEqual([...ids].sort())
  await decided(page)
  const order: string[] = []
  const next = async (...keys: string[]) => {
    const id = (await focused(page)) as string
    order.push(id)
    for (const key of keys) await page.keyboard.press(key)
    await expect.poll(() => cards(page), PATIENCE).not.toContain(id)
  }
  await next('Enter')
  await next('4')
  const last = (await focused(page)) as string
  await page.keyboard.press('x')
  await page.getByRole('dialog').waitFor(PATIENCE)
  await page.keyboard.press('2')
  await until(order[0] as string, (c) => [c.status, c.outcome], ['closed', 'fixed'])
  await until(order[1] as string, (c) => [c.status, c.outcome], ['closed', 'not-found'])
  await until(last, (c) => [c.status, c.round], ['handling', 2])
})

it('gives two desks different cases, and says when somebody was faster', { timeout: 120_000 }, async () => {
  await Promise.all(Array.from({ length: 5 }, () => reported()))
  const [one, other] = await Promise.all([open('/duty'), open('/duty')])
  if (!one || !other) throw new Error('a page did not open')
  await expect
    .poll(async () => {
      const both = await Promise.all([inHand(one), inHand(other)])
      return both[0] !== null && both[1] !== null && both[0] !== both[1]
    }, PATIENCE)
    .toBe(true)

  const taken = (await inHand(one)) as string
  await one.keyboard.press('f')
  await act('duty', taken, 'reject', { reason: 'not-in-scope' })
  await one.getByRole('alert').filter({ hasText: '没有办成' }).waitFor(PATIENCE)
  expect((await read(taken)).status).toBe('rejected')
})

it('finds a case by its number and opens it', { timeout: 60_000 }, async () => {
  const id = await reported()
  const { receiptNo } = await read(id)
  const page = await open('/duty')
  await decided(page)
  await page.keyboard.press('/')
  await page.keyboard.type(receiptNo)
  await page.getByRole('option').first().waitFor(PATIENCE)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: receiptNo }).waitFor(PATIENCE)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor(PATIENCE)
})

it('has nothing serious for those who cannot see or cannot use a mouse', { timeout: 120_000 }, async () => {
  const id = await handled()
  await act('dept-water', id, 'request-return', { reason: '该处由物业管理', suggested: 'sanitation' })
  for (const path of ['/duty', '/duty/filing', '/duty/closing', '/duty/report', '/duty/rota']) {
    const page = await open(path)
    await page.getByRole('navigation', { name: '工作区' }).waitFor(PATIENCE)
    if (path === '/duty') await decided(page)
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run: () => Promise<{ violations: { id: string; impact: string; nodes: { target: unknown }[] }[] }>
        }
      }
      const { violations } = await axe.run()
      return violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .map((v) => `${v.id}: ${v.nodes.map((node) => String(node.target)).join(' ')}`)
    })
    expect([path, found]).toEqual([path, []])
  }
})
