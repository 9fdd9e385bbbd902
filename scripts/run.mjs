// Entry of every npm script: checks the machine's Node, installs what package-lock.json asks for and hands the
// command to the Node 24 of node_modules. Plain JavaScript without dependencies, because it runs before any exist.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMANDS = {
  start: 'start everything: database, api, worker, demo city and traffic',
  test: 'types, lint and all tests (needs the development packages)',
  city: 'check or load a city pack',
  demo: 'the running demo: clock, storm, quiet night, volume',
  replay: 'replay a 311 service-request export through the pipeline',
  audit: 'recount the boards and verify the hash chains',
  rebuild: 'fold the board anew from the log',
  shares: 'compare the demo city with what is stated of it',
  erase: 'erase personal words of cases by rule',
  register: 'what the component register has learnt; learn it again from the log',
  conditions: 'turn a table of filing conditions into files of a city pack',
  backup: 'write a backup of the whole system',
  restore: 'restore a backup',
  generate: 'fill an empty database with years of cases',
  bench: 'measure intake and pipeline against the floor',
  load: 'run a k6 script of load-tests/',
  soak: 'hold a wall open while events pour in, and say whether it grows',
  fuzz: 'requests of every kind as everybody, against a system of its own',
  build: 'build the dashboard if it is stale',
  bundle: 'make an archive for machines without internet',
  api: 'the api process alone',
  worker: 'the worker process alone',
  migrate: 'migrate the databases',
}
const OLDEST = [20, 19]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [command = '', ...args] = process.argv.slice(2)

function fail(...lines) {
  if (lines.length > 0) console.error(lines.join('\n'))
  process.exit(1)
}

function usage() {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const rows = Object.entries(COMMANDS).map(([name, what]) => {
    const call = name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`
    return `  ${call.padEnd(width + 8)}  ${what}`
  })
  return ['Huiyin 回音. Commands (each has --help, given after `--`):', '', ...rows].join('\n')
}

function isTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

/** The pinned runtime; the machine's own Node only when install scripts are switched off and it is new enough. */
function runtime() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(root, 'node_modules', 'node', 'bin', file)
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `The Node 24 runtime is missing (${pinned}).`,
    'It is put there by the install script of the npm package `node`, so install scripts are probably switched off.',
    'Allow them (npm config set ignore-scripts false), remove node_modules and run the command again.',
  )
}

/** Parent process id of `pid` on Linux, else undefined. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** Calls `gone` when npm above us dies without passing a signal on (kill -9), directly or behind its shell. */
function watchNpm(gone) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const timer = setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) {
      clearInterval(timer)
      gone()
    }
  }, 300)
  timer.unref()
}

function run(file, parameters, env) {
  // The ipc channel tells the child when this process dies, whichever way.
  const child = spawn(file, parameters, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  // A terminal sends Ctrl-C to the child as well; it takes repeats within a second for one signal.
  let passedOn = false
  const pass = (signal) => {
    passedOn = true
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
  watchNpm(() => {
    console.error('npm above this is gone: stopping.')
    pass('SIGTERM')
  })
  child.on('error', (error) => fail(`Could not start ${file}: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal !== null && !passedOn) console.error(`Something outside ended it (${signal}).`)
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}

if (isTooOld(process.versions.node)) {
  fail(
    `Huiyin needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
    'Install a newer one from your system or https://nodejs.org, then run the command again.',
  )
}
if (command === '' || command === 'help' || command === '--help' || command === '-h') {
  console.log(usage())
  process.exit(0)
}
if (!Object.hasOwn(COMMANDS, command)) fail(`Unknown command: ${command}`, '', usage())

const { ensureInstalled } = await import('./runtime/install.mjs')
const installed = await ensureInstalled({ root, dev: command === 'test' })
if (!installed.ok) fail(...installed.lines)

const bin = join(root, 'node_modules', '.bin')
run(runtime(), [join(root, 'scripts', `${command}.ts`), ...args], {
  // Compiled code is kept: a process that is started again takes half as long. Where nothing may be written, nothing is.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'code'),
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
})
