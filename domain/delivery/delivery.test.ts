// The pure rules of delivery: pauses, templates, what a channel lacks, groups, and the published schema.
import { describe, expect, test } from 'vitest'
import { compileCity } from '../city/compile.ts'
import { cityPack } from '../testing/city.ts'
import { channelFaults, targetOf, withGiven } from './channel.ts'
import { NOTICE_GROUPS, OUTSIDE_KINDS, groupOf } from './outside-notice.ts'
import { MOST_ATTEMPTS, PAUSES_MS, pauseMs, restMs } from './retry.ts'
import {
  fillBody,
  fillHeader,
  fillUrl,
  isJsonTemplate,
  isSuccess,
  unknownMarks,
  type Values,
} from './template.ts'
import { WEBHOOK_EVENT, WEBHOOK_KINDS, webhookKind } from './webhook.ts'

const HOUR = 3_600_000

describe('pauses', () => {
  test('grow over about a day, then end', () => {
    const all = PAUSES_MS.map((_, i) => pauseMs(i + 1, 0.5) ?? 0)
    expect(all).toEqual(all.toSorted((a, b) => a - b))
    expect(all.reduce((a, b) => a + b, 0)).toBeGreaterThan(20 * HOUR)
    expect(pauseMs(MOST_ATTEMPTS, 0.5)).toBeUndefined()
  })
  test('differ by a quarter each way, and are as long as the receiver asks, up to an hour', () => {
    expect([pauseMs(1, 0), pauseMs(1, 1)]).toEqual([7_500, 12_500])
    expect(pauseMs(1, 0.5, 90_000)).toBe(90_000)
    expect(pauseMs(1, 0.5, 100 * HOUR)).toBe(HOUR)
  })
  test('of a channel stay short', () => {
    expect(restMs(1, 0.5)).toBe(10_000)
    expect(restMs(1_000, 0.5)).toBe(300_000)
  })
})

describe('a template', () => {
  const values: Values = {
    mobile: '+8613900000000',
    name: '张"三',
    text: '路面\n塌陷 "急" & 50%',
    title: 't',
    number: '20260302-0001',
    link: 'https://c.example/cases/1?a=b&c=d',
    id: 'x',
  }
  test('keeps each value one value in JSON, a form, an address and a header', () => {
    expect(JSON.parse(fillBody('{"m":"{{mobile}}","t":"{{ text }}"}', values, 'application/json'))).toEqual({
      m: values.mobile,
      t: values.text,
    })
    const form = new URLSearchParams(
      fillBody('t={{text}}&l={{link}}', values, 'application/x-www-form-urlencoded'),
    )
    expect([form.get('t'), form.get('l')]).toEqual([values.text, values.link])
    expect(new URL(fillUrl('https://g.example/?m={{mobile}}', values)).searchParams.get('m')).toBe(
      values.mobile,
    )
    expect(fillHeader('{{name}}', values)).toBe(encodeURIComponent('张"三'))
  })
  test('with a value in it is not filled a second time', () => {
    expect(fillBody('{{text}}', { ...values, text: '{{mobile}}' }, 'text/plain; charset=utf-8')).toBe(
      '{{mobile}}',
    )
  })
  test('says what it does not know, and whether it is JSON', () => {
    expect(unknownMarks('{{mobile}} {{phone}} {{}}')).toEqual(['phone', ''])
    expect(isJsonTemplate('{"a":"{{text}}"}')).toBe(true)
    expect(isJsonTemplate('{"a":{{text}}}')).toBe(false)
  })
  test('is sent when its rule holds', () => {
    expect(isSuccess({}, 204, '')).toBe(true)
    expect(isSuccess({}, 302, '')).toBe(false)
    expect(isSuccess({ path: 'data.code', equals: '0' }, 200, '{"data":{"code":0}}')).toBe(true)
    expect(isSuccess({ path: 'data.code', equals: '0' }, 200, '{"data":{"code":7}}')).toBe(false)
    expect(isSuccess({ path: 'ok' }, 200, '{"ok":true}')).toBe(true)
    expect(isSuccess({ path: 'constructor.name', equals: 'Object' }, 200, '{}')).toBe(false)
    expect(isSuccess({ contains: 'OK' }, 200, 'all OK')).toBe(true)
    expect(isSuccess({ path: 'x' }, 200, 'no json')).toBe(false)
  })
})

describe('a channel', () => {
  const city = compileCity(cityPack(), 1)
  const faults = (kind: Parameters<typeof channelFaults>[0], given: Parameters<typeof withGiven>[1]) =>
    channelFaults(kind, withGiven({ settings: {}, secrets: {} }, given), city).map((f) => f.path)

  test('says all that is missing or out of place', () => {
    expect(faults('webhook', {})).toEqual(['/url'])
    expect(faults('webhook', { url: 'ftp://x', scope: 'area:nowhere', host: 'x' })).toEqual([
      '/host',
      '/url',
      '/scope',
    ])
    expect(faults('webhook', { url: 'https://u:p@x.example/' })).toEqual(['/url'])
    expect(faults('email', { host: 'mail.example' })).toEqual(['/port', '/security', '/from'])
    expect(faults('wecom', { url: 'https://x.example', audiences: ['post:king', 'unit:nowhere'] })).toEqual([
      '/audiences/0',
      '/audiences/1',
    ])
    expect(faults('wecom', { url: 'https://x.example', audiences: [] })).toEqual(['/audiences'])
    expect(
      faults('sms', { url: 'https://x.example', method: 'POST', body: '{"a":{{text}},"b":"{{phone}}"}' }),
    ).toEqual(['/body', '/body', '/body'])
    expect(faults('sms', { url: 'https://x.example/?m={{mobile}}&t={{text}}', method: 'GET' })).toEqual([])
  })
  test('clears by null and leaves what is not given', () => {
    const parts = withGiven(
      { settings: { scope: 'area:x', events: [] }, secrets: { url: 'https://x.example' } },
      { scope: null, secret: 's' },
    )
    expect(parts).toEqual({ settings: { events: [] }, secrets: { url: 'https://x.example', secret: 's' } })
  })
  test('shows where it goes, but no key', () => {
    const at = (url: string) => ({ settings: {}, secrets: { url } })
    expect(targetOf('webhook', at('https://x.example:8443/hook?key=1'))).toBe('https://x.example:8443/hook')
    expect(targetOf('feishu', at('https://open.feishu.cn/open-apis/bot/v2/hook/KEY'))).toBe('open.feishu.cn')
  })
})

test('every kind of notice but the one about channels is in exactly one group', () => {
  const all = Object.values(NOTICE_GROUPS).flat()
  expect(new Set(all).size).toBe(all.length)
  expect(OUTSIDE_KINDS.filter((k) => groupOf(k) === undefined)).toEqual(['channel-off'])
})

test('kinds of events have one name each, and steps inside the centre none', () => {
  expect(new Set(WEBHOOK_KINDS).size).toBe(WEBHOOK_KINDS.length)
  expect(webhookKind('closed')).toBe('case.closed')
  expect(webhookKind('red')).toBe('case.overdue')
  for (const inside of ['screened', 'commented', 'erased', 'day', 'due-soon', 'constructor'])
    expect(webhookKind(inside)).toBeUndefined()
})

test('the published schema is the one that the code holds to', async () => {
  await expect(`${JSON.stringify(WEBHOOK_EVENT, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/webhook-event.schema.json',
  )
})
