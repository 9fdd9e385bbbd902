// One running postmaster: started apart from our process group, so that Ctrl-C reaches us alone and the api can drain
// first; stopped with a fast shutdown; and stopped by a watcher when our process dies without saying so.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, open, readFile, rm, stat, truncate } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { handOver } from '../data-dir.ts'
import { commandLine, isAlive } from '../process-identity.ts'
import { watch } from '../watchdog.ts'
import type { Binaries } from './binaries.ts'
import { CLEAN_ENV } from './cluster.ts'
import type { Place } from './place.ts'

export interface Server {
  pid: number
  /** Settles when the postmaster is gone, wanted or not. */
  exited: Promise<void>
  stop(): Promise<void>
}

/** The postmaster refused to start; `log` holds its last words. */
export class ServerFailed extends Error {
  readonly log: string
  constructor(log: string, logFile: string) {
    super(`PostgreSQL did not start. Its last words (${logFile}):\n${log}`)
    this.log = log
  }
}

const LOG_LIMIT = 8 * 1024 * 1024
const LOG_CHECK_MS = 60_000
const POLL_MS = 20
/** A fast shutdown writes a checkpoint; a slow disk may need a while. After this the server is stopped without one. */
const STOP_MS = 60_000

/** Lines of postmaster.pid: 1 pid, 4 port, 8 state. */
async function pidFile(cluster: string): Promise<string[]> {
  const file = join(cluster, 'postmaster.pid')
  try {
    return (await readFile(file, 'utf8')).split('\n').map((line) => line.trim())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}

/**
 * Clears the way after a hard death of an earlier run. A postmaster that outlived it is stopped cleanly rather than
 * adopted: then its settings, port and watcher are always those of this run. A pid file whose process is gone, or whose
 * number now belongs to another program, would make PostgreSQL refuse to start, so it is removed; against a second
 * server there remains PostgreSQL's own check by shared memory. Call only while holding the DATA_DIR.
 */
export async function clearOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const pid = Math.abs(Number((await pidFile(cluster))[0] ?? 0))
  if (!(pid > 0)) return
  const command = isAlive(pid) ? commandLine(pid) : []
  // It can't be asked (hidden /proc): PostgreSQL decides.
  if (command === undefined) return
  if (basename(command[0] ?? '') !== 'postgres' || !command.includes(cluster)) {
    await rm(join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  log(`stopping the PostgreSQL that an earlier run left behind (pid ${pid})`)
  process.kill(pid, 'SIGINT')
  if (await waitUntilGone(pid, STOP_MS)) return
  process.kill(pid, 'SIGQUIT')
  if (!(await waitUntilGone(pid, STOP_MS)))
    throw new Error(`An earlier PostgreSQL (pid ${pid}) does not stop; end it and start again.`)
}

async function boundLog(file: string): Promise<void> {
  if (!existsSync(file) || (await stat(file)).size < LOG_LIMIT) return
  // The server appends, so it goes on at the beginning of the emptied file.
  await copyFile(file, `${file}.1`)
  await truncate(file)
}

async function lastWords(file: string, from: number): Promise<string> {
  const text = (await readFile(file)).subarray(from).toString('utf8')
  return text.trim().split('\n').slice(-12).join('\n')
}

export interface LaunchOptions {
  binaries: Binaries
  place: Place
  port: number
  logFile: string
}

/** Starts the postmaster and waits until it accepts connections, however long a recovery takes. @throws ServerFailed */
export async function launch({ binaries, place, port, logFile }: LaunchOptions): Promise<Server> {
  await boundLog(logFile)
  const logHandle = await open(logFile, 'a', 0o600)
  await handOver(dirname(logFile), logFile)
  const from = (await logHandle.stat()).size
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      place.cluster,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    {
      ...place.user,
      cwd: '/',
      env: CLEAN_ENV,
      detached: true,
      stdio: ['ignore', logHandle.fd, logHandle.fd],
    },
  )
  let running = true
  const exited = Promise.race([once(child, 'exit'), once(child, 'error')]).then(() => {
    running = false
  })
  const { pid } = child
  const pidPath = join(place.cluster, 'postmaster.pid')
  const watchdog =
    pid === undefined ? undefined : watch({ ...place.user, pid, pidFile: pidPath, signal: 'INT' })
  const timer = setInterval(() => void boundLog(logFile), LOG_CHECK_MS)
  timer.unref()
  void exited.then(async () => {
    clearInterval(timer)
    watchdog?.release()
    await logHandle.close()
  })

  while (running) {
    const [owner, , , , , , , state] = await pidFile(place.cluster)
    if (Number(owner) === pid && state === 'ready') break
    await Promise.race([exited, delay(POLL_MS)])
  }
  if (!running || pid === undefined) throw new ServerFailed(await lastWords(logFile, from), logFile)

  let stopping: Promise<void> | undefined
  const stop = async () => {
    if (!running) return
    child.kill('SIGINT')
    const force = setTimeout(() => child.kill('SIGQUIT'), STOP_MS)
    await exited
    clearTimeout(force)
  }
  return {
    pid,
    exited,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}
