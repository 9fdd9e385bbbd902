// Pages over an api of its own, on a small city with a clock moved by hand; nobody works behind it but the test.
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startApi, type StartedApi } from '#api/server.ts'
import { openTestApi, type TestApi, type TestApiOptions } from '#api/testing/api.ts'
import { ensureDashboard } from '#scripts/runtime/dashboard.ts'
import { openPages, type Pages } from './open-pages.ts'

export interface ApiPages extends Pages {
  readonly api: TestApi
  readonly url: string
  /** Gives this browser the account's session. */
  admit(context: BrowserContext, username: string): Promise<void>
}

/** Opens and closes them by hooks of the file that calls it. @param options asked when the api is opened */
export function apiPages(options: () => TestApiOptions | Promise<TestApiOptions> = () => ({})): ApiPages {
  let api: TestApi
  let started: StartedApi
  beforeAll(async () => {
    await ensureDashboard()
    api = await openTestApi(await options())
    started = await startApi(api.start)
  }, 180_000)
  afterAll(async () => {
    await started?.close()
    await api?.close()
  }, 120_000)
  const admit = async (context: BrowserContext, username: string) => {
    const [name = '', value = ''] = (await api.cookieOf(username)).split('=')
    await context.addCookies([{ name, value, url: started.url }])
  }
  return {
    ...openPages(() => started.url, admit),
    admit,
    get api() {
      return api
    },
    get url() {
      return started.url
    },
  }
}
