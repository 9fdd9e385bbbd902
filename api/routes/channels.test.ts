// Channels over the API: secrets come in and never go out, addresses that must not be reached are refused, dead letters are
// listed and sent again, everything is audited.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelSeal } from '#store/sealed.ts'
import type { ChannelSecrets } from '#domain/delivery/channel.ts'
import { addDeliveries } from '#store/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { openTestApi, type TestApi } from '../testing/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const as = { as: 'admin' }
const WEBHOOK = { kind: 'webhook', name: '数据中台', url: 'https://10.1.2.3/hook?key=query-key-123' }
const SMS = {
  kind: 'sms',
  name: '短信网关',
  url: 'https://sms.example/send?appkey=key-in-address',
  method: 'POST',
  headers: { 'X-Token': 'key-in-header' },
  body: '{"pwd":"key-in-body","to":"{{mobile}}","text":"{{text}}"}',
}
const MAIL = {
  kind: 'email',
  name: '邮件',
  host: 'mail.example',
  port: 465,
  security: 'tls',
  user: 'huiyin',
  password: 'key-of-mail',
  from: '回音 <huiyin@city.example>',
}
const make = async (body: object) => {
  const answer = await api.post('/delivery/channels', body, as)
  expect(answer.status).toBe(201)
  return answer.body as { id: string; secret?: string }
}
const sealedOf = async (id: string) => {
  const [row] = await api.store.sql<{ sealed: Uint8Array }[]>`
    select sealed from delivery_channel where id = ${id}`
  return row?.sealed ?? new Uint8Array()
}
const opened = async (id: string) =>
  channelSeal(api.config.sessionSecret)?.open<ChannelSecrets>(id, await sealedOf(id))
const faultsOf = async (body: object) => {
  const answer = await api.post('/delivery/channels', body, as)
  expect(answer.status).toBe(400)
  return (answer.body.errors as { path: string }[]).map((e) => e.path)
}
/** A row of the outbox that could not be sent. */
async function deadLetter(channel: string): Promise<string> {
  const id = uuidv7()
  await addDeliveries(api.store.sql, [
    { id, channel, source: id, recipient: '', kind: 'case.closed', caseId: undefined, body: {} },
  ])
  await api.store.sql`
    update delivery set state = 'dead', attempts = 12, last_at = now(), result = '{"code":"timeout"}' where id = ${id}`
  return id
}

describe('secrets', () => {
  test('a webhook’s is told once; nothing secret is in any answer, in the clear in the database, or in the audit', async () => {
    const { id, secret } = await make(WEBHOOK)
    const [sms, mail] = [await make(SMS), await make(MAIL)]
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect([sms.secret, mail.secret]).toEqual([undefined, undefined])
    const keys = [
      secret,
      'query-key-123',
      'key-in-address',
      'key-in-header',
      'key-in-body',
      'key-of-mail',
    ].map(String)
    const list = await api.get('/delivery/channels', as)
    const dump = await api.store.sql`
      select row_to_json(c)::text || encode(sealed, 'escape') as text from delivery_channel c`
    const audit = await api.store.sql`select detail::text as text from admin_audit`
    const seen = JSON.stringify([list.body, dump, audit])
    for (const key of keys) expect(seen).not.toContain(key)
    expect(list.body.items.find((c: { id: string }) => c.id === id)).toMatchObject({
      target: 'https://10.1.2.3/hook',
      kept: ['url', 'signing'],
      readable: true,
    })
    expect(list.body.items.find((c: { id: string }) => c.id === sms.id)).toMatchObject({
      target: 'sms.example',
      kept: ['url', 'headers', 'body'],
      settings: { method: 'POST' },
    })
    expect(await opened(mail.id)).toEqual({ password: 'key-of-mail' })
  })

  test('stay as they are when something else is changed, and a new one signs beside the old for a day', async () => {
    const { id, secret } = await make(WEBHOOK)
    const change = await api.send('PATCH', `/delivery/channels/${id}`, { ...as, body: { name: '新名' } })
    expect(change.status).toBe(204)
    expect(await opened(id)).toEqual({ url: WEBHOOK.url, signing: secret })
    const again = await api.post(`/delivery/channels/${id}/secret`, undefined, as)
    expect(await opened(id)).toMatchObject({ signing: again.body.secret, former: { signing: secret } })
    const mail = await make(MAIL)
    expect((await api.post(`/delivery/channels/${mail.id}/secret`, undefined, as)).status).toBe(409)
  })

  test('sealed by another SESSION_SECRET are said to be unreadable', async () => {
    const { id } = await make(MAIL)
    await api.store.sql`
      update delivery_channel set sealed = ${channelSeal('another secret, quite long enough')?.close(id, {}) ?? null}
      where id = ${id}`
    const { body } = await api.get('/delivery/channels', as)
    expect(body.items.find((c: { id: string }) => c.id === id)).toMatchObject({ readable: false, kept: [] })
  })
})

