// Figures of a bench: medians over alternating rounds, ratios against a floor of the same run.

export interface Figure {
  name: string
  unit: string
  rounds: number[]
}

export interface Ratio {
  name: string
  figure: Figure
  floor: Figure
  /** What we want it to be; benches report, they don't fail. */
  target?: number
  note?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const mid = Math.floor(sorted.length / 2)
  const upper = sorted[mid]
  if (upper === undefined) throw new Error('a median of nothing')
  return sorted.length % 2 === 1 ? upper : ((sorted[mid - 1] ?? upper) + upper) / 2
}

/** Ratio of each round, then the median: noise that hits both sides of a round cancels. */
export const ratioOf = ({ figure, floor }: Ratio) =>
  median(figure.rounds.map((v, i) => v / (floor.rounds[i] ?? median(floor.rounds))))

const number = (v: number) => (v >= 100 ? Math.round(v).toLocaleString('en') : v.toFixed(2))

export function table(ratios: readonly Ratio[]): string {
  const rows = ratios.map((r) => [
    r.name,
    `${number(median(r.figure.rounds))} ${r.figure.unit}`,
    `${r.floor.name}: ${number(median(r.floor.rounds))} ${r.floor.unit}`,
    ratioOf(r).toFixed(2),
    r.target === undefined ? '' : `≥ ${r.target.toFixed(1)}`,
    r.note ?? '',
  ])
  const head = ['measured', 'median', 'floor', 'ratio', 'target', '']
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((c, i) => c.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((w) => '-'.repeat(w)).join('  '), ...rows.map(line)].join('\n')
}
