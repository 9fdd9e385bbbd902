import { expect, test } from 'vitest'
import { USUAL_ALLOWED } from '#store/outside-address.ts'
import { httpSend } from './http.ts'

test('what cannot be written as a request is an outcome like others, and does not end the job', async () => {
  const outcome = await httpSend(
    { method: 'POST', url: 'http://10.255.255.1/', headers: { 'x-name': '值班' }, body: '{}' },
    { allowed: USUAL_ALLOWED, timeoutMs: 1_000, mostAnswer: 100 },
  )
  expect(outcome).toEqual({ ok: false, code: 'connect', rests: true, text: 'ERR_INVALID_CHAR' })
})
