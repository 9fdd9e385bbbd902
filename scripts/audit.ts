// `npm run audit`: recounts what is stored beside the log and verifies its chains; says where they differ. Changes
// nothing but the note that it was done, and may run while the system works.
import {
  audit,
  type AuditOptions,
  type AuditReport,
  type Difference,
  hasDatabase,
  hasLog,
} from '#store/audit.ts'
import { databaseName, withDatabase } from '#store/config.ts'
import { openStore } from '#store/open.ts'
import { noteUpkeep } from '#store/upkeep.ts'
import { openMainDatabase } from './runtime/main-database.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run audit                          the embedded database of DATA_DIR, running or not
DATABASE_URL=postgres://… npm run audit    a given one
npm run audit -- --expect SEQ:HASH     compare an earlier head too: a removed tail or a removed case shows
npm run audit -- --database NAME       only that database on the same server, e.g. huiyin_replay
npm run audit -- --json                the reports as JSON on standard output

Audits the main database, and the one of the last replay beside it. --expect is about the main one, or the one named.

Per case: numbers, hash chain, digests of words, the folded row, tasks, board. Over all: feed, running hash, counts by day,
open cases where each day began. The counts of a long history wait in files of the temporary folder (TMPDIR) until they are
compared, about 0.3 kB a case; they go away at the end.
Ends with 0 when all agrees, 1 with the differences, 2 when it could not be done. Keep the head it prints for --expect.
`)

/** Ends with 2: nothing was found out. */
function giveUp(...lines: string[]): never {
  console.error(lines.join('\n'))
  process.exit(2)
}

interface Wanted {
  json: boolean
  database?: string
  expect?: { seq: number; hash: string }
}

function readArguments(args: readonly string[]): Wanted {
  const wanted: Wanted = { json: false }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = (args[i] ?? '').split(/=(.*)/s)
    const value = () => inline ?? args[++i] ?? ''
    if (name === '--json') wanted.json = true
    else if (name === '--database') wanted.database = value()
    else if (name === '--expect') {
      const [, seq, hash] = /^(\d+):([0-9a-f]{64}|)$/.exec(value()) ?? []
      if (seq === undefined || hash === undefined)
        giveUp('--expect takes SEQ:HASH as an earlier audit printed it.')
      wanted.expect = { seq: Number(seq), hash }
    } else giveUp(`${name} is not an option of audit; --help lists them.`)
  }
  return wanted
}

const PROGRESS_MS = 2_000

/** A line on standard error every few seconds. */
function showProgress() {
  const began = performance.now()
  let last = began
  return (part: 'cases' | 'feed', done: number, of: number) => {
    const now = performance.now()
    if (now - last < PROGRESS_MS) return
    last = now
    const what = part === 'cases' ? 'events of cases' : 'facts of the feed'
    const share = of === 0 ? 100 : Math.min(100, Math.floor((done / of) * 100))
    console.error(
      `${what}: ${done.toLocaleString('en')} of ${of.toLocaleString('en')} (${share} %), ${((now - began) / 1000).toFixed(0)} s`,
    )
  }
}

function describe(d: Difference): string {
  const about =
    d.caseId === undefined
      ? ''
      : `${d.receiptNo ?? d.caseId}${d.caseNo === undefined ? '' : ` / ${d.caseNo}`}: `
  return `  ${d.what.padEnd(11)} ${about}${d.detail}`
}

function print({ database, report, seconds }: Audited): void {
  const { head, words, differences, found } = report
  const n = (value: number) => value.toLocaleString('en')
  console.log(
    [
      `database     ${database}`,
      `cases        ${n(report.cases)}, ${n(report.openOnBoard)} of them open`,
      `events       ${n(report.events)}`,
      `words        ${n(words.kept)} kept, ${n(words.erasedByRule)} erased by rule`,
      `counts       ${n(report.counts)}`,
      `head         ${head.seq}:${head.hash}`,
      `seconds      ${seconds.toFixed(1)}${seconds > 1 ? ` (${n(Math.round(report.events / seconds))} events/s)` : ''}`,
    ].join('\n'),
  )
  if (found === 0) {
    console.log('No differences: what is stored is what the log says.')
    return
  }
  console.log(`${n(found)} difference${found === 1 ? '' : 's'}:`)
  for (const d of differences) console.log(describe(d))
  if (found > differences.length) console.log(`  … and ${n(found - differences.length)} more`)
}

interface Audited {
  database: string
  report: AuditReport
  seconds: number
}

/** Undefined when nothing has been migrated there yet. */
async function auditOne(databaseUrl: string, expect: AuditOptions['expect']): Promise<Audited | undefined> {
  const store = openStore({ databaseUrl, max: 3, applicationName: 'huiyin-audit' })
  try {
    if (!(await hasLog(store))) return undefined
    const began = performance.now()
    const report = await audit(store, { expect, onProgress: showProgress() })
    // For the administrator's page; a role that may only read has still audited.
    await noteUpkeep(store, 'audit', report.found === 0, { found: report.found }).catch((error: unknown) =>
      console.error(`(not noted in the database: ${error instanceof Error ? error.message : error})`),
    )
    return { database: databaseName(databaseUrl), report, seconds: (performance.now() - began) / 1000 }
  } finally {
    await store.close()
  }
}

/** The main database, and the replay's beside it if there is one; or the one that was named. */
async function auditAll(main: string, { database, expect }: Wanted): Promise<Audited[]> {
  if (database !== undefined) {
    const audited = await auditOne(withDatabase(main, database), expect)
    return audited ? [audited] : []
  }
  const replay = `${databaseName(main)}_replay`
  const store = openStore({ databaseUrl: main, max: 1, applicationName: 'huiyin-audit' })
  const hasReplay = await hasDatabase(store, replay).finally(() => store.close())
  const first = await auditOne(main, expect)
  const second = hasReplay ? await auditOne(withDatabase(main, replay), undefined) : undefined
  return [first, second].filter((a) => a !== undefined)
}

const wanted = readArguments(process.argv.slice(2))
let code = 2
try {
  const database = await openMainDatabase('npm run audit')
  try {
    const audited = await auditAll(database.url, wanted)
    if (audited.length === 0)
      throw new Error('there is no log in that database yet: run npm start, or npm run migrate')
    if (wanted.json) {
      const all = audited.map(({ report, ...about }) => ({ ...about, ...report }))
      console.log(JSON.stringify(all, null, 2))
    } else for (const one of audited) print(one)
    code = audited.every((a) => a.report.found === 0) ? 0 : 1
  } finally {
    await database.close()
  }
} catch (error) {
  giveUp(`The audit could not be done: ${error instanceof Error ? error.message : String(error)}`)
}
process.exit(code)
