// The phone pages over HTTPS with a certificate of the system's own authority, on the whole system: position and service
// worker are there, and what is taken without a network outlives a page that is killed, and arrives once.
import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { freePort } from '#scripts/runtime/port.ts'
import type { ApiCase } from '#scripts/traffic/client.ts'
import { serious } from './testing/axe.ts'
import { PATIENCE, PHONE } from './testing/open-pages.ts'
import { isInstalled, type LngLat, phoneAt, picture, takePhoto } from './testing/phone-steps.ts'
import { systemPages } from './testing/system-pages.ts'

let httpPort: number
let road: LngLat

/**
 * A browser here has no store of certificates that a test may write to: it takes this server's key for what it is, and that
 * the authority vouches for it is proven by every other request of this file, which trust the authority alone.
 */
async function pinned(dataDir: string): Promise<string> {
  const server = await readFile(join(dataDir, 'tls', 'server.pem'))
  const key = new X509Certificate(server).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

const stage = systemPages(
  async () => {
    httpPort = await freePort()
    return { TLS: 'own', HTTP_PORT: String(httpPort) }
  },
  async ({ dataDir }) => [`--ignore-certificate-errors-spki-list=${await pinned(dataDir)}`],
)
const { as } = stage

beforeAll(async () => {
  const { items } = await (await as('grid')).get<{ items: { kind: string; centre: LngLat }[] }>('/zones')
  road = items.find((z) => z.kind === 'main-road')?.centre ?? { lng: 0, lat: 0 }
})

/** Ends the page as a phone does that needs the memory. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await page.close()
}

const mine = async () => (await (await as('grid')).get<{ items: ApiCase[] }>('/cases?mine=1')).items
const eventsOf = async (id: string, type: string) =>
  (await (await as('duty')).get<{ items: { type: string }[] }>(`/cases/${id}/events`)).items.filter(
    (e) => e.type === type,
  )

it('a report without a network outlives its page and arrives once, with photo and position', {
  timeout: 300_000,
}, async () => {
  const context = await stage.context('grid', phoneAt(road))
  const page = await context.newPage()
  await page.goto(`${stage.system.url}/report`)
  expect(new URL(page.url()).protocol).toBe('https:')
  expect(await page.evaluate(() => isSecureContext)).toBe(true)
  await isInstalled(page)
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
  await page.getByText('已定位，误差约 8 米').waitFor(PATIENCE)

  await context.setOffline(true)
  await takePhoto(page, '照片', await picture('https', 'before'))
  await page
    .getByLabel('说明（选填）')
    .or(page.getByLabel('说明', { exact: true }))
    .fill('路面有一袋垃圾')
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('已记在本机').waitFor(PATIENCE)
  await crash(page)
  const again = await context.newPage()
  await again.goto(`${stage.system.url}/report`)
  await again.getByRole('button', { name: '等待发送 1' }).waitFor(PATIENCE)
  expect(await mine()).toEqual([])

  await context.setOffline(false)
  await expect.poll(async () => (await mine()).length, PATIENCE).toBe(1)
  await expect.poll(() => again.getByText('等待发送').count(), PATIENCE).toBe(0)
  const [arrived] = await mine()
  expect(arrived).toMatchObject({ description: '路面有一袋垃圾', location: road })
  expect((await (await as('duty')).get<{ photos: string[] }>(`/cases/${arrived?.id}`)).photos).toHaveLength(1)
  // Nothing waits that could come twice.
  await again.reload()
  await again.getByText('已定位').waitFor(PATIENCE)
  expect(await again.getByText('等待发送').count()).toBe(0)
  expect(await mine()).toHaveLength(1)
})

it('so does the result of a check', async () => {
  const grid = await as('grid')
  const { id } = await grid.post<ApiCase>('/cases', {
    description: '人行道上有一袋生活垃圾',
    location: { ...road, lng: road.lng + 0.002 },
    categoryCode: 'E0110',
    source: 'grid',
    photos: [await grid.upload(await picture('check', 'before'), 'before.jpg')],
  })
  const duty = await as('duty')
  const status = async () => (await duty.get<ApiCase>(`/cases/${id}`)).status
  await expect.poll(status, PATIENCE).toBe('dispatched')
  const unit = await as('dept-sanitation')
  await unit.post(`/cases/${id}/actions`, { action: 'acknowledge' })
  const after = await unit.upload(await picture('check', 'after'), 'after.jpg')
  const reply = { action: 'reply', result: '已清理', outcome: 'fixed', photos: [after] }
  await unit.post(`/cases/${id}/actions`, reply)
  const hasTask = async () => (await duty.get<ApiCase>(`/cases/${id}`)).tasks.length
  await expect.poll(hasTask, PATIENCE).toBe(1)

  const context = await stage.context('supervisor', phoneAt({ ...road, lng: road.lng + 0.002 }))
  const page = await context.newPage()
  await page.goto(`${stage.system.url}/check`)
  await isInstalled(page)
  await page.getByRole('button', { name: /暴露生活垃圾/ }).waitFor(PATIENCE)
  await context.setOffline(true)
  await page.getByRole('button', { name: /暴露生活垃圾/ }).click()
  await takePhoto(page, '现在', await picture('check seen', 'after'))
  await page.getByRole('button', { name: '已处置', exact: true }).click()
  await page.getByRole('button', { name: '提交结果' }).click()
  await page.getByText('结果已记下').waitFor(PATIENCE)
  await crash(page)
  const again = await context.newPage()
  await again.goto(`${stage.system.url}/check`)
  await again.getByText('结果已记，等发送').waitFor(PATIENCE)
  expect(await status()).toBe('replied')

  await context.setOffline(false)
  await expect.poll(status, PATIENCE).toBe('checked')
  await again.getByText('现在没有派给您的任务').waitFor(PATIENCE)
  expect(await eventsOf(id, 'passed')).toHaveLength(1)
})

it('the page that helps a phone to trust it is there without TLS, and nothing else is', async () => {
  const page = await (await stage.context(undefined, PHONE)).newPage()
  await page.goto(`http://127.0.0.1:${httpPort}/`)
  await page.getByRole('link').first().waitFor(PATIENCE)
  expect(await serious(page)).toEqual([])
  await page.goto(`http://127.0.0.1:${httpPort}/login`)
  expect(new URL(page.url()).protocol).toBe('https:')
})
