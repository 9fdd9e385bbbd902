// Sending what waits for one channel: in the order of the log, one by one, or several notices in one message where it is a
// robot's. Every try is noted before the next begins. The claim on the channel is the caller's.
import type { City } from '#domain/city/types.ts'
import { type ChannelSecrets, isRobot, type RobotKind } from '#domain/delivery/channel.ts'
import {
  type Language,
  letterOf,
  type Line,
  lineOf,
  lineText,
  subjectOf,
  testLine,
  heading,
} from '#domain/delivery/message.ts'
import type { StoredNotice } from '#domain/delivery/outside-notice.ts'
import { pauseMs, restMs } from '#domain/delivery/retry.ts'
import type { Post } from '#domain/case.ts'
import type { DeliveryResult } from '#store/channels.ts'
import { tellNotices } from '#store/notices.ts'
import { type ClaimedChannel, type DueDelivery, dueDeliveries, markFailed, markSent } from '#store/outbox.ts'
import type { JobContext } from '../context.ts'
import { within } from '#store/within.ts'
import type { HttpLimits } from './http.ts'
import { sendMail } from './mail.ts'
import { type Outcome, tidy, type Unsent } from './outcome.ts'
import { fitting, sendRobot } from './robots.ts'
import { sendSms } from './sms.ts'
import { sendWebhook } from './webhook.ts'

type Context = Pick<JobContext, 'store' | 'runtime' | 'outside' | 'log'>

/** `quietMs`: nothing more is sent for so long. `more`: something was sent, and there may be more. */
export interface Progress {
  more: boolean
  quietMs: number
}

const PAGE = 50
const PER_MINUTE = 15
const MINUTE_MS = 60_000
/** All of SMTP's steps together. */
const MAIL_PATIENCE = 3
const MOST_ANSWER = 64 * 1024
const KEEPERS: readonly Post[] = ['admin', 'system-admin']

/** @param keepClaim called between two messages; false = somebody else has the channel now. */
export async function sendSome(
  context: Context,
  channel: ClaimedChannel,
  keepClaim: () => Promise<boolean>,
): Promise<Progress> {
  const rows = await dueDeliveries(context.store, channel.id, PAGE)
  if (rows.length === 0) return { more: false, quietMs: 0 }
  const city = await context.runtime.cityFor()
  if (isRobot(channel.kind)) return sendGathered(context, channel, channel.kind, rows, city)
  for (const row of rows) {
    if (!(await keepClaim())) return { more: false, quietMs: 0 }
    const outcome = await sendOne(context, channel, row, city)
    const quietMs = await note(context, channel, [row], outcome)
    if (quietMs > 0) return { more: false, quietMs }
  }
  return { more: true, quietMs: 0 }
}

const secretsOf = ({ outside }: Context, channel: ClaimedChannel) =>
  outside.seal?.open<ChannelSecrets>(channel.id, channel.sealed)

const SEALED: Unsent = { ok: false, code: 'sealed', rests: true }
const NOWHERE: Unsent = { ok: false, code: 'no-address', ofMessage: true, final: true }

const limitsOf = ({ outside }: Context): HttpLimits => ({
  allowed: outside.allowed,
  timeoutMs: outside.timeoutMs,
  mostAnswer: MOST_ANSWER,
})

const languageOf = ({ settings }: ClaimedChannel): Language => settings.language ?? 'zh-CN'

const toLine = (
  row: DueDelivery,
  channel: ClaimedChannel,
  city: City,
  publicUrl: string | undefined,
): Line =>
  row.kind === 'test'
    ? testLine(channel.name, languageOf(channel), publicUrl)
    : lineOf(row.body as StoredNotice, city, languageOf(channel), publicUrl)

async function sendOne(
  context: Context,
  channel: ClaimedChannel,
  row: DueDelivery,
  city: City,
): Promise<Outcome> {
  const secrets = secretsOf(context, channel)
  if (!secrets) return SEALED
  const limits = limitsOf(context)
  if (channel.kind === 'webhook') return sendWebhook(secrets, row, limits)
  const to = channel.kind === 'email' ? row.email : row.mobile
  if (to === null) return NOWHERE
  const language = languageOf(channel)
  const line = toLine(row, channel, city, context.outside.publicUrl)
  if (channel.kind === 'email')
    return within(
      limits.timeoutMs * MAIL_PATIENCE,
      sendMail(
        channel.settings,
        secrets,
        { id: row.id, to, subject: subjectOf(line, city, language), text: letterOf(line, city, language) },
        limits,
      ),
      'the mail server did not answer',
    ).catch((): Unsent => ({ ok: false, code: 'timeout', rests: true }))
  const values = {
    mobile: to,
    name: row.personName ?? '',
    text: lineText(line, language),
    title: line.what,
    number: line.number ?? '',
    link: line.link ?? '',
    id: row.id,
  }
  return sendSms(channel.settings, secrets, values, limits)
}

