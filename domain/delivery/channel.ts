// Channels 通知渠道 to the outside: what an administrator says about each kind, what of it is kept, and what is missing.
// Pure. What is secret (addresses with keys, passwords, headers) is kept apart and never told again.
import Type, { type Static } from 'typebox'
import { POSTS } from '../case.ts'
import type { City } from '../city/types.ts'
import { LANGUAGES } from './message.ts'
import { NOTICE_GROUP_NAMES } from './outside-notice.ts'
import { CONTENT_TYPES, isJsonTemplate, SUCCESS, unknownMarks } from './template.ts'
import { WEBHOOK_KINDS } from './webhook.ts'

export const ROBOT_KINDS = ['wecom', 'dingtalk', 'feishu'] as const
export type RobotKind = (typeof ROBOT_KINDS)[number]
/** `webhook` carries events to machines; the others carry notices to people. */
export const CHANNEL_KINDS = ['webhook', 'email', 'sms', ...ROBOT_KINDS] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]
export const isRobot = (kind: ChannelKind): kind is RobotKind =>
  (ROBOT_KINDS as readonly string[]).includes(kind)
/** One message a person, to the address in their account. */
export const isPersonal = (kind: ChannelKind): kind is 'email' | 'sms' => kind === 'email' || kind === 'sms'

export const SMTP_SECURITIES = ['tls', 'starttls', 'none'] as const

const Line = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\r\\n]*\\S[^\\r\\n]*$',
    ...(description && { description }),
  })
const Secret = (maxLength: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\r\\n]+$',
    description: `${description}; never told again`,
  })

const PUBLIC = {
  language: Type.Enum([...LANGUAGES], { description: 'Of the messages; zh-CN by default' }),
  events: Type.Array(Type.Enum([...WEBHOOK_KINDS]), {
    uniqueItems: true,
    description: 'webhook: what it takes; empty = all',
  }),
  scope: Type.String({ maxLength: 100, description: 'webhook: `area:CODE` or `department:CODE` alone' }),
  groups: Type.Array(Type.Enum([...NOTICE_GROUP_NAMES]), {
    uniqueItems: true,
    description: 'Not webhook: groups of notices that it takes; empty = all',
  }),
  audiences: Type.Array(Type.String({ maxLength: 100, pattern: '^(post|unit):.+$' }), {
    uniqueItems: true,
    maxItems: 200,
    description:
      '`post:POST`, `unit:CODE`. A robot: whose notices it takes. email, sms: only these people; empty = everybody',
  }),
  perMinute: Type.Integer({
    minimum: 1,
    maximum: 20,
    description: 'Robots: messages a minute at most, 15 by default',
  }),
  host: Type.String({
    minLength: 1,
    maxLength: 253,
    pattern: '^[\\w.:-]+$',
    description: 'email: SMTP server',
  }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: Type.Enum([...SMTP_SECURITIES], { description: 'email: TLS from the start, STARTTLS, or none' }),
  user: Line(200, 'email: login; absent = none'),
  from: Line(200, 'email: sender, `回音 <huiyin@city.example>`'),
  method: Type.Enum(['POST', 'PUT', 'GET']),
  contentType: Type.Enum([...CONTENT_TYPES]),
  success: SUCCESS,
}
const SECRET = {
  url: Secret(2_000, 'Address; kept secret but for its host'),
  secret: Secret(500, 'dingtalk, feishu: sign secret 加签密钥'),
  password: Secret(500, 'email'),
  headers: Type.Record(
    Type.String({ pattern: '^[A-Za-z0-9-]{1,80}$' }),
    Type.String({ maxLength: 2_000, pattern: '^[\\x20-\\x7e]*$' }),
    { maxProperties: 20, description: 'sms: Latin letters and placeholders; never told again' },
  ),
  body: Type.String({ maxLength: 10_000, description: 'sms: template with placeholders; never told again' }),
}

/** Which members each kind knows; those with a star must be there. */
const MEMBERS = {
  webhook: ['url*', 'events', 'scope'],
  email: ['host*', 'port*', 'security*', 'from*', 'user', 'password', 'groups', 'audiences', 'language'],
  sms: ['url*', 'method*', 'contentType', 'headers', 'body', 'success', 'groups', 'audiences', 'language'],
  wecom: ['url*', 'groups', 'audiences*', 'perMinute', 'language'],
  dingtalk: ['url*', 'secret', 'groups', 'audiences*', 'perMinute', 'language'],
  feishu: ['url*', 'secret', 'groups', 'audiences*', 'perMinute', 'language'],
} as const satisfies Record<ChannelKind, readonly string[]>

const optional = <P extends Record<string, Type.TSchema>>(properties: P) =>
  Type.Partial(Type.Object(properties))
const orNull = <P extends Record<string, Type.TSchema>>(properties: P) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      Type.Optional(Type.Union([schema, Type.Null()])),
    ]),
  ) as { [K in keyof P]: Type.TOptional<Type.TUnion<[P[K], Type.TNull]>> }

const Name = Line(60, 'For administrators')
export const CHANNEL_SETTINGS = optional(PUBLIC)
export type ChannelSettings = Static<typeof CHANNEL_SETTINGS>
export const CHANNEL_SECRETS = optional(SECRET)
export type ChannelSecrets = Static<typeof CHANNEL_SECRETS> & {
  /** webhook: `whsec_…`, and the one before it while receivers change over. */
  signing?: string
  former?: { signing: string; until: number }
}

