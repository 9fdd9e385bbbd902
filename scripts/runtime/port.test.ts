import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { assertCanListen, freePort, isFree } from './port.ts'

async function serve(body: object): Promise<number> {
  const server = createServer((_, response) => response.end(JSON.stringify(body)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('a free port is free until something listens there', async () => {
  expect(await isFree(await freePort())).toBe(true)
  expect(await isFree(await serve({}))).toBe(false)
  await assertCanListen(await freePort(), '127.0.0.1')
})

test('a taken port is refused with another that is free', async () => {
  const port = await serve({})
  const refusal = await assertCanListen(port, '127.0.0.1').catch(String)
  expect(refusal).toContain(`Port ${port} on 127.0.0.1 is taken by another program`)
  const offered = Number(/PORT=(\d+) npm start/.exec(String(refusal))?.[1])
  expect(await isFree(offered)).toBe(true)
})

test('a Huiyin on the port is called one', async () => {
  const port = await serve({ centreName: '指挥中心' })
  await expect(assertCanListen(port, '127.0.0.1')).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another Huiyin`,
  )
})

test('an address of another machine is refused as such', async () => {
  // TEST-NET-1 (RFC 5737) belongs to nobody.
  await expect(assertCanListen(0, '192.0.2.1')).rejects.toThrow('HOST must be an address of this machine')
})
