// Webhooks: the document as it stands in the outbox, signed as Standard Webhooks does it (standardwebhooks.com): HMAC-SHA256
// over id, timestamp and body. docs/webhooks.md says how to verify it.
import { createHmac } from 'node:crypto'
import type { ChannelSecrets } from '#domain/delivery/channel.ts'
import { type HttpLimits, httpSend, statusFailure } from './http.ts'
import type { Outcome } from './outcome.ts'

/** `whsec_` and base64. */
const keyOf = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

/** @param at epoch ms. */
export function signatureOf(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): string {
  const signed = `${id}.${Math.floor(at / 1000)}.${body}`
  return `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`
}

export async function sendWebhook(
  { url = '', signing, former }: ChannelSecrets,
  { id, kind, body }: { id: string; kind: string; body: unknown },
  limits: HttpLimits,
): Promise<Outcome> {
  // Entered anew after SESSION_SECRET changed: it needs a new signing secret too.
  if (signing === undefined) return { ok: false, code: 'sealed', rests: true }
  const at = Date.now()
  const text = JSON.stringify(body)
  const secrets = [signing, ...(former && former.until > at ? [former.signing] : [])]
  const answer = await httpSend(
    {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Huiyin-Webhooks/1',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': secrets.map((s) => signatureOf(s, { id, at, body: text })).join(' '),
        'huiyin-event': kind,
      },
      body: text,
    },
    limits,
  )
  if ('ok' in answer) return answer
  if (answer.status >= 200 && answer.status < 300) return { ok: true, status: answer.status }
  return statusFailure(answer)
}
