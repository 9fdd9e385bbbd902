// A process of the system as an init system keeps it: started again whenever it ends, until it is stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const AGAIN_AFTER_MS = 300
const ENDS_WITHIN_MS = 20_000

export interface Program {
  readonly name: string
  /** Sent to the process that runs now, if one does. */
  signal(signal: NodeJS.Signals): void
  /** With which further environment it starts from the next time on. */
  env: NodeJS.ProcessEnv
  /** How often it has been started. */
  readonly starts: number
  stop(): Promise<void>
}

/** @param onLine every line that the process prints */
export function keepRunning(
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Program {
  let child: ChildProcess | undefined
  let stopped = false
  let again: NodeJS.Timeout | undefined

  function start(): void {
    program.starts += 1
    const started = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
      env: { ...process.env, ...env, ...program.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\n')) if (line.trim() !== '') onLine(`${name}: ${line}`)
      })
    started.on('exit', () => {
      if (child === started) child = undefined
      if (!stopped) again = setTimeout(start, AGAIN_AFTER_MS)
    })
  }

  const program = {
    name,
    env: {} as NodeJS.ProcessEnv,
    starts: 0,
    signal: (signal: NodeJS.Signals) => void child?.kill(signal),
    async stop() {
      stopped = true
      clearTimeout(again)
      const last = child
      if (!last || last.exitCode !== null || last.signalCode !== null) return
      last.kill('SIGCONT')
      last.kill('SIGTERM')
      const late = setTimeout(() => last.kill('SIGKILL'), ENDS_WITHIN_MS)
      await once(last, 'exit')
      clearTimeout(late)
    },
  }
  start()
  return program
}
