// Our own processes as the bench measures them: started as an operator starts them, waited for, ended by SIGTERM.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Client } from '../traffic/client.ts'

const READY_WITHIN_MS = 30_000

export interface ApiProcess {
  url: string
  pid: number
  stop(): Promise<void>
}

/** Starts `scripts/api.ts` on a port and waits until it is ready. @throws when it ends or is not ready in time. */
export async function startApiProcess(env: NodeJS.ProcessEnv, port: number): Promise<ApiProcess> {
  const child: ChildProcess = spawn(process.execPath, ['scripts/api.ts'], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`the api ended with code ${child.exitCode}`)
    const isReady = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (isReady) break
    if (Date.now() > until) throw new Error('the api did not become ready')
    await new Promise((r) => setTimeout(r, 100))
  }
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** Cookie of a demo account. */
export async function loginCookie(url: string, username: string): Promise<string> {
  const client = new Client(url)
  await client.login(username, 'demo')
  return client.cookie
}
