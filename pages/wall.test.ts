// The wall in a real browser, on a busy morning: what it shows equals GET /board and a recount in SQL after a burst, it says
// when its data has stopped and comes back, every figure opens its cases, and nothing is clipped or laid over something.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board } from '#domain/board-view.ts'
import { openDatabases } from '#scripts/runtime/databases.ts'
import { parseConfig } from '#store/config.ts'
import { showMany } from '#scripts/soak/many.ts'
import { serious } from './testing/axe.ts'
import { faultsOnPage } from './testing/page-faults.ts'
import { systemPages } from './testing/system-pages.ts'
import { makeWorld } from './wall-worlds.ts'

const SHOWN = ['reported', 'accepted', 'filed', 'dispatched', 'replied', 'checked', 'closed'] as const
/** About five events each. */
const BURST = 400
const AT_ONCE = 8
/** Open cases of a city where every count of the day has five digits. */
const MANY = 12_345
/** Low risk: filed and sent out by rule alone. */
const CATEGORIES = ['E0110', 'E0112', 'E0114', 'E0107', 'E0136', 'E0117', 'E0118', 'E0192']

let dataDir: string
let wall: Page
let sql: postgres.Sql

afterAll(async () => {
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})
const stage = systemPages(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'huiyin-wall-'))
  await makeWorld('morning', dataDir)
  return { DATA_DIR: dataDir }
})
const { as } = stage

async function openWall(size: { width: number; height: number }, query = ''): Promise<Page> {
  const page = await stage.open('wall', `/wall?${query}`, { viewport: size, reducedMotion: 'reduce' })
  await page.locator('[data-panel] button').first().waitFor({ timeout: 30_000 })
  return page
}

let closeSql: () => Promise<void>
beforeAll(async () => {
  wall = await openWall({ width: 1920, height: 1080 })
  const parsed = parseConfig({ DATA_DIR: dataDir, DEMO: '1', DEMO_TRAFFIC: '0' })
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  const databases = await openDatabases(parsed.config, { command: 'a recount', log: () => {} })
  sql = postgres(databases.databaseUrl, { max: 1 })
  closeSql = async () => {
    await sql.end()
    await databases.close()
  }
})
afterAll(() => closeSql?.())

const board = async () => (await as('duty')).get<Board>('/board?scope=city')
const number = async (selector: string) => Number(await wall.locator(selector).first().textContent())
const shownNow = async () => ({
  today: Object.fromEntries(
    await Promise.all(SHOWN.map(async (m) => [m, await number(`[data-metric="${m}"] dd button`)] as const)),
  ),
  urgent: await number('[data-figure="urgent"]'),
  overdue: await number('[data-figure="overdue"]'),
  open: await number('[data-figure="open"]'),
  suspended: await number('[data-figure="suspended"]'),
})
const shownOf = (b: Board) => ({
  today: Object.fromEntries(SHOWN.map((m) => [m, b.totals[m]])),
  urgent: b.urgent,
  overdue: b.overdue,
  open: b.open,
  suspended: b.byStatus.suspended,
})
/** Figures in which the page and GET /board differ: what, shown, served. */
async function unlike() {
  const [shown, served] = [await shownNow(), shownOf(await board())].map((at) =>
    Object.entries({ ...at, ...at.today, today: 0 }),
  )
  return (shown ?? []).flatMap(([what, n], i) =>
    n === served?.[i]?.[1] ? [] : [[what, n, served?.[i]?.[1]]],
  )
}

