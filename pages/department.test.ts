// A unit at its desk, and the centre beside it, in two pages of a real browser on an api of its own: signed for, passed to a
// squad, more time asked for with the new due time shown before it is sent, granted over there, replied with a photo. Each
// page sees what the other did without being touched.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { USERS } from '#api/testing/api.ts'
import { deskOf } from '#api/testing/desk.ts'
import { scene } from '#api/photos/testing/scenes.ts'
import { cityPack } from '#domain/testing/city.ts'
import { apiPages } from './testing/api-pages.ts'
import { serious } from './testing/axe.ts'
import { PATIENCE, PHONE } from './testing/open-pages.ts'

const TIME = {
  hour: '2-digit',
  minute: '2-digit',
  month: '2-digit',
  day: '2-digit',
  hourCycle: 'h23',
} as const

let projecting: ReturnType<typeof setInterval>
const stage = apiPages(() => {
  const pack = cityPack()
  const conditions = pack.conditions.map((c) => (c.id === 'E0125-1' ? { ...c, photoCheck: '处置后1张' } : c))
  return { pack: { ...pack, conditions, users: USERS } }
})
const { open } = stage
const desk = deskOf(() => stage.api)

beforeAll(() => {
  // What the worker's sequencer would do.
  projecting = setInterval(() => void stage.api.project(), 250)
})
afterAll(() => clearInterval(projecting))

const status = async (id: string) => (await desk.read(id)).status
const inSection = (page: Page, section: string, n: number) =>
  page.locator(`[data-section="${section}"]`, { hasText: new RegExp(`${n}$`) }).waitFor(PATIENCE)
const moment = (iso: string) =>
  new Intl.DateTimeFormat('zh-CN', { ...TIME, timeZone: 'Asia/Shanghai' }).format(Date.parse(iso))

it('from the signature to the reply, live in both pages', async () => {
  const unit = await open('water', '/department')
  const centre = await open('duty', '/cases?status=open')
  await unit.getByText('没有待签收的案件').waitFor(PATIENCE)

  // It arrives by itself, here and there.
  const id = await desk.filed()
  await inSection(unit, 'acknowledge', 1)
  await centre.locator(`[data-case="${id}"]`).getByText('剩', { exact: false }).waitFor(PATIENCE)

  // Signed for by the keyboard: a light step, sent once it can no longer be taken back.
  await unit.keyboard.press('j')
  await unit.keyboard.press('x')
  await unit.getByRole('button', { name: '签收 1 件' }).click()
  await unit.getByText('没有待签收的案件').waitFor(PATIENCE)
  expect(await status(id)).toBe('dispatched')
  await expect.poll(() => status(id), PATIENCE).toBe('handling')
  await inSection(unit, 'unit', 1)

  // Passed to a squad with a limit of its own.
  await unit.locator('[data-section="unit"]').click()
  await unit.locator(`[data-case="${id}"] a`).click()
  const panel = unit.locator('article')
  await panel.getByRole('button', { name: '二级派遣' }).click()
  await panel.getByLabel('派给（班组或人员）').selectOption('water-canal')
  await panel.getByLabel('二级时限').selectOption('1工作时')
  await panel.getByText('班组到期').waitFor(PATIENCE)
  await panel.locator('form').getByRole('button', { name: '二级派遣' }).click()
  await inSection(unit, 'passed', 1)
  expect(await desk.read(id)).toMatchObject({ unit: 'water-canal' })

  // More time: the new due time is shown before it is asked for; what is written survives the page.
  await panel.getByRole('button', { name: '申请延期' }).click()
  const next = panel.getByText('获准后到期').locator('time')
  await next.waitFor(PATIENCE)
  const promised = (await next.getAttribute('datetime')) ?? ''
  expect(await next.textContent()).toBe(moment(promised))
  await panel.getByLabel('理由').fill('打捞船在检修')
  await unit.reload()
  await panel.getByRole('button', { name: '申请延期' }).click()
  expect(await panel.getByLabel('理由').inputValue()).toBe('打捞船在检修')
  await panel.locator('form').getByRole('button', { name: '申请延期' }).click()
  await inSection(unit, 'asked', 1)
  await panel.getByText('申请延期，等派遣员或值班长或中心主任决定', { exact: false }).waitFor(PATIENCE)

  // Granted over there; here the due time moves by itself, to what was shown.
  await centre.locator(`[data-case="${id}"] a`).click()
  await centre.getByRole('button', { name: '同意延期' }).click()
  await centre.locator('form').getByRole('button', { name: '同意延期' }).click()
  await inSection(unit, 'asked', 0)
  expect((await desk.read(id)).dueAt).toBe(promised)
  await panel
    .getByText(`到期 ${moment(promised)}`)
    .first()
    .waitFor(PATIENCE)

  // Replied with a photo, whose rule is checked before it is sent.
  await panel.getByRole('button', { name: '回告' }).click()
  await panel.getByText('需要处置后照片1张', { exact: false }).waitFor(PATIENCE)
  expect(await serious(unit)).toEqual([])
  await panel.getByLabel('处置结果').fill('已打捞清理完毕')
  await panel
    .locator('input[type="file"]')
    .setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: await scene(3) })
  await panel.getByText('照片符合要求，没有重复使用。').waitFor(PATIENCE)
  await panel.locator('form').getByRole('button', { name: '回告' }).click()
  await inSection(unit, 'replied', 1)
  expect(await desk.read(id)).toMatchObject({ status: 'replied', outcome: 'fixed' })
  expect((await desk.read(id)).afterPhotos).toHaveLength(1)
  await unit
    .getByText('等待核查、等待结案的时间，从不计入本单位。', { exact: false })
    .first()
    .waitFor(PATIENCE)

  // And the list at the centre has it as replied, untouched.
  await centre.goto(`${stage.url}/cases?status=replied`)
  await centre.locator(`[data-case="${id}"]`).waitFor(PATIENCE)
  expect(await serious(centre)).toEqual([])
})

