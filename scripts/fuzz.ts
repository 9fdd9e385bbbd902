// `npm run fuzz`: requests of every kind, good and broken, as everybody, against a system of its own. See docs/fuzzing.md.
import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fuzzFiles } from './fuzz/files.ts'
import { demoPack, openPlace } from './fuzz/place.ts'
import { report } from './fuzz/report.ts'
import { runFuzz } from './fuzz/run.ts'
import { openFuzzSystem } from './fuzz/system.ts'
import { openWatch } from './fuzz/untouched.ts'
import { answerHelp } from './runtime/settings.ts'

answerHelp(`
npm run fuzz                    about 20,000 requests to every operation of the API, a few minutes
npm run fuzz -- --runs 200000   more of them
npm run fuzz -- --minutes 20    ends then, with what it has
npm run fuzz -- --seed 7        the same ones again; without it, others each time
npm run fuzz -- --serve 8090    only the system to fuzz with another tool, its rate limits lifted; prints what each caller sends

Ends with 1 when an answer was a server error or not as the API's description says, or a refused request changed something.
`)

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    serve: { type: 'string' },
    json: { type: 'string' },
    minutes: { type: 'string' },
  },
})
const whole = (name: 'runs' | 'seed' | 'serve' | 'minutes'): number => {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= 0) return value
  console.error(`--${name} wants a whole number`)
  process.exit(2)
}

/** Until Ctrl-C: callers keep what they take from themselves, and rules do what they would. */
async function serve(): Promise<never> {
  console.log(`${system.url}/api/openapi.json`)
  for (const { name, headers } of system.callers)
    console.log(`${name.padEnd(20)} ${Object.entries(headers).map(([k, v]) => `-H '${k}: ${v}'`)}`)
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      isStopping = true
    })
  while (!isStopping) {
    await system.heal()
    const cases = await system.store.sql<{ id: string }[]>`select id from "case" order by id desc limit 20`
    await system.settle(cases.map((c) => c.id))
    await setTimeout(1_000)
  }
  await system.close()
  await place.close()
  process.exit(0)
}

const place = await openPlace()
const system = await openFuzzSystem({
  ...place,
  pack: await demoPack(),
  ...(values.serve === undefined ? {} : { port: whole('serve') }),
})
if (values.serve !== undefined) await serve()
try {
  const watch = await openWatch(place.databaseUrl)
  const [runs, seed] = [whole('runs'), whole('seed')]
  console.error(`${runs} requests, seed ${seed}`)
  const outcome = await runFuzz(system, watch, {
    runs,
    seed,
    files: await fuzzFiles(),
    until: values.minutes === undefined ? undefined : Date.now() + whole('minutes') * 60_000,
    progress: (done, findings) => console.error(`  ${done} requests, ${findings} findings`),
  })
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(outcome.findings, null, 1))
  console.log(report(outcome, { seed, callers: system.callers.length, watch }))
  process.exitCode = outcome.findings.length > 0 ? 1 : 0
  await watch.close()
} finally {
  await system.close()
  await place.close()
}
