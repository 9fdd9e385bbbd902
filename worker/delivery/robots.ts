// Group robots of WeCom 企业微信, DingTalk 钉钉 and Feishu 飞书: several notices in one message, by the webhook format and the
// signature of each. All three answer 200 with a code of their own.
import { createHmac } from 'node:crypto'
import type { ChannelSecrets, RobotKind } from '#domain/delivery/channel.ts'
import { type Language, type Line, lineText } from '#domain/delivery/message.ts'
import { type HttpLimits, httpSend, statusFailure } from './http.ts'
import type { Outcome } from './outcome.ts'

export interface RobotMessage {
  heading: string
  lines: readonly Line[]
  language: Language
}

/** Bytes of a message's text; WeCom cuts at 4096, the others take 20 000. */
const MOST_BYTES: Record<RobotKind, number> = { wecom: 4_000, dingtalk: 18_000, feishu: 18_000 }
/** Sent too often: their own codes for it. */
const TOO_OFTEN: Record<RobotKind, readonly number[]> = {
  wecom: [45009, 45033],
  dingtalk: [130101, 660026],
  feishu: [11232, 11233, 9499],
}
const REST_MS = 60_000

/** How many of the lines, from the first on, fit one message; at least one. */
export function fitting(kind: RobotKind, { heading, lines, language }: RobotMessage): number {
  let size = Buffer.byteLength(heading) + 8
  let n = 0
  for (const line of lines) {
    size += Buffer.byteLength(lineText(line, language)) + Buffer.byteLength(line.link ?? '') + 40
    if (n > 0 && size > MOST_BYTES[kind]) return n
    n += 1
  }
  return n
}

/** Signs of Markdown in names must not turn into marks. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>#]/g, (c) => `\\${c}`)

function markdown({ heading, lines, language }: RobotMessage): string {
  const more = language === 'en' ? 'open' : '查看'
  const items = lines.map(
    (line) =>
      `- ${plain(lineText(line, language))}${line.link === undefined ? '' : ` [${more}](${line.link})`}`,
  )
  return `**${plain(heading)}**\n\n${items.join('\n')}`
}

const base64Hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64')

/** 钉钉加签: over timestamp and secret, in the address. @param at epoch ms. */
export function dingtalkUrl(url: string, secret: string | undefined, at: number): string {
  if (secret === undefined) return url
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(at))
  signed.searchParams.set('sign', base64Hmac(secret, `${at}\n${secret}`))
  return signed.href
}

/** 飞书签名校验: an empty text, by the timestamp (seconds) and secret as the key. */
export const feishuSign = (secret: string, seconds: number): string => base64Hmac(`${seconds}\n${secret}`, '')

function feishuBody(message: RobotMessage, secret: string | undefined, at: number): unknown {
  const { heading, lines, language } = message
  const more = language === 'en' ? 'open' : '查看'
  const seconds = Math.floor(at / 1000)
  return {
    ...(secret === undefined ? {} : { timestamp: String(seconds), sign: feishuSign(secret, seconds) }),
    msg_type: 'post',
    content: {
      post: {
        zh_cn: {
          title: heading,
          content: lines.map((line) => [
            { tag: 'text', text: `${lineText(line, language)} ` },
            ...(line.link === undefined ? [] : [{ tag: 'a', text: more, href: line.link }]),
          ]),
        },
      },
    },
  }
}

/** @param at epoch ms, for the signature. */
export function robotRequest(
  kind: RobotKind,
  { url = '', secret }: ChannelSecrets,
  message: RobotMessage,
  at: number,
): { url: string; body: unknown } {
  switch (kind) {
    case 'wecom':
      return { url, body: { msgtype: 'markdown', markdown: { content: markdown(message) } } }
    case 'dingtalk':
      return {
        url: dingtalkUrl(url, secret, at),
        body: { msgtype: 'markdown', markdown: { title: message.heading, text: markdown(message) } },
      }
    case 'feishu':
      return { url, body: feishuBody(message, secret, at) }
  }
}

export async function sendRobot(
  kind: RobotKind,
  secrets: ChannelSecrets,
  message: RobotMessage,
  limits: HttpLimits,
): Promise<Outcome> {
  const { url, body } = robotRequest(kind, secrets, message, Date.now())
  const answer = await httpSend(
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Huiyin/1' },
      body: JSON.stringify(body),
    },
    limits,
  )
  if ('ok' in answer) return answer
  const { status, text } = answer
  if (status < 200 || status > 299) return statusFailure(answer)
  const code = codeOf(text)
  if (code === 0) return { ok: true, status }
  const tooOften = code !== undefined && TOO_OFTEN[kind].includes(code)
  return {
    ok: false,
    code: tooOften ? 'rate-limited' : 'rejected',
    status,
    text,
    ...(tooOften ? { askedMs: REST_MS, rests: true } : {}),
  }
}

/** `errcode` of WeCom and DingTalk, `code` or `StatusCode` of Feishu. */
function codeOf(text: string): number | undefined {
  try {
    const answer = JSON.parse(text) as Record<string, unknown>
    const code = answer.errcode ?? answer.code ?? answer.StatusCode
    return typeof code === 'number' ? code : undefined
  } catch {
    return undefined
  }
}
