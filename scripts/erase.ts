// `npm run erase`: empties words of cases by rule (a request, a retention period) and logs that it did. For ever.
import { FINAL_STATUSES } from '#domain/case.ts'
import { PRIVATE_PARTS, type PrivatePart } from '#domain/event.ts'
import { dayStart } from '#domain/city-time.ts'
import { openCities } from '#store/cities.ts'
import { databaseClock } from '#store/clock.ts'
import { eraseByRule, eraseWords } from '#store/erase.ts'
import { openStore, type Store } from '#store/open.ts'
import { openMainDatabase } from './runtime/main-database.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run erase -- --case R201909290001              one case (receipt number, case number or id)
npm run erase -- --closed-before 2024-01-01        every case that ended before that day of the city
  --parts person | words | person,words            what to erase; default: person, the reporter's name and phone
  --rule NAME                                      named in the log; default: request, or retention

What is erased is gone from this database at once and for ever (old backups still hold it). The matter, its steps and
the hash chain stay; npm run audit counts it as erased by rule. Cases still open are left alone by --closed-before.
`)

interface Wanted {
  ref?: string
  closedBefore?: string
  parts: PrivatePart[]
  rule?: string
}

function fail(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(1)
}

function readArguments(args: readonly string[]): Wanted {
  const wanted: Wanted = { parts: ['person'] }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = (args[i] ?? '').split(/=(.*)/s)
    const value = () => inline ?? args[++i] ?? ''
    if (name === '--case') wanted.ref = value()
    else if (name === '--closed-before') wanted.closedBefore = value()
    else if (name === '--rule') wanted.rule = value()
    else if (name === '--parts') {
      const parts = value().split(',')
      wanted.parts = PRIVATE_PARTS.filter((p) => parts.includes(p))
      if (wanted.parts.length !== parts.length) fail(`--parts takes ${PRIVATE_PARTS.join(', ')}, or both.`)
    } else fail(`${name} is not an option of erase; --help lists them.`)
  }
  if ((wanted.ref === undefined) === (wanted.closedBefore === undefined))
    fail('Say which: either --case NUMBER or --closed-before DATE.')
  if (wanted.closedBefore !== undefined && !/^\d{4}-\d\d-\d\d$/.test(wanted.closedBefore))
    fail('--closed-before takes a date, e.g. 2024-01-01.')
  if (wanted.rule !== undefined && !/^[a-z0-9][a-z0-9-]*$/.test(wanted.rule))
    fail('--rule takes a name of small letters, digits and hyphens: it stays in the log.')
  return wanted
}

async function erase(store: Store, { ref, closedBefore, parts, rule }: Wanted): Promise<boolean> {
  const clock = await databaseClock(store, (error) => console.error(error))
  const now = clock.now()
  clock.stop()
  if (ref !== undefined) {
    const result = await eraseWords(store, ref, { rule: rule ?? 'request', parts, now })
    if (result.ok) {
      console.log(
        result.erased === 0
          ? `${result.receiptNo}: there was nothing (more) to erase.`
          : `${result.receiptNo}: erased ${result.erased} (${parts.join(' and ')}).`,
      )
      return true
    }
    console.error(result.code === 'busy' ? `${ref} keeps changing; try again.` : `There is no case ${ref}.`)
    return false
  }
  const { pack } = await openCities(store)()
  const before = dayStart(closedBefore ?? '', pack.timeZone)
  if (before > now) fail('--closed-before lies in the future.')
  let shown = performance.now()
  const done = await eraseByRule(store, {
    rule: rule ?? 'retention',
    parts,
    now,
    closedBefore: before,
    onProgress: (cases) => {
      if (performance.now() - shown < 2_000) return
      shown = performance.now()
      console.error(`${cases} cases so far`)
    },
  })
  console.log(
    `${done.cases} cases (${FINAL_STATUSES.join(', ')} before ${closedBefore}): erased ${done.parts} (${parts.join(' and ')}).`,
  )
  if (done.busy > 0) console.error(`${done.busy} cases kept changing; run it again.`)
  return done.busy === 0
}

const wanted = readArguments(process.argv.slice(2))
let ok = false
try {
  const database = await openMainDatabase('npm run erase')
  try {
    const store = openStore({ databaseUrl: database.url, max: 2, applicationName: 'huiyin-erase' })
    try {
      ok = await erase(store, wanted)
    } finally {
      await store.close()
    }
  } finally {
    await database.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
}
process.exit(ok ? 0 : 1)
