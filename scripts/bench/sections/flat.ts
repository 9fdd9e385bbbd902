// Flat in history: the hot queries, a step and a report on a long history against a short one whose present is the same.
// Both are made here, or given as HISTORY_DATABASES=SHORT,LONG (made by `npm run generate`): a few cases are added then.
import type { Actor } from '#domain/case.ts'
import { openCities } from '#store/cities.ts'
import { listCases } from '#store/cases.ts'
import { openLog } from '#store/log.ts'
import { openStore } from '#store/open.ts'
import { openProjector } from '#store/projector.ts'
import { openRuntime } from '#store/runtime.ts'
import { makePast } from '../../past/past.ts'
import { median, type Row } from '../figures.ts'
import { type Asking, farCursor, HOT_QUERIES, type HotQuery, PAGE } from '../flat/queries.ts'
import { openSamples } from '../flat/samples.ts'
import type { Bench, Section } from '../section.ts'

export const flatSection: Section = {
  name: 'flat',
  says: 'each hot query’s p99 on a long history ÷ on a short one',
  options: {
    history: {
      default: 200_000,
      says: 'cases of the long history; 2000000 take about an hour to make and 30 GB',
    },
    present: { default: 10_000, says: 'cases of the last quarter, all that the short one has' },
    asks: { default: 100, says: 'times a query is asked in a round' },
  },
  run,
}

/** One history, open for asking. */
interface Side extends Asking {
  cases: number
  /** Something happens to an open case, and comes on the board. */
  step(n: number): Promise<unknown>
  report(): Promise<unknown>
  close(): Promise<void>
}

type Ask = (side: Side, n: number) => Promise<unknown>

async function run(bench: Bench): Promise<Row[]> {
  const asks = bench.number('asks')
  const [shortUrl, longUrl] = await urlsOf(bench)
  const sides = [await openSide(shortUrl, bench), await openSide(longUrl, bench)] as const
  try {
    const [short, long] = sides
    bench.say(`${short.cases.toLocaleString('en')} cases against ${long.cases.toLocaleString('en')}`)
    const rows: Row[] = []
    for (const { name, ask } of await measured(sides)) {
      const times = { short: [] as number[][], long: [] as number[][] }
      // The first round warms both.
      for (let round = -1; round < bench.rounds; round++)
        for (const [side, kept] of round % 2 === 0
          ? ([
              [short, times.short],
              [long, times.long],
            ] as const)
          : ([
              [long, times.long],
              [short, times.short],
            ] as const)) {
          const took = await timed(side, ask, asks, (round + 1) * asks)
          if (round >= 0) kept.push(took)
        }
      rows.push(rowOf(name, times, short.cases))
      bench.say(`${name}: ${rows.at(-1)?.note}`)
    }
    return rows
  } finally {
    for (const side of sides) await side.close()
  }
}

async function urlsOf(bench: Bench): Promise<[string, string]> {
  const [short, long] = (process.env.HISTORY_DATABASES ?? '').split(',')
  if (short && long) return [short, long]
  const present = bench.number('present')
  // Both end at the same instant: their present is the same.
  const until = Date.now()
  const made = async (name: string, cases: number): Promise<string> => {
    const store = await bench.prepare(name)
    try {
      const ownerUrl = bench.postgres.url(name, 'owner')
      const onProgress = (text: string) => bench.say(`${name}: ${text}`)
      await makePast({
        store,
        ownerUrl,
        cases,
        present,
        open: Math.ceil(present / 25),
        years: 4,
        until,
        onProgress,
      })
    } finally {
      await store.close()
    }
    return bench.postgres.url(name)
  }
  return [await made('flat_short', present), await made('flat_long', bench.number('history'))]
}

async function openSide(databaseUrl: string, { place }: Bench): Promise<Side> {
  const store = openStore({ databaseUrl, max: 4, applicationName: 'huiyin-bench' })
  const cityFor = openCities(store)
  const city = await cityFor()
  const samples = await openSamples(store, city)
  const runtime = await openRuntime(store, openLog('warn', 'bench'))
  const projector = openProjector({ store, cityFor, signals: runtime.signals })
  const [duty] = await store.sql<{ id: string }[]>`select id from account where username = 'duty'`
  const [size] = await store.sql<{ n: number }[]>`select count(*)::int as n from "case"`
  const actor: Actor = { kind: 'user', id: duty?.id ?? '', posts: ['duty-manager'], areas: [] }
  return {
    store,
    city,
    samples,
    cases: size?.n ?? 0,
    async step(n) {
      const { state } = samples.open[n % samples.open.length] ?? {}
      if (!state) throw new Error('no case is open')
      const done = await runtime.commander.act(
        state.id,
        { action: 'comment', payload: { text: `备注 ${n}` } },
        { actor },
      )
      if (!done.ok) throw new Error(done.refusal.detail)
      await projector.catchUp()
    },
    async report() {
      const done = await runtime.commander.report(
        {
          facts: { source: 'grid', dispatchMode: 'assign', category: 'E0110', position: place, photos: [] },
          words: { description: '道路有少量垃圾' },
        },
        { actor: { kind: 'anonymous' } },
      )
      if (!done.ok) throw new Error(done.refusal.detail)
    },
    async close() {
      await runtime.close()
      await store.close()
    },
  }
}

/** Everything that is timed: queries, lists far down as well, and what writes. */
async function measured(sides: readonly Side[]): Promise<{ name: string; ask: Ask }[]> {
  const all: { name: string; ask: Ask }[] = []
  for (const query of HOT_QUERIES) {
    all.push({ name: query.name, ask: (side, n) => query.ask(side, n) })
    if (query.name.startsWith('list:')) all.push(...(await farDown(query, sides)))
  }
  all.push({ name: 'a step, on the board', ask: (side, n) => side.step(n) })
  all.push({ name: 'a report', ask: (side) => side.report() })
  return all
}

/** A list that both histories have a page of far down. */
async function farDown(query: HotQuery, sides: readonly Side[]): Promise<{ name: string; ask: Ask }[]> {
  const cursors = new Map<Side, string>()
  for (const side of sides) {
    const cursor = await farCursor(side, query, 0)
    if (cursor !== undefined) cursors.set(side, cursor)
  }
  if (cursors.size < sides.length) return []
  return [
    {
      name: `${query.name}, far down`,
      ask: async (side, n) =>
        listCases(side.store, query.filter?.(side, n) ?? {}, {
          limit: PAGE,
          cursor: cursors.get(side),
          now: side.samples.now,
        }),
    },
  ]
}

/** Ms of each ask. */
async function timed(side: Side, ask: Ask, asks: number, from: number): Promise<number[]> {
  const took: number[] = []
  for (let n = from; n < from + asks; n++) {
    const began = performance.now()
    await ask(side, n)
    took.push(performance.now() - began)
  }
  return took
}

function rowOf(name: string, { short, long }: { short: number[][]; long: number[][] }, cases: number): Row {
  const at = (share: number) => (took: readonly number[]) => {
    const sorted = [...took].sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  }
  const p50 = (rounds: number[][]) => median(rounds.map(at(0.5))).toFixed(1)
  return {
    name: `flat: ${name}`,
    figure: { name: 'p99', unit: 'ms', rounds: long.map(at(0.99)) },
    floor: { name: `p99 at ${cases.toLocaleString('en')}`, unit: 'ms', rounds: short.map(at(0.99)) },
    target: { atMost: 1.5 },
    note: `p50 ${p50(long)} ms, at ${cases.toLocaleString('en')} ${p50(short)} ms`,
  }
}
