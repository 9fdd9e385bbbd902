// `npm run shares`: what is stated of the demo city beside what the log of its closed quarter shows, figure by figure.
// Changes nothing, and may run while the system works.
import { dayStart } from '#domain/city-time.ts'
import { parseDay } from '#domain/days.ts'
import { currentCity } from '#store/city.ts'
import { demoNow, readDemo } from '#store/demo.ts'
import { readHistory } from '#store/history.ts'
import { openStore } from '#store/open.ts'
import type { Store } from '#store/open.ts'
import { lastQuarter } from './history/period.ts'
import { QUARTER } from './life/rates.ts'
import { openMainDatabase } from './runtime/main-database.ts'
import { answerHelp } from './runtime/settings.ts'
import { isOutside, table } from './shares/compare.ts'
import { measure } from './shares/measure.ts'

answerHelp(`
npm run shares                             the closed quarter of the demo's history
npm run shares -- --from DAY --to DAY      other city days, YYYY-MM-DD; --to is the first one after
npm run shares -- --json                   the figures as JSON on standard output

Sources, categories, units, on-time, rework and return rates, hours of the day, and the exact counts of the quarter: stated
and measured side by side, with what chance alone explains (3.5 standard errors). Ends with 0 when all lie within, 1 when
one does not, 2 when it could not be done. Reads the embedded database of DATA_DIR, or DATABASE_URL.
`)

/** Ends with 2: nothing was found out. */
function giveUp(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(2)
}

interface Wanted {
  json: boolean
  from?: string
  to?: string
}

function readArguments(args: readonly string[]): Wanted {
  const wanted: Wanted = { json: false }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = (args[i] ?? '').split(/=(.*)/s)
    const day = () => {
      const value = inline ?? args[++i] ?? ''
      if (parseDay(value) === undefined) giveUp(`${name} takes a day, YYYY-MM-DD.`)
      return value
    }
    if (name === '--json') wanted.json = true
    else if (name === '--from') wanted.from = day()
    else if (name === '--to') wanted.to = day()
    else giveUp(`${name} is not an option of shares; --help lists them.`)
  }
  if ((wanted.from === undefined) !== (wanted.to === undefined)) giveUp('--from and --to go together.')
  return wanted
}

async function run(store: Store, wanted: Wanted): Promise<number> {
  const city = await currentCity(store)
  if (!city) throw new Error('no city is loaded yet: run npm start')
  const { timeZone } = city.pack
  const { now } = demoNow(await readDemo(store))
  const history = await readHistory(store)
  const days =
    wanted.from !== undefined && wanted.to !== undefined
      ? { from: wanted.from, to: wanted.to }
      : (history ?? lastQuarter(now, timeZone))
  const stretch = {
    fromDay: days.from,
    toDay: days.to,
    from: dayStart(days.from, timeZone),
    to: dayStart(days.to, timeZone),
    timeZone,
  }
  const sections = await measure(store, city.pack, stretch, { counts: history?.counts ?? QUARTER }, now)
  const lines = sections.flatMap((s) => s.lines)
  const outside = lines.filter(isOutside)
  if (wanted.json)
    console.log(JSON.stringify({ from: days.from, to: days.to, sections, outside: outside.length }, null, 2))
  else {
    console.log(`${city.pack.name}, ${days.from} until ${days.to}\n\n${table(sections)}\n`)
    console.log(
      outside.length === 0
        ? `All ${lines.length} figures lie within what chance explains.`
        : `${outside.length} of ${lines.length} figures lie outside: ${outside.map((l) => l.what).join(', ')}`,
    )
  }
  return outside.length === 0 ? 0 : 1
}

const wanted = readArguments(process.argv.slice(2))
let code = 2
try {
  const database = await openMainDatabase('npm run shares')
  const store = openStore({ databaseUrl: database.url, max: 2, applicationName: 'huiyin-shares' })
  try {
    code = await run(store, wanted)
  } finally {
    await store.close()
    await database.close()
  }
} catch (error) {
  giveUp(`The shares could not be compared: ${error instanceof Error ? error.message : String(error)}`)
}
process.exit(code)
