// One file as a browser sends it in a form.
import type { SendOptions } from './api.ts'

export function fileForm(
  bytes: Uint8Array | string,
  name = 'list.csv',
): Pick<SendOptions, 'payload' | 'headers'> {
  const boundary = 'huiyin-test-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${encodeURIComponent(name)}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
