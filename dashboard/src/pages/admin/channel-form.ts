// A channel as its form holds it, from what the server told and to what it takes. Empty fields of what is kept secret leave
// it as it is.
import type { ChannelKind, ChannelSettings } from '#domain/delivery/channel.ts'
import { isRobot } from '#domain/delivery/channel.ts'
import { NOTICE_GROUP_NAMES, type NoticeGroup } from '#domain/delivery/outside-notice.ts'
import type { WebhookKind } from '#domain/delivery/webhook.ts'
import type { ChannelForm, ChannelRow } from '../../api/delivery.ts'

export interface Draft {
  kind: ChannelKind
  name: string
  url: string
  secret: string
  language: 'zh-CN' | 'en'
  isAllEvents: boolean
  events: WebhookKind[]
  scope: string
  groups: NoticeGroup[]
  audiences: string[]
  perMinute: number
  host: string
  port: number
  security: NonNullable<ChannelSettings['security']>
  user: string
  password: string
  from: string
  method: NonNullable<ChannelSettings['method']>
  contentType: NonNullable<ChannelSettings['contentType']>
  headers: string
  body: string
  successBy: 'status' | 'json' | 'text'
  path: string
  equals: string
  contains: string
}

export function draftOf(channel: ChannelRow | undefined): Draft {
  const s: ChannelSettings = channel?.settings ?? {}
  const { success = {}, groups = [], events = [] } = s
  return {
    kind: channel?.kind ?? 'wecom',
    name: channel?.name ?? '',
    url: '',
    secret: '',
    language: s.language ?? 'zh-CN',
    isAllEvents: events.length === 0,
    events: [...events],
    scope: s.scope ?? '',
    groups: groups.length === 0 ? [...NOTICE_GROUP_NAMES] : [...groups],
    audiences: [...(s.audiences ?? [])],
    perMinute: s.perMinute ?? 15,
    host: s.host ?? '',
    port: s.port ?? 465,
    security: s.security ?? 'tls',
    user: s.user ?? '',
    password: '',
    from: s.from ?? '',
    method: s.method ?? 'POST',
    contentType: s.contentType ?? 'application/json',
    headers: '',
    body: '',
    successBy: success.path !== undefined ? 'json' : success.contains !== undefined ? 'text' : 'status',
    path: success.path ?? '',
    equals: success.equals ?? '',
    contains: success.contains ?? '',
  }
}

/** Empty is as good as not said. */
const given = (text: string) => (text.trim() === '' ? undefined : text.trim())
const orNull = (text: string) => given(text) ?? null

/** `Name: value` a line; undefined when nothing was written. */
function headersOf(text: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return undefined
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':')
      return [name.trim(), value.join(':').trim()]
    }),
  )
}

const successOf = ({
  successBy,
  path,
  equals,
  contains,
}: Draft): NonNullable<ChannelSettings['success']> | null =>
  successBy === 'json'
    ? { path: path.trim(), equals: equals.trim() }
    : successBy === 'text'
      ? { contains: contains.trim() }
      : null

/** What is sent: the members that the kind knows. */
export function formOf(d: Draft): ChannelForm {
  const name = d.name.trim()
  const url = given(d.url)
  const address = url === undefined ? {} : { url }
  if (d.kind === 'webhook')
    return { name, ...address, events: d.isAllEvents ? [] : d.events, scope: orNull(d.scope) }
  const notices = {
    language: d.language,
    groups: d.groups.length === NOTICE_GROUP_NAMES.length ? [] : d.groups,
    audiences: d.audiences,
  }
  if (isRobot(d.kind)) {
    const secret = d.kind === 'wecom' ? undefined : given(d.secret)
    return {
      name,
      ...address,
      ...(secret === undefined ? {} : { secret }),
      ...notices,
      perMinute: d.perMinute,
    }
  }
  if (d.kind === 'email') {
    const password = given(d.password)
    return {
      name,
      host: d.host.trim(),
      port: d.port,
      security: d.security,
      user: orNull(d.user),
      ...(password === undefined ? {} : { password }),
      from: d.from.trim(),
      ...notices,
    }
  }
  const headers = headersOf(d.headers)
  const body = given(d.body)
  return {
    name,
    ...address,
    method: d.method,
    contentType: d.contentType,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    success: successOf(d),
    ...notices,
  }
}
