// `npm run load -- SCRIPT`: runs a k6 script of load-tests/ against BASE_URL.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findK6, HOW_TO_GET_K6 } from './runtime/k6.ts'
import { answerHelp } from './runtime/settings.ts'
import { startProxy } from './town/proxy.ts'
import { buildTown } from './town/town.ts'

const DIR = fileURLToPath(new URL('../load-tests', import.meta.url))
const names = readdirSync(DIR)
  .filter((f) => f.endsWith('.js'))
  .map((f) => f.slice(0, -3))

answerHelp(`
npm run load -- SCRIPT [k6 options]     runs load-tests/SCRIPT.js with k6; there are: ${names.join(', ')}
BASE_URL=http://host:8080 npm run load -- smoke
npm run load -- SCRIPT --many           against two apis behind a proxy and two workers on Redis, started for it with a
                                        throw-away PostgreSQL
SUMMARY=path                            writes path.json and path.html as well
What else a script takes from the environment is said at its top.

k6 has to be on the PATH (or in GOPATH/bin). ${HOW_TO_GET_K6}
`)

const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  console.error(`Which script? There are: ${names.join(', ')}. Example: npm run load -- ${names[0]}`)
  process.exit(2)
}
const k6 = findK6()
if (k6 === undefined) {
  console.error(`k6 is not on this machine. ${HOW_TO_GET_K6}`)
  process.exit(2)
}
const many = rest.includes('--many')
const town = many
  ? await buildTown({ command: 'npm run load', queue: 'redis', clock: 1, log: (line) => console.error(line) })
  : undefined
await town?.ready()
const proxy = town && (await startProxy(town.urls.map((url) => Number(new URL(url).port))))
const child = spawn(k6, ['run', join(DIR, `${name}.js`), ...rest.filter((r) => r !== '--many')], {
  stdio: 'inherit',
  env: { ...process.env, ...(proxy ? { BASE_URL: proxy.url } : {}) },
})
// Ctrl-C reaches k6 too, which then ends by itself.
process.on('SIGINT', () => undefined)
const [code] = (await once(child, 'exit')) as [number | null]
for (const fault of proxy?.faults.slice(0, 10) ?? []) console.error(fault)
await proxy?.close()
await town?.stop()
process.exit(code ?? 1)
