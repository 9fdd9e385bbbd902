// A Redis of our own for tests: found on PATH, brought by the system's package manager when we are root, or absent, and
// then the caller says so. Keeps nothing on disk.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './port.ts'
import { watch } from './watchdog.ts'

export interface RedisProgram {
  file: string
  /** Debian's one binary acts as a server when called by that name. */
  argv0: string
}

export interface Redis {
  url: string
  stop(): Promise<void>
  /** The hard way; everything in it is gone. */
  kill(): Promise<void>
}

export const HOW_TO_GET_REDIS =
  'Install it: apt-get install redis-server (Debian, Ubuntu), dnf install redis, or brew install redis.'

function onPath(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ]
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}

function present(): RedisProgram | undefined {
  for (const name of ['redis-server', 'valkey-server', 'redis-check-rdb', 'valkey-check-rdb']) {
    const file = onPath(name)
    const argv0 = name.replace('check-rdb', 'server')
    if (file === undefined) continue
    const answer = spawnSync(file, ['--version'], { argv0, encoding: 'utf8' })
    if (answer.status === 0 && /server v=/i.test(answer.stdout)) return { file, argv0 }
  }
  return undefined
}

/**
 * The server's program, installing it where we may. Debian's `redis-tools` holds the same binary as `redis-server`
 * without the system service, which a test run has no business to start.
 */
export function findRedis(log: (line: string) => void): RedisProgram | undefined {
  const found = present()
  if (found !== undefined || process.getuid?.() !== 0 || onPath('apt-get') === undefined) return found
  log('Redis is missing; installing the package redis-tools …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-tools'], {
      env,
      encoding: 'utf8',
    })
  let result = install()
  if (result.status !== 0) {
    spawnSync('apt-get', ['update'], { env })
    result = install()
  }
  if (result.status !== 0) log(result.stderr.trim().split('\n').slice(-3).join('\n'))
  return present()
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    return String(answer).startsWith('+PONG')
  } catch {
    // Not listening yet.
    return false
  } finally {
    socket.destroy()
  }
}

/** Starts one on a free port. @throws when it ends before it answers. */
export async function startRedis({ file, argv0 }: RedisProgram): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-redis-'))
  const pidFile = join(folder, 'redis.pid')
  const port = await freePort()
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ]
  // BullMQ loses jobs to any other policy.
  const child = spawn(file, [...settings, '--maxmemory-policy', 'noeviction'], { argv0, stdio: 'ignore' })
  let ended = false
  const exited = Promise.race([once(child, 'exit'), once(child, 'error')]).then(() => {
    ended = true
  })
  const watchdog = child.pid === undefined ? undefined : watch({ pid: child.pid, pidFile, signal: 'TERM' })
  while (!ended && !(await answers(port))) await delay(10)
  if (ended) throw new Error(`${argv0} ended before it answered on port ${port}.`)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
    watchdog?.release()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: `redis://127.0.0.1:${port}`, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}
