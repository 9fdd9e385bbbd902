// Pages of a real browser, for a file of tests: opened as somebody, closed when the test is over. What is opened before the
// tests stays until the last of them.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openBrowser } from '#scripts/runtime/browser.ts'

/** How long a page may take to show what is waited for, on a machine that has much else to do. */
export const PATIENCE = { timeout: 60_000 }

/** A screen of the width, e.g. of a desk, and its language; what is given here goes before. */
const USUAL: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }
export const WALL = { viewport: { width: 1920, height: 1080 } }

export interface Pages {
  /** A browser of somebody's own, logged in; of nobody when there is no name. */
  context(username?: string, options?: BrowserContextOptions): Promise<BrowserContext>
  /** A page in such a browser. */
  open(username: string | undefined, path: string, options?: BrowserContextOptions): Promise<Page>
  /** As people do: by the form, which then leads to `path`. */
  logIn(username: string, path: string, password: string): Promise<Page>
}

/**
 * @param url of the system, asked at each call
 * @param admit gives a browser the session of an account
 * @param browserArguments asked when the browser is opened, after what was registered before
 */
export function openPages(
  url: () => string,
  admit: (context: BrowserContext, username: string) => Promise<unknown>,
  browserArguments: () => Promise<string[]> = async () => [],
): Pages {
  let browser: Browser
  let kept = 0
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    browser = await openBrowser(await browserArguments())
  }, 60_000)
  beforeEach(() => {
    kept = contexts.length
  })
  afterEach(async () => {
    for (const context of contexts.splice(kept)) await context.close()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
  }, 120_000)

  const context: Pages['context'] = async (username, options) => {
    const made = await browser.newContext({ ...USUAL, ...options })
    contexts.push(made)
    if (username !== undefined) await admit(made, username)
    return made
  }
  const open: Pages['open'] = async (username, path, options) => {
    const page = await (await context(username, options)).newPage()
    await page.goto(`${url()}${path}`)
    return page
  }
  return {
    context,
    open,
    async logIn(username, path, password) {
      const page = await open(undefined, `/login?next=${encodeURIComponent(path)}`)
      await page.getByLabel('账号').fill(username)
      await page.getByLabel('密码').fill(password)
      await page.getByRole('button', { name: '登录', exact: true }).click()
      return page
    },
  }
}
