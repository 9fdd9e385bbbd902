// The centre's desk in a real browser, by keyboard alone: filing many, ruling on a return, closing from pictures, undoing;
// and two desks at once that never take up the same case.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { serious } from './testing/axe.ts'
import { deskCases, status } from './testing/desk-cases.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { systemPages } from './testing/system-pages.ts'

const stage = systemPages()
const open = (path: string) => stage.open('duty', path)
const { read, act, until, reported, handled, checked } = deskCases(stage)

/** Ids of the cards that are shown, in order; the focused one. */
const cards = (page: Page) =>
  page.locator('[data-card]').evaluateAll((all) => all.map((e) => e.getAttribute('data-card')))
const focused = (page: Page) => page.locator('[data-card][aria-current="true"]').getAttribute('data-card')
const decided = (page: Page) => page.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
const inHand = async (page: Page) => {
  await decided(page)
  return page.locator('[data-case][aria-current="true"]').getAttribute('data-case')
}

it('files, turns down and undoes in the grid by keyboard', async () => {
  const ids = await Promise.all([reported(), reported(), reported()])
  const page = await open('/duty/filing')
  await expect.poll(async () => (await cards(page)).sort(), PATIENCE).toEqual([...ids].sort())
  await decided(page)

  const first = (await focused(page)) as string
  await page.keyboard.press('Enter')
  await expect.poll(() => cards(page), PATIENCE).not.toContain(first)
  await page.keyboard.press('z')
  await page.goto(`${stage.system.url}/duty/filing`)
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

it('sends what waits when the page goes away', async () => {
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

it('gives two desks different cases, and says when somebody was faster', async () => {
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

it('finds a case by its number and opens it', async () => {
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

it('has nothing serious for those who cannot see or cannot use a mouse', async () => {
  const id = await handled()
  await act('dept-water', id, 'request-return', { reason: '该处由物业管理', suggested: 'sanitation' })
  for (const path of ['/duty', '/duty/filing', '/duty/closing', '/duty/report', '/duty/rota']) {
    const page = await open(path)
    await page.getByRole('navigation', { name: '工作区' }).waitFor(PATIENCE)
    if (path === '/duty') await decided(page)
    expect([path, await serious(page)]).toEqual([path, []])
  }
})
