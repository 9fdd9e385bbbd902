// A city's administrator in a real browser: people imported who then log in, a pack with faults corrected and loaded, a policy
// overruled; and each administration shown to its own post only.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { csvText } from '#domain/csv.ts'
import { readPack } from '#pack/read-pack.ts'
import { serious } from './testing/axe.ts'
import { apiPages } from './testing/api-pages.ts'
import { PATIENCE } from './testing/open-pages.ts'

const SAMPLE = join(import.meta.dirname, '../cities/sample')

const stage = apiPages(async () => {
  const { pack } = await readPack(SAMPLE)
  if (!pack) throw new Error('the sample city has faults')
  const person = (username: string, post: 'admin' | 'system-admin' | 'security-admin' | 'auditor') => ({
    username,
    name: username,
    posts: [post],
    areas: [],
  })
  const users = [
    person('admin', 'admin'),
    person('system', 'system-admin'),
    person('security', 'security-admin'),
    person('auditor', 'auditor'),
  ]
  const others = pack.users.filter((u) => u.username !== 'admin')
  return { pack: { ...pack, demo: true, users: [...users, ...others] } }
})

const shown = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(PATIENCE)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

it('people are imported, and one of them logs in and chooses a password', async () => {
  const page = await stage.open('security', '/admin/accounts')
  await button(page, '导入账号').click()
  const upload = (text: string) =>
    page
      .getByLabel('人员表')
      .setInputFiles({ name: '人员.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const header = ['账号', '姓名', '岗位', '单位', '区域']
  await upload(csvText([header, ['xiaochen', '陈某', '站长', '', '']]))
  await button(page, '检查').click()
  await shown(page, '错误 1 处，须先改正')
  await page.getByRole('cell', { name: /未知岗位“站长”/ }).waitFor(PATIENCE)
  expect(await page.getByRole('button', { name: /确认导入/ }).count()).toBe(0)

  await upload(csvText([header, ['xiaochen', '陈某', '受理员', '', '']]))
  await button(page, '检查').click()
  await shown(page, '新建 1，修改 0，不变 0，拒绝 0')
  expect(await serious(page)).toEqual([])
  await button(page, '确认导入 1 个').click()
  await shown(page, /1 个初始密码只显示这一次/)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: /下载初始密码/ }).click()
  const list = await readFile(await (await downloading).path(), 'utf8')
  const [, password = ''] = /xiaochen,陈某,(\S+)/.exec(list) ?? []
  expect(password).toMatch(/^[a-z2-9-]{14}$/)

  const own = await stage.logIn('xiaochen', '/cases', password)
  await own.getByLabel('现在的密码').fill(password)
  await own.getByLabel('新密码', { exact: true }).fill('another password')
  await own.getByLabel('再输一遍新密码').fill('another password')
  await button(own, '修改').click()
  await own.waitForURL((url) => url.pathname === '/cases', PATIENCE)
})

it('one person is added by a form, refused where something lacks, and changed', async () => {
  const page = await stage.open('security', '/admin/accounts')
  await button(page, '新增账号').click()
  const form = page.getByRole('dialog')
  const save = (name: string) => form.getByRole('button', { name, exact: true }).click()
  await save('新增账号')
  await form.getByText('请填写账号、姓名，并至少选一个岗位。').waitFor(PATIENCE)
  await form.getByLabel('账号', { exact: true }).fill('xiaolin')
  await form.getByLabel('姓名').fill('林某')
  await form.getByLabel('处置人员').check()
  await save('新增账号')
  await form.getByText('部门经办和处置人员要选单位。').waitFor(PATIENCE)
  await form.getByLabel('处置人员').uncheck()
  await form.getByLabel('派遣员').check()
  expect(await serious(page)).toEqual([])
  await save('新增账号')
  await shown(page, '林某 的账号已建好。')
  await shown(page, /1 个初始密码只显示这一次/)

  await page.getByRole('searchbox').fill('xiaolin')
  await button(page, '修改').click()
  await form.getByLabel('受理员').check()
  await save('保存')
  await shown(page, '林某 的账号已修改。')
  await page.getByRole('cell', { name: '受理员、派遣员' }).waitFor(PATIENCE)
})

