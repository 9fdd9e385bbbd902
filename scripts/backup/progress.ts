// A line on standard error now and then while a long piece of a backup or restore is under way; only shows.
const EVERY_MS = 2_000

/** `of` when it is known how many there are. */
export type Counting = (what: string, done: number, of?: number) => void

export function showCounts(
  write: (line: string) => void = (line) => console.error(line),
  now: () => number = () => performance.now(),
): Counting {
  const began = now()
  let last = began
  return (what, done, of) => {
    const at = now()
    if (at - last < EVERY_MS) return
    last = at
    const share =
      of === undefined || of === 0
        ? ''
        : ` of ${of.toLocaleString('en')} (${Math.min(100, Math.floor((done / of) * 100))} %)`
    write(`  ${what}: ${done.toLocaleString('en')}${share}, ${((at - began) / 1000).toFixed(0)} s`)
  }
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** `4.2 MB` */
export function size(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`
}
