// The whole system as `npm start` runs it, in a process of its own with data of its own, for tests that click and look.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { letPass, removePlace } from '#scripts/runtime/postgres/place.ts'
import { freePort } from '#scripts/runtime/port.ts'
import { trustOwn } from '#scripts/runtime/tls/trust-own.ts'

const READY_WITHIN_MS = 240_000

export interface System {
  url: string
  dataDir: string
  /** Ends the process the hard way: what was accepted must be there at the next start. */
  kill(): Promise<void>
  /** Starts again on the same data and port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** @param env over the settings of a demo without past and traffic; TLS=own makes this process trust its authority */
export async function startSystem(env: NodeJS.ProcessEnv = {}): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-pages-'))
  await letPass(dataDir)
  const port = await freePort()
  const isTls = env.TLS === 'own'
  const url = `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`
  let child: ChildProcess
  let output = ''

  async function start() {
    output = ''
    child = spawn(process.execPath, ['scripts/start.ts'], {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(port),
        DEMO_TRAFFIC: '0',
        DEMO_HISTORY: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-8000)
      })
    const until = Date.now() + READY_WITHIN_MS
    while (
      !(await fetch(`${url}/readyz`).then(
        (r) => r.ok,
        () => false,
      ))
    ) {
      if (child.exitCode !== null) throw new Error(`the system ended with code ${child.exitCode}:\n${output}`)
      if (Date.now() > until) throw new Error(`the system did not become ready:\n${output}`)
      if (isTls) trustOwn(dataDir)
      await new Promise((r) => setTimeout(r, 200))
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  await start()
  return {
    url,
    dataDir,
    kill: () => end('SIGKILL'),
    restart: start,
    async stop() {
      await end('SIGTERM')
      await removePlace(dataDir)
    },
  }
}
