// The audit: what administrators did and who looked at who reported, in order, complete, and never changed; and the
// security policy that it tells of.
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES, cityPack } from '#domain/testing/city.ts'
import { DAY_MS } from '#domain/days.ts'
import { keepRetention } from '#store/retention.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from './testing/api.ts'
import { deskOf } from './testing/desk.ts'

let api: TestApi
const desk = deskOf(() => api)
const NAME = '王小明'
const PHONE = '13812345678'
const apart = (username: string, post: 'system-admin' | 'security-admin' | 'auditor') => ({
  username,
  name: username,
  posts: [post],
  areas: [],
})

beforeAll(async () => {
  const users = [
    ...USERS,
    apart('system', 'system-admin'),
    apart('security', 'security-admin'),
    apart('auditor', 'auditor'),
  ]
  api = await openTestApi({ pack: { ...cityPack(), users } })
})
afterAll(() => api.close())

async function asOwner(statement: string): Promise<unknown> {
  const sql = postgres(api.ownerUrl, { max: 1 })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

const auditOf = async (query = '', as = 'auditor') => {
  const { status, body } = await api.get(`/admin/audit${query}`, { as })
  expect(status).toBe(200)
  return body.items as { action: string; by?: { username: string }; target: object; detail: object }[]
}
const hotline = async () => {
  const { body } = await api.post(
    '/cases',
    {
      description: '渠边有漂浮垃圾',
      location: PLACES.canal,
      categoryCode: 'E0125',
      source: 'hotline',
      reporter: { name: NAME, phone: PHONE },
    },
    { as: 'operator' },
  )
  await api.settle(body.id)
  return body as { id: string; receiptNo: string }
}

describe('looking at who reported', () => {
  test('is open to the centre with a reason, told to auditors, and nothing else shows it', async () => {
    const { id, receiptNo } = await hotline()
    expect((await desk.read(id, 'operator')).reporter).toEqual({ name: '王**', phone: '138****5678' })
    expect(faultPaths(await api.post(`/cases/${id}/unmask`, { reason: ' ' }, { as: 'operator' }))).toContain(
      '/reason',
    )
    expect(await auditOf(`?case=${receiptNo}`)).toEqual([])
    const seen = await api.post(`/cases/${receiptNo}/unmask`, { reason: ' 回访 ' }, { as: 'operator' })
    expect(seen.body).toEqual({ reporter: { name: NAME, phone: PHONE } })
    expect(await auditOf(`?case=${receiptNo}`)).toMatchObject([
      {
        action: 'unmask',
        by: { username: 'operator' },
        posts: ['operator'],
        via: 'session',
        target: { kind: 'case', id, name: receiptNo },
        detail: { reason: '回访' },
      },
    ])
    const looks = await api.get(`/cases/${id}/unmaskings`, { as: 'auditor' })
    expect(looks.body.items).toMatchObject([
      { by: { name: 'operator 的人' }, posts: ['operator'], reason: '回访' },
    ])
    expectProblem(await api.get(`/cases/${id}/unmaskings`, { as: 'operator' }), 403, 'forbidden')
    for (const as of ['admin', 'water', 'grid', 'auditor', 'evaluator'])
      expectProblem(await api.post(`/cases/${id}/unmask`, { reason: '看看' }, { as }), 403, 'forbidden')
    expect(JSON.stringify(await auditOf())).not.toContain(PHONE)
  })

  test('finds nothing once it was erased by rule, so many days after the end', async () => {
    const { id } = await hotline()
    const open = await hotline()
    await desk.done(id, 'operator', 'reject', { reason: 'not-managed-here' })
    const set = await api.send('PUT', '/admin/security', { as: 'security', body: { eraseReporterDays: 30 } })
    expect(set.body.eraseReporterDays).toBe(30)
    const context = { store: api.store, runtime: api.runtime, log: api.start.log }
    const hour = 3_600_000
    api.clock.advance(29 * DAY_MS)
    expect(await keepRetention(context, 0)).toBe(0)
    api.clock.advance(2 * DAY_MS)
    // Not at every turn of the worker.
    expect(await keepRetention(context, hour - 1)).toBeUndefined()
    expect(await keepRetention(context, hour)).toBe(1)
    expectProblem(
      await api.post(`/cases/${id}/unmask`, { reason: '回访' }, { as: 'operator' }),
      404,
      'not-found',
    )
    const { body } = await api.get(`/cases/${id}/events`, { as: 'duty' })
    expect(body.items.at(-1)).toMatchObject({ type: 'erased', payload: { rule: 'retention-30-days' } })
    const still = await api.post(`/cases/${open.id}/unmask`, { reason: '回访' }, { as: 'operator' })
    expect(still.body.reporter).toEqual({ name: NAME, phone: PHONE })
    await api.send('PUT', '/admin/security', { as: 'security', body: { eraseReporterDays: null } })
    expect(await keepRetention(context, 3 * hour)).toBeUndefined()
  })
})

describe('what administrators do', () => {
  test('is kept: accounts, keys, screens, policy, each by whom', async () => {
    const id = await api.accountId('grid2')
    const as = (username: string) => ({ as: username })
    await api.post(`/accounts/${id}/password`, { password: 'another word' }, as('security'))
    await api.post(`/accounts/${id}/disable`, undefined, as('security'))
    await api.post(`/accounts/${id}/enable`, undefined, as('security'))
    const key = await api.post('/api-keys', { name: '传感器', account: 'operator' }, as('security'))
    await api.post(`/api-keys/${key.body.id}/revoke`, undefined, as('security'))
    const made = await api.post(
      '/screens',
      { name: '大屏', widthMm: 4800, viewingDistanceM: 8, tiles: { columns: 1, rows: 1 } },
      as('system'),
    )
    await api.send('PATCH', `/screens/${made.body.id}`, { ...as('system'), body: { name: '一号' } })
    await api.post(`/screens/${made.body.id}/token`, undefined, as('system'))
    await api.send('DELETE', `/screens/${made.body.id}`, as('system'))
    await api.send('PUT', '/admin/security', { ...as('security'), body: { lockMinutes: 20, lockAfter: 10 } })
    // What changes nothing is nothing to tell.
    await api.send('PUT', '/admin/security', { ...as('security'), body: { lockMinutes: 20 } })
    const kept = await auditOf('?limit=200')
    const since = kept.slice(0, 10).reverse()
    expect(since.map((e) => [e.action, e.by?.username])).toEqual([
      ['account-password', 'security'],
      ['account-disable', 'security'],
      ['account-enable', 'security'],
      ['key-make', 'security'],
      ['key-revoke', 'security'],
      ['screen-add', 'system'],
      ['screen-change', 'system'],
      ['screen-token', 'system'],
      ['screen-revoke', 'system'],
      ['policy-change', 'security'],
    ])
    expect(since.at(-1)?.detail).toEqual({ lockMinutes: { from: 15, to: 20 } })
    expect(since[3]).toMatchObject({
      target: { kind: 'key', name: '传感器' },
      detail: { account: 'operator' },
    })
    const all = JSON.stringify(kept)
    for (const secret of [key.body.key, made.body.token, 'another word']) expect(all).not.toContain(secret)
  })

  test('a refused attempt changes nothing and tells nothing', async () => {
    const before = (await auditOf('?limit=200')).length
    const id = await api.accountId('grid2')
    expectProblem(await api.post(`/accounts/${id}/disable`, undefined, { as: 'system' }), 403, 'forbidden')
    expectProblem(
      await api.send('PUT', '/admin/security', { as: 'auditor', body: { lockAfter: 99 } }),
      403,
      'forbidden',
    )
    expectProblem(
      await api.send('PUT', '/admin/security', { as: 'security', body: { idleMinutes: 1 } }),
      400,
      'invalid',
    )
    expect((await auditOf('?limit=200')).length).toBe(before)
  })

  test('is found by action, person, time and page by page', async () => {
    expect((await auditOf('?action=key-make')).map((e) => e.action)).toEqual(['key-make'])
    expect(new Set((await auditOf('?by=system')).map((e) => e.by?.username))).toEqual(new Set(['system']))
    expect(await auditOf('?until=2020-01-01T00:00:00Z')).toEqual([])
    expect(await auditOf('?case=R201901010001')).toEqual([])
    const all = await auditOf('?limit=200')
    const read: object[] = []
    for (let cursor = ''; ; ) {
      const { body } = await api.get(`/admin/audit?limit=3${cursor}`, { as: 'auditor' })
      read.push(...body.items)
      if (body.nextCursor === undefined) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(read).toEqual(all)
  })

  test('is exported whole as a file that spreadsheets take for no formula, and the export is kept', async () => {
    await api.post('/api-keys', { name: '=cmd()', account: 'operator' }, { as: 'security' })
    const count = (await auditOf('?limit=200')).length
    const raw = await api.app.inject({
      url: '/api/v1/admin/audit?format=csv',
      headers: { cookie: await api.cookieOf('auditor') },
    })
    expect(raw.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(raw.headers['content-disposition']).toMatch(/attachment/)
    const lines = raw.body.trimEnd().split('\r\n')
    expect(lines[0]).toBe('\uFEFFat,username,name,posts,via,ip,action,target,target_id,target_name,detail')
    expect(lines.length - 1).toBe(count + 1)
    expect(raw.body).toContain(`'=cmd()`)
    expect((await auditOf())[0]).toMatchObject({ action: 'audit-export', by: { username: 'auditor' } })
  })

  test('can be changed or removed by nobody, not even by the database’s owner in passing', async () => {
    const changes = [
      "update admin_audit set action = 'unmask'",
      'delete from admin_audit',
      'truncate admin_audit',
    ]
    for (const statement of changes) {
      // The application's role may not; and what may is stopped by a trigger.
      await expect(api.store.sql.unsafe(statement)).rejects.toThrow(/permission denied for table admin_audit/)
      await expect(asOwner(statement)).rejects.toThrow(/append-only/)
    }
  })
})