it('several cases share a reply, each with its own photos, and a stale one is told', {
  timeout: 90_000,
}, async () => {
  const [first, second, stale] = [await desk.handled(), await desk.handled(), await desk.handled()]
  const unit = await open('water', '/department?section=unit')
  await inSection(unit, 'unit', 3)
  await unit.getByRole('button', { name: '全部勾选' }).click()
  await unit.getByRole('button', { name: '一并回告 3 件' }).click()
  await unit.getByLabel('处置结果').fill('沿线一并清理')
  const files = unit.locator('form input[type="file"]')
  expect(await files.count()).toBe(3)
  await files.first().setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await scene(4) })
  await unit.getByAltText('照片 1').waitFor(PATIENCE)
  // Somebody else is first with one of them.
  const theirs = await desk.act(stale, 'duty', 'void', { reason: '误报' })
  expect(theirs.status).toBe(200)
  await unit.getByRole('button', { name: /^回告 [23] 件$/ }).click()
  await expect.poll(() => status(first), PATIENCE).toBe('replied')
  await expect.poll(() => status(second), PATIENCE).toBe('replied')
  const photos = [await desk.read(first), await desk.read(second)].map((c) => c.afterPhotos.length)
  // Reported one after the other: the first row is the first case.
  expect(photos).toEqual([1, 0])
  expect(await status(stale)).toBe('voided')
})

it('a person’s own list on a phone: take it, take that back, take it again, reply', {
  timeout: 90_000,
}, async () => {
  const id = await desk.handled()
  const phone = await open('handler', '/department?section=unit', PHONE)
  await phone.locator(`[data-case="${id}"] a`).click()
  await phone.getByRole('button', { name: '领办' }).click()
  await phone.getByRole('button', { name: '撤销', exact: false }).click()
  await phone.getByRole('button', { name: '领办' }).click()
  await expect
    .poll(async () => (await desk.read(id)).handler, PATIENCE)
    .toBe(await stage.api.accountId('handler'))
  await phone.getByRole('button', { name: '回告' }).click()
  expect(await phone.locator('input[type="file"]').getAttribute('capture')).toBe('environment')
  await phone.getByLabel('处置结果').fill('已清理')
  await phone.locator('form').getByRole('button', { name: '回告' }).click()
  await expect.poll(() => status(id), PATIENCE).toBe('replied')
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await serious(phone)).toEqual([])
})
