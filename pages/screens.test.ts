// Screens in a real browser: a screen logs in by its address once, shows what the desk shows on it and when that ends,
// follows a new page, and says so when it is put out of use. The administrator and the duty manager work by hand.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PASSWORD, USERS } from '#api/testing/api.ts'
import { deskOf } from '#api/testing/desk.ts'
import { cityPack } from '#domain/testing/city.ts'
import { ensureDashboard } from '#scripts/runtime/dashboard.ts'
import { apiPages } from './testing/api-pages.ts'
import { WALL } from './testing/open-pages.ts'

const PATIENCE = { timeout: 40_000 }
const DIST = fileURLToPath(new URL('../dashboard/dist', import.meta.url))

let pagesDir: string
afterAll(async () => {
  if (pagesDir) await rm(pagesDir, { recursive: true })
})
const stage = apiPages(async () => {
  await ensureDashboard()
  // Of its own: a test puts another build into it.
  pagesDir = await mkdtemp(join(tmpdir(), 'huiyin-screens-'))
  await cp(DIST, pagesDir, { recursive: true })
  const withPassword = ['admin', 'duty']
  const users = USERS.map((u) => (withPassword.includes(u.username) ? { ...u, password: PASSWORD } : u))
  return { pack: { ...cityPack(), users }, pagesDir }
})
const desk = deskOf(() => stage.api)

beforeAll(async () => {
  await stage.api.store.sql`update account set must_change = false`
})

const logIn = (username: string, path: string) => stage.logIn(username, path, PASSWORD)

async function addScreen(name: string): Promise<{ id: string; path: string }> {
  const { status, body } = await stage.api.post(
    '/screens',
    { name, widthMm: 3650, viewingDistanceM: 8, language: 'zh-CN' },
    { as: 'admin' },
  )
  expect(status).toBe(201)
  return body
}
const wall = (path: string) => stage.open(undefined, path, WALL)
const shown = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(PATIENCE)
const gone = (page: Page, words: string | RegExp) =>
  page
    .getByText(words)
    .first()
    .waitFor({ ...PATIENCE, state: 'detached' })
const announce = async (text: string, screens: unknown) =>
  (
    await stage.api.post(
      '/wall/shows',
      { screens, minutes: 5, show: { kind: 'announcement', text, level: 'info' } },
      { as: 'duty' },
    )
  ).body.id as string

it('the administrator adds a screen, whose address logs it in once and is then gone', async () => {
  const admin = await logIn('admin', '/admin/screens')
  await admin.getByRole('button', { name: '添加屏幕' }).click()
  await admin.getByLabel('名称').fill('指挥大厅主屏')
  await admin.getByLabel('常用尺寸').selectOption({ label: '98 英寸一块' })
  // 98″ read from 8 m: WALL's own example.
  await shown(admin, /正文 46 px、数字 59 px（8 米处 20′ 视角）/)
  await admin.getByLabel('观看距离').fill('0')
  await admin.getByRole('button', { name: '保存' }).click()
  await admin.getByRole('dialog').getByRole('alert').first().waitFor(PATIENCE)
  await admin.getByLabel('观看距离').fill('4')
  await admin.getByRole('button', { name: '保存' }).click()
  await shown(admin, '“指挥大厅主屏”的地址，只显示这一次')
  const address = new URL(await admin.locator('code').innerText())
  await shown(admin, '还没有打开过')

  const screen = await wall(`${address.pathname}${address.search}&lang=zh-CN`)
  await screen.waitForURL(`${stage.url}/wall?lang=zh-CN`, PATIENCE)
  await shown(screen, '急要件')
  const [cookie] = await screen.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  // The next start needs no address any more.
  await screen.goto(`${stage.url}/wall`)
  await shown(screen, '急要件')
  await admin.reload()
  await shown(admin, '在线')
  expect(await admin.locator('code').count()).toBe(0)
})

