// The thread in which packs are checked and written (in-thread.ts): both take seconds for a large city, and the process
// that asks goes on answering others meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import { type PolicyOverrule, packDifference } from './difference.ts'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from './read-pack.ts'
import { BadZip, packInZip, zipOf } from './zip.ts'
import { packFiles } from './write/files.ts'

export type Task =
  | { kind: 'check'; zip: Uint8Array; before?: CityPack | undefined; overruled: readonly PolicyOverrule[] }
  | { kind: 'write'; pack: CityPack }

async function check({ zip, before, overruled }: Extract<Task, { kind: 'check' }>) {
  const say = (step: string) => parentPort?.postMessage({ step })
  say('zip')
  try {
    const read = await readPack(packInZip(zip), { onStep: say })
    if (!read.pack) return read
    say('changes')
    return { ...read, difference: packDifference(before, read.pack, overruled) }
  } catch (error) {
    if (!(error instanceof BadZip)) throw error
    return { faults: [{ file: '.zip', message: error.message, zh: error.zh }], warnings: [] }
  }
}

const task = workerData as Task
parentPort?.postMessage({
  done: task.kind === 'check' ? await check(task) : zipOf(packFiles(task.pack)),
})
