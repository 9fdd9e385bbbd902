// What people do on the phone pages, by hand: a report with its photo, a field task with its result.
import type { Page } from 'playwright-core'
import { photo } from '#scripts/life/photo.ts'
import { PATIENCE, PHONE } from './open-pages.ts'

export interface LngLat {
  lng: number
  lat: number
}

/** A phone that stands somewhere and says so. */
export const phoneAt = ({ lng, lat }: LngLat) => ({
  ...PHONE,
  permissions: ['geolocation'],
  geolocation: { longitude: lng, latitude: lat, accuracy: 8 },
})

/** A picture of its own for each seed; of one seed, `after` is `before` put right. */
export const picture = (seed: string, when: 'before' | 'after') =>
  photo({ category: 'E0110', seed, when, at: Date.now(), timeZone: 'Asia/Shanghai' })

/** The page is on the device: it opens without a network from now on. */
export const isInstalled = (page: Page) =>
  page.evaluate(async () => {
    const { serviceWorker } = navigator
    await serviceWorker.ready
    if (!serviceWorker.controller)
      await new Promise((resolve) =>
        serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      )
  })

/** Gives the photo field of that label a picture and waits until it is shown. */
export async function takePhoto(page: Page, label: string, buffer: Buffer): Promise<void> {
  const shown = page.locator('main img')
  const before = await shown.count()
  await page
    .getByLabel(label, { exact: true })
    .and(page.locator('input'))
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await shown.nth(before).waitFor(PATIENCE)
}

let fixes = 0

/** Walks there, and waits until the page knows: each fix has an accuracy of its own. */
async function walkTo(page: Page, { lng, lat }: LngLat): Promise<void> {
  fixes += 1
  const accuracy = 5 + (fixes % 20)
  await page.context().setGeolocation({ longitude: lng, latitude: lat, accuracy })
  await page.getByText(`约 ${accuracy} 米`).waitFor(PATIENCE)
}

/** Reports what is seen at a place, from `/report`. @returns the receipt number */
export async function report(
  page: Page,
  seen: { at: LngLat; category: string; words: string; picture: Buffer },
): Promise<string> {
  const again = page.getByRole('button', { name: '再报一件' })
  const photoField = page.getByLabel('照片', { exact: true }).and(page.locator('input'))
  await again
    .or(photoField)
    .first()
    .waitFor({ ...PATIENCE, state: 'attached' })
  if (await again.isVisible()) await again.click()
  await walkTo(page, seen.at)
  await takePhoto(page, '照片', seen.picture)
  const category = page.getByLabel('类别', { exact: true })
  await category.fill(seen.category)
  await category.locator('xpath=following-sibling::ul//button').first().click(PATIENCE)
  await page.getByLabel('说明（选填）').fill(seen.words)
  await page.getByRole('button', { name: '上报', exact: true }).click()
  const receipt = page.locator('b', { hasText: /^R\d+$/ })
  await receipt.waitFor(PATIENCE)
  return (await receipt.textContent()) ?? ''
}

/** Answers the task of a case, from the list of `/check`, at the spot. */
export async function look(
  page: Page,
  found: { at: LngLat; category: string; result: string; note?: string; picture: Buffer },
): Promise<void> {
  await page.context().setGeolocation({ longitude: found.at.lng, latitude: found.at.lat, accuracy: 8 })
  await page.getByRole('listitem').getByRole('button', { name: found.category }).first().click(PATIENCE)
  await takePhoto(page, '现在', found.picture)
  await page.getByRole('button', { name: found.result, exact: true }).click()
  if (found.note !== undefined) await page.getByLabel('说明').fill(found.note)
  await page.getByRole('button', { name: '提交结果' }).click()
  await page.getByText('结果已记下').waitFor(PATIENCE)
}
