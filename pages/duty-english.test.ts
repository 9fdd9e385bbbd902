// The duty desk in English from end to end: no word of the interface is Chinese, wherever one goes on it.
import { expect, it } from 'vitest'
import { deskCases } from './testing/desk-cases.ts'
import { ownChinese } from './testing/own-words.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { systemPages } from './testing/system-pages.ts'

/** The system's name, and the button that leads to Chinese. */
const NAMES = ['回音', '中文']

const stage = systemPages()
const { act, until, reported, handled, checked } = deskCases(stage)

it('is English on every view, in its dialogs and in what it says of a decision', {
  timeout: 400_000,
}, async () => {
  const [returned] = [await handled(), await checked(), await reported(), await reported('operator')]
  await act('dept-water', returned, 'request-return', { reason: '该处由物业管理', suggested: 'sanitation' })
  const page = await (await stage.context('duty', { locale: 'en-GB' })).newPage()
  const chinese = ownChinese(page)
  const visit = async (path: string) => {
    await page.goto(`${stage.system.url}${path}`)
    await page.getByRole('navigation', { name: 'Views' }).waitFor(PATIENCE)
  }
  const decision = page.getByRole('region', { name: 'Decision', exact: true })
  const nothing = (where: string) =>
    expect.poll(async () => [where, await chinese(NAMES)], PATIENCE).toEqual([where, []])

  await page.goto(`${stage.system.url}/duty`)
  await page.getByRole('button', { name: 'English', exact: true }).click(PATIENCE)
  await decision.waitFor(PATIENCE)
  await nothing('the queue')
  // Each case in hand: to be filed, returned, to be closed.
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('j')
    await decision.waitFor(PATIENCE)
    await nothing(`the queue, ${i + 1} on`)
  }
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor(PATIENCE)
  await nothing('the keys')
  await page.keyboard.press('Escape')

  await visit('/duty/filing')
  await decision.waitFor(PATIENCE)
  await page.locator('[data-card] img').first().waitFor(PATIENCE)
  await nothing('filing')
  await page.keyboard.press('r')
  await page.getByRole('dialog').waitFor(PATIENCE)
  await nothing('the reasons to turn down')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Undo/ }).waitFor(PATIENCE)
  await nothing('undo')
  await page.keyboard.press('z')

  await visit('/duty/closing')
  await decision.waitFor(PATIENCE)
  await page.locator('[data-card] img').nth(1).waitFor(PATIENCE)
  await nothing('closing')
  await page.keyboard.press('x')
  await page.getByRole('dialog').waitFor(PATIENCE)
  await nothing('the reasons to send back')
  await page.keyboard.press('Escape')

  await visit('/duty/report')
  await page.getByLabel('What is it?').or(page.locator('textarea')).first().fill('smell of gas')
  await page.getByRole('searchbox').last().fill('zzz')
  await nothing('taking a report')
  await page
    .getByRole('button', { name: 'Report', exact: true })
    .or(page.locator('button[type=submit]'))
    .first()
    .click()
  await page.getByRole('alert').first().waitFor(PATIENCE)
  await nothing('what a report lacks')

  await visit('/duty/rota')
  await page.getByRole('button', { name: /Add/ }).waitFor(PATIENCE)
  await nothing('the rota')

  await visit('/duty')
  await page.keyboard.press('/')
  await page.keyboard.type('R2026')
  await page.getByRole('option').first().waitFor(PATIENCE)
  await nothing('what a search finds')
  await until(returned, (c) => c.request?.kind, 'return')
})
