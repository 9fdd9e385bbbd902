// Accounts imported: shown row by row first, applied all or nothing, passwords told once; and an account unlocked.
import iconv from 'iconv-lite'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cityPack } from '#domain/testing/city.ts'
import { csvText } from '#domain/csv.ts'
import { expectProblem, openTestApi, type TestApi, USERS } from './testing/api.ts'
import { fileForm } from './testing/upload.ts'

let api: TestApi
beforeAll(async () => {
  const gone = { username: 'gone', name: '离任', posts: ['operator' as const], areas: [] }
  const security = { username: 'security', name: '安全', posts: ['security-admin' as const], areas: [] }
  api = await openTestApi({ pack: { ...cityPack(), users: [...USERS, gone, security] } })
  await api.store.sql`update account set disabled_at = now() where username = 'gone'`
})
afterAll(() => api.close())

const HEADER = ['账号', '姓名', '岗位', '单位', '区域', '手机', '邮箱']
const list = (...rows: string[][]) => csvText([HEADER, ...rows])
const send = (file: Uint8Array | string, { as = 'security', apply = '' } = {}) =>
  api.send('POST', `/accounts/import${apply === '' ? '' : `?apply=${apply}`}`, { as, ...fileForm(file) })
const accounts = async () => {
  const { body } = await api.get('/accounts', { as: 'security' })
  return new Map<string, Record<string, unknown>>(
    body.items.map((a: { username: string }) => [a.username, a]),
  )
}
const audited = async (action: string) =>
  (await api.get(`/admin/audit?action=${action}`, { as: 'admin' })).body.items

test('is looked at, applied as it was shown, and whoever is new logs in and changes the password', async () => {
  const file = list(
    ['xiaowang', '王某', '受理员、派遣员', '', '', '139 0000 0001', 'w@example.org'],
    ['water', 'water 的人', '部门经办', 'water', '', '', ''],
    ['operator', '改了名', '受理员', '', '', '', ''],
  )
  const looked = await send(file)
  expect(looked.status).toBe(200)
  expect(looked.body.faults).toEqual([])
  expect(looked.body.rows.map((r: { what: string }) => r.what)).toEqual(['create', 'change', 'change'])
  expect(looked.body.rows[2]).toMatchObject({
    row: 4,
    changes: [{ field: 'name', from: 'operator 的人', to: '改了名' }],
  })
  expect((await accounts()).has('xiaowang')).toBe(false)

  const done = await send(file, { apply: looked.body.plan })
  expect(done.status).toBe(200)
  const given = new Map<string, string>(
    done.body.passwords.map((p: { username: string; password: string }) => [p.username, p.password]),
  )
  expect([...given.keys()]).toEqual(['xiaowang', 'water', 'operator'])
  expect((await accounts()).get('xiaowang')).toMatchObject({
    posts: ['operator', 'dispatcher'],
    mustChange: true,
  })
  const password = given.get('xiaowang') ?? ''
  const first = await api.post('/auth/login', { username: 'xiaowang', password })
  expect(first.body.user).toMatchObject({ username: 'xiaowang', mustChange: true })

  const [entry] = await audited('account-import')
  expect(entry).toMatchObject({ by: { username: 'security' }, detail: { created: ['xiaowang'] } })
  expect(JSON.stringify(entry)).not.toContain(password)
  // A second time there is nothing to do, and nobody gets another password.
  const again = await send(file)
  expect(again.body.rows.map((r: { what: string }) => r.what)).toEqual(['same', 'same', 'same'])
})

test('a list without columns for phone and e-mail keeps those that are there', async () => {
  await api.store
    .sql`update account set mobile = '13900000002', email = 'o@example.org' where username = 'operator'`
  const short = csvText([HEADER.slice(0, 5), ['operator', '又改了名', '受理员', '', '']])
  const looked = await send(short)
  expect(looked.body.rows[0].changes.map((c: { field: string }) => c.field)).toEqual(['name'])
  expect((await send(short, { apply: looked.body.plan })).status).toBe(200)
  const [kept] = await api.store.sql`select name, mobile, email from account where username = 'operator'`
  expect(kept).toEqual({ name: '又改了名', mobile: '13900000002', email: 'o@example.org' })
})

