// The administrator's page in a real browser, on an api of its own: what is asked before it is done, what is set by it,
// and that a password set by somebody else is changed first.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { PASSWORD, USERS } from '#api/testing/api.ts'
import { cityPack } from '#domain/testing/city.ts'
import { readDemo } from '#store/demo.ts'
import { apiPages } from './testing/api-pages.ts'
import { PATIENCE } from './testing/open-pages.ts'

const stage = apiPages(() => {
  const withPassword = ['admin', 'duty']
  const users = USERS.map((u) => (withPassword.includes(u.username) ? { ...u, password: PASSWORD } : u))
  return { pack: { ...cityPack(), demo: true, users }, config: { demoTraffic: true } }
})
const logIn = (username: string, path: string, password = PASSWORD) => stage.logIn(username, path, password)

const shown = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(PATIENCE)
const kept = async () => (await readDemo(stage.api.store)).settings
const mark = (page: Page) => page.locator('header').first()

it('asks before a storm, says when it ends, and ends it at once', async () => {
  const page = await logIn('admin', '/admin')
  const storm = page.locator('section', { has: page.getByRole('heading', { name: '暴雨' }) }).last()
  await storm.getByRole('button', { name: '开始' }).click()
  await page.getByRole('dialog', { name: '开始一场暴雨？' }).waitFor(PATIENCE)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect((await kept()).scene).toBe('ordinary')
  // The focus is back where it was, so that the keyboard can go on from there.
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '开始暴雨' }).click()
  await shown(page, /进行中，到演示时钟 .+ 自动结束/)
  expect((await kept()).scene).toBe('storm')
  await mark(page).getByText('暴雨').waitFor(PATIENCE)
  await storm.getByRole('button', { name: '结束' }).click()
  await expect.poll(async () => (await kept()).scene, PATIENCE).toBe('ordinary')
})

it('asks before the clock leaves the world’s time, and says how far it is ahead', async () => {
  const page = await logIn('admin', '/admin/demo')
  await shown(page, '与真实时间一致')
  await page.getByRole('button', { name: /^×240/ }).click()
  await page.getByRole('button', { name: '加快' }).click()
  await mark(page).getByText('演示时钟 ×240').waitFor(PATIENCE)
  await shown(page, /演示时钟比真实时间快 .+。/)
  // The way back is not asked about: nothing is lost by it.
  await page.getByRole('button', { name: /^×1 ?真实速度/ }).click()
  await mark(page)
    .getByText(/时钟快 /)
    .waitFor(PATIENCE)
  expect((await readDemo(stage.api.store)).clock.rate).toBe(1)
})

it('sets volume and pauses the simulated people, seen on the mark', async () => {
  const page = await logIn('admin', '/admin/demo')
  await page.getByRole('button', { name: '×20' }).click()
  await mark(page).getByText('业务量×20').waitFor(PATIENCE)
  await page.getByRole('button', { name: '暂停' }).click()
  await mark(page).getByText('模拟已暂停').waitFor(PATIENCE)
  expect(await kept()).toMatchObject({ multiple: 20, traffic: false })
})

it('is nobody else’s', async () => {
  const page = await logIn('duty', '/admin/accounts')
  await shown(page, '这一页是管理员的，您的岗位不能打开。')
})

it('a password that it sets is changed by its owner before anything else', async () => {
  const page = await logIn('admin', '/admin/accounts')
  await page.getByRole('searchbox').fill('leader')
  const row = page.getByRole('row', { name: /leader/ })
  await row.getByRole('button', { name: '重设密码' }).click()
  await page.getByRole('button', { name: '生成一个' }).click()
  const password = await page.getByLabel('新密码').inputValue()
  await page.getByRole('button', { name: '设置' }).click()
  await shown(page, 'leader 的人 的密码已重设。')

  const theirs = await logIn('leader', '/wall', password)
  await shown(theirs, '您的密码是别人设置的，请先改成自己的。')
  await theirs.getByLabel('现在的密码').fill(password)
  await theirs.getByLabel('新密码', { exact: true }).fill('their own one')
  await theirs.getByLabel('再输一遍新密码').fill('their own 0ne')
  await theirs.getByRole('button', { name: '修改', exact: true }).click()
  await shown(theirs, '两遍不一样。')
  await theirs.getByLabel('再输一遍新密码').fill('their own one')
  await theirs.getByRole('button', { name: '修改', exact: true }).click()
  await theirs.waitForURL('**/wall', PATIENCE)
})
