// Demo traffic 演示数据: simulated people who act only through the public API, so that the wall lives. What they do is
// marked as demo data on every page; DEMO_TRAFFIC=0 leaves the city quiet.
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from './client.ts'
import { nextGap } from './curve.ts'
import * as people from './people.ts'
import { readTown, reportOnce } from './reporting.ts'

export interface TrafficOptions {
  baseUrl: string
  log: { info(o: object, msg?: string): void; warn(o: object, msg?: string): void }
  /** Open cases below which reports come quickly, so that the first look at the wall finds a working day. */
  opening?: number
}

const PASSWORD = 'demo'
const ROUND_EVERY_MS = 10_000

/** Starts the simulation; resolves once everybody is logged in. */
export async function startTraffic({
  baseUrl,
  log,
  opening = 30,
}: TrafficOptions): Promise<{ stop(): Promise<void> }> {
  const login = async (username: string) => {
    const client = new Client(baseUrl, username)
    await client.login(PASSWORD)
    return client
  }
  const grid = await login('grid')
  const operator = await login('operator')
  const town = await readTown(grid)
  if (town.categories.length === 0)
    throw new Error('the city pack gives no category a share: no demo traffic')
  const { open } = await grid.get<{ open: number }>('/board')
  const quick = Math.max(0, opening - open)
  const leads = await grid.get<{ items: { code: string; parent?: string }[] }>('/departments')
  const units: Client[] = []
  for (const d of leads.items) if (d.parent === undefined) units.push(await login(`dept-${d.code}`))
  const staff: [string, (now: number) => Promise<void>][] = [
    ['operator', (now) => people.operator(operator, now)],
    ['duty', await as('duty', people.dutyManager)],
    ['dispatcher', await as('dispatcher', people.dispatcher)],
    ['head', await as('head', people.head)],
    ['supervisor', await as('supervisor', people.supervisor)],
    ...units.map((u): [string, (now: number) => Promise<void>] => [
      u.username,
      (now) => people.department(u, now),
    ]),
  ]
  async function as(username: string, role: (client: Client, now: number) => Promise<void>) {
    const client = await login(username)
    return (now: number) => role(client, now)
  }

  const stop = new AbortController()
  const pause = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
  const born = Date.now().toString(36)

  const reporting = (async () => {
    for (let n = 0; !stop.signal.aborted; n++) {
      const hour = (new Date().getUTCHours() + 8) % 24
      await pause(n < quick ? 1500 : nextGap(hour, Math.random()))
      if (stop.signal.aborted) return
      await reportOnce(town, { grid, citizen: operator }, `${born}-${n}`).catch((error: unknown) =>
        log.warn({ error: String(error) }, 'simulated report failed'),
      )
    }
  })()
  const working = (async () => {
    while (!stop.signal.aborted) {
      for (const [who, round] of staff) {
        if (stop.signal.aborted) return
        await round(Date.now()).catch((error: unknown) =>
          log.warn({ who, error: String(error) }, 'simulated step failed'),
        )
      }
      await pause(ROUND_EVERY_MS)
    }
  })()
  log.info({ units: units.length, categories: town.categories.length }, 'demo traffic runs')
  return {
    async stop() {
      stop.abort()
      await Promise.all([reporting, working])
    },
  }
}
