// Commit to folded in 1, 50 and 200 walls at 200 events a second, and the api's processor time for it, against a bare
// Socket.IO that broadcasts the same payloads at the same pace to as many.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openLog } from '#store/log.ts'
import { openRuntime } from '#store/runtime.ts'
import { migrateQueue } from '#worker/queues.ts'
import { startProcess } from '../../processes/running.ts'
import { freePort } from '../../runtime/port.ts'
import { type Figure, median, type Row } from '../figures.ts'
import type { Bare } from '../live/bare.ts'
import { startChild } from '../live/child.ts'
import { bareRound, hangScreens, livesFor, liveRound, type LiveRound, type Measured } from '../live/round.ts'
import type { Walls } from '../live/walls.ts'
import type { Bench, Section } from '../section.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const RATE = 200
const WALLS = [1, 50, 200]
const MOST_MS = 400
const MOST_CPU = 1.5

export const liveSection: Section = {
  name: 'live',
  says: 'commit → folded in 1, 50 and 200 walls at 200 events/s, and CPU ÷ a bare Socket.IO broadcast',
  options: { 'live-seconds': { default: 5, says: 'seconds of events for each number of walls' } },
  run,
}

const figure = (name: string, unit: string): Figure => ({ name, unit, rounds: [] })
const ms = (v: number | undefined) => `${Math.round(v ?? 0)} ms`

/** Figures of one number of walls. */
const figuresOf = () => ({
  p99: figure('commit → folded', 'ms'),
  p50: figure('p50', 'ms'),
  bareP99: figure('sent → folded', 'ms'),
  bareP50: figure('p50', 'ms'),
  raw: figure('api', 'ms/s'),
  net: figure('api, its part for walls', 'ms/s'),
  bare: figure('bare Socket.IO', 'ms/s'),
  walls: figure('walls', 'ms/s'),
  rate: figure('events', '/s'),
})

async function run(bench: Bench): Promise<Row[]> {
  if (!existsSync('/proc/self/schedstat')) {
    bench.say('live left out: processor time of another process is read from /proc, which only Linux has')
    return []
  }
  const { postgres, place } = bench
  const lives = livesFor(bench.number('live-seconds') * RATE)
  const store = await bench.prepare('bench_live')
  await postgres.makeDatabase('bench_live_queue', 'app')
  const env = {
    ...bench.environment('bench_live'),
    QUEUE_DATABASE_URL: postgres.url('bench_live_queue'),
    DRAIN_SECONDS: '0',
  }
  await migrateQueue({ queueDatabaseUrl: env.QUEUE_DATABASE_URL })
  const runtime = await openRuntime(store, openLog('warn', 'bench'))
  const worker = await startProcess(ROOT, 'worker', env)
  const port = await freePort()
  const api = await startProcess(ROOT, 'api', env, port)
  const walls = startChild<Walls>(new URL('../live/walls.ts', import.meta.url))
  const bare = startChild<Bare>(new URL('../live/bare.ts', import.meta.url))
  const site = { store, runtime, place, api: { url: `http://127.0.0.1:${port}`, pid: api.pid } }
  const figures = new Map(WALLS.map((n) => [n, figuresOf()]))
  const idle: number[] = []
  let last: LiveRound | undefined
  try {
    const cookies = await hangScreens(store, Math.max(...WALLS))
    await liveRound(site, walls, { cookies: cookies.slice(0, 1), lives, rate: RATE })
    for (let round = 0; round < bench.rounds; round++) {
      const none = await liveRound(site, walls, { cookies: [], lives, rate: RATE })
      idle.push(perSecond(none.cpuMs, none))
      for (const [n, f] of figures) {
        const some = cookies.slice(0, n)
        const got = await liveRound(site, walls, { cookies: some, lives, rate: RATE })
        if (!got.recording) throw new Error('live: nothing was recorded')
        const floor = await bareRound(bare, walls, { recording: got.recording, cookies: some })
        take(f, { got, floor, none })
        last = got
        bench.say(
          `live ${round + 1}/${bench.rounds}, ${n} walls: p50 ${ms(got.p50)}, p99 ${ms(got.p99)}, bare p99 ${ms(floor.p99)}; ` +
            `CPU ${ms(got.cpuMs)}, without walls ${ms(none.cpuMs)}, bare ${ms(floor.cpuMs)}, walls ${ms(got.wallsCpuMs)}; ` +
            `${Math.round(got.events / got.seconds)} events/s`,
        )
      }
    }
  } finally {
    await walls.stop()
    await bare.stop()
    await api.stop()
    await worker.stop()
    await runtime.close()
    await store.close()
  }
  if (last) bench.say(`live: ${payload(last)}`)
  bench.say(`live: the api without walls takes ${median(idle).toFixed(1)} ms/s`)
  return [...figures].flatMap(([n, f]) => rowsOf(n, f))
}

const perSecond = (cpu: number, { events }: { events: number }) => (cpu * RATE) / events

function take(
  f: ReturnType<typeof figuresOf>,
  { got, floor, none }: { got: LiveRound; floor: Omit<Measured, 'events' | 'seconds'>; none: LiveRound },
): void {
  f.p99.rounds.push(got.p99 ?? 0)
  f.p50.rounds.push(got.p50 ?? 0)
  f.bareP99.rounds.push(floor.p99 ?? 0)
  f.bareP50.rounds.push(floor.p50 ?? 0)
  f.raw.rounds.push(perSecond(got.cpuMs, got))
  f.net.rounds.push(perSecond(got.cpuMs, got) - perSecond(none.cpuMs, none))
  f.bare.rounds.push(perSecond(floor.cpuMs, got))
  f.walls.rounds.push(perSecond(got.wallsCpuMs, got))
  f.rate.rounds.push(got.events / got.seconds)
}

function payload({ recording, events, seconds }: LiveRound): string {
  const deltas = recording?.deltas ?? []
  const bytes = deltas.reduce((sum, { delta }) => sum + JSON.stringify(delta).length, 0)
  const each = Math.round(bytes / Math.max(1, deltas.length) / 1000)
  return `${(deltas.length / seconds).toFixed(1)} deltas/s of ${each} kB, ${Math.round(events / seconds)} events/s`
}

function rowsOf(n: number, f: ReturnType<typeof figuresOf>): Row[] {
  const many = n === Math.max(...WALLS)
  const name = n === 1 ? '1 wall' : `${n} walls`
  const each = (v: Figure) => `${(median(v.rounds) / n).toFixed(2)} ms/s a wall`
  return [
    {
      name: `live p99, ${name}`,
      figure: f.p99,
      ...(many ? { target: { atMost: MOST_MS } } : {}),
      note: `at ${Math.round(median(f.rate.rounds))} events/s; p50 ${ms(median(f.p50.rounds))}; bare p50 ${ms(median(f.bareP50.rounds))}, p99 ${ms(median(f.bareP99.rounds))}`,
    },
    {
      name: `live CPU for walls, ${name}`,
      figure: f.net,
      floor: f.bare,
      ...(many ? { target: { atMost: MOST_CPU } } : {}),
      note: each(f.net),
    },
    {
      name: `live CPU in all, ${name}`,
      figure: f.raw,
      floor: f.bare,
      note: `the walls' own: ${Math.round(median(f.walls.rounds))} ms/s`,
    },
  ]
}
