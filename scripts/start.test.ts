// `npm start` as a person meets it: one process from an empty folder to the addresses, through Ctrl-C, kill -9 and a
// taken port.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from './runtime/port.ts'
import { letPass, removePlace } from './runtime/postgres/place.ts'

const START = fileURLToPath(new URL('./start.ts', import.meta.url))
const PATIENCE = { timeout: 60_000, interval: 50 }

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-spec-'))
  await letPass(folder)
  onTestFinished(() => removePlace(folder))
  return folder
}

function start(env: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [START, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      DEMO_TRAFFIC: '0',
      DEMO_HISTORY: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const read = [child.stdout, child.stderr].map((stream) =>
    once(
      createInterface(stream).on('line', (line) => lines.push(line)),
      'close',
    ),
  )
  const ended = Promise.all([once(child, 'exit'), ...read]).then(([[code]]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended, text: () => lines.join('\n') }
}

async function up(running: ReturnType<typeof start>): Promise<void> {
  await expect
    .poll(() => (running.child.exitCode === null ? running.text() : 'Stop: Ctrl-C'), PATIENCE)
    .toContain('Stop: Ctrl-C')
  expect(running.child.exitCode, running.text()).toBeNull()
}

const status = async (port: number, path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status

async function logIn(port: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'duty', password: 'demo' }),
  })
}

test('from an empty folder to the addresses; Ctrl-C ends with 0; the next start carries on; kill -9 keeps what was written', async () => {
  const env = { DATA_DIR: await dataDir(), PORT: String(await freePort()) }
  const port = Number(env.PORT)

  const first = start(env)
  await up(first)
  expect(first.text()).toMatch(/\[1\/6\] Settings[\s\S]*\[6\/6\] API and worker/)
  expect(first.text()).toContain(`http://127.0.0.1:${port}/wall`)
  expect([
    await status(port, '/healthz'),
    await status(port, '/readyz'),
    await status(port, '/wall'),
  ]).toEqual([200, 200, 200])
  const session = (await logIn(port)).headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(session).not.toBe('')

  const second = start({ ...env, PORT: String(await freePort()) })
  expect(await second.ended).toBe(1)
  expect(second.text()).toContain(
    `in use by \`npm start\` (pid ${first.child.pid}, at http://127.0.0.1:${port})`,
  )

  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)

  const again = start(env)
  await up(again)
  expect(again.text()).not.toContain(' loaded')
  again.child.kill('SIGKILL')
  await again.ended

  const after = start(env)
  await up(after)
  const me = await fetch(`http://127.0.0.1:${port}/api/v1/auth/me`, { headers: { cookie: session } })
  expect(me.status).toBe(200)
  after.child.kill('SIGTERM')
  expect(await after.ended).toBe(0)
})

test('a taken port is refused before anything is made', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const refused = start({ DATA_DIR: await dataDir(), PORT: String(port) })
  expect(await refused.ended).toBe(1)
  expect(refused.text()).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken[\\s\\S]*PORT=\\d+ npm start`))
  expect(refused.text()).not.toContain('PostgreSQL')
})

test('wrong settings are all listed, help needs nothing', async () => {
  const wrong = start({ PORT: 'x', DEMO: '0', DEMO_TRAFFIC: '1' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.text()).toMatch(/3 settings are wrong[\s\S]*PORT:[\s\S]*DEMO_TRAFFIC:[\s\S]*SESSION_SECRET:/)
  const fast = start({ DEMO: '0', SESSION_SECRET: 'x'.repeat(32) }, ['--clock', '60'])
  expect(await fast.ended).toBe(1)
  expect(fast.text()).toContain('only a demo’s clock')
  const mistyped = start({}, ['--clok', '60'])
  expect(await mistyped.ended).toBe(2)
  expect(mistyped.text()).toContain('--clok')
  const help = start({}, ['--help'])
  expect(await help.ended).toBe(0)
  expect(help.text()).toContain('DATABASE_URL=')
})
