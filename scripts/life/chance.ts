// Repeatable chance: the same name always falls the same way, so that simulated people keep their minds over a restart
// and a history can be made again. No source of chance but the names.

/** 32 well mixed bits of a text: FNV-1a, then an avalanche so that names differing in one letter fall far apart. */
function mixed(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h + 0x9e3779b9, 0x2c1b3c6d)
  return (h ^ (h >>> 16)) >>> 0
}

/** 32 bits, fixed by the parts. */
export const bits = (...parts: (string | number)[]): number => mixed(parts.join('|'))

/** 0 ≤ x < 1, fixed by the parts. */
export const dice = (...parts: (string | number)[]): number => mixed(parts.join('|')) / 2 ** 32

export function pick<T>(items: readonly T[], ...parts: (string | number)[]): T {
  const item = items[Math.floor(dice(...parts) * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** A whole number from `low` to `high`, both included. */
export const whole = (low: number, high: number, ...parts: (string | number)[]): number =>
  low + Math.floor(dice(...parts) * (high - low + 1))

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

/** A waiting time with a long tail: half of them below the median, one in twenty above five times it. */
export function patience(medianMs: number, ...parts: (string | number)[]): number {
  const u = Math.min(0.999, Math.max(0.001, dice(...parts)))
  return medianMs * Math.exp(0.605 * Math.log(u / (1 - u)))
}

/**
 * Yes or no at a given rate, in a row of questions about the same thing: as random as dice, but the number of yeses
 * stays within one of what the rate says. For a history that is to show its stated shares.
 */
export function openEven(seed: string): (about: string, rate: number) => boolean {
  const rows = new Map<string, { sum: number; yeses: number }>()
  return (about, rate) => {
    const row = rows.get(about) ?? { sum: 0, yeses: 0 }
    rows.set(about, row)
    row.sum += rate
    // One yes in each whole step of the sum, at a place of its own in it.
    if (row.sum <= row.yeses + dice(seed, about, row.yeses)) return false
    row.yeses += 1
    return true
  }
}

/** Chooses one of `items` by weight; only those `allowed`, if that is given. */
export type Choose = <T extends string>(
  about: string,
  items: readonly T[],
  weight: (item: T, index: number) => number,
  seed: string,
  allowed?: (item: T) => boolean,
) => T

const ALL = () => true

/** By chance alone. */
export const chooseByChance: Choose = (about, items, weight, seed, allowed = ALL) => {
  const able = items
    .map((item, i) => ({ item, w: allowed(item) ? weight(item, i) : 0 }))
    .filter((x) => x.w > 0)
  return pickWeighted(able, (x) => x.w, seed, about).item
}

/**
 * By chance, but what has come less often than its weights say is favoured, so that over many choices about the same
 * thing the shares are kept closely, also when now and then only some are allowed.
 */
export function openEvenChoice(): Choose {
  const rows = new Map<string, Map<string, number>>()
  return (about, items, weight, seed, allowed = ALL) => {
    const behind = rows.get(about) ?? new Map<string, number>()
    rows.set(about, behind)
    const weights = items.map(weight)
    const total = weights.reduce((a, b) => a + b, 0)
    const able = items.flatMap((item, i) => {
      const due = (behind.get(item) ?? 0) + (weights[i] ?? 0) / total
      behind.set(item, due)
      const w = allowed(item) ? (weights[i] ?? 0) * Math.min(5, Math.max(0.02, 1 + due)) : 0
      return w > 0 ? [{ item, w }] : []
    })
    const { item } = pickWeighted(able, (x) => x.w, seed, about)
    behind.set(item, (behind.get(item) ?? 0) - 1)
    return item
  }
}
