// `npm run load -- SCRIPT`: runs a k6 script of load-tests/ against BASE_URL.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findK6, HOW_TO_GET_K6 } from './runtime/k6.ts'
import { answerHelp } from './runtime/settings.ts'

const DIR = fileURLToPath(new URL('../load-tests', import.meta.url))
const names = readdirSync(DIR)
  .filter((f) => f.endsWith('.js'))
  .map((f) => f.slice(0, -3))

answerHelp(`
npm run load -- SCRIPT [k6 options]     runs load-tests/SCRIPT.js with k6; there are: ${names.join(', ')}
BASE_URL=http://host:8080 npm run load -- smoke
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
const child = spawn(k6, ['run', join(DIR, `${name}.js`), ...rest], { stdio: 'inherit' })
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
