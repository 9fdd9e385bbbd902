// What people do at the centre's desk, by keyboard: find a case, take it up, decide by its letter, answer what is asked.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PATIENCE } from './open-pages.ts'

/** The case in hand. */
export const inHand = (page: Page) => page.getByRole('article', { name: '当前案件' })

/** Waits until so many cases of a kind wait for this desk. */
export const waiting = (page: Page, kind: string, n: number) =>
  page.locator(`[data-kind="${kind}"] b`, { hasText: new RegExp(`^${n}$`) }).waitFor(PATIENCE)

/** Finds a case by its number and takes it up, whatever else waits. */
export async function takeUp(page: Page, number: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(number)
  await page.getByRole('option', { name: number }).first().waitFor(PATIENCE)
  await page.keyboard.press('Enter')
  await inHand(page).getByRole('link', { name: number }).waitFor(PATIENCE)
  await page.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
}

/** Presses a key and, where a question comes up, the keys that answer it. */
export async function decide(page: Page, key: string, ...answers: string[]): Promise<void> {
  await page.keyboard.press(key)
  for (const answer of answers) {
    await page.getByRole('dialog').waitFor(PATIENCE)
    await page.keyboard.press(answer)
  }
  await expect.poll(() => page.getByRole('dialog').count(), PATIENCE).toBe(0)
}

/** Like `decide`, with a reason in words of its own. */
export async function decideBecause(page: Page, key: string, reason: string): Promise<void> {
  await page.keyboard.press(key)
  const words = page.getByRole('dialog').getByRole('textbox')
  await words.focus()
  await page.keyboard.type(reason)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('dialog').count(), PATIENCE).toBe(0)
}
