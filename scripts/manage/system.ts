// What a manager does to a machine: users, owners, systemd, commands as the service's user, and asking the service
// whether it is ready. Everything else about an installation is files.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { get as httpsGet } from 'node:https'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '#store/config.ts'
import { SERVICE, USER } from './place.ts'

export interface RunOptions {
  /** Folder of the release whose code runs. */
  release: string
  script: string
  args: readonly string[]
  env: Record<string, string>
}

export interface System {
  /** Before every path; '' on a real machine. */
  root: string
  say(line: string): void
  makeUser(): void
  /** Gives a folder with all that is in it to the service's user. */
  own(path: string): void
  /** `systemctl …`. @throws when it fails. */
  systemctl(...args: string[]): void
  /** A command of a release as the service's user; answers its exit code. */
  run(options: RunOptions): Promise<number>
  /** Whether the service answers, asked for so long; not when it ends again and again. */
  becomesReady(config: Config, seconds: number): Promise<boolean>
  /** Bytes that the service's user can still write there. */
  free(path: string): Promise<number>
}

function must(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return
  throw new Error(
    `${command} ${args.join(' ')}: ${(stderr || error?.message || `exit code ${status}`).trim()}`,
  )
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, USER], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

/** Undefined when there is no such user. */
export function serviceIds(): { uid: number; gid: number } | undefined {
  const uid = idOf('-u')
  const gid = idOf('-g')
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

export const nodeOf = (release: string): string => join(release, 'app/node_modules/node/bin/node')
export const scriptOf = (release: string, name: string): string => join(release, 'app/scripts', `${name}.ts`)

function makeUser(): void {
  if (serviceIds()) return
  const nologin = ['/usr/sbin/nologin', '/sbin/nologin'].find((file) => existsSync(file)) ?? '/bin/false'
  must('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    nologin,
    USER,
  ])
}

/** Runs with our terminal, as the service's user when we are root. */
export function runAsService({ release, script, args, env }: RunOptions): Promise<number> {
  const ids = process.getuid?.() === 0 ? serviceIds() : undefined
  const { PATH = '/usr/sbin:/usr/bin:/sbin:/bin', TERM = 'dumb', LANG = 'C.UTF-8' } = process.env
  const child = spawn(nodeOf(release), [scriptOf(release, script), ...args], {
    ...ids,
    env: { PATH, TERM, LANG, ...env },
    // The channel tells the command when this process dies, whichever way.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const ASK_EVERY_MS = 1_000
/** A service that has ended so often since it was started will not come up. */
const MOST_RESTARTS = 3

/** Since somebody started it; 0 where there is no systemd to ask. */
function restarts(): number {
  const { stdout } = spawnSync('systemctl', ['show', '-p', 'NRestarts', '--value', SERVICE], {
    encoding: 'utf8',
  })
  return Number(stdout) || 0
}

function isReady({ port, host, tls }: Config): Promise<boolean> {
  const get = tls ? httpsGet : httpGet
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return new Promise((resolve) => {
    // Our own machine is asked for a status: its certificate may be for other names.
    const request = get(
      { host: name, port, path: '/readyz', rejectUnauthorized: false, timeout: 5_000 },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      },
    )
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

export function realSystem(say: (line: string) => void, free: System['free']): System {
  return {
    root: '',
    say,
    makeUser,
    own: (path) => must('chown', ['-R', `${USER}:${USER}`, path]),
    systemctl: (...args) => must('systemctl', args),
    run: runAsService,
    free,
    async becomesReady(config, seconds) {
      const deadline = performance.now() + seconds * 1_000
      for (;;) {
        if (await isReady(config)) return true
        if (performance.now() > deadline || restarts() >= MOST_RESTARTS) return false
        await delay(ASK_EVERY_MS)
      }
    },
  }
}
