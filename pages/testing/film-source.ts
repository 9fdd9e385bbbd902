// The project's own film as other kinds of camera send it: an endless FLV (Adobe FLV 10.1, tags of AVC video).
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

interface Film {
  /** AVCDecoderConfigurationRecord. */
  config: Buffer
  frames: { data: Buffer; isKey: boolean }[]
}

const FPS = 15

function bodyOf(bytes: Buffer, type: string, from = 0): { body: Buffer; end: number } | undefined {
  const at = bytes.indexOf(type, from, 'latin1')
  if (at < 0) return undefined
  const end = at - 4 + bytes.readUInt32BE(at - 4)
  return { body: bytes.subarray(at + 4, end), end }
}

async function readFilm(): Promise<Film> {
  const bytes = await readFile(new URL('../../api/streams/films/avenue.mp4', import.meta.url))
  const config = bodyOf(bytes, 'avcC')?.body
  if (!config) throw new Error('the film says not how it is encoded')
  const frames: Film['frames'] = []
  for (let at = 0; ; ) {
    const run = bodyOf(bytes, 'trun', at)
    const data = run && bodyOf(bytes, 'mdat', run.end)
    if (!run || !data) break
    const count = run.body.readUInt32BE(4)
    for (let i = 0, from = 0; i < count; i++) {
      const size = run.body.readUInt32BE(12 + i * 8)
      frames.push({ data: data.body.subarray(from, from + size), isKey: i === 0 })
      from += size
    }
    at = data.end
  }
  return { config, frames }
}

function tag(content: Buffer, ms: number): Buffer {
  const head = Buffer.alloc(11)
  head.writeUInt8(9, 0)
  head.writeUIntBE(content.length, 1, 3)
  head.writeUIntBE(ms & 0xffffff, 4, 3)
  head.writeUInt8((ms >>> 24) & 0xff, 7)
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(head.length + content.length)
  return Buffer.concat([head, content, tail])
}

const avc = (isKey: boolean, isConfig: boolean, data: Buffer, ms: number) =>
  tag(Buffer.concat([Buffer.from([isKey ? 0x17 : 0x27, isConfig ? 0 : 1, 0, 0, 0]), data]), ms)

/** Sends the film as HTTP-FLV at its own pace until the reader goes. */
export async function sendFlv(response: ServerResponse): Promise<void> {
  const { config, frames } = await readFilm()
  response.writeHead(200, { 'content-type': 'video/x-flv', 'access-control-allow-origin': '*' })
  response.write(Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]))
  response.write(avc(true, true, config, 0))
  let n = 0
  const begun = performance.now()
  const timer = setInterval(() => {
    for (; (n * 1000) / FPS < performance.now() - begun; n++) {
      const frame = frames[n % frames.length]
      if (frame) response.write(avc(frame.isKey, false, frame.data, Math.round((n * 1000) / FPS)))
    }
  }, 40)
  response.on('close', () => clearInterval(timer))
}
