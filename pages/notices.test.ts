// The bell, the case's clocks and flags, and going on duty, in a real browser on an api of its own: what the log has for a
// person appears without asking, leads to the case, and is read by looking.
import { expect, it } from 'vitest'
import { deskOf } from '#api/testing/desk.ts'
import { ringingPack, writeNotices } from '#api/testing/notices.ts'
import { dutyOf } from '#store/duty.ts'
import { apiPages } from './testing/api-pages.ts'
import { PATIENCE } from './testing/open-pages.ts'

const stage = apiPages(() => ({ pack: ringingPack() }))
const { open } = stage
const desk = deskOf(() => stage.api)
const write = () => writeNotices(stage.api)

async function climb(id: string, rung: string): Promise<void> {
  const done = await stage.api.runtime.commander.act(
    id,
    { action: 'escalate', payload: { rung } },
    { actor: { kind: 'rule', rule: 'escalation' } },
  )
  if (!done.ok) throw new Error(done.refusal.detail)
}

it('the bell rings by itself, shows the phone to the centre, and leads to the case', async () => {
  const id = await desk.filed()
  const page = await open('dispatcher', '/duty')
  await page.getByRole('button', { name: '通知，没有未读' }).waitFor(PATIENCE)
  stage.api.clock.advance(3_600_000)
  await climb(id, 'ring')
  await write()
  // Nobody has touched the page.
  const bell = page.getByRole('button', { name: '通知，1 条未读' })
  await bell.waitFor(PATIENCE)
  await bell.focus()
  await page.keyboard.press('Enter')
  const list = page.getByRole('region', { name: '通知' })
  await list.getByText('请电话催办责任单位').waitFor(PATIENCE)
  expect(await list.getByText('半时未签收').count()).toBe(1)
  expect(await list.getByRole('link', { name: '拨打 0000-1111' }).getAttribute('href')).toBe('tel:00001111')
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'hidden', ...PATIENCE })
  expect(await bell.evaluate((b) => b === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await list.getByRole('link', { name: /请电话催办责任单位/ }).click()
  await page.waitForURL(`**/cases/${id}`, PATIENCE)
  await page.getByRole('button', { name: '通知，没有未读' }).waitFor(PATIENCE)

  // The case shows the rung that was climbed, what runs, and what evaluation counts.
  const clocks = page.locator('section', { has: page.getByRole('heading', { name: '时限与升级' }) })
  await clocks.getByText('半时未签收').waitFor(PATIENCE)
  await clocks.getByText('签收', { exact: false }).first().waitFor(PATIENCE)
  const flag = page.getByRole('button', { name: '按时立案', exact: true })
  await flag.click()
  await page.getByText('在时限内立案；派人核实期间不计时').waitFor(PATIENCE)
})

it('all are read with one press', async () => {
  for (let i = 0; i < 3; i++) await desk.filed()
  await write()
  const page = await open('water', '/department')
  const bell = page.getByRole('button', { name: /^通知，[1-9]\d* 条未读$/ })
  await bell.click(PATIENCE)
  await page.getByRole('button', { name: '全部标为已读' }).click(PATIENCE)
  await page.getByRole('button', { name: '通知，没有未读' }).waitFor(PATIENCE)
})

it('a supervisor goes on duty and off it by a press each', async () => {
  const page = await open('supervisor', '/check')
  await page.getByText('未在岗').waitFor(PATIENCE)
  await page.getByRole('button', { name: '上岗' }).click()
  await page.getByRole('button', { name: '离岗' }).waitFor(PATIENCE)
  const account = await stage.api.accountId('supervisor')
  expect(await dutyOf(stage.api.store, account)).toBeDefined()
  await page.getByRole('button', { name: '离岗' }).click()
  await page.getByText('未在岗').waitFor(PATIENCE)
  expect(await dutyOf(stage.api.store, account)).toBeUndefined()
})

it('who owes a new password is led to change it, whichever page they open', async () => {
  const page = await open('leader', '/')
  await stage.api.store.sql`update account set must_change = true where username = 'leader'`
  await expect
    .poll(async () => {
      await page.goto(`${stage.url}/duty`)
      await page.waitForLoadState('networkidle')
      return new URL(page.url()).pathname
    }, PATIENCE)
    .toBe('/password')
  await page.getByText('您的密码是别人设置的，请先改成自己的。').waitFor(PATIENCE)
})
