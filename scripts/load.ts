// `npm run load -- SCRIPT`: runs a k6 script of load-tests/ against BASE_URL.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answerHelp } from './runtime/settings.ts'

const DIR = fileURLToPath(new URL('../load-tests', import.meta.url))
const names = readdirSync(DIR)
  .filter((f) => f.endsWith('.js'))
  .map((f) => f.slice(0, -3))

answerHelp(`
npm run load -- SCRIPT [k6 options]     runs load-tests/SCRIPT.js with k6; there are: ${names.join(', ')}
BASE_URL=http://host:8080 npm run load -- smoke

k6 has to be on the PATH (or in GOPATH/bin): https://k6.io, or with Go: go install go.k6.io/k6@latest (or k6/v2@latest)
`)

const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  console.error(`Which script? There are: ${names.join(', ')}. Example: npm run load -- ${names[0]}`)
  process.exit(2)
}
const places = [
  ...(process.env.PATH ?? '').split(delimiter),
  join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin'),
]
const k6 = places.map((p) => join(p, 'k6')).find((p) => existsSync(p))
if (k6 === undefined) {
  console.error(
    'k6 is not on this machine. Get it from https://k6.io, or with Go: go install go.k6.io/k6@latest (or k6/v2@latest)',
  )
  process.exit(2)
}
const child = spawn(k6, ['run', join(DIR, `${name}.js`), ...rest], { stdio: 'inherit' })
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
