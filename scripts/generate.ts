// `npm run generate`: fills an empty database with years of the demo city's cases, to see how the system does with them.
import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { dayStart } from '#domain/city-time.ts'
import { DAY_MS } from '#domain/days.ts'
import { readPack } from '#pack/read-pack.ts'
import { loadPack } from '#store/city.ts'
import { parseConfig } from '#store/config.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/open.ts'
import { makePast } from './past/past.ts'
import { openDatabases } from './runtime/databases.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run generate -- --cases 2000000        two million cases with their logs, most of them closed long ago
  --present 10000      of them, those of the last quarter, which is lived and not multiplied
  --open 400           open at its end
  --years 4            over which the others lie
  --until 2026-11-20   the day on whose noon it all ends; now unless said
  --database NAME      in that database, made if it is missing; huiyin unless said
DATA_DIR=/path or DATABASE_URL=postgres://… (the owner's)   which server

Only in a database without cases. The past is made of the demo city's own simulated cases, moved in time and place, with
hash chains, feed, counts and standings of their own: npm run audit finds nothing wrong with it. Takes about 14 kB of disk
and 0.3 ms a case. Interrupted, it leaves a database to be dropped.
`)

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000000' },
    present: { type: 'string', default: '10000' },
    open: { type: 'string', default: '400' },
    years: { type: 'string', default: '4' },
    until: { type: 'string' },
    database: { type: 'string' },
  },
})
const DEMO_PACK = fileURLToPath(new URL('../cities/demo', import.meta.url))
const say = (line: string) => console.error(line)

function amount(name: 'cases' | 'present' | 'open' | 'years'): number {
  const n = Number(values[name])
  if (!(n > 0)) throw new Error(`--${name} takes a number above 0, not ${values[name]}`)
  return n
}

async function generate(): Promise<void> {
  const parsed = parseConfig({ ...process.env, DEMO: '1', DEMO_TRAFFIC: '0' })
  if (!parsed.ok) throw new Error(['settings are wrong', ...parsed.faults].join('\n  '))
  const { config } = parsed
  const { pack } = await readPack(DEMO_PACK)
  if (!pack) throw new Error('the demo city has faults: npm run city -- check cities/demo')
  await mkdir(config.dataDir, { recursive: true })
  const databases = await openDatabases(config, {
    command: 'npm run generate',
    log: say,
  })
  try {
    const urls = values.database === undefined ? databases : await databases.another(values.database)
    await migrate({ databaseUrl: urls.migrateDatabaseUrl })
    const store = openStore({ databaseUrl: urls.databaseUrl, max: 4, applicationName: 'huiyin-generate' })
    try {
      await loadPack(store, pack)
      const began = performance.now()
      let shown = ''
      const made = await makePast({
        store,
        ownerUrl: urls.migrateDatabaseUrl,
        cases: amount('cases'),
        present: amount('present'),
        open: amount('open'),
        years: amount('years'),
        until: values.until === undefined ? Date.now() : dayStart(values.until, pack.timeZone) + DAY_MS / 2,
        onProgress(text) {
          if (text === shown) return
          shown = text
          say(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`)
        },
      })
      const n = (value: number) => Math.round(value).toLocaleString('en')
      const { past } = made
      console.log(
        `${n(made.cases)} cases with ${n(made.events)} events in ${n((performance.now() - began) / 1000)} s`,
      )
      if (past.cases > 0)
        console.log(
          `past: ${n(past.cases)} cases, ${n(past.events)} events, ${n(past.facts)} facts by COPY in ${n(past.seconds)} s ` +
            `(${n(past.events / past.seconds)} events/s, ${n(past.bytes / 2 ** 20 / past.seconds)} million characters/s); indexes ${n(past.indexSeconds)} s`,
        )
    } finally {
      await store.close()
    }
  } finally {
    await databases.close()
  }
}

try {
  await generate()
} catch (error) {
  console.error(`Nothing to go by was made: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