test('what changed since it was looked at is not overwritten', async () => {
  const file = list(['later', '后来', '受理员', '', '', '', ''])
  const { plan } = (await send(file)).body
  await api.store.sql`insert into account (id, username, name, posts, areas)
    values (gen_random_uuid(), 'later', '抢先', '{operator}', '{}')`
  expectProblem(await send(file, { apply: plan }), 409, 'plan-changed')
  expectProblem(
    await send(list(['other', '别人', '管理员', '', '', '', '']), { apply: plan }),
    409,
    'plan-changed',
  )
  expect((await accounts()).get('later')).toMatchObject({ name: '抢先' })
  expect((await accounts()).has('other')).toBe(false)
})

test('bad rows are named by row and column, in GB18030 too, and nothing can be applied', async () => {
  const file = iconv.encode(
    [
      HEADER.join(','),
      'good,好,受理员,,,,',
      'b d,坏,站长,,,,',
      'c,,部门经办,没有这单位,没有这区域,abc,x',
    ].join('\n'),
    'gb18030',
  )
  const { body } = await send(file)
  expect(body.plan).toBeUndefined()
  expect(body.faults.map((f: { row: number; field: string }) => `${f.row} ${f.field}`)).toEqual([
    '4 name',
    '3 username',
    '3 posts',
    '4 department',
    '4 areas',
    '4 mobile',
    '4 email',
  ])
  expect(body.faults[1].zh).toContain('b d')
})

test.each([
  ['one’s own posts', ['security', '安全', '系统管理员', '', '', '', ''], 'own-posts'],
  ['a disabled account', ['gone', '离任', '受理员', '', '', '', ''], 'disabled'],
])('%s is refused', async (_, row, refusal) => {
  const { body } = await send(list(row))
  expect(body.plan).toBeUndefined()
  expect(body.rows).toMatchObject([{ row: 2, what: 'refuse', refusal }])
})

test.each([
  ['nothing', ''],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
  ['another table', '甲,乙\n1,2\n'],
  ['a broken workbook', Buffer.from('PK\x03\x04broken')],
])('%s is no list', async (_, file) => {
  const { status, body } = await send(file)
  expect([status, body.plan]).toEqual([200, undefined])
  expect(body.faults.length).toBeGreaterThan(0)
})

test('the template is a workbook with a sheet of accounts, which is read back', async () => {
  const { raw } = await api.get('/accounts/import/template', { as: 'security' })
  const { sheets } = await readXlsx(raw.rawPayload)
  expect(sheets.map((s) => s.name)).toEqual(['说明', '账号'])
  expect(sheets[1]?.rows[0]).toEqual(['用户名*', '姓名*', '岗位*', '单位', '区域', '手机', '邮箱'])
  const { body } = await send(raw.rawPayload)
  expect(body.faults.map((f: { zh: string }) => f.zh)).toEqual(['没有填写任何账号'])
})

test('an account locked by wrong passwords shows it, and is unlocked', async () => {
  await api.store.sql`insert into login_failure (username, failures, locked_until)
    values ('dispatcher', 10, now() + interval '15 minutes')`
  const locked = (await accounts()).get('dispatcher')
  expect(locked).toHaveProperty('lockedUntil')
  expect((await api.post(`/accounts/${locked?.id}/unlock`, {}, { as: 'security' })).status).toBe(204)
  expect((await accounts()).get('dispatcher')).not.toHaveProperty('lockedUntil')
  expect(await audited('account-unlock')).toMatchObject([{ target: { name: 'dispatcher' } }])
})