it('the duty manager shows a case on one screen, and stops it', async () => {
  const [hall, other] = [await addScreen('大厅'), await addScreen('会议室')]
  const [here, there] = [await wall(hall.path), await wall(other.path)]
  await Promise.all([shown(here, '急要件'), shown(there, '急要件')])
  const id = await desk.reported()
  const { receiptNo } = await desk.read(id)

  const duty = await logIn('duty', `/cases/${receiptNo}`)
  await duty.getByRole('link', { name: '上墙' }).click()
  await shown(duty, '水域不洁')
  await duty.getByRole('checkbox', { name: /^大厅/ }).check()
  await duty.getByRole('button', { name: '上墙' }).click()
  await shown(duty, '已上墙，10 分钟后自动结束。')
  const now = duty.getByRole('listitem').filter({ hasText: receiptNo })
  await now.getByText(/大厅 · 到/).waitFor(PATIENCE)
  const [show] = (await stage.api.get('/wall/shows', { as: 'duty' })).body.items
  expect(show).toMatchObject({ show: { kind: 'case', caseId: id }, screens: [hall.id] })

  // The screen it was meant for goes to the case; the other stays as it was.
  await shown(here, '个案')
  expect(await there.getByText('个案').count()).toBe(0)
  await now.getByRole('button', { name: '停止' }).click()
  await shown(duty, '没有上墙的内容')
  await gone(here, '个案')
  expect((await stage.api.get('/wall/shows', { as: 'duty' })).body.items).toEqual([])
})

it('an announcement hangs on the screens that are meant, until it is stopped or its time is over', async () => {
  const [hall, other] = [await addScreen('大厅二'), await addScreen('会议室二')]
  const [here, there] = [await wall(hall.path), await wall(other.path)]
  await Promise.all([shown(here, '急要件'), shown(there, '急要件')])
  const one = await announce('九点开始排水口巡查', [hall.id])
  await shown(here, '九点开始排水口巡查')
  const all = await announce('全体注意', 'all')
  await shown(there, '全体注意')
  expect(await there.getByText('九点开始排水口巡查').count()).toBe(0)
  await stage.api.send('DELETE', `/wall/shows/${all}`, { as: 'duty' })
  await gone(there, '全体注意')
  // The newest had covered it.
  await shown(here, '九点开始排水口巡查')
  // Over by time: the page's own clock ends it, nobody tells it to.
  await stage.api.store.sql`update screen_show set until = now() + interval '2 seconds' where id = ${one}`
  stage.api.runtime.signals.raise('screen')
  await gone(here, '九点开始排水口巡查')
})

it('a screen that is revoked empties at once and says so, also when it is opened again', async () => {
  const { id, path } = await addScreen('要停用')
  const screen = await wall(path)
  await shown(screen, '急要件')
  await stage.api.send('DELETE', `/screens/${id}`, { as: 'admin' })
  await shown(screen, '此屏幕已停用')
  expect(await screen.getByText('急要件').count()).toBe(0)
  await screen.goto(`${stage.url}/wall`)
  await shown(screen, '此屏幕已停用')
  expect(await screen.getByText('急要件').count()).toBe(0)
  const late = await wall(path)
  await shown(late, '这个大屏地址不能用')
})

it('a screen loads itself anew when there is another build of the page, but not under an announcement', async () => {
  const { id, path } = await addScreen('换版本')
  const screen = await wall(path)
  await shown(screen, '急要件')
  await screen.evaluate(() => Object.assign(window, { isOldPage: true }))
  const isOld = () => screen.evaluate(() => 'isOldPage' in window)
  const show = await announce('先看这个', [id])
  await shown(screen, '先看这个')

  // Another build: the same code under another name.
  const page = await readFile(join(pagesDir, 'index.html'), 'utf8')
  const entry = /\/assets\/[^"]+\.js/.exec(page)?.[0] ?? ''
  const next = entry.replace(/\.js$/, '-2.js')
  await cp(join(pagesDir, entry), join(pagesDir, next))
  await writeFile(join(pagesDir, 'index.html'), page.replace(entry, next))
  // What is told with the next message: there is another build, and still something to be read here.
  stage.api.runtime.signals.raise('screen')
  const more = await announce('还有这个', [id])
  await shown(screen, '还有这个')
  await stage.api.send('DELETE', `/wall/shows/${more}`, { as: 'duty' })
  await shown(screen, '先看这个')
  expect(await isOld()).toBe(true)

  const reloaded = screen.waitForEvent('load', PATIENCE)
  await stage.api.send('DELETE', `/wall/shows/${show}`, { as: 'duty' })
  await reloaded
  await shown(screen, '急要件')
  expect(await isOld()).toBe(false)
  expect(await screen.evaluate(() => [...document.scripts].map((s) => new URL(s.src).pathname))).toContain(
    next,
  )
})

it('the wall account and an api key in the address still open the wall', async () => {
  const keyed = await wall(`/wall?token=${await stage.api.newKey('wall')}`)
  await shown(keyed, '急要件')
  const show = await announce('也给旧大屏', 'all')
  await shown(keyed, '也给旧大屏')
  await stage.api.send('DELETE', `/wall/shows/${show}`, { as: 'duty' })
})
