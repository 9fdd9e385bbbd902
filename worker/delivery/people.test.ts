// Notices by e-mail, SMS and group robots, each to a real receiver on this machine: format, signature, words, who gets
// what, several in one message, and what each service's refusal is taken for.
import { createHmac } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { followTimers } from '#store/timers.ts'
import { addTest } from '#store/outbox.ts'
import { USUAL_ALLOWED } from '#store/outside-address.ts'
import { type Bench, openBench } from '../testing/channels.ts'
import { openReceiver, type Receiver } from '../testing/receiver.ts'
import {
  type Disposable,
  HOUR,
  LOG,
  MORNING,
  openQueueServer,
  openStage,
  type Stage,
} from '../testing/stage.ts'
import { fireDueTimers } from '../timers/due.ts'

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
  receiver = await openReceiver({ body: '{"errcode":0,"errmsg":"ok","code":0}' })
})
afterEach(async () => {
  await receiver.close()
  await stage.close()
})
const jsonOf = (nth: number) => JSON.parse(receiver.received[nth]?.body ?? 'null')
async function dispatched(): Promise<string> {
  const { id } = await stage.report()
  await stage.runtime.commander.advance(id)
  return id
}
/** Until the light is red, with what time brings written to the outbox. */
async function overdue(): Promise<void> {
  await bench.write()
  while ((await followTimers(stage.store, stage.runtime.cityFor)) > 0);
  for (const hours of [3.2, 4]) {
    stage.clock.set(MORNING + hours * HOUR + 1)
    await fireDueTimers({ store: stage.store, runtime: stage.runtime, log: LOG })
  }
  await bench.write()
}
const setContact = (username: string, contact: { email?: string; mobile?: string }) =>
  stage.store.sql`
    update account set email = ${contact.email ?? null}, mobile = ${contact.mobile ?? null}
    where username = ${username}`
const ROBOT = { audiences: ['unit:sanitation'] }
const codes = async () => (await bench.rows()).map((r) => r.code)

describe('group robots', () => {
  test('WeCom: what concerns the unit in one Markdown message, with links', async () => {
    const channel = await bench.channel('wecom', ROBOT, { url: `${receiver.url}/cgi-bin/webhook/send?key=k` })
    const id = await dispatched()
    const { caseNo } = await stage.caseOf(id)
    await overdue()
    await bench.send(channel)
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.path).toBe('/cgi-bin/webhook/send?key=k')
    const { msgtype, markdown } = jsonOf(0)
    expect(msgtype).toBe('markdown')
    expect(markdown.content.split('\n')).toEqual([
      '**回音 · 小城指挥中心**',
      '',
      `- 新案件派给本单位：${caseNo}，暴露生活垃圾，G1，环卫所，03-02 13:00 到期 [查看](https://city.example/cases/${id})`,
      `- 即将超期：${caseNo}，暴露生活垃圾，G1，环卫所，03-02 13:00 到期 [查看](https://city.example/cases/${id})`,
      `- 已超期：${caseNo}，暴露生活垃圾，G1，环卫所，03-02 13:00 到期 [查看](https://city.example/cases/${id})`,
    ])
    expect(await codes()).toEqual(['sent', 'sent', 'sent'])
  })

  test('DingTalk: signed in the address over timestamp and secret, in English where asked for', async () => {
    const secret = 'SECabcdef0123456789'
    const channel = await bench.channel(
      'dingtalk',
      { ...ROBOT, language: 'en' },
      { url: `${receiver.url}/robot/send?access_token=t`, secret },
    )
    await dispatched()
    await bench.write()
    await bench.send(channel)
    const asked = new URL(receiver.received[0]?.path ?? '', receiver.url).searchParams
    const timestamp = asked.get('timestamp')
    expect(asked.get('access_token')).toBe('t')
    expect(asked.get('sign')).toBe(
      createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'),
    )
    const { msgtype, markdown } = jsonOf(0)
    expect([msgtype, markdown.title]).toEqual(['markdown', 'Huiyin · 小城指挥中心'])
    expect(markdown.text).toContain('- A new case for your unit: ')
    expect(markdown.text).toContain('due 03-02 13:00 [open](https://city.example/cases/')
  })

  test('Feishu: a post, signed with timestamp and secret as the key', async () => {
    const secret = 'feishu-secret'
    const channel = await bench.channel('feishu', ROBOT, {
      url: `${receiver.url}/open-apis/bot/v2/hook/x`,
      secret,
    })
    const id = await dispatched()
    await bench.write()
    await bench.send(channel)
    const { timestamp, sign, msg_type, content } = jsonOf(0)
    expect(timestamp).toMatch(/^\d{10}$/)
    expect(sign).toBe(createHmac('sha256', `${timestamp}\n${secret}`).digest('base64'))
    expect(msg_type).toBe('post')
    expect(content.post.zh_cn.title).toBe('回音 · 小城指挥中心')
    expect(content.post.zh_cn.content).toEqual([
      [
        { tag: 'text', text: expect.stringMatching(/^新案件派给本单位：/) },
        { tag: 'a', text: '查看', href: `https://city.example/cases/${id}` },
      ],
    ])
  })

  test('gather many, wait for their rate, and split what is too long', async () => {
    const channel = await bench.channel('wecom', ROBOT, { url: `${receiver.url}/send` })
    for (let i = 0; i < 40; i++) await dispatched()
    await bench.write()
    await bench.send(channel)
    await bench.send(channel)
    expect(receiver.received).toHaveLength(1)
    const [resting] = await stage.store.sql<{ resting: boolean }[]>`
      select quiet_until > now() + interval '2 seconds' as resting from delivery_channel`
    expect(resting?.resting).toBe(true)
    for (let i = 0; i < 10; i++) {
      await bench.hurry()
      await bench.send(channel)
    }
    expect((await codes()).every((c) => c === 'sent')).toBe(true)
    const contents = receiver.received.map((_, i) => String(jsonOf(i).markdown.content))
    expect(contents.length).toBeGreaterThan(1)
    expect(Math.max(...contents.map((c) => Buffer.byteLength(c)))).toBeLessThanOrEqual(4096)
    expect(contents.join('\n').match(/新案件派给本单位/g)).toHaveLength(40)
  })

  test('a refusal with 200 is one; sent too often is told apart, and the channel rests', async () => {
    const channel = await bench.channel('wecom', ROBOT, { url: `${receiver.url}/send` })
    await dispatched()
    await bench.write()
    receiver.answer(() => ({ body: '{"errcode":93000,"errmsg":"invalid webhook url"}' }))
    await bench.send(channel)
    expect(await codes()).toEqual(['rejected'])
    await bench.hurry()
    receiver.answer(() => ({ body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }))
    await bench.send(channel)
    expect(await codes()).toEqual(['rate-limited'])
    const [resting] = await stage.store.sql<{ resting: boolean }[]>`
      select quiet_until > now() + interval '30 seconds' as resting from delivery_channel`
    expect(resting?.resting).toBe(true)
  })

  test('take their own audiences and groups alone', async () => {
    await bench.channel('wecom', { audiences: ['unit:water'] }, { url: `${receiver.url}/water` })
    await bench.channel('wecom', { ...ROBOT, groups: ['time'] }, { url: `${receiver.url}/time` })
    await dispatched()
    await overdue()
    expect((await bench.rows()).map((r) => r.kind)).toEqual(['due-soon', 'overdue'])
  })
})

