// `npm run demo` against a real api: what it sets, what it says, and how it fails.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startApi, type StartedApi } from '#api/server.ts'
import { openTestApi, PASSWORD, type TestApi, USERS } from '#api/testing/api.ts'
import { cityPack } from '#domain/testing/city.ts'
import { readDemo } from '#store/demo.ts'
import { freePort } from '../runtime/port.ts'
import { demoCommand } from './command.ts'

const users = USERS.map((u) => (u.username === 'admin' ? { ...u, password: PASSWORD } : u))

let api: TestApi
let started: StartedApi
beforeAll(async () => {
  api = await openTestApi({ pack: { ...cityPack(), demo: true, users } })
  started = await startApi(api.start)
})
afterAll(async () => {
  await started.close()
  await api.close()
})

async function run(args: string[], env: Record<string, string> = { PUBLIC_URL: started.url }) {
  const out: string[] = []
  const err: string[] = []
  const code = await demoCommand(args, { env, out: (t) => out.push(t), err: (t) => err.push(t) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const asAdmin = (...args: string[]) => run([...args, '--password', PASSWORD])
const kept = async () => (await readDemo(api.store)).settings

describe('sets', () => {
  test('a storm, which says when it ends, and an ordinary day again', async () => {
    const storm = await asAdmin('storm')
    expect(storm).toMatchObject({ code: 0, err: '' })
    expect(storm.out).toMatch(/storm 暴雨, until \d{4}-\d\d-\d\d \d\d:\d\d by the demo clock/)
    expect(await kept()).toMatchObject({ scene: 'storm' })
    expect((await asAdmin('quiet')).out).toContain('quiet night 静夜')
    expect((await asAdmin('ordinary')).out).toMatch(/ordinary day 平日$/m)
    expect(await kept()).toMatchObject({ scene: 'ordinary' })
  })

  test('volume, people and clock', async () => {
    expect((await asAdmin('volume', '20')).out).toContain('×20 of a real day')
    await asAdmin('pause')
    expect(await kept()).toMatchObject({ multiple: 20, traffic: false })
    await asAdmin('resume')
    expect(await kept()).toMatchObject({ multiple: 20, traffic: true })
    expect((await asAdmin('clock', '60')).out).toContain('×60, shows ')
    expect((await readDemo(api.store)).clock.rate).toBe(60)
  })

  test('nothing when it only looks, and leaves no session behind', async () => {
    const before = await kept()
    expect((await asAdmin('status')).code).toBe(0)
    expect(await kept()).toEqual(before)
    const [row] = await api.store.sql<{ n: number }[]>`select count(*)::int as n from session`
    expect(row?.n).toBe(0)
  })
})

test('finds the system of its DATA_DIR, unless a port is given', async () => {
  const io = { running: started.url, out: () => {}, err: () => {} }
  const args = ['status', '--password', PASSWORD]
  expect(await demoCommand(args, { ...io, env: {} })).toBe(0)
  expect(await demoCommand(args, { ...io, env: { PORT: String(await freePort()) } })).toBe(1)
})

describe('says what is wrong', () => {
  test.each([
    [[], 'What to do?'],
    [['flood'], 'Unknown: flood'],
    [['clock'], 'clock takes one whole number, 1 to 720'],
    [['clock', '721'], 'clock takes one whole number, 1 to 720'],
    [['clock', '1.5'], 'clock takes one whole number, 1 to 720'],
    [['volume', '0'], 'volume takes one whole number, 1 to 50'],
    [['storm', 'now'], 'not understood: now'],
    [['storm', '--url', 'ftp://x'], '"ftp://x" is no address'],
    [['storm', '--loud'], '--loud'],
  ])('%j', async (args, words) => {
    const { code, err } = await run(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
    expect(err).toContain('npm run demo -- storm')
  })

  test('when nothing answers, at the port that it was told', async () => {
    const port = await freePort()
    const { code, err } = await run(['status'], { PORT: String(port) })
    expect([code, err]).toEqual([1, expect.stringContaining(`Nothing answers at http://127.0.0.1:${port}.`)])
  })

  test('when somebody else answers', async () => {
    const other = createServer((_, response) => response.writeHead(404).end('<h1>no</h1>')).listen(
      0,
      '127.0.0.1',
    )
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address() as { port: number }
    const { code, err } = await run(['status', '--url', `http://127.0.0.1:${address.port}/`])
    expect([code, err]).toEqual([1, expect.stringContaining('answers 404, and not as Huiyin does')])
  })

  test('when the password is another one', async () => {
    const { code, err } = await run(['status'])
    expect([code, err]).toEqual([1, expect.stringContaining('--password')])
  })

  test('when it is no demo', async () => {
    const real = await openTestApi({
      pack: { ...cityPack(), demo: true, users },
      config: { ...api.config, demo: false },
    })
    const server = await startApi(real.start)
    onTestFinished(async () => {
      await server.close()
      await real.close()
    })
    const { code, err } = await run(['storm', '--url', server.url, '--password', PASSWORD])
    expect([code, err]).toEqual([1, expect.stringContaining('This system is no demo')])
  })
})

test('--help needs nothing', async () => {
  expect(await run(['--help'], {})).toMatchObject({ code: 0, err: '' })
})
