// `npm run bench`: the sections of bench/sections/ as ratios against floors measured in the same run, alternating, on a
// throw-away PostgreSQL with fsync. Reports figures; never fails because of them.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { loadPack } from '#store/city.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { type Row, table } from './bench/figures.ts'
import { keep, load, versions } from './bench/report.ts'
import type { Bench } from './bench/section.ts'
import { SECTIONS } from './bench/sections/index.ts'
import { readPack } from '#pack/read-pack.ts'
import { letPass, removePlace } from './runtime/postgres/place.ts'
import { startPostgres } from './runtime/postgres/start.ts'
import { answerHelp } from './runtime/settings.ts'

const OPTIONS = Object.assign({}, ...SECTIONS.map((s) => s.options)) as NonNullable<
  (typeof SECTIONS)[number]['options']
>
const FILE = join('.data', 'bench.json')
const line = (left: string, right: string) => `  ${left.padEnd(24)} ${right}`

answerHelp(`
npm run bench                    every section against its floor, one table; JSON in ${FILE}
npm run bench -- --only intake,pipeline

sections
${SECTIONS.map((s) => line(s.name, s.says)).join('\n')}

options
${line('--rounds 5', 'alternating rounds of figure and floor')}
${line(`--json ${FILE}`, 'what it has of other sections stays')}
${Object.entries(OPTIONS)
  .map(([name, o]) => line(`--${name} ${o.default}`, o.says))
  .join('\n')}
`)

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'string', default: FILE },
    ...Object.fromEntries(
      Object.entries(OPTIONS).map(([name, o]) => [
        name,
        { type: 'string' as const, default: String(o.default) },
      ]),
    ),
  },
})
const wanted = values.only?.split(',')
const unknown = wanted?.find((name) => !SECTIONS.some((s) => s.name === name))
if (unknown !== undefined) {
  console.error(`no section ${unknown}; there are ${SECTIONS.map((s) => s.name).join(', ')}`)
  process.exit(1)
}

const number = (option: string): number => {
  const value = Number((values as Record<string, string | undefined>)[option])
  if (!Number.isFinite(value)) throw new Error(`--${option} wants a number`)
  return value
}
const say = (text: string) => console.error(text)

const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
await letPass(dataDir)
const postgres = await startPostgres({ dataDir, holder: { command: 'npm run bench' } })
const rows: Row[] = []
const before = load()
try {
  const { pack } = await readPack(fileURLToPath(new URL('../cities/demo', import.meta.url)))
  if (!pack) throw new Error('the demo city has faults: npm run city -- check cities/demo')
  const road = pack.zones.find((z) => z.kind === 'main-road')
  if (!road) throw new Error('the demo city has no main road')
  const bench: Bench = {
    rounds: number('rounds'),
    postgres,
    dataDir,
    pack,
    place: road.centre,
    async prepare(name) {
      await postgres.makeDatabase(name)
      await migrate({ databaseUrl: postgres.url(name, 'owner') })
      const store = openStore({ databaseUrl: postgres.url(name), max: 16 })
      await loadPack(store, pack)
      return store
    },
    environment: (database) => ({
      ...process.env,
      DATABASE_URL: postgres.url(database),
      QUEUE_DATABASE_URL: postgres.url('huiyin_queue'),
      SESSION_SECRET: 'bench'.repeat(8),
      DATA_DIR: join(dataDir, 'app'),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      DEMO: '1',
    }),
    number,
    say,
  }
  for (const section of SECTIONS) {
    if (wanted !== undefined && !wanted.includes(section.name)) continue
    const run = { at: new Date().toISOString(), loadBefore: load(), rounds: bench.rounds }
    const got = await section.run(bench)
    rows.push(...got)
    if (got.length > 0) await keep(values.json as string, section.name, { ...run, rows: got })
  }
} finally {
  await postgres.stop()
  await removePlace(dataDir)
}

const v = versions()
console.log(`\n${table(rows)}\n`)
console.log(
  `Node ${v.node}, BullMQ ${v.bullmq}, Fastify ${v.fastify}, PostgreSQL ${v.postgres}, ${v.cpus} cores, ${v.memoryGiB} GiB; ` +
    `load before ${before.join(' ')}; medians of ${number('rounds')} alternating rounds\nJSON: ${values.json}`,
)
