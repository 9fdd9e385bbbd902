// The map of cases in a real browser: it holds exactly what it was shown, by differences too, over tiles by address.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#scripts/runtime/browser.ts'

interface Held {
  count: number
  red: number
}
interface MapTest {
  open(n: number): Promise<Held>
  change(red: number, gone: number): Promise<Held>
}
declare global {
  var mapTest: MapTest
}

/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const root = fileURLToPath(new URL('testing/map', import.meta.url))
const outDir = fileURLToPath(new URL('../node_modules/.cache/huiyin/map-page', import.meta.url))
let server: Awaited<ReturnType<typeof preview>>
let browser: Browser
let page: Page
const tiles: string[] = []

beforeAll(async () => {
  const own = { configFile: false as const, root, logLevel: 'warn' as const }
  await build({ ...own, build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 2000 } })
  server = await preview({ ...own, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
  await page.route(/\/(ground|names)\//, (route) => {
    tiles.push(new URL(route.request().url()).pathname)
    return route.fulfill({ contentType: 'image/png', body: PICTURE })
  })
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction(() => globalThis.mapTest !== undefined)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(outDir, { recursive: true, force: true })
})

test('twenty thousand cases are all there, and stay exact when some turn red and some leave', async () => {
  expect(await page.evaluate(() => mapTest.open(20_000))).toMatchObject({ count: 20_000, red: 0 })
  expect(await page.evaluate(() => mapTest.change(70, 30))).toMatchObject({ count: 19_970, red: 70 })
  expect(await page.evaluate(() => mapTest.change(100, 970))).toMatchObject({ count: 19_000, red: 100 })
  expect(await page.evaluate(() => mapTest.open(12))).toMatchObject({ count: 12, red: 0 })
})

test('tiles of each layer are asked for by column and row', () => {
  const zooms = tiles.map((t) => /^\/(ground|names)\/(\d+)\/(\d+)\/(\d+)\.png$/.exec(t))
  expect(zooms.every((m) => m !== null)).toBe(true)
  expect(new Set(zooms.map((m) => m?.[1]))).toEqual(new Set(['ground', 'names']))
  // Column of the westernmost tile that holds the city, at each zoom asked for.
  for (const [, , z, x] of zooms.filter((m) => m !== null))
    expect(Math.abs(Number(x) / 2 ** Number(z) - (113.9 + 180) / 360)).toBeLessThan(
      2 / 2 ** Number(z) + 0.001,
    )
})
