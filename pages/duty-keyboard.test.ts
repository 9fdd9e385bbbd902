// A shift at the duty desk without a mouse: accept, file, dispatch, decide a return, close, send back, search, take a report.
// Every stop of the focus is seen, dialogs keep it and give it back, and no event of a mouse ever comes.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { countMouse, focusIsInDialog, tabTo } from './testing/by-keyboard.ts'
import { inHand, takeUp } from './testing/centre-steps.ts'
import { deskCases, status } from './testing/desk-cases.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { systemPages } from './testing/system-pages.ts'

const stage = systemPages()
const { read, act, until, reported, handled, checked } = deskCases(stage)

const numberOf = async (id: string) => {
  const { caseNo, receiptNo } = await read(id)
  return String(caseNo ?? receiptNo)
}
const gone = (page: Page, id: string) =>
  page.locator(`[data-card="${id}"]`).waitFor({ ...PATIENCE, state: 'detached' })

it('a shift at the desk, by keys alone', { timeout: 400_000 }, async () => {
  const [returned, back] = [await handled(), await handled()]
  await act('dept-water', returned, 'request-return', { reason: '该处由物业管理', suggested: 'sanitation' })
  await act('dept-water', back, 'request-return', { reason: '不归我们' })
  const [good, bad] = [await checked(), await checked()]
  const [toAccept, toFile] = [await reported('operator'), await reported()]

  const page = await (await stage.context('duty')).newPage()
  const mouse = await countMouse(page)
  await page.goto(`${stage.system.url}/duty`)
  const decision = page.getByRole('region', { name: '决策', exact: true })
  await decision.waitFor(PATIENCE)

  // Accept: the report of a citizen, found by its number.
  await takeUp(page, await numberOf(toAccept))
  await page.keyboard.press('Enter')
  await until(toAccept, status, 'accepted')

  // File, in the grid: one key, taken back, and pressed again.
  await page.keyboard.press('b')
  await page.locator(`[data-card="${toFile}"]`).waitFor(PATIENCE)
  await decision.waitFor(PATIENCE)
  while ((await page.locator('[data-card][aria-current="true"]').getAttribute('data-card')) !== toFile)
    await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await gone(page, toFile)
  await page.keyboard.press('z')
  await inHand(page)
    .getByRole('link', { name: await numberOf(toFile) })
    .waitFor(PATIENCE)
  await decision.waitFor(PATIENCE)
  await page.keyboard.press('f')
  await until(toFile, (c) => ['filed', 'dispatched'].includes(c.status), true)

  // A return: granted by tabbing to the unit that was named.
  await takeUp(page, await numberOf(returned))
  await page.getByRole('region', { name: '退单裁决' }).getByText('该处由物业管理').waitFor(PATIENCE)
  await tabTo(page, /^同意，改派/)
  await page.keyboard.press('Enter')
  await until(returned, (c) => [c.department, c.status], ['sanitation', 'dispatched'])

  // Another is granted without a unit, so that it has to be dispatched: by a form.
  await takeUp(page, await numberOf(back))
  await page.keyboard.press('g')
  await until(back, (c) => c.waitsFor?.action, 'dispatch')
  await takeUp(page, await numberOf(back))
  await page.keyboard.press('d')
  await page.getByRole('dialog').getByRole('combobox').first().waitFor(PATIENCE)
  await focusIsInDialog(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ ...PATIENCE, state: 'detached' })
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().waitFor(PATIENCE)
  await tabTo(page, '责任单位')
  await page.keyboard.press('ArrowDown')
  const chosen = await dialog.getByLabel(/^责任单位/).inputValue()
  await tabTo(page, /^派遣/)
  await page.keyboard.press('Enter')
  await until(back, (c) => [c.department, c.status], [chosen, 'dispatched'])

  // Closing and sending back, from the pictures.
  await page.keyboard.press('y')
  await page.locator(`[data-card="${good}"]`).waitFor(PATIENCE)
  await decision.waitFor(PATIENCE)
  while ((await page.locator('[data-card][aria-current="true"]').getAttribute('data-card')) !== good)
    await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await gone(page, good)
  await decision.waitFor(PATIENCE)
  await page.keyboard.press('x')
  await dialog.waitFor(PATIENCE)
  await focusIsInDialog(page)
  await page.keyboard.press('1')
  await until(good, status, 'closed')
  await until(bad, (c) => [c.status, c.round], ['handling', 2])

  // A caller: everything is typed, and chosen by keys.
  await page.keyboard.press('n')
  await page.getByLabel('情况').waitFor(PATIENCE)
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), PATIENCE).toBe('TEXTAREA')
  await page.keyboard.type('路面上有一堆生活垃圾')
  await page.getByRole('button', { name: '暴露生活垃圾' }).waitFor(PATIENCE)
  await tabTo(page, '暴露生活垃圾')
  await page.keyboard.press('Enter')
  await tabTo(page, '上报人姓名')
  await page.keyboard.type('张先生')
  await tabTo(page, '电话')
  await page.keyboard.type('0000-5550188')
  await tabTo(page, '地点')
  await page.keyboard.type('人民广场')
  await page.keyboard.press('Enter')
  await tabTo(page, /^上报$/)
  await page.keyboard.press('Enter')
  const receipt = page.locator('strong', { hasText: /^R\d+$/ })
  await receipt.waitFor(PATIENCE)
  const receiptNo = (await receipt.textContent()) ?? ''
  expect(await read(receiptNo)).toMatchObject({ source: 'hotline', category: { code: 'E0110' } })

  // And found again by the phone that called.
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('q')
  await page.keyboard.press('/')
  await page.keyboard.type('5550188')
  await page.getByRole('option', { name: receiptNo }).waitFor(PATIENCE)
  await page.keyboard.press('Enter')
  await inHand(page).getByRole('link', { name: receiptNo }).waitFor(PATIENCE)
  expect(await mouse()).toBe(0)
})
