// E-mail by SMTP. The server's name is looked up and held against what is allowed before anything is said to it.
import { promises as dns } from 'node:dns'
import { createTransport } from 'nodemailer'
import type { ChannelSecrets, ChannelSettings } from '#domain/delivery/channel.ts'
import { type Allowed, addressIn } from '#store/outside-address.ts'
import { failure } from './http.ts'
import type { Outcome } from './outcome.ts'

export interface Mail {
  id: string
  to: string
  subject: string
  text: string
}

export async function sendMail(
  { host = '', port, security, user, from = '' }: ChannelSettings,
  { password }: ChannelSecrets,
  { id, to, subject, text }: Mail,
  { allowed, timeoutMs }: { allowed: Allowed; timeoutMs: number },
): Promise<Outcome> {
  let address: string | undefined
  try {
    const found = addressIn(host) ?? undefined
    const all = found === undefined ? await dns.lookup(host, { all: true }) : [{ address: found }]
    address = all.find((a) => allowed.refusal(a.address) === undefined)?.address
  } catch (error) {
    return failure(error)
  }
  if (address === undefined) return { ok: false, code: 'forbidden-address' }
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The certificate is held against the name, not the address.
    tls: { servername: addressIn(host) === undefined ? host : '' },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { response } = await transport.sendMail({
      from,
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${id}@huiyin>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { ok: true, text: response }
  } catch (error) {
    return mailFailure(error)
  } finally {
    transport.close()
  }
}

function mailFailure(error: unknown): Outcome {
  const { code, responseCode, response } = error as {
    code?: string
    responseCode?: number
    response?: string
  }
  if (code === 'EAUTH') return { ok: false, code: 'login', status: responseCode, text: response, rests: true }
  if (code === 'ETLS') return { ok: false, code: 'tls', rests: true }
  if (responseCode === undefined) return failure(error)
  // RFC 5321: 5xx is for good, 4xx for now; about this letter where the envelope or the text is meant.
  const isForGood = responseCode >= 500
  return {
    ok: false,
    code: 'rejected',
    status: responseCode,
    text: response,
    ofMessage: code === 'EENVELOPE' || code === 'EMESSAGE',
    final: isForGood && code === 'EENVELOPE',
  }
}
