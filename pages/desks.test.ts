// What the desks hold beside their daily round: an appeal and its ruling, cases handed to somebody in one go, urgent cases
// that make themselves heard, and a reply from a phone that has no network.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { USERS } from '#api/testing/api.ts'
import { deskOf } from '#api/testing/desk.ts'
import { cityPack, PLACES } from '#domain/testing/city.ts'
import { apiPages } from './testing/api-pages.ts'
import { serious } from './testing/axe.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { isInstalled, phoneAt, picture, takePhoto } from './testing/phone-steps.ts'

let projecting: ReturnType<typeof setInterval>
const stage = apiPages(() => ({ pack: { ...cityPack(), users: USERS } }))
const { open } = stage
const desk = deskOf(() => stage.api)

beforeAll(() => {
  projecting = setInterval(() => void stage.api.project(), 250)
})
afterAll(() => clearInterval(projecting))

const status = async (id: string) => (await desk.read(id)).status

/** Replied, found undone, done again, closed: its rework counts against the unit. */
async function reworked(): Promise<string> {
  const id = await desk.handled()
  for (const [as, action, payload] of [
    ['water', 'reply', { result: '已清理', outcome: 'fixed' }],
    ['supervisor', 'fail', { reason: 'not-done' }],
    ['duty', 'rework', { reason: 'not-done' }],
    ['water', 'reply', { result: '已再次清理', outcome: 'fixed' }],
    ['supervisor', 'pass', {}],
    ['duty', 'close', { outcome: 'fixed' }],
  ] as const)
    await desk.done(id, as, action, payload)
  return id
}

it('a unit appeals against a rework; the ruling says what it changes, and the flags change', {
  timeout: 120_000,
}, async () => {
  const id = await reworked()
  const unit = await open('water', '/appeals?list=rework')
  await unit.locator(`[data-case="${id}"] a`).click()
  await unit.locator('[data-flag="reworked"]').waitFor(PATIENCE)
  await unit.getByLabel('申诉事项').selectOption('rework')
  await unit.getByLabel('理由', { exact: true }).fill('连日降雨，第一次清理后又冲入')
  // What was written is still there after the page was left.
  await unit.reload()
  expect(await unit.getByLabel('理由', { exact: true }).inputValue()).toBe('连日降雨，第一次清理后又冲入')
  await unit.getByRole('button', { name: '提出申诉' }).click()
  await unit.getByText('申诉已提出').waitFor(PATIENCE)
  expect(await serious(unit)).toEqual([])

  const evaluator = await open('evaluator', '/appeals')
  await evaluator.locator(`[data-case="${id}"] a`).click()
  await evaluator.getByText('连日降雨，第一次清理后又冲入').first().waitFor(PATIENCE)
  await evaluator.getByRole('button', { name: '成立', exact: true }).click()
  await evaluator.getByText('下列标志不再计入该单位的考核', { exact: false }).waitFor(PATIENCE)
  await evaluator.getByLabel('裁定理由').fill('雨情属实')
  expect(await serious(evaluator)).toEqual([])
  await evaluator.getByRole('button', { name: '裁定：成立' }).click()
  const dialog = evaluator.getByRole('dialog')
  await dialog.locator('[data-flag="reworked"]').waitFor(PATIENCE)
  await dialog.getByRole('button', { name: '裁定：成立' }).click()
  await evaluator.getByText('已裁定成立', { exact: false }).waitFor(PATIENCE)
  const { items } = (await stage.api.get(`/cases/${id}/flags`, { as: 'evaluator' })).body
  const counts = items.filter((f: { key: string; exempt?: object }) => f.key === 'reworked' && !f.exempt)
  expect(counts).toEqual([])
  // Nothing waits any more, and the facts have stayed.
  await evaluator.goto(`${stage.url}/appeals?list=ruled`)
  await evaluator.locator(`[data-case="${id}"]`).waitFor(PATIENCE)
  expect((await desk.read(id)).round).toBe(2)
})

