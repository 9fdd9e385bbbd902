// Repeatable chance: the same name always falls the same way, so that simulated people keep their minds over a restart.
import { createHash } from 'node:crypto'

/** 0 ≤ x < 1, fixed by the parts. */
export function dice(...parts: (string | number)[]): number {
  const digest = createHash('sha256').update(parts.join('|')).digest()
  return digest.readUInt32BE(0) / 2 ** 32
}

export function pick<T>(items: readonly T[], ...parts: (string | number)[]): T {
  const item = items[Math.floor(dice(...parts) * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Picks by weight; weights need not sum to one. */
export function pickWeighted<T>(
  items: readonly T[],
  weight: (item: T) => number,
  ...parts: (string | number)[]
): T {
  const total = items.reduce((sum, i) => sum + weight(i), 0)
  let at = dice(...parts) * total
  for (const item of items) {
    at -= weight(item)
    if (at < 0) return item
  }
  const last = items.at(-1)
  if (last === undefined) throw new Error('nothing to pick from')
  return last
}

/** A waiting time with a long tail: most near the median, a few many times it. */
export function patience(medianMs: number, ...parts: (string | number)[]): number {
  const u = Math.min(0.999, Math.max(0.001, dice(...parts)))
  return medianMs * Math.exp(1.1 * Math.log(u / (1 - u)) * 0.55)
}
