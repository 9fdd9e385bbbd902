// Time and processor time across processes of one machine.
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of the machine's monotonic clock: the same in every process. */
export const machineNow = (): number => Number(process.hrtime.bigint()) / 1e6

const NS_A_MS = 1e6

/** Milliseconds on a processor so far, of all threads of a process. @throws where there is no Linux. */
export function cpuMs(pid: number): number {
  let total = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [onCpu] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
    total += Number(onCpu) / NS_A_MS
  }
  return total
}

/** The value below which this share of `sorted` lies; undefined of nothing. */
export const quantile = (sorted: Float64Array, share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