describe('the figures', () => {
  it('equal GET /board and a recount in SQL after a burst of some two thousand events', {
    timeout: 240_000,
  }, async () => {
    const before = await shownNow()
    const grid = await as('grid')
    const { items: zones } = await grid.get<{
      items: { kind: string; centre: { lng: number; lat: number } }[]
    }>('/zones')
    // Far enough apart, or of another kind, that none is taken for a second report of another.
    const report = (i: number) =>
      grid.post('/cases', {
        description: `第 ${i} 处`,
        location: zones[i % zones.length]?.centre,
        categoryCode: CATEGORIES[Math.floor(i / zones.length) % CATEGORIES.length],
        source: 'grid',
      })
    const events = async () =>
      (await sql<{ n: number }[]>`select count(*)::int as n from case_event`)[0]?.n ?? 0
    const eventsBefore = await events()
    let next = 0
    const hand = async () => {
      while (next < BURST) await report(next++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, hand))
    await expect
      .poll(async () => (await events()) - eventsBefore, { timeout: 150_000, interval: 1_000 })
      .toBeGreaterThanOrEqual(BURST * 4)

    await expect.poll(unlike, { timeout: 60_000, interval: 500 }).toEqual([])
    const shown = await shownNow()
    expect(shown.today.reported).toBe((before.today.reported ?? 0) + BURST)
    const [recount] = await sql<{ open: number; urgent: number; suspended: number }[]>`
      select count(*)::int as open, count(*) filter (where urgent)::int as urgent,
        count(*) filter (where status = 'suspended')::int as suspended
      from "case" where status not in ('closed', 'rejected', 'merged', 'voided')`
    expect(recount).toEqual({ open: shown.open, urgent: shown.urgent, suspended: shown.suspended })
  })

  it('open exactly their cases, and give way by Esc to where one was', async () => {
    const figure = wall.locator('[data-figure="overdue"]')
    const n = Number(await figure.textContent())
    expect(n).toBeGreaterThan(0)
    await figure.focus()
    await wall.keyboard.press('Enter')
    const list = wall.locator('dialog')
    await list.waitFor()
    expect(await list.locator('li').count()).toBe(Math.min(n, 200))
    await wall.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    expect(await wall.evaluate(() => document.activeElement?.closest('[data-figure]') !== null)).toBe(true)
  })
})

describe('the page', () => {
  const SIZES = [
    [1366, 768, ''],
    [1920, 1080, ''],
    [1920, 1080, 'lang=en'],
    [1920, 1080, 'scene=brief'],
    [1920, 1080, 'scene=storm'],
    [1920, 1080, 'scene=ranking'],
    [1920, 1080, 'scene=spotlight'],
    [1920, 1080, 'scene=night'],
    [1920, 1080, 'lang=en&scene=brief'],
    [1920, 1080, 'widthMm=2170&distanceM=8'],
    [3840, 2160, 'tiles=2x2'],
    [5760, 1080, 'tiles=3x1'],
  ] as const

  it.each(SIZES)(
    'clips nothing and lays nothing over another at %i×%i %s',
    {
      timeout: 90_000,
    },
    async (width, height, query) => {
      const page = await openWall({ width, height }, query)
      expect(await page.evaluate(faultsOnPage)).toEqual([])
    },
  )

  it.each([
    [1366, 768, ''],
    [1366, 768, 'lang=en'],
    [1920, 1080, 'lang=en'],
    [1920, 1080, 'lang=en&scene=brief'],
  ] as const)(
    'does so with figures of five digits: %i×%i %s',
    { timeout: 90_000 },
    async (width, height, query) => {
      const context = await stage.context('wall', { viewport: { width, height }, reducedMotion: 'reduce' })
      const page = await context.newPage()
      await showMany(page, MANY, MANY)
      await page.goto(`${stage.system.url}/wall?${query}`)
      await page.getByText(String(MANY), { exact: true }).first().waitFor({ timeout: 60_000 })
      expect(await page.evaluate(faultsOnPage)).toEqual([])
    },
  )

  it.each(['', 'scene=storm', 'scene=brief', 'scene=night', 'scene=ranking', 'lang=en'])(
    'has nothing serious by axe, its lists neither: %s',
    { timeout: 90_000 },
    async (query) => {
      const page = await openWall({ width: 1920, height: 1080 }, query)
      const figure = page.locator('button[data-figure="overdue"]')
      if ((await figure.count()) > 0) {
        await figure.first().click()
        await page.locator('dialog').waitFor()
        expect(await serious(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.locator('dialog').waitFor({ state: 'detached' })
      }
      expect(await serious(page)).toEqual([])
    },
  )

  it('says since when its data has stopped, greys it, and comes back by itself', {
    timeout: 240_000,
  }, async () => {
    await stage.system.kill()
    await expect.poll(() => wall.locator('[data-stale]').count(), { timeout: 60_000 }).toBeGreaterThan(0)
    expect(await wall.locator('[role="status"]', { hasText: '数据已停' }).count()).toBe(1)
    await stage.system.restart()
    await expect.poll(() => wall.locator('[data-stale]').count(), { timeout: 90_000 }).toBe(0)
    await expect.poll(unlike, { timeout: 60_000, interval: 500 }).toEqual([])
  })
})
