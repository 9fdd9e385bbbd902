// Webhooks to a real receiver: the document and its signature, tries again, dead letters, and exactly one row an event
// whatever is restarted or lost.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Compile } from 'typebox/compile'
import { MOST_ATTEMPTS } from '#domain/delivery/retry.ts'
import { WEBHOOK_EVENT, type WebhookEvent } from '#domain/delivery/webhook.ts'
import { USUAL_ALLOWED } from '#store/outside-address.ts'
import { resend, trimDeliveries } from '#store/outbox.ts'
import { followTimers } from '#store/timers.ts'
import { deliverJob } from '../jobs/deliver.ts'
import { type Bench, OUTSIDE_CONFIG, openBench, SIGNING } from '../testing/channels.ts'
import { CANAL } from '../testing/city.ts'
import { openReceiver, type Received, type Receiver } from '../testing/receiver.ts'
import {
  BACKENDS,
  type Disposable,
  eventually,
  HOUR,
  LOG,
  MORNING,
  openQueueServer,
  openStage,
  type Stage,
} from '../testing/stage.ts'
import { fireDueTimers } from '../timers/due.ts'

const event = Compile(WEBHOOK_EVENT)
const documentOf = (r: Received | undefined) => JSON.parse(r?.body ?? 'null') as WebhookEvent
/** As a receiver would check it, from the documentation alone. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const wanted = `v1,${createHmac('sha256', key).update(text, 'utf8').digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(wanted)
}

let queue: Disposable
let stage: Stage
let bench: Bench
let receiver: Receiver
beforeAll(async () => {
  queue = await openQueueServer('postgres')
})
afterAll(() => queue.drop())
beforeEach(async () => {
  stage = await openStage(queue)
  bench = openBench(stage)
  receiver = await openReceiver()
})
afterEach(async () => {
  await receiver.close()
  await stage.close()
})
const webhook = (settings = {}, more = {}) =>
  bench.channel('webhook', settings, { url: `${receiver.url}/hook`, signing: SIGNING, ...more })
async function dispatched(more: Parameters<Stage['report']>[0] = {}): Promise<string> {
  const { id } = await stage.report(more)
  await stage.runtime.commander.advance(id)
  return id
}
const states = async () => (await bench.rows()).map((r) => r.state)

describe('the document', () => {
  test('is of the published schema, signed, in the order of the log, without words or persons', async () => {
    const channel = await webhook()
    const id = await dispatched()
    await bench.write()
    await bench.send(channel)
    const documents = receiver.received.map(documentOf)
    expect(documents.map((d) => d.kind)).toEqual([
      'case.reported',
      'case.accepted',
      'case.filed',
      'case.dispatched',
    ])
    expect(documents.every((d) => event.Check(d))).toBe(true)
    expect(documents.map((d) => d.seq)).toEqual(documents.map((d) => d.seq).toSorted((a, b) => a - b))
    expect(receiver.received.every((r) => isSigned(r, SIGNING))).toBe(true)
    const [last] = receiver.received.slice(-1)
    expect(last).toMatchObject({ method: 'POST', path: '/hook' })
    expect(last?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': documentOf(last).id,
      'huiyin-event': 'case.dispatched',
    })
    const known = await stage.caseOf(id)
    expect(documentOf(last).case).toMatchObject({
      id,
      receiptNo: known.receiptNo,
      caseNo: known.caseNo,
      status: 'dispatched',
      category: { code: 'E0110', name: '暴露生活垃圾' },
      department: { code: 'sanitation', name: '环卫所' },
      area: { code: 'G1', name: 'G1' },
      light: 'green',
      overdue: false,
      dueAt: '2026-03-02T13:00:00+08:00',
      link: `https://city.example/cases/${id}`,
    })
    const everything = receiver.received.map((r) => r.body).join()
    expect(everything).not.toContain('路边有垃圾')
    for (const actor of stage.actors.values()) expect(everything).not.toContain((actor as { id: string }).id)
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent'])
  })

  test('of a light that turned shows the case as it was then', async () => {
    const channel = await webhook({ events: ['case.due-soon', 'case.overdue'] })
    await dispatched()
    await bench.write()
    while ((await followTimers(stage.store, stage.runtime.cityFor)) > 0);
    for (const hours of [3.2, 4]) {
      stage.clock.set(MORNING + hours * HOUR + 1)
      await fireDueTimers({ store: stage.store, runtime: stage.runtime, log: LOG })
    }
    await bench.write()
    await bench.send(channel)
    expect(
      receiver.received.map((r) => documentOf(r)).map((d) => [d.kind, d.case?.light, d.case?.overdue]),
    ).toEqual([
      ['case.due-soon', 'yellow', false],
      ['case.overdue', 'red', true],
    ])
  })

  test('is of the chosen kinds and scope only; a unit hears too that a case left it', async () => {
    await webhook({ events: ['case.closed'] })
    await webhook({ scope: 'department:sanitation', events: ['case.dispatched', 'case.return-granted'] })
    await webhook({ scope: 'area:G4', events: ['case.accepted'] })
    const id = await dispatched()
    await dispatched({ category: 'E0125', position: CANAL })
    await stage.act(id, 'dept-sanitation', { action: 'request-return', payload: { reason: 'not-ours' } })
    await stage.act(id, 'duty', { action: 'grant-return', payload: {} })
    await bench.write()
    const kinds = (await bench.rows()).map((r) => r.kind)
    expect(kinds.filter((k) => k !== 'case.accepted')).toEqual(['case.dispatched', 'case.return-granted'])
    expect(kinds.filter((k) => k === 'case.accepted')).toHaveLength(1)
  })

  test('goes on being signed by the secret before, while receivers change over', async () => {
    const other = `whsec_${Buffer.from('another key, older, thirty-two b').toString('base64')}`
    const until = Date.now() + HOUR
    const channel = await webhook({ events: ['case.reported'] }, { former: { signing: other, until } })
    await stage.report()
    await bench.write()
    await bench.send(channel)
    const [one] = receiver.received
    expect(one && [isSigned(one, SIGNING), isSigned(one, other)]).toEqual([true, true])
  })
})

describe('docs/webhooks.md', () => {
  test('shows a body of the schema, and a check of the signature that works', async () => {
    const page = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')
    const block = (language: string) =>
      new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''
    expect([...event.Errors(JSON.parse(block('json')))]).toEqual([])
    const { isFromHuiyin } = await import(`data:text/javascript,${encodeURIComponent(block('js'))}`)
    const channel = await webhook({ events: ['case.reported'] })
    await stage.report()
    await bench.write()
    await bench.send(channel)
    const [one] = receiver.received
    expect(isFromHuiyin(one?.headers, one?.body, SIGNING)).toBe(true)
    expect(isFromHuiyin(one?.headers, `${one?.body} `, SIGNING)).toBe(false)
    expect(isFromHuiyin(one?.headers, one?.body, SIGNING, Date.now() + HOUR)).toBe(false)
  })
})

describe('what fails', () => {
  test('is tried again: after a 500 the same document with the same id', async () => {
    const channel = await webhook({ events: ['case.reported'] })
    await stage.report()
    await bench.write()
    receiver.answer((_, nth) => (nth === 1 ? { status: 500, body: 'later' } : {}))
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ state: 'waiting', attempts: 1, code: 'status' }])
    // It rests: nothing is sent before its time.
    await bench.send(channel)
    expect(receiver.received).toHaveLength(1)
    await bench.hurry()
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ state: 'sent', attempts: 2, code: 'sent' }])
    const [first, second] = receiver.received
    expect(second?.body).toBe(first?.body)
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  })

  test('is tried again after no answer came in time', async () => {
    const channel = await webhook({ events: ['case.reported'] })
    await stage.report()
    await bench.write()
    receiver.answer((_, nth) => (nth === 1 ? 'hang' : {}))
    await bench.send(channel, { timeoutMs: 300 })
    expect(await bench.rows()).toMatchObject([{ state: 'waiting', code: 'timeout' }])
    await bench.hurry()
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  test('becomes a dead letter after all tries, one by one and all sent again on a word', async () => {
    const channel = await webhook({ events: ['case.reported', 'case.accepted'] })
    await dispatched()
    await bench.write()
    receiver.answer(() => ({ status: 422, body: 'no such field' }))
    for (let i = 0; i < MOST_ATTEMPTS; i++) {
      await bench.hurry()
      await bench.send(channel)
    }
    expect(await bench.rows()).toMatchObject([
      { state: 'dead', attempts: MOST_ATTEMPTS, code: 'status' },
      { state: 'dead', attempts: MOST_ATTEMPTS, code: 'status' },
    ])
    receiver.answer(() => ({}))
    const [one] = await stage.store.sql<{ id: string }[]>`select id from delivery order by no limit 1`
    expect(await resend(stage.store, { channel, id: one?.id ?? '' })).toBe(1)
    await bench.send(channel)
    expect(await states()).toEqual(['sent', 'dead'])
    expect(await resend(stage.store, { channel })).toBe(1)
    await bench.send(channel)
    expect(await states()).toEqual(['sent', 'sent'])
  })

  test('of one document does not hold up the others, but a receiver that is gone is left alone for a while', async () => {
    const channel = await webhook({ events: ['case.reported', 'case.accepted'] })
    await dispatched()
    await bench.write()
    receiver.answer((r) => ({ status: r.headers['huiyin-event'] === 'case.reported' ? 400 : 200 }))
    await bench.send(channel)
    expect(await states()).toEqual(['waiting', 'sent'])
    await dispatched()
    await bench.write()
    await bench.hurry()
    receiver.answer(() => ({ status: 503 }))
    const before = receiver.received.length
    await bench.send(channel)
    expect(receiver.received.length - before).toBe(1)
  })

  test('for days switches the channel off, buries what waits, and tells the administrators', async () => {
    const channel = await webhook({ events: ['case.reported', 'case.accepted'] })
    await dispatched()
    await bench.write()
    receiver.answer(() => ({ status: 500 }))
    await stage.store.sql`
      update delivery_channel set failures = 50, failing_since = now() - interval '73 hours'`
    await bench.send(channel)
    const [row] = await stage.store.sql<{ enabled: boolean; off_why: string }[]>`
      select enabled, off_why from delivery_channel`
    expect(row).toEqual({ enabled: false, off_why: 'failing' })
    expect(await states()).toEqual(['dead', 'dead'])
    const told = await stage.store.sql<{ audience: string; params: object }[]>`
      select audience, params from notice where kind = 'channel-off' order by audience`
    expect(told.map((n) => [n.audience, n.params])).toEqual([
      ['post:admin', { channel: 'webhook of the specs' }],
      ['post:system-admin', { channel: 'webhook of the specs' }],
    ])
    await dispatched()
    await bench.write()
    expect(await states()).toEqual(['dead', 'dead'])
  })

  test('never follows another address: not redirects, not this machine unless allowed, not an endless answer', async () => {
    const channel = await webhook({ events: ['case.reported'] })
    await stage.report()
    await bench.write()
    receiver.answer((r) => (r.path === '/hook' ? { status: 307, headers: { location: '/elsewhere' } } : {}))
    await bench.send(channel)
    expect(receiver.received.map((r) => r.path)).toEqual(['/hook'])
    await bench.hurry()
    receiver.answer(() => ({ body: 'x'.repeat(200_000) }))
    await bench.send(channel)
    expect((await bench.rows())[0]?.code).toBe('answer-too-long')
    await bench.hurry()
    const asked = receiver.received.length
    await bench.send(channel, { allowed: USUAL_ALLOWED })
    expect((await bench.rows())[0]?.code).toBe('forbidden-address')
    // By a name that leads there, too.
    await bench.hurry()
    const named = await bench.channel('webhook', {}, { url: 'http://localhost:9/hook', signing: SIGNING })
    await stage.report()
    await bench.write()
    await bench.send(named, { allowed: USUAL_ALLOWED })
    expect((await bench.rows()).map((r) => r.code)).toContain('forbidden-address')
    expect(receiver.received).toHaveLength(asked)
  })

  test('keeps what the receiver said, but no secret that it repeats', async () => {
    const channel = await bench.channel(
      'webhook',
      { events: ['case.reported'] },
      { url: `${receiver.url}/hook?key=abcdef-0123456789`, signing: SIGNING },
    )
    await stage.report()
    await bench.write()
    receiver.answer((r) => ({ status: 400, body: `bad\nrequest ${r.path} ${SIGNING}` }))
    await bench.send(channel)
    const [row] = await stage.store.sql<{ text: string }[]>`select result ->> 'text' as text from delivery`
    expect(row?.text).toContain('bad request /hook?key=')
    expect(row?.text).not.toContain('abcdef-0123456789')
    expect(row?.text).not.toContain(SIGNING)
  })
})

test('what was sent goes after thirty days, a dead letter after half a year, what waits never', async () => {
  await webhook({ events: ['case.reported'] })
  for (let i = 0; i < 5; i++) await stage.report()
  await bench.write()
  await stage.store.sql`
    update delivery d set state = v.state, last_at = now() - v.days * interval '1 day'
    from (values (1, 'sent', 29), (2, 'sent', 31), (3, 'dead', 31), (4, 'dead', 181), (5, 'waiting', 400))
      as v(nth, state, days)
    where d.no = v.nth + (select min(no) - 1 from delivery)`
  expect(await trimDeliveries(stage.store)).toBe(2)
  expect(await states()).toEqual(['sent', 'dead', 'waiting'])
})

test('what goes into the log names the channel and the reason, and nothing that is secret', async () => {
  const lines: string[] = []
  const write = (...said: unknown[]) =>
    lines.push(said.map((s) => (s instanceof Error ? s.stack : JSON.stringify(s))).join(' '))
  const log = new Proxy(LOG, {
    get: (of, name) => (typeof name === 'string' && name in of ? write : undefined),
  })
  const key = 'key-in-the-address-0123'
  const urls = [
    `${receiver.url}/hook?key=${key}`,
    `http://127.0.0.1:1/${key}`,
    `http://no-such-host.invalid/${key}`,
  ]
  receiver.answer((r) => ({ status: 500, body: `${r.path} ${r.headers['webhook-signature']}` }))
  const channels: string[] = []
  for (const url of urls) channels.push(await webhook({ events: ['case.reported'] }, { url }))
  await stage.report()
  await bench.write()
  for (const channelId of channels)
    await deliverJob.run({ channelId }, { ...stage.context, outside: bench.outside, log })
  expect(lines).toHaveLength(3)
  for (const [i, channel] of channels.entries()) expect(lines[i]).toContain(channel)
  expect(lines.join()).not.toContain(key)
  expect(lines.join()).not.toContain(SIGNING)
  const kept = await stage.store.sql<{ text: string }[]>`select result::text as text from delivery`
  expect(kept.map((k) => k.text).join()).not.toContain(key)
})

describe('once', () => {
  test('is written, however often the log is read, by however many', async () => {
    await webhook()
    for (let i = 0; i < 3; i++) await dispatched()
    await bench.write()
    const before = await stage.store.sql`select id, source from delivery order by no`
    expect(before).toHaveLength(12)
    await stage.store.sql`update reader set seq = 0 where name = 'deliveries'`
    await Promise.all([bench.write(), bench.write(), bench.write()])
    expect(await stage.store.sql`select id, source from delivery order by no`).toEqual(before)
  })

  test('is not for what came before the channel, nor for news that are a week old', async () => {
    await dispatched()
    await bench.write()
    await webhook({ events: ['case.reported'] })
    await stage.store.sql`update reader set seq = 0 where name = 'deliveries'`
    await bench.write()
    expect(await bench.rows()).toEqual([])
    await stage.report()
    stage.clock.set(MORNING + 8 * 24 * HOUR)
    await bench.write()
    expect(await bench.rows()).toEqual([])
  })

  test('two that send for one channel at a time send as one', async () => {
    const channel = await webhook({ events: ['case.reported'] })
    for (let i = 0; i < 5; i++) await stage.report()
    await bench.write()
    await Promise.all([1, 2, 3].map(() => bench.send(channel)))
    await bench.send(channel)
    expect(receiver.received).toHaveLength(5)
    expect(new Set(receiver.received.map((r) => r.headers['webhook-id'])).size).toBe(5)
  })
})

describe.each(BACKENDS)('with a queue on %s', (kind) => {
  let own: Disposable
  let place: Stage
  beforeAll(async () => {
    own = await openQueueServer(kind)
  })
  afterAll(() => own.drop())
  beforeEach(async () => {
    place = await openStage(own)
  })
  afterEach(() => place.close())

  test('a running worker sends by itself; a queue that is lost loses nothing and doubles no row', async () => {
    const local = openBench(place)
    await local.channel('webhook', {}, { url: `${receiver.url}/hook`, signing: SIGNING })
    await place.work({ config: { ...own.config, ...OUTSIDE_CONFIG } })
    await place.report()
    await eventually(() => expect(receiver.received).toHaveLength(4))
    receiver.answer(() => ({ status: 500 }))
    await place.report()
    await eventually(async () =>
      expect((await local.rows()).some((r) => r.attempts > 0 && r.state === 'waiting')).toBe(true),
    )
    await own.lose()
    receiver.answer(() => ({}))
    await local.hurry()
    await eventually(async () => {
      await local.hurry()
      const rows = await local.rows()
      expect(rows.map((r) => r.state)).toEqual(Array(8).fill('sent'))
    })
    const [count] = await place.store.sql<{ n: number; sources: number }[]>`
      select count(*)::int as n, count(distinct source)::int as sources from delivery`
    expect(count).toEqual({ n: 8, sources: 8 })
  })
})
