// Brings node_modules in line with package-lock.json: nothing to do, grow, or install anew. Runs on the machine's own
// Node before any package exists. Never takes development packages away, never runs twice at once.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const HEAD = 25
const TAIL = 15

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** What an install depends on: both manifests, and the platform (a copied node_modules holds another's binaries). */
export function wantedHash(root) {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)))
  return hash.update(`${process.platform}-${process.arch}`).digest('hex')
}

/** npm's own record of what is in node_modules holds every package the lock file asks for, at its version. */
export function holdsAll(root, dev) {
  const lock = readJson(join(root, 'package-lock.json'))
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (lock === undefined || present === undefined) return false
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && !dev)) return true
    return present.packages[path]?.version === entry.version && existsSync(join(root, path))
  })
}

/** One file decides who installs; a file left by a dead process says that its install was cut short. */
function tryLock(file) {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, `${process.pid}\n`)
    return handle
  } catch (error) {
    if (error.code === 'EEXIST') return undefined
    throw error
  }
}

function isInstaller(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  try {
    return /npm|run\.mjs|run-script/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return true
  }
}

function holders(file) {
  try {
    return readFileSync(file, 'utf8').split('\n').map(Number).filter(Boolean).filter(isInstaller)
  } catch {
    return []
  }
}

async function lock(file) {
  let cutShort = false
  let told = false
  for (;;) {
    const handle = tryLock(file)
    if (handle !== undefined) return { handle, cutShort }
    const alive = holders(file)
    if (alive.length > 0) {
      if (!told) console.log(`Another start is installing the packages (pid ${alive[0]}); waiting for it …`)
      told = true
      await delay(500)
      continue
    }
    // A writer may be between creating the file and naming itself in it.
    await delay(200)
    if (holders(file).length > 0 || !existsSync(file)) continue
    cutShort = removeStale(file) || cutShort
  }
}

/** True if the file of a dead installer was removed; the file of one that began meanwhile is put back. */
function removeStale(file) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
  if (holders(aside).length > 0) {
    renameSync(aside, file)
    return false
  }
  rmSync(aside)
  return true
}

/** Shows the seconds on a terminal, a line every 15 s elsewhere. */
function showElapsed(title) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const terminal = process.stdout.isTTY === true
  const line = () => `${title} … ${seconds()} s`
  if (!terminal) console.log(`${title} …`)
  const timer = setInterval(
    () => (terminal ? process.stdout.write(`\r${line()}`) : console.log(line())),
    terminal ? 1000 : 15_000,
  )
  return (end) => {
    clearInterval(timer)
    console.log(`${terminal ? '\r' : ''}${title} … ${end} after ${seconds()} s`)
  }
}

function npm(root, args, handle) {
  const script = process.env.npm_execpath
  const isScript = script !== undefined && /npm-cli\.(c|m)?js$/.test(script)
  const [file, first] = isScript ? [process.execPath, [script]] : ['npm', []]
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      npm_config_loglevel: 'error',
      npm_config_fund: 'false',
      npm_config_audit: 'false',
    }
    const child = spawn(file, [...first, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !isScript && process.platform === 'win32',
    })
    if (child.pid !== undefined) writeSync(handle, `${child.pid}\n`)
    const output = []
    const keep = (chunk) => {
      output.push(
        ...String(chunk)
          .split('\n')
          .filter((line) => line.trim() !== ''),
      )
      output.splice(HEAD, Math.max(0, output.length - HEAD - TAIL))
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    let interrupted = false
    const pass = (signal) => {
      interrupted = true
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    const done = (code) => {
      for (const signal of signals) process.off(signal, pass)
      resolve({ code, output, interrupted })
    }
    child.on('error', (error) => {
      output.push(error.message)
      done(1)
    })
    child.on('close', (code, signal) => done(signal === null ? code : 1))
  })
}

/**
 * Makes node_modules hold what package-lock.json asks for, with the development packages when `dev`.
 * Answers `{ ok: true }` or `{ ok: false, lines }` with what went wrong and what to do.
 */
export async function ensureInstalled({ root, dev }) {
  const modules = join(root, 'node_modules')
  const stampFile = join(modules, '.huiyin-install.json')
  const lockFile = join(root, '.tmp', 'install.lock')
  const hash = wantedHash(root)
  const isStamped = () => {
    const stamp = readJson(stampFile)
    return stamp?.hash === hash && (stamp.dev || !dev)
  }
  const stamp = (full) => {
    try {
      writeFileSync(stampFile, `${JSON.stringify({ hash, dev: full })}\n`)
    } catch (error) {
      // A node_modules of another user is fine as long as it is complete; only the short cut is lost.
      if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
    }
  }
  const isComplete = () => {
    if (isStamped()) return true
    if (!holdsAll(root, dev)) return false
    stamp(holdsAll(root, true))
    return true
  }

  if (!existsSync(lockFile) && isComplete()) return { ok: true }

  try {
    mkdirSync(join(root, '.tmp'), { recursive: true })
  } catch (error) {
    return { ok: false, lines: [`Cannot install packages in ${root}: ${error.message}`] }
  }
  const { handle, cutShort } = await lock(lockFile)
  let finished = false
  try {
    if (!cutShort && isComplete()) {
      finished = true
      return { ok: true }
    }
    const record = readJson(join(modules, '.package-lock.json'))
    const full = dev || Object.values(record?.packages ?? {}).some((entry) => entry.dev)
    // `npm ci` empties node_modules first, under the feet of a running server; growing leaves what is there.
    const grow = record !== undefined && !cutShort
    const kind = full ? '--include=dev' : '--omit=dev'
    rmSync(stampFile, { force: true })
    const end = showElapsed(
      grow ? 'Installing missing packages' : 'Installing packages, once; a minute or two',
    )
    const install = ['install', '--no-save', kind, '--prefer-offline']
    const clean = ['ci', kind, '--prefer-offline']
    let result = await npm(root, grow ? install : clean, handle)
    // `npm ci` refuses a lock file without the optional packages of other platforms; they are of no use here.
    if (!result.interrupted && result.output.some((line) => line.includes('EUSAGE'))) {
      if (cutShort) rmSync(modules, { recursive: true, force: true })
      result = await npm(root, install, handle)
    }
    const { code, output, interrupted } = result
    // The lock file of an interrupted install stays: it makes the next one begin from nothing.
    if (interrupted) {
      end('interrupted')
      return { ok: false, lines: [] }
    }
    finished = true
    if (code !== 0) {
      end('failed')
      return {
        ok: false,
        lines: [
          ...output.map((line) => `  ${line}`),
          '',
          'npm could not install the packages; its own words are above. What usually helps:',
          '  - the network: can this machine reach its npm registry (npm ping), does it need a proxy (npm config set proxy …)?',
          '  - the disk: about 1.5 GB free where this folder is (df -h .)',
          '  - remains of an earlier try: remove node_modules and run the command again',
        ],
      }
    }
    stamp(full)
    end('done')
    return { ok: true }
  } finally {
    closeSync(handle)
    if (finished) rmSync(lockFile, { force: true })
  }
}
