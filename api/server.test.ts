// The api as a process part, over real connections: closing without dropping what came in, and uploads too big to read.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { io } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PLACES } from '#domain/testing/city.ts'
import { filePhotoStore } from './photos/photo-store.ts'
import { startApi, type StartedApi } from './server.ts'
import { openTestApi, type TestApi } from './testing/api.ts'

let api: TestApi
let started: StartedApi | undefined
beforeEach(async () => {
  api = await openTestApi()
})
afterEach(async () => {
  await started?.close()
  started = undefined
  await api.close()
})

const BODY = { description: '垃圾', location: PLACES.canal, categoryCode: 'E0125', source: 'grid' }

test('closing answers what has come in, ends the sockets, and takes nothing more', async () => {
  const gate = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const { commander } = api.runtime
  // A named race point: the report is in the handler when the server is told to close.
  const runtime = {
    ...api.runtime,
    commander: {
      ...commander,
      async report(...args: Parameters<typeof commander.report>) {
        arrived.resolve()
        await gate.promise
        return commander.report(...args)
      },
    },
  }
  started = await startApi({ ...api.start, runtime })
  const cookie = await api.cookieOf('grid')
  const socket = io(`${started.url}/live`, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie },
    auth: { scope: 'city' },
  })
  await new Promise<void>((resolve) => socket.once('snapshot', () => resolve()))
  const sent = fetch(`${started.url}/api/v1/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(BODY),
  })
  await arrived.promise
  const ended = new Promise((resolve) => socket.once('disconnect', resolve))
  const closing = started.close()
  await ended
  gate.resolve()
  const answer = await sent
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as { id: string }
  await closing
  expect(await api.events(id)).toBe(1)
  const { port } = new URL(started.url)
  const refused = connect(Number(port), '127.0.0.1')
  const [error] = await once(refused, 'error')
  expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED')
  started = undefined
})

test('a port that is taken is said so, and nothing stays open', async () => {
  started = await startApi(api.start)
  const port = Number(new URL(started.url).port)
  const second = startApi({ ...api.start, config: { ...api.config, port } })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('an upload of 50 MB is refused, and read to its end so that the sender hears it', async () => {
  started = await startApi(api.start)
  const boundary = 'x'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`
  const call = request(`${started.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      cookie: await api.cookieOf('grid'),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
  })
  const answered = once(call, 'response')
  call.write(head)
  const piece = Buffer.alloc(1024 * 1024, 1)
  for (let i = 0; i < 50; i++) {
    if (!call.write(piece)) await once(call, 'drain')
  }
  call.end(`\r\n--${boundary}--\r\n`)
  const [response] = await answered
  expect(response.statusCode).toBe(413)
  const answer = await text(response)
  expect(JSON.parse(answer)).toMatchObject({ code: 'too-large', status: 413 })
  const [row] = await api.store.sql<{ n: number }[]>`select count(*)::int as n from upload`
  expect(row?.n).toBe(0)
})

test('one announced as even bigger is refused before it is read', async () => {
  started = await startApi(api.start)
  const call = request(`${started.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      cookie: await api.cookieOf('grid'),
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(2 ** 31),
    },
  })
  call.flushHeaders()
  const [response] = await once(call, 'response')
  expect(response.statusCode).toBe(413)
  expect(response.headers.connection).toBe('close')
  call.on('error', () => {})
  call.destroy()
})

test('photos of a store are there after it has said so, and gone after it has removed them', async () => {
  const photos = filePhotoStore(`${api.config.dataDir}/photos`)
  const id = crypto.randomUUID()
  expect(await photos.read(id)).toBeUndefined()
  await photos.put(id, Buffer.from('abc'))
  const found = await photos.read(id)
  expect(found?.bytes).toBe(3)
  expect(found && (await text(found.stream))).toBe('abc')
  await photos.remove(id)
  await photos.remove(id)
  expect(await photos.read(id)).toBeUndefined()
})