describe('SMS by a template', () => {
  const TEMPLATE = '{"to":["{{mobile}}"],"content":"{{text}} {{link}}","ref":"{{id}}"}'
  const SETTINGS = { method: 'POST', success: { path: 'data.code', equals: '0' } } as const

  test('goes to people with a mobile, once an event, each value staying one value', async () => {
    await setContact('dept-sanitation', { mobile: '13900000000' })
    const channel = await bench.channel('sms', SETTINGS, {
      url: `${receiver.url}/sms?app={{id}}`,
      headers: { 'X-Key': 'gateway-key', 'X-Name': '{{name}}' },
      body: TEMPLATE,
    })
    const id = await dispatched()
    await bench.write()
    receiver.answer(() => ({ body: '{"data":{"code":0}}' }))
    await bench.send(channel)
    expect(receiver.received).toHaveLength(1)
    const [one] = receiver.received
    expect(one?.headers).toMatchObject({ 'x-key': 'gateway-key', 'content-type': 'application/json' })
    expect(jsonOf(0)).toMatchObject({
      to: ['13900000000'],
      content: expect.stringMatching(new RegExp(`^新案件派给本单位：.*/cases/${id}$`)),
    })
    expect(one?.path).toBe(`/sms?app=${jsonOf(0).ref}`)
    expect(await codes()).toEqual(['sent'])
  })

  test('counts only by its rule; a form and an address are written as such', async () => {
    await setContact('dept-sanitation', { mobile: '13900000000' })
    const form = await bench.channel(
      'sms',
      { method: 'POST', contentType: 'application/x-www-form-urlencoded', success: { contains: 'OK' } },
      { url: `${receiver.url}/form`, body: 'm={{mobile}}&t={{text}}' },
    )
    const get = await bench.channel(
      'sms',
      { method: 'GET' },
      { url: `${receiver.url}/get?m={{mobile}}&t={{text}}` },
    )
    await dispatched()
    await bench.write()
    receiver.answer(() => ({ body: 'ERR 7' }))
    await bench.send(form)
    await bench.send(get)
    expect(new URLSearchParams(receiver.received[0]?.body).get('t')).toMatch(/^新案件派给本单位：/)
    expect(new URL(receiver.received[1]?.path ?? '', receiver.url).searchParams.get('m')).toBe('13900000000')
    expect((await codes()).toSorted()).toEqual(['rejected', 'sent'])
  })

  test('a person whose number went meanwhile is a dead letter at once', async () => {
    await setContact('dept-sanitation', { mobile: '13900000000' })
    const channel = await bench.channel('sms', SETTINGS, { url: `${receiver.url}/sms`, body: TEMPLATE })
    await dispatched()
    await bench.write()
    await setContact('dept-sanitation', {})
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ state: 'dead', attempts: 1, code: 'no-address' }])
  })
})

