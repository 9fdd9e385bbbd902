// Tells a process from a later one that got the same number. Knows Linux by /proc and the rest by ps.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

function ps(pid: number, column: string): string | undefined {
  const found = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() || undefined : undefined
}

function proc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // Gone, hidden from us, or not a Linux machine.
    return undefined
  }
}

/** Fields of proc(5) after the name, which may itself hold blanks and brackets: 0 state, 19 start time in ticks. */
function statFields(pid: number): string[] | undefined {
  const stat = proc(pid, 'stat')
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** True while a process of that number works, whoever owns it. One that ended and waits for its parent does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  // In a container the first process often never collects the dead it inherits.
  return statFields(pid)?.[0] !== 'Z'
}

/** When the process began, in the system's own spelling; undefined when it is gone or can't be asked. */
export function startedAt(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'lstart')
  return statFields(pid)?.[19]
}

/** Program and arguments; undefined when the process is gone or can't be asked. */
export function commandLine(pid: number): string[] | undefined {
  if (process.platform !== 'linux') return ps(pid, 'command')?.split(' ')
  return proc(pid, 'cmdline')?.split('\0').slice(0, -1)
}
