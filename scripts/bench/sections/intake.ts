// Reports over HTTP at 32 connections, against pgbench's simple-update transactions on the same server.
import { freePort } from '../../runtime/port.ts'
import { type Figure, median, type Row } from '../figures.ts'
import { intake } from '../intake.ts'
import { findPgbench, HOW_TO_GET_PGBENCH, pgbench, preparePgbench } from '../pgbench.ts'
import { loginCookie, startApiProcess } from '../processes.ts'
import type { Bench, Section } from '../section.ts'

const CLIENTS = 32

export const intakeSection: Section = {
  name: 'intake',
  says: 'POST /cases a second at 32 connections ÷ pgbench -N',
  options: {
    seconds: { default: 5, says: 'seconds of a round' },
    apis: { default: 1, says: 'api processes that the connections are shared out among' },
  },
  run,
}

async function run(bench: Bench): Promise<Row[]> {
  const program = findPgbench()
  if (program === undefined) {
    bench.say(`intake left out: ${HOW_TO_GET_PGBENCH}`)
    return []
  }
  const { postgres, place } = bench
  const seconds = bench.number('seconds')
  const store = await bench.prepare('bench_intake')
  await postgres.makeDatabase('bench_floor')
  const floorUrl = postgres.url('bench_floor', 'owner')
  await preparePgbench(program, floorUrl)
  const apis: Awaited<ReturnType<typeof startApiProcess>>[] = []
  const floor: Figure = { name: `pgbench -N -c ${CLIENTS}`, unit: 'tps', rounds: [] }
  const figure: Figure = { name: 'POST /cases', unit: '/s', rounds: [] }
  const p99: number[] = []
  try {
    for (let i = 0; i < bench.number('apis'); i++)
      apis.push(await startApiProcess(bench.environment('bench_intake'), await freePort()))
    const urls = apis.map((api) => api.url)
    const cookie = await loginCookie(urls[0] ?? '', 'grid')
    await intake(urls, cookie, place, { connections: CLIENTS, seconds: 2, round: -1 })
    for (let round = 0; round < bench.rounds; round++) {
      const bare = await pgbench(program, floorUrl, CLIENTS, seconds)
      const got = await intake(urls, cookie, place, { connections: CLIENTS, seconds, round })
      floor.rounds.push(bare)
      figure.rounds.push(got.perSecond)
      p99.push(got.p99Ms)
      bench.say(
        `intake ${round + 1}/${bench.rounds}: ${Math.round(got.perSecond)} /s, floor ${Math.round(bare)} tps`,
      )
    }
    const [kept] = await store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
    bench.say(`intake: ${kept?.n} cases in the log`)
  } finally {
    for (const api of apis) await api.stop()
    await store.close()
  }
  return [
    {
      name: `intake, ${CLIENTS} connections${apis.length > 1 ? `, ${apis.length} apis` : ''}`,
      figure,
      floor,
      target: { atLeast: 1 },
      note: `p99 ${median(p99)} ms`,
    },
  ]
}
