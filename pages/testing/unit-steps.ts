// What people do at the desk of a unit: go to a section, open a case, take its steps by their forms.
import type { Locator, Page } from 'playwright-core'
import { PATIENCE } from './open-pages.ts'

/** Waits until a section holds so many cases. */
export const inSection = (page: Page, section: string, n: number) =>
  page.locator(`[data-section="${section}"]`, { hasText: new RegExp(`${n}$`) }).waitFor(PATIENCE)

/** Opens a case of a section. @returns its panel */
export async function openCase(page: Page, section: string, id: string): Promise<Locator> {
  await page.locator(`[data-section="${section}"]`).click(PATIENCE)
  await page.locator(`[data-case="${id}"] a`).click(PATIENCE)
  return page.locator('article')
}

/** Opens the form of a step; `fill` writes into it; then it is sent. */
export async function step(
  panel: Locator,
  label: string,
  fill: (form: Locator) => Promise<unknown>,
): Promise<void> {
  await panel.getByRole('button', { name: label, exact: true }).click(PATIENCE)
  const form = panel.locator('form')
  await fill(form)
  await form.getByRole('button', { name: label, exact: true }).click()
  await form.waitFor({ ...PATIENCE, state: 'detached' })
}

export async function attach(form: Locator, buffer: Buffer): Promise<void> {
  const shown = form.locator('img')
  const before = await shown.count()
  await form
    .locator('input[type="file"]')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await shown.nth(before).waitFor(PATIENCE)
}

/** Replies 回告 with a photo. */
export const reply = (panel: Locator, result: string, buffer: Buffer) =>
  step(panel, '回告', async (form) => {
    await form.getByLabel('处置结果').fill(result)
    await attach(form, buffer)
  })