it('several cases go to one person in one go, and only after it was said what will happen', {
  timeout: 90_000,
}, async () => {
  const ids = [await desk.handled(), await desk.handled()]
  const unit = await open('water', '/department?section=unit')
  await unit.locator(`[data-case="${ids[1]}"]`).waitFor(PATIENCE)
  await unit.getByRole('button', { name: '全部勾选' }).click()
  const handler = await stage.api.accountId('handler')
  await unit.locator('section select').selectOption(handler)
  const dialog = unit.getByRole('dialog')
  for (const id of ids) await dialog.getByText((await desk.read(id)).caseNo).waitFor(PATIENCE)
  await unit.keyboard.press('Escape')
  expect((await desk.read(ids[0] ?? '')).handler).toBeUndefined()
  await unit.locator('section select').selectOption(handler)
  await dialog.getByRole('button', { name: /^交办 \d+ 件$/ }).click()
  for (const id of ids) await expect.poll(async () => (await desk.read(id)).handler, PATIENCE).toBe(handler)
})

/** Notes what the page asks the browser to show and to play. */
async function listening(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard = { notices: [] as string[], tones: 0 }
    Object.assign(window, { heard })
    window.Notification = class {
      static permission = 'granted'
      constructor(title: string, { body }: { body: string }) {
        heard.notices.push(`${title} ${body}`)
      }
    } as unknown as typeof Notification
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when?: number) {
      heard.tones += 1
      start.call(this, when)
    }
  })
}

it('an urgent case that comes in is shown by the browser and heard', { timeout: 90_000 }, async () => {
  const context = await stage.context('duty')
  const page = await context.newPage()
  await listening(page)
  await page.goto(`${stage.url}/duty`)
  await page.getByRole('button', { name: '急件提示音' }).click()
  const heard = () =>
    page.evaluate(() => (window as unknown as { heard: { notices: string[]; tones: number } }).heard)
  // Switching it on lets it be heard once.
  await expect.poll(async () => (await heard()).tones, PATIENCE).toBe(2)
  expect((await heard()).notices).toEqual([])

  await desk.reported({ categoryCode: 'E0502', description: '燃气味浓' })
  await expect.poll(async () => (await heard()).notices.length, PATIENCE).toBe(1)
  await expect.poll(async () => (await heard()).tones, PATIENCE).toBe(4)
  // Anything else is quiet.
  const calm = await desk.reported({ description: '不急的一件' })
  await page.locator(`[data-case="${calm}"]`).waitFor(PATIENCE)
  expect((await heard()).notices).toHaveLength(1)
})

it('a person in the street replies without a network; the page is closed, and it arrives once', {
  timeout: 120_000,
}, async () => {
  const id = await desk.handled()
  await desk.done(id, 'handler', 'take')
  const context = await stage.context('handler', phoneAt(PLACES.canal))
  const first = await context.newPage()
  await first.goto(`${stage.url}/department?section=mine`)
  await first.locator(`[data-case="${id}"]`).waitFor(PATIENCE)
  await isInstalled(first)
  await context.setOffline(true)
  await first.close()

  // Opened without a network: the list as it was read last.
  const second = await context.newPage()
  await second.goto(`${stage.url}/department?section=mine`)
  await second.getByText('没有网络。下面是', { exact: false }).waitFor(PATIENCE)
  await second.locator(`[data-case="${id}"] a`).click()
  await second.getByRole('button', { name: '回告' }).click()
  await takePhoto(second, '处置后照片', await picture('street', 'after'))
  await second.getByLabel('处置结果').fill('已打捞')
  await second.reload()
  // What was taken is still there.
  await second.getByRole('button', { name: '回告' }).click()
  expect(await second.getByLabel('处置结果').inputValue()).toBe('已打捞')
  await second.locator('form').getByRole('button', { name: '回告' }).click()
  await second.getByRole('button', { name: '等待发送 1' }).waitFor(PATIENCE)
  await second.close()
  expect(await status(id)).toBe('handling')

  await context.setOffline(false)
  const third = await context.newPage()
  await third.goto(`${stage.url}/department?section=mine`)
  await expect.poll(() => status(id), PATIENCE).toBe('replied')
  const replies = await stage.api.store.sql<{ n: number }[]>`
    select count(*)::int as n from case_event where case_id = ${id} and type = 'replied'`
  expect(replies[0]?.n).toBe(1)
  expect((await desk.read(id)).afterPhotos).toHaveLength(1)
  expect(await serious(third)).toEqual([])
})
