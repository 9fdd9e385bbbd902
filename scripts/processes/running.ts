// Processes of ours as an operator starts them: known to be ready by their own words, ended by SIGTERM and waited for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type Kind = 'api' | 'worker'

export interface Running {
  kind: Kind
  /** Of an api. */
  port: number
  pid: number
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number>
  kill(): void
}

const READY: Readonly<Record<Kind, string>> = { api: 'the api listens', worker: 'the worker works' }

/** @param root of the tree whose code runs. @throws with its last words when it ends before it is ready. */
export async function startProcess(
  root: string,
  kind: Kind,
  env: NodeJS.ProcessEnv,
  port = 0,
): Promise<Running> {
  const script = join(root, 'scripts', `${kind}.ts`)
  const child = spawn(process.execPath, [script], {
    env: { ...env, PORT: String(port), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const words: string[] = []
  const keep = (line: string) => {
    words.push(line)
    if (words.length > 40) words.shift()
  }
  const exited = once(child, 'exit') as Promise<[number | null]>
  const ready = Promise.withResolvers<void>()
  createInterface(child.stdout).on('line', (line) => {
    keep(line)
    if (line.includes(READY[kind])) ready.resolve()
  })
  createInterface(child.stderr).on('line', keep)
  void exited.then(([code]) => ready.reject(new Error(`${kind} ended with ${code}:\n${words.join('\n')}`)))
  await ready.promise
  const { pid = 0 } = child
  return {
    kind,
    port,
    pid,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code ?? 1
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
