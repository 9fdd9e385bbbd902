// `npm run chaos`: a town at work while everything that can break does.
import { parseArgs } from 'node:util'
import { chaos } from './chaos/run.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run chaos                          twenty faults on a queue in PostgreSQL
npm run chaos -- --faults 200          so many; --every MS between two of them (1500), --clock N the pace of its day (120)
npm run chaos -- --queue redis         the queue on a Redis of its own
npm run chaos -- --seed WORD           the same draw again (the machine's timing is never quite the same)
npm run chaos -- --json                the report as JSON on standard output

Its own database, queue, two apis and two workers on free ports, with data that is thrown away. People report and work
through the API meanwhile and do not give up. Kills, pauses, cuts connections, flushes the queue, holds transactions, sets
a worker's clock an hour off, and fills the disk of photos where it may mount one (as root).
Afterwards every accepted report, step and photo must be there once, every case must come to its end, every deadline must
have rung once, and the audit must find nothing. Ends with 0, or with 1 and what was found. The processes' output is kept
in huiyin-town.log in the system's temporary folder.
`)

const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '20' },
    every: { type: 'string', default: '1500' },
    clock: { type: 'string', default: '120' },
    queue: { type: 'string', default: 'postgres' },
    seed: { type: 'string', default: 'town' },
    json: { type: 'boolean', default: false },
  },
})
const number = (name: 'faults' | 'every' | 'clock') => {
  const value = Number(values[name])
  if (Number.isInteger(value) && value > 0) return value
  console.error(`--${name} takes a whole number above 0.`)
  process.exit(2)
}
if (values.queue !== 'postgres' && values.queue !== 'redis') {
  console.error('--queue is postgres or redis.')
  process.exit(2)
}

const report = await chaos({
  queue: values.queue,
  faults: number('faults'),
  every: number('every'),
  clock: number('clock'),
  seed: values.seed,
  log: (line) => console.error(line),
})
const { struck, findings, ...counts } = report
if (values.json) console.log(JSON.stringify(report, null, 2))
else {
  console.log(
    Object.entries(struck)
      .map(([name, n]) => `${name} ${n}`)
      .join(', '),
  )
  console.log(
    Object.entries(counts)
      .map(([name, n]) => `${name} ${n}`)
      .join(', '),
  )
  for (const { what, count, examples } of findings)
    console.log([`${count} ${what}:`, ...examples.map((e) => `  ${e}`)].join('\n'))
  if (findings.length === 0)
    console.log(
      'Nothing was lost, nothing happened twice, every case came to its end, every deadline rang once.',
    )
}
process.exit(findings.length === 0 ? 0 : 1)
