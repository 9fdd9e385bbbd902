// Intake: POST /cases at the real api in a process of its own — logged in, validated, idempotent, numbered, durable.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
import { Client } from '../traffic/client.ts'

const READY_WITHIN_MS = 30_000

/** Starts `scripts/api.ts` on a port and waits until it is ready. */
export async function startApiProcess(
  env: NodeJS.ProcessEnv,
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ['scripts/api.ts'], {
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the api ended with code ${child.exitCode}`)
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
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

export interface IntakeRound {
  perSecond: number
  p99Ms: number
}

/** One round. @throws when any answer was not a 201: a bench of errors is worth nothing. */
export async function intake(
  url: string,
  cookie: string,
  place: { lng: number; lat: number },
  { connections, seconds, round }: { connections: number; seconds: number; round: number },
): Promise<IntakeRound> {
  let n = 0
  const result = await autocannon({
    url: `${url}/api/v1/cases`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          n += 1
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              cookie,
              'idempotency-key': `bench-${process.pid}-${round}-${n}`,
            },
            body: JSON.stringify({
              description: `道路有少量垃圾 ${n}`,
              location: { lng: place.lng, lat: place.lat, accuracyM: 12 },
              categoryCode: 'E0110',
              source: 'grid',
              address: '人民路',
            }),
          }
        },
      },
    ],
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`intake: ${result.non2xx} answers were not 2xx, ${result.errors} connections failed`)
  return { perSecond: result['2xx'] / result.duration, p99Ms: result.latency.p99 }
}

/** Cookie of a demo account. */
export async function loginCookie(url: string, username: string): Promise<string> {
  const client = new Client(url)
  await client.login(username, 'demo')
  return client.cookie
}
