// Ends a server of ours when our process dies without saying so (kill -9, out of memory). It lives in a process group of
// its own, so that what kills our group does not kill it.
import { spawn } from 'node:child_process'

export interface WatchOptions {
  pid: number
  /** First line: the server's process number, while it lives. Guards against a number that was given to another. */
  pidFile: string
  signal: 'INT' | 'TERM'
  uid?: number | undefined
  gid?: number | undefined
}

export interface Watchdog {
  /** The server has ended in order: nothing to do any more. */
  release(): void
}

/**
 * A shell that waits for our end of its pipe to close. A word through it means that all is well; an end without one means
 * that we died.
 */
const SCRIPT = 'read -r word && exit 0; read -r now < "$2" && [ "$now" = "$1" ] && kill -"$3" "$1"'

export function watch({ pid, pidFile, signal, uid, gid }: WatchOptions): Watchdog {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'huiyin-watchdog', String(pid), pidFile, signal], {
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a watchdog the next start finds what was left behind.
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  child.unref()
  return { release: () => void child.stdin.end('done\n') }
}