export const NEW_CHANNEL = Type.Object(
  { kind: Type.Enum([...CHANNEL_KINDS]), name: Name, ...orNull(PUBLIC), ...orNull(SECRET) },
  {
    additionalProperties: false,
    examples: [{ kind: 'webhook', name: '数据中台', url: 'https://hooks.city.example/huiyin' }],
  },
)
export const CHANNEL_CHANGE = Type.Object(
  {
    name: Type.Optional(Name),
    enabled: Type.Optional(Type.Boolean()),
    ...orNull(PUBLIC),
    ...orNull(SECRET),
  },
  { additionalProperties: false, minProperties: 1 },
)
type Given = Omit<Static<typeof CHANNEL_CHANGE>, 'name' | 'enabled'>

export interface ChannelParts {
  settings: ChannelSettings
  secrets: ChannelSecrets
}
export interface ChannelFault {
  path: string
  message: string
}

const isSecretName = (name: string) => Object.hasOwn(SECRET, name)

/** What was there with what is given: absent leaves, null clears. */
export function withGiven(present: ChannelParts, given: Given): ChannelParts {
  const settings: Record<string, unknown> = { ...present.settings }
  const secrets: Record<string, unknown> = { ...present.secrets }
  for (const [name, value] of Object.entries(given)) {
    const where = isSecretName(name) ? secrets : settings
    if (value === null) delete where[name]
    else if (value !== undefined) where[name] = value
  }
  return { settings: settings as ChannelSettings, secrets: secrets as ChannelSecrets }
}

/** What is missing, out of place or unknown to the city, each with the path of its member. */
export function channelFaults(
  kind: ChannelKind,
  { settings, secrets }: ChannelParts,
  city: City,
): ChannelFault[] {
  const all: Record<string, unknown> = { ...settings, ...secrets }
  delete all.signing
  delete all.former
  const members: readonly string[] = MEMBERS[kind]
  const faults: ChannelFault[] = []
  const fault = (path: string, message: string) => faults.push({ path: `/${path}`, message })
  for (const member of members.filter((m) => m.endsWith('*'))) {
    const value = all[member.slice(0, -1)]
    if (value === undefined || (Array.isArray(value) && value.length === 0))
      fault(member.slice(0, -1), 'is required')
  }
  for (const name of Object.keys(all))
    if (!members.includes(name) && !members.includes(`${name}*`)) fault(name, `is not for the kind ${kind}`)
  if (secrets.url !== undefined) {
    // A placeholder in the address is a part of it like any other.
    const url = secrets.url.replaceAll(/\{\{[^{}]*\}\}/g, 'x')
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      fault('url', 'must begin with https:// or http://')
    else if (new URL(url).username !== '' || new URL(url).password !== '')
      fault('url', 'must not hold a login; use a header')
    // The words of a message must not choose where it goes.
    if (/^[^/]*\/\/[^/?#\\]*\{\{/.test(secrets.url)) fault('url', 'must name its host without placeholders')
  }
  const { scope, audiences = [], success } = settings
  const known = (code: string, codes: ReadonlyMap<string, unknown>) => codes.has(code)
  if (scope !== undefined) {
    const [what = '', code = ''] = splitAt(scope)
    if (!(what === 'area' ? known(code, city.areas) : what === 'department' && known(code, city.departments)))
      fault('scope', 'is `area:` or `department:` with a known code')
  }
  audiences.forEach((audience, i) => {
    const [what = '', code = ''] = splitAt(audience)
    const isKnown = what === 'unit' ? known(code, city.departments) : POSTS.some((p) => p === code)
    if (!isKnown) fault(`audiences/${i}`, 'is no post and no unit of this city')
  })
  for (const [name, text] of Object.entries({ url: secrets.url, body: secrets.body, ...secrets.headers })) {
    const [unknown] = kind === 'sms' ? unknownMarks(text ?? '') : []
    const where = name === 'url' || name === 'body' ? name : `headers/${name}`
    if (unknown !== undefined) fault(where, `{{${unknown}}} is no placeholder`)
  }
  if (kind === 'sms') {
    const type = settings.contentType ?? 'application/json'
    if (settings.method !== 'GET' && secrets.body === undefined) fault('body', 'is required')
    if (secrets.body !== undefined && type === 'application/json' && !isJsonTemplate(secrets.body))
      fault('body', 'is not JSON once it is filled')
    const everything = `${secrets.url ?? ''} ${secrets.body ?? ''}`
    if (!/\{\{\s*mobile\s*\}\}/.test(everything)) fault('body', 'needs {{mobile}}, here or in the address')
    if (!/\{\{\s*text\s*\}\}/.test(everything)) fault('body', 'needs {{text}}, here or in the address')
    if (success?.equals !== undefined && success.path === undefined)
      fault('success/path', 'is required beside equals')
  }
  return faults
}

const splitAt = (text: string): [string, string] => {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** Where it goes, as far as it may be shown: no path of a robot, no query. */
export function targetOf(kind: ChannelKind, { settings, secrets }: ChannelParts): string {
  if (kind === 'email') return `${settings.host ?? ''}:${settings.port ?? ''}`
  const url = secrets.url?.replaceAll(/\{\{[^{}]*\}\}/g, 'x') ?? ''
  if (!URL.canParse(url)) return ''
  const { origin, host, pathname } = new URL(url)
  return kind === 'webhook' ? `${origin}${pathname}` : host
}
