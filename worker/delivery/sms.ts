// SMS by a gateway that takes an HTTP request: the administrator's template filled, and the rule by which its answer counts.
import type { ChannelSecrets, ChannelSettings } from '#domain/delivery/channel.ts'
import { type Values, fillBody, fillHeader, fillUrl, isSuccess } from '#domain/delivery/template.ts'
import { type HttpLimits, httpSend, statusFailure } from './http.ts'
import type { Outcome } from './outcome.ts'

export async function sendSms(
  { method = 'POST', contentType = 'application/json', success = {} }: ChannelSettings,
  { url = '', headers = {}, body }: ChannelSecrets,
  values: Values,
  limits: HttpLimits,
): Promise<Outcome> {
  const isGet = method === 'GET'
  const answer = await httpSend(
    {
      method,
      url: fillUrl(url, values),
      headers: {
        'user-agent': 'Huiyin/1',
        ...(isGet ? {} : { 'content-type': contentType }),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), fillHeader(value, values)]),
        ),
      },
      ...(isGet ? {} : { body: fillBody(body ?? '', values, contentType) }),
    },
    limits,
  )
  if ('ok' in answer) return answer
  const { status, text } = answer
  if (status < 200 || status > 299) return statusFailure(answer)
  if (isSuccess(success, status, text)) return { ok: true, status }
  return { ok: false, code: 'rejected', status, text }
}
