// The phone pages at 390×844 in a real browser: what is taken without a network is on the device, outlives a page that is
// closed or crashes, and arrives once and in order when the network is back; so does the result of a field task.
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { USERS } from '#api/testing/api.ts'
import { deskOf } from '#api/testing/desk.ts'
import { cityPack, DEMO_POLICIES, PLACES } from '#domain/testing/city.ts'
import { apiPages } from './testing/api-pages.ts'
import { serious } from './testing/axe.ts'
import { lossyLine } from './testing/lossy-line.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { isInstalled, phoneAt, picture, takePhoto } from './testing/phone-steps.ts'

let taken: Buffer
const stage = apiPages(() => ({ pack: { ...cityPack(DEMO_POLICIES), users: USERS } }))
const desk = deskOf(() => stage.api)

beforeAll(async () => {
  taken = await picture('phone', 'before')
})

/** A phone at a place; logged in as somebody, or as nobody. */
const phone = (username?: string, at: { lng: number; lat: number } = PLACES.canal) =>
  stage.context(username, phoneAt(at))

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${stage.url}${path}`)
  return page
}

async function fill(page: Page, words: string): Promise<void> {
  await takePhoto(page, '照片', taken)
  await page.getByRole('button', { name: '水域不洁' }).click()
  await page.getByLabel('说明（选填）').fill(words)
}
const send = (page: Page) => page.getByRole('button', { name: '上报', exact: true }).click()

const counted = async (sql: Promise<{ n: number }[]>) => (await sql)[0]?.n ?? 0
const reported = async () => [
  ...(await stage.api.store.sql<{ description: string; photos: number }[]>`
    select p.data->>'description' as description, jsonb_array_length(e.payload->'photos')::int as photos
    from case_event e join case_private p on p.case_id = e.case_id and p.no = e.no
    where e.type = 'reported' and p.part = 'words' order by e.id`),
]

describe('reports taken without a network', () => {
  it('outlive closed and crashed pages, and arrive once and in order', async () => {
    const context = await phone('grid')
    const first = await open(context, '/report')
    await isInstalled(first)
    await context.setOffline(true)
    await fill(first, '第一件')
    await send(first)
    await first.getByText('已记在本机').waitFor(PATIENCE)
    await first.getByRole('button', { name: '再报一件' }).click()
    await fill(first, '第二件')
    await send(first)
    await first.getByRole('button', { name: '等待发送 2' }).waitFor(PATIENCE)
    await first.close()

    const second = await open(context, '/report')
    await second.getByRole('button', { name: '等待发送 2' }).waitFor(PATIENCE)
    await fill(second, '第三件')
    await expect
      .poll(() =>
        second.evaluate(
          () =>
            new Promise((resolve, reject) => {
              const opening = indexedDB.open('huiyin-phone')
              opening.onerror = () => reject(opening.error)
              opening.onsuccess = () => {
                const asked = opening.result.transaction('drafts').objectStore('drafts').get('report')
                asked.onsuccess = () => resolve(asked.result?.description)
              }
            }),
        ),
      )
      .toBe('第三件')
    const crashed = second.waitForEvent('crash')
    await second.goto('chrome://crash').catch(() => undefined)
    await crashed
    await second.close()

    const third = await open(context, '/report')
    expect(await third.getByLabel('说明（选填）').inputValue()).toBe('第三件')
    await third.locator('main img').waitFor(PATIENCE)
    await send(third)
    await third.getByRole('button', { name: '等待发送 3' }).waitFor(PATIENCE)
    expect(await counted(stage.api.store.sql`select count(*)::int as n from "case"`)).toBe(0)

    await context.setOffline(false)
    await third.getByText('已上报').waitFor(PATIENCE)
    await expect.poll(reported, PATIENCE).toEqual([
      { description: '第一件', photos: 1 },
      { description: '第二件', photos: 1 },
      { description: '第三件', photos: 1 },
    ])
    expect(await counted(stage.api.store.sql`select count(*)::int as n from upload`)).toBe(3)
    // What the device said of its time came along, and its position is in each photo.
    expect(
      await counted(
        stage.api.store
          .sql`select count(*)::int as n from upload where lng is not null and taken_at is not null`,
      ),
    ).toBe(3)
    await third.reload()
    await third.getByRole('heading', { name: '上报问题' }).waitFor(PATIENCE)
    await expect.poll(() => third.getByText('等待发送').count(), PATIENCE).toBe(0)
    await third.getByRole('link', { name: '我的上报' }).click()
    await expect.poll(() => third.locator('main li').count(), PATIENCE).toBe(3)
  })

  it('whose answers are lost on the way arrive once', { timeout: 90_000 }, async () => {
    const line = await lossyLine(
      stage.url,
      ({ method, path, nth }) => method === 'POST' && /\/(cases|uploads)$/.test(path) && nth === 1,
    )
    try {
      const context = await phone('grid2')
      const page = await context.newPage()
      await page.goto(`${line.url}/report`)
      const before = (await reported()).length
      await fill(page, '回答丢了')
      await send(page)
      // Nothing is heard of the photo, then of the report.
      await page.getByRole('button', { name: '等待发送 1' }).click(PATIENCE)
      await page.getByText('已试 1 次').waitFor(PATIENCE)
      await page.getByRole('button', { name: '现在再试' }).click()
      await page.getByText('已试 2 次').waitFor(PATIENCE)
      expect((await reported()).length).toBe(before + 1)
      await page.getByRole('button', { name: '现在再试' }).click()
      await page.getByText('已上报').waitFor(PATIENCE)
      expect(line.lost).toEqual(['/api/v1/uploads', '/api/v1/cases'])
      expect((await reported()).slice(before)).toEqual([{ description: '回答丢了', photos: 1 }])
    } finally {
      await line.close()
    }
  })

  it('of an ended login wait for it, and are sent under no other name', { timeout: 90_000 }, async () => {
    const context = await phone('grid')
    const page = await open(context, '/report')
    await page.getByText('已定位').waitFor(PATIENCE)
    await context.clearCookies()
    const before = (await reported()).length
    await fill(page, '登录过期')
    await send(page)
    await page.getByText('登录已过期，1 件在等您重新登录后发送').waitFor(PATIENCE)
    expect((await reported()).length).toBe(before)
    await stage.admit(context, 'grid')
    await page.reload()
    await expect
      .poll(async () => (await reported()).slice(before), PATIENCE)
      .toEqual([{ description: '登录过期', photos: 1 }])
  })
})

describe('a field task', () => {
  it('is answered without a network, by a page that is then closed, and once', {
    timeout: 120_000,
  }, async () => {
    const id = await desk.handled()
    await desk.done(id, 'water', 'reply', {
      result: '已打捞',
      outcome: 'fixed',
      photos: [await desk.photo()],
    })
    const far = { lng: PLACES.canal.lng + 0.004, lat: PLACES.canal.lat }
    const context = await phone('supervisor', far)
    const page = await open(context, '/check')
    await isInstalled(page)
    await page.getByRole('button', { name: /水域不洁/ }).waitFor(PATIENCE)
    await context.setOffline(true)
    await page.reload()
    await page.getByText('没有网络，这是').waitFor(PATIENCE)
    await page.getByRole('button', { name: /水域不洁/ }).click()
    await takePhoto(page, '现在', taken)
    await page.getByRole('button', { name: '虚假回复' }).click()
    await page.getByRole('button', { name: '提交结果' }).click()
    await page.getByText('请写一句说明。').waitFor(PATIENCE)
    await page.getByText('请写一句位置不符的原因。').waitFor(PATIENCE)
    await page.getByRole('button', { name: '案件标注位置不准' }).click()
    await page.getByLabel('说明：为什么认为是虚假回复').fill('照片不是这里')
    await page.getByRole('button', { name: '提交结果' }).click()
    await page.getByText('结果已记下').waitFor(PATIENCE)
    await page.close()

    const again = await open(context, '/check')
    await again.getByText('结果已记，等发送').waitFor(PATIENCE)
    await context.setOffline(false)
    const failed = () => stage.api.store.sql<{ payload: Record<string, unknown> }[]>`
      select payload from case_event where case_id = ${id} and type = 'failed'`
    await expect.poll(async () => (await failed()).length, PATIENCE).toBe(1)
    await again.getByText('现在没有派给您的任务').waitFor(PATIENCE)
    const [event] = await failed()
    expect(event?.payload).toMatchObject({ reason: 'false-reply', position: { lng: far.lng, accuracyM: 8 } })
    expect(event?.payload.photos).toHaveLength(1)
    const log = (await stage.api.get(`/cases/${id}/events`, { as: 'duty' })).body.items
    const said = log.findLast((e: { type: string }) => e.type === 'failed')
    expect(said.words.note).toMatch(/^照片不是这里\n现场位置偏差约\d+米：案件标注位置不准$/)
  })
})

describe('a resident without a login', () => {
  it('reports, follows it, and rates it from the same phone', { timeout: 90_000 }, async () => {
    const context = await phone()
    const page = await open(context, '/report')
    await fill(page, '渠里有垃圾')
    await send(page)
    const receipt = page.locator('b', { hasText: /^R\d+$/ })
    await receipt.waitFor(PATIENCE)
    const receiptNo = (await receipt.textContent()) ?? ''
    const { id } = (await stage.api.get(`/cases/${receiptNo}`, { as: 'duty' })).body
    await closeCase(id)
    await page.goto(`${stage.url}/track/${receiptNo}`)
    await page.getByText('到现场看过，确实办好了').waitFor(PATIENCE)
    await page.getByRole('button', { name: '满意', exact: true }).click()
    await page.getByText('谢谢，评价已记下。').waitFor(PATIENCE)
    expect((await stage.api.get(`/cases/${id}`, { as: 'duty' })).body.satisfaction).toBe('satisfied')

    const other = await open(await phone(), `/track/${receiptNo}`)
    await other.getByText('只有上报这件的账号或手机可以评价').waitFor(PATIENCE)
    expect(await other.getByRole('button', { name: '满意', exact: true }).count()).toBe(0)
  })
})

describe('every phone page', () => {
  it.each([
    ['grid', '/report'],
    ['grid', '/report/mine'],
    ['supervisor', '/check'],
    [undefined, '/track'],
  ])('of %s, %s, has nothing serious by axe and fits its width', async (who, path) => {
    const page = await open(await phone(who), path)
    await page.getByRole('navigation').last().waitFor(PATIENCE)
    await page
      .getByText('正在读取')
      .first()
      .waitFor({ state: 'detached', ...PATIENCE })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await serious(page)).toEqual([])
  })

  it('leaves the wall to the network', async () => {
    const page = await open(await phone('grid'), '/report')
    await isInstalled(page)
    await page.goto(`${stage.url}/wall`)
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
  })
})

async function closeCase(id: string): Promise<void> {
  await stage.api.settle(id)
  await desk.done(id, 'operator', 'accept')
  await desk.done(id, 'duty', 'file')
  await desk.done(id, 'water', 'acknowledge')
  await desk.done(id, 'water', 'reply', { result: '已清理', outcome: 'fixed', photos: [await desk.photo()] })
  await desk.done(id, 'supervisor', 'pass')
  await desk.done(id, 'duty', 'close', { outcome: 'fixed' })
}