describe('e-mail', () => {
  interface Letter {
    from: string
    to: string[]
    text: string
    user: string | undefined
  }
  let letters: Letter[]
  let server: SMTPServer
  let refuse: { at: 'to' | 'data'; code: number } | undefined
  beforeEach(async () => {
    letters = []
    refuse = undefined
    const refusal = (code: number) => Object.assign(new Error('not taken'), { responseCode: code })
    server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        password === 'mail password' ? done(null, { user: username }) : done(new Error('no')),
      onRcptTo: (_to, _session, done) => (refuse?.at === 'to' ? done(refusal(refuse.code)) : done()),
      onData(stream, session, done) {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (refuse?.at === 'data') return done(refusal(refuse.code))
          letters.push({
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            to: session.envelope.rcptTo.map((r) => r.address),
            text: Buffer.concat(parts).toString('utf8'),
            user: session.user as unknown as string | undefined,
          })
          done()
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const mail = (more = {}, secrets = {}) =>
    bench.channel(
      'email',
      {
        host: '127.0.0.1',
        port: (server.server.address() as AddressInfo).port,
        security: 'none',
        from: '回音 <huiyin@city.example>',
        ...more,
      },
      secrets,
    )
  const decoded = (text: string) =>
    text.replaceAll(/=\?UTF-8\?B\?([^?]*)\?=\s*/gi, (_, b) => Buffer.from(b, 'base64').toString('utf8'))
  const bodyOf = (text: string) => {
    const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s)
    if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
    const bytes = body
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(Number.parseInt(h, 16)))
    return /quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString('utf8') : body
  }

  test('goes with a login to the people of the unit who have an address', async () => {
    await setContact('dept-sanitation', { email: 'sanitation@city.example' })
    await setContact('dept-water', { email: 'water@city.example' })
    const channel = await mail({ user: 'huiyin' }, { password: 'mail password' })
    const id = await dispatched()
    await bench.write()
    await bench.send(channel)
    expect(letters).toHaveLength(1)
    const [letter] = letters
    expect(letter).toMatchObject({
      from: 'huiyin@city.example',
      to: ['sanitation@city.example'],
      user: 'huiyin',
    })
    expect(decoded(letter?.text ?? '')).toMatch(/Subject: \[回音 · 小城指挥中心\] 新案件派给本单位/)
    expect(letter?.text).toMatch(/Auto-Submitted: auto-generated/)
    expect(bodyOf(letter?.text ?? '')).toContain(`https://city.example/cases/${id}`)
    expect(await bench.rows()).toMatchObject([{ state: 'sent', code: 'sent' }])
  })

  test('a mailbox that is not there is a dead letter and says nothing of the channel; a busy server is tried again', async () => {
    await setContact('dept-sanitation', { email: 'gone@city.example' })
    const channel = await mail()
    await dispatched()
    await bench.write()
    refuse = { at: 'to', code: 550 }
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ state: 'dead', code: 'rejected' }])
    await dispatched()
    await bench.write()
    refuse = { at: 'data', code: 451 }
    await bench.send(channel)
    const [failing] = await stage.store.sql<{ failures: number }[]>`select failures from delivery_channel`
    expect(failing?.failures).toBe(0)
    refuse = undefined
    await bench.hurry()
    await bench.send(channel)
    expect((await bench.rows()).map((r) => r.state)).toEqual(['dead', 'sent'])
  })

  test('a wrong login and a forbidden host are told apart; a test is tried once', async () => {
    const channel = await mail({ user: 'huiyin' }, { password: 'wrong' })
    await addTest(stage.store, channel, () => ({ to: 'admin@city.example' }))
    await bench.send(channel)
    expect(await bench.rows()).toMatchObject([{ kind: 'test', state: 'dead', attempts: 1, code: 'login' }])
    await addTest(stage.store, channel, () => ({ to: 'admin@city.example' }))
    await bench.send(channel, { allowed: USUAL_ALLOWED })
    expect((await codes()).at(-1)).toBe('forbidden-address')
    expect(letters).toEqual([])
  })
})
