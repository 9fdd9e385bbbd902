// Checks an uploaded pack, and writes one for downloading, in a thread of its own.
import { Worker } from 'node:worker_threads'
import type { CityPack } from '#domain/city/types.ts'
import type { PackDifference, PolicyOverrule } from './difference.ts'
import type { ReadPack } from './read-pack.ts'
import type { Task } from './thread.ts'

/** Longer than the largest city takes on a small machine. */
const MOST_MS = 10 * 60_000
const MOST_MEMORY_MB = 3072

export interface CheckedPack extends ReadPack {
  /** With `pack` only. */
  difference?: PackDifference
}

export interface CheckOptions {
  /** The loaded pack. */
  before?: CityPack | undefined
  overruled?: readonly PolicyOverrule[]
  /** Told of each file, `zip`, `whole` and `changes`. */
  onStep?: ((step: string) => void) | undefined
  /** Ends the work; the promise is rejected. */
  signal?: AbortSignal | undefined
}

/** What is wrong with the zip itself is among the faults. */
export const checkZip = (zip: Uint8Array, options: CheckOptions = {}): Promise<CheckedPack> => {
  const { before, overruled = [], onStep, signal } = options
  return inThread({ kind: 'check', zip, before, overruled }, onStep, signal)
}

export const zipPack = async (pack: CityPack): Promise<Buffer> =>
  Buffer.from(await inThread<Uint8Array>({ kind: 'write', pack }))

function inThread<T>(task: Task, onStep?: (step: string) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      settle()
      void worker.terminate()
    }
    const onAbort = () => end(() => reject(new Error('broken off')))
    const timer = setTimeout(() => end(() => reject(new Error('the pack took too long'))), MOST_MS)
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) onAbort()
    worker.on('message', (message: { step: string } | { done: T }) => {
      if ('step' in message) onStep?.(message.step)
      else end(() => resolve(message.done))
    })
    worker.on('error', (error) => end(() => reject(error)))
    worker.on('exit', (code) => end(() => reject(new Error(`the thread ended with ${code}`))))
  })
}