async function sendGathered(
  context: Context,
  channel: ClaimedChannel,
  kind: RobotKind,
  rows: readonly DueDelivery[],
  city: City,
): Promise<Progress> {
  const secrets = secretsOf(context, channel)
  const language = languageOf(channel)
  // A test is a message of its own.
  const together = rows[0]?.kind === 'test' ? rows.slice(0, 1) : rows
  const lines = together.map((row) => toLine(row, channel, city, context.outside.publicUrl))
  const all = { heading: heading(city, language), lines, language }
  const n = fitting(kind, all)
  const outcome: Outcome = secrets
    ? await sendRobot(kind, secrets, { ...all, lines: lines.slice(0, n) }, limitsOf(context))
    : SEALED
  const gapMs = Math.ceil(MINUTE_MS / (channel.settings.perMinute ?? PER_MINUTE))
  const quietMs = await note(context, channel, together.slice(0, n), outcome)
  return { more: false, quietMs: Math.max(gapMs, quietMs) }
}

/** Keeps how a try ended. @returns for how long the channel rests; 0 = not at all. */
async function note(
  { store, runtime, outside, log }: Context,
  channel: ClaimedChannel,
  rows: readonly DueDelivery[],
  outcome: Outcome,
): Promise<number> {
  const secrets = outside.seal?.open<ChannelSecrets>(channel.id, channel.sealed)
  const text = tidy(outcome.text, secrets ? textsIn(secrets) : [])
  const ids = rows.map((r) => r.id)
  if (outcome.ok) {
    await markSent(store, { channel: channel.id, ids, result: resultOf('sent', outcome.status, text) })
    channel.failures = 0
    return 0
  }
  const { code, status, askedMs, rests = false, ofMessage = false, final = false } = outcome
  const isTest = rows.some((r) => r.kind === 'test')
  const tries = rows.map(({ id, attempts }) => ({
    id,
    againMs: final || isTest ? undefined : pauseMs(attempts + 1, Math.random(), askedMs),
  }))
  log.warn(
    { channel: channel.id, kind: channel.kind, code, status, deliveries: ids.length },
    'a delivery failed',
  )
  const { switchedOff } = await markFailed(store, {
    channel: channel.id,
    tries,
    result: resultOf(code, status, text),
    ofChannel: !ofMessage && !isTest,
  })
  if (isTest || ofMessage) return 0
  channel.failures += 1
  if (switchedOff) {
    log.error(
      { channel: channel.id, kind: channel.kind },
      'a channel failed for too long and was switched off',
    )
    const at = runtime.clock.now()
    await tellNotices(
      store,
      KEEPERS.map((post) => ({ kind: 'channel-off', for: { post }, params: { channel: channel.name } })),
      { key: `channel-off ${channel.id} ${at}`, at },
    )
    runtime.signals.raise('notice')
  }
  return rests ? restMs(channel.failures, Math.random(), askedMs) : 0
}

const resultOf = (code: string, status: number | undefined, text: string | undefined): DeliveryResult => ({
  code,
  ...(status === undefined ? {} : { status }),
  ...(text === undefined ? {} : { text }),
})

/** Every text that must not be kept with an answer that repeats it. */
const textsIn = ({ url, secret, password, headers, signing, former }: ChannelSecrets): string[] =>
  [url, secret, password, signing, former?.signing, ...Object.values(headers ?? {}), ...keysIn(url)].filter(
    (t): t is string => t !== undefined,
  )

/** Keys in an address, which a receiver may repeat alone. */
function keysIn(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { searchParams, pathname } = new URL(url)
  const last = pathname.split('/').at(-1) ?? ''
  return [...searchParams.values(), ...(last.length >= 16 ? [last] : [])].filter((k) => k.length >= 8)
}
