// A page that is worked by keyboard alone: what has the focus shows it, focus is never lost, and nothing comes from a mouse.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any page has between two controls. */
const MOST_STOPS = 80

interface Focus {
  /** Its name, as it is read out, roughly; empty for the page itself. */
  name: string
  /** Is it seen, and marked as what has the focus? */
  isMarked: boolean
}

/** Runs in the browser. */
function focusOnPage(): Focus {
  const element = document.activeElement
  if (!element || element === document.body) return { name: '', isMarked: false }
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const labels = (element as HTMLInputElement).labels
  const name =
    element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? element.tagName
  const hasRing =
    (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  // A file is chosen by its label, which is what one sees.
  const isSeen = (box.width > 1 && box.height > 1) || element.matches('input[type="file"]')
  return { name: name.trim(), isMarked: isSeen && (hasRing || element.matches('input[type="file"]')) }
}

/** Counts what a hand on a mouse would do, from before the page opens. */
export async function countMouse(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = { n: 0 }
    Object.assign(window, { counted })
    for (const type of ['pointerdown', 'mousedown', 'wheel', 'touchstart'])
      window.addEventListener(type, () => (counted.n += 1), { capture: true })
  })
  return () => page.evaluate(() => (window as unknown as { counted: { n: number } }).counted.n)
}

/** Goes from stop to stop until what has the focus is called so; every stop on the way shows that it has it. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(focusOnPage)
    // From the last stop the browser's own bars are next; then the page begins again.
    if (focus.name === '') continue
    expect(focus).toMatchObject({ isMarked: true })
    if (typeof name === 'string' ? focus.name.startsWith(name) : name.test(focus.name)) return
  }
  throw new Error(`no stop is called ${name}`)
}

/** What has the focus is in the dialog, and shows it. */
export async function focusIsInDialog(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('dialog[open]') !== null))
    .toBe(true)
  expect(await page.evaluate(focusOnPage)).toMatchObject({ isMarked: true })
}
