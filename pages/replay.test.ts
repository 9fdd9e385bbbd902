// A past day on the wall in a real browser: it says that it is the past, stands still, goes where it is sent, and what it
// shows at an instant is what GET /board?at= says of it.
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { live } from '#api/testing/lives.ts'
import { cityDay } from '#domain/city-time.ts'
import { apiPages } from './testing/api-pages.ts'
import { PATIENCE, WALL } from './testing/open-pages.ts'

const ZONE = 'Asia/Shanghai'

let day: string
const stage = apiPages()
const open = (path: string) => stage.open('duty', path, WALL)

beforeAll(async () => {
  const { api } = stage
  day = cityDay(api.clock.now(), ZONE)
  await live(api, { seed: 5, turns: 160, afterTurn: async () => {} })
  expect(cityDay(api.clock.now(), ZONE) > day).toBe(true)
})

const bar = (page: Page) => page.getByRole('region', { name: '回放' })
const timeOn = (page: Page) => bar(page).locator('time').textContent()

/** Today's counts as they stand on the screen. */
const shownOn = (page: Page): Promise<Record<string, number>> =>
  page.locator('[data-metric]').evaluateAll((all) =>
    Object.fromEntries(
      all.map((element) => {
        const figure = [...element.querySelectorAll('dd span')].find(
          (s) => s.children.length === 0 && s.getAttribute('aria-hidden') !== 'true',
        )
        return [(element as HTMLElement).dataset.metric, Number(figure?.textContent ?? Number.NaN)]
      }),
    ),
  )

/** Waits until the screen shows the board of that instant, and that one of another day is another. */
async function expectBoard(page: Page, time: string): Promise<Record<string, number>> {
  const at = `${day}T${time}+08:00`
  const { body } = await stage.api.get(`/board?at=${encodeURIComponent(at)}`, { as: 'duty' })
  await expect
    .poll(async () => {
      const shown = await shownOn(page)
      return Object.keys(shown).length > 0 && Object.entries(shown).every(([k, n]) => body.totals[k] === n)
    }, PATIENCE)
    .toBe(true)
  return body.totals
}

it('stands at the instant of its address and shows the board of then', async () => {
  const page = await open(`/wall?replay=${day}&speed=60&at=11:48`)
  await bar(page).getByText('REPLAY').waitFor(PATIENCE)
  await expect.poll(() => timeOn(page), PATIENCE).toBe('11:48')
  const totals = await expectBoard(page, '11:48:00')
  expect(totals.reported).toBeGreaterThan(0)
  expect(await bar(page).getByRole('button', { name: '播放' }).count()).toBe(1)
})

it('goes where it is sent: by the scrubber, by keys, back as well as on', async () => {
  const page = await open(`/wall?replay=${day}&at=09:00`)
  await expect.poll(() => timeOn(page), PATIENCE).toBe('09:00')
  const early = await expectBoard(page, '09:00:00')
  const scrubber = bar(page).getByRole('slider', { name: '时刻' })
  await scrubber.fill(String(Date.parse(`${day}T21:30:00+08:00`)))
  await expect.poll(() => timeOn(page), PATIENCE).toBe('21:30')
  const late = await expectBoard(page, '21:30:00')
  expect(late.reported).toBeGreaterThan(early.reported ?? 0)
  await page.locator('body').press('PageUp')
  await expect.poll(() => timeOn(page), PATIENCE).toBe('20:30')
  await expectBoard(page, '20:30:00')
  await expect.poll(() => new URL(page.url()).searchParams.get('at'), PATIENCE).toBe('20:30:00')
  await page.locator('body').press('Shift+ArrowLeft')
  await page.locator('body').press('ArrowLeft')
  await expect.poll(() => timeOn(page), PATIENCE).toBe('20:19')
  await expectBoard(page, '20:19:00')
})

it('plays at its speed, pauses at a second of its own, and keeps both in the address', async () => {
  const page = await open(`/wall?replay=${day}&speed=600`)
  await bar(page).getByRole('button', { name: '暂停' }).waitFor(PATIENCE)
  await expect
    .poll(() => timeOn(page).then((t) => (t ?? '') >= '08:10' && t !== '--:--'), PATIENCE)
    .toBe(true)
  await page.locator('body').press('Space')
  await bar(page).getByRole('button', { name: '播放' }).waitFor(PATIENCE)
  await expect.poll(() => new URL(page.url()).searchParams.get('at'), PATIENCE).toMatch(/^\d\d:\d\d:\d\d$/)
  const at = new URL(page.url()).searchParams.get('at') ?? ''
  await expectBoard(page, at)
  await bar(page).getByRole('button', { name: '快一些' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('speed'), PATIENCE).toBe('1800')
  await page.reload()
  await expect.poll(() => timeOn(page), PATIENCE).toBe(at.slice(0, 5))
  await expectBoard(page, at)
})

it('leads back to now, and says when there is no such day', async () => {
  const page = await open(`/wall?replay=${day}&at=10:00`)
  await bar(page).getByRole('button', { name: '回到实时' }).click()
  await bar(page).waitFor({ ...PATIENCE, state: 'detached' })
  expect(new URL(page.url()).searchParams.get('replay')).toBeNull()
  const absent = await open('/wall?replay=2001-01-01')
  await bar(absent).getByText('没有这一天的数据').waitFor(PATIENCE)
})
