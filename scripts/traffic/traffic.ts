// Demo traffic 演示数据: simulated people who act only through the public API, so that the city lives. How much happens,
// how fast the clock runs and which scene is on is asked of the system itself (GET /demo) every few seconds. Every page says
// that it is demo data; DEMO_TRAFFIC=0 starts without them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scene } from '#domain/demo.ts'
import { minuteOfDay } from '../life/hours.ts'
import { nextGap } from '../life/volume.ts'
import { openActing } from './acting.ts'
import { readCity } from './city.ts'
import { ApiError } from './client.ts'
import { openReporter } from './reporting.ts'
import { openRota } from './rota.ts'
import { openShifts } from './shifts.ts'
import { openStaff } from './staff.ts'

export interface TrafficOptions {
  baseUrl: string
  log: { info(o: object, msg?: string): void; warn(o: object, msg?: string): void }
}

interface DemoNow {
  scene: Scene
  multiple: number
  rate: number
  traffic: boolean
  now: string
}

const ASK_EVERY_MS = 2_000
/** Between two rounds of everybody, in real time: seldom at real pace, often where the clock runs fast. */
const roundEvery = (rate: number) => Math.max(1_000, 8_000 / rate)
/** Longest wait for the next report before the hour and the scene are looked at again, ms by the log's clock. */
const LOOK_AGAIN_MS = 120_000
/** Reports under way at once, when the clock runs fast. */
const MOST_REPORTS = 6

/** Starts the simulation; resolves once the city is read and the first people are logged in. */
export async function startTraffic({ baseUrl, log }: TrafficOptions): Promise<{ stop(): Promise<void> }> {
  const staff = await openStaff(baseUrl)
  const city = await readCity(staff.admin)
  const stop = new AbortController()
  const pause = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
  const fault = (what: string, error: unknown) =>
    log.warn({ what, error: String(error) }, 'simulated step failed')

  let state: DemoNow | undefined
  let askedAt = 0
  /** The log's clock now, moved on from the last answer; epoch ms. */
  const now = (s: DemoNow) => Date.parse(s.now) + (performance.now() - askedAt) * s.rate
  const ask = async (): Promise<DemoNow> => {
    if (state && performance.now() - askedAt < ASK_EVERY_MS) return state
    const sent = performance.now()
    state = await staff.admin.get<DemoNow>('/demo')
    askedAt = (sent + performance.now()) / 2
    return state
  }
  const begunAt = now(await ask())

  const reporter = openReporter(baseUrl, city, staff)
  const acting = openActing({
    staff,
    city,
    repeats: reporter.repeats,
    begunAt,
    isStopped: () => stop.signal.aborted,
    onFault: fault,
  })
  const shifts = openShifts(staff)
  const rota = openRota(staff, city.town.timeZone)
  const born = Date.now().toString(36)

  const reporting = (async () => {
    const underWay = new Set<Promise<void>>()
    for (let n = 0; !stop.signal.aborted; ) {
      const s = await ask().catch((error: unknown) => fault('GET /demo', error))
      if (!s?.traffic) {
        await pause(ASK_EVERY_MS)
        continue
      }
      const gap = nextGap(now(s), city.town, s, Math.random())
      if (gap > LOOK_AGAIN_MS) {
        await pause(LOOK_AGAIN_MS / s.rate)
        // The rest of an exponential wait is as long as a new one.
        continue
      }
      await pause(gap / s.rate)
      if (stop.signal.aborted) break
      const sent = reporter
        .report(`${born}-${n++}`, now(s), s)
        .catch((error: unknown) => {
          // Residents of one address may report only so often.
          if (!(error instanceof ApiError) || error.status !== 429) fault('a report', error)
        })
        .finally(() => underWay.delete(sent))
      underWay.add(sent)
      if (underWay.size >= MOST_REPORTS) await Promise.race(underWay)
    }
    await Promise.all(underWay)
  })()
  const working = (async () => {
    while (!stop.signal.aborted) {
      const s = await ask().catch((error: unknown) => fault('GET /demo', error))
      if (s?.traffic) {
        const minute = minuteOfDay(now(s), city.town.timeZone)
        await shifts.keep(minute).catch((error: unknown) => fault('a change of shift', error))
        await rota.keep(now(s)).catch((error: unknown) => fault('the rota', error))
        await acting.round(now(s)).catch((error: unknown) => fault('a round', error))
      }
      await pause(roundEvery(s?.rate ?? 1))
    }
  })()
  log.info({ categories: city.town.categories.size }, 'demo traffic runs')
  return {
    async stop() {
      stop.abort()
      await Promise.all([reporting, working])
    },
  }
}