describe('refused', () => {
  test.each([
    'http://127.0.0.1/x',
    'http://2130706433/x',
    'http://[::1]/x',
    'http://[::ffff:169.254.169.254]/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
    'http://0.0.0.0/x',
  ])('%s, which leads to this machine or its wire', async (url) =>
    expect(await faultsOf({ ...WEBHOOK, url })).toEqual(['/url']),
  )

  test('the same for a mail server, faults of a template, places that are not there', async () => {
    expect(await faultsOf({ ...MAIL, host: '127.0.0.1' })).toEqual(['/host'])
    expect(await faultsOf({ ...SMS, body: '{"a":"{{phone}}"}' })).toContain('/body')
    expect(await faultsOf({ ...WEBHOOK, scope: 'department:nowhere' })).toEqual(['/scope'])
    expect(await faultsOf({ ...WEBHOOK, password: 'x' })).toEqual(['/password'])
    expect(await faultsOf({ ...SMS, url: 'https://{{text}}.example/' })).toEqual(['/url'])
    // What cannot be written into a request would fail at every try.
    expect(await faultsOf({ ...SMS, headers: { 'X-Name': '值班 {{name}}' } })).toContain('/headers/X-Name')
  })
})

describe('dead letters', () => {
  test('are listed with the reason, and wait again one by one or all; not while the channel is off', async () => {
    const { id } = await make(WEBHOOK)
    const [one, , three] = [await deadLetter(id), await deadLetter(id), await deadLetter(id)]
    const first = await api.get(`/delivery/channels/${id}/deliveries?state=dead&limit=2`, as)
    expect(first.body.items.map((d: { id: string }) => d.id)[0]).toBe(three)
    expect(first.body.items[0]).toMatchObject({ state: 'dead', attempts: 12, result: { code: 'timeout' } })
    const rest = await api.get(
      `/delivery/channels/${id}/deliveries?state=dead&limit=2&cursor=${first.body.nextCursor}`,
      as,
    )
    expect(rest.body.items.map((d: { id: string }) => d.id)).toEqual([one])
    expect((await api.post(`/delivery/deliveries/${one}/resend`, undefined, as)).body).toEqual({ resent: 1 })
    expect((await api.post(`/delivery/deliveries/${one}/resend`, undefined, as)).body).toEqual({ resent: 0 })
    expect((await api.post(`/delivery/channels/${id}/resend`, undefined, as)).body).toEqual({ resent: 2 })
    await api.send('PATCH', `/delivery/channels/${id}`, { ...as, body: { enabled: false } })
    // Switched off, what waited is a dead letter again.
    const { body } = await api.get('/delivery/channels', as)
    expect(body.items.find((c: { id: string }) => c.id === id)).toMatchObject({
      enabled: false,
      dead: 3,
      waiting: 0,
    })
    expect((await api.post(`/delivery/channels/${id}/resend`, undefined, as)).body.code).toBe('channel-off')
  })
})

test('a test waits ahead of everything, and to an address that is one', async () => {
  const mail = await make(MAIL)
  const path = `/delivery/channels/${mail.id}/test`
  expect((await api.post(path, {}, as)).status).toBe(400)
  const { status, body } = await api.post(path, { to: 'admin@city.example' }, as)
  expect(status).toBe(202)
  expect((await api.get(`/delivery/deliveries/${body.id}`, as)).body).toMatchObject({
    kind: 'test',
    state: 'waiting',
  })
})

test('removed, it goes with its outbox; the audit keeps every act and its name', async () => {
  const { id } = await make({ ...WEBHOOK, name: '要删的' })
  await deadLetter(id)
  expect((await api.send('DELETE', `/delivery/channels/${id}`, as)).status).toBe(204)
  expect((await api.send('DELETE', `/delivery/channels/${id}`, as)).status).toBe(404)
  expect(await api.store.sql`select 1 from delivery where channel_id = ${id}`).toHaveLength(0)
  const acts = await api.store.sql<{ action: string; name: string }[]>`
    select action, detail ->> 'name' as name from admin_audit where target_id = ${id} order by id`
  expect(acts.map((a) => [a.action, a.name])).toEqual([
    ['channel-add', '要删的'],
    ['channel-remove', '要删的'],
  ])
})

test('contacts are set and cleared, one without the other', async () => {
  const id = await api.accountId('duty')
  const path = `/delivery/contacts/${id}`
  const patch = (body: object) => api.send('PATCH', path, { ...as, body })
  expect((await patch({ email: 'duty@city.example', mobile: '13900000000' })).status).toBe(204)
  expect((await patch({ mobile: null })).status).toBe(204)
  const { body } = await api.get('/delivery/contacts', as)
  const found = body.items.find((c: { id: string }) => c.id === id)
  expect([found.email, found.mobile]).toEqual(['duty@city.example', undefined])
  expect((await patch({ email: 'a@b, c@d' })).status).toBe(400)
  expect((await patch({ mobile: 'call me' })).status).toBe(400)
})

test('the schema of the documents is served to whoever is logged in', async () => {
  const { body } = await api.get('/delivery/webhook-schema', { as: 'duty' })
  expect(body).toMatchObject({ title: 'Huiyin webhook event', type: 'object' })
  expect(body.properties.case.properties).toHaveProperty('receiptNo')
})