/** The sample city as a zip, with one file changed. */
function packZip(change: (users: string) => string): Buffer {
  const files = readdirSync(SAMPLE).map((name): [string, Buffer] => {
    const bytes = readFileSync(join(SAMPLE, name))
    return [name, name === 'users.csv' ? Buffer.from(change(bytes.toString('utf8'))) : bytes]
  })
  return Buffer.from(zipSync(Object.fromEntries(files)))
}

it('a pack with a fault is refused with its place, corrected, compared and loaded', async () => {
  const page = await stage.open('admin', '/admin/city')
  await shown(page, /第 1 版/)
  const upload = (buffer: Buffer) =>
    page.getByLabel('城市包（.zip）').setInputFiles({ name: 'pack.zip', mimeType: 'application/zip', buffer })
  const line = (post: string) => (users: string) => `${users.trimEnd()}\nlate-comer,后来的,${post},,,\n`
  await upload(packZip(line('站长')))
  await button(page, '检查').click()
  await page.getByRole('cell', { name: 'users.csv' }).first().waitFor({ timeout: 60_000 })
  await shown(page, '错误 1 处，须先改正')
  expect(await button(page, '装载').count()).toBe(0)

  await upload(packZip(line('受理员')))
  await button(page, '检查').click()
  await shown(page, /没有错误：样例县/)
  await page.getByRole('cell', { name: /late-comer/ }).waitFor(PATIENCE)
  expect(await serious(page)).toEqual([])
  await button(page, '装载').click()
  await page.getByRole('dialog').getByRole('button', { name: '装载' }).click()
  await page.getByText('已装载，第 2 版，正在生效。').waitFor({ timeout: 60_000 })
  await shown(page, /第 2 版，/)
  expect((await stage.api.runtime.cityFor()).pack.users.map((u) => u.username)).toContain('late-comer')
})

it('a policy is overruled with a reason after what it changes was shown, and taken back', async () => {
  const page = await stage.open('system', '/admin/policies')
  await button(page, '修改 挂账天数').click()
  const dialog = page.getByRole('dialog', { name: '挂账天数' })
  await dialog.getByLabel('值').fill('-3')
  await dialog.getByText('须为0至1000之间的整数').waitFor(PATIENCE)
  await dialog.getByLabel('值').fill('45')
  await dialog.getByText(/→ 45/).waitFor(PATIENCE)
  await dialog.getByLabel(/理由/).fill('汛期')
  await button(page, '改为新值').click()
  await shown(page, /system .* 改：汛期/)
  expect((await stage.api.runtime.cityFor()).pack.policies.maxSuspendDays).toBe(45)
  expect(await serious(page)).toEqual([])
  await button(page, '撤回 挂账天数').click()
  await page.getByLabel(/理由/).fill('汛期已过')
  await button(page, '撤回').click()
  await expect.poll(() => page.getByText('汛期').count(), PATIENCE).toBe(0)
})

it.each([
  ['system', ['系统', '城市包', '策略', '屏幕', '通知渠道']],
  ['security', ['账号', '密钥', '安全策略']],
  ['auditor', ['审计']],
])(
  '%s sees the sections of that administration and no others',
  async (username, sections) => {
    const page = await stage.open(username, '/admin')
    const links = page.getByRole('navigation', { name: '管理内容' }).getByRole('link')
    await links.first().waitFor(PATIENCE)
    expect(await links.allTextContents()).toEqual(sections)
    const foreign = username === 'auditor' ? 'accounts' : 'audit'
    await page.goto(`${stage.url}/admin/${foreign}`)
    await shown(page, '这一页是管理员的，您的岗位不能打开。')
  },
  60_000,
)

it('the board of the queues opens as a page of ours, with no fault of its policy', async () => {
  const page = await stage.open('system', '/admin/system')
  const faults: string[] = []
  page.on('console', (m) => m.type() === 'error' && faults.push(m.text()))
  await shown(page, '要处理的事')
  expect(await serious(page)).toEqual([])
  await page.goto(`${stage.url}/api/v1/admin/queues/`)
  await page.getByText('回音 任务队列').first().waitFor(PATIENCE)
  expect(faults).toEqual([])
})
