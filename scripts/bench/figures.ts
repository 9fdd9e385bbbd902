// Figures of a bench: medians over alternating rounds, as ratios against a floor of the same run where there is one.

export interface Figure {
  name: string
  unit: string
  rounds: number[]
}

/** What we want a row's value to be; benches report, they don't fail. */
export type Target = { atLeast: number } | { atMost: number }

export interface Row {
  name: string
  figure: Figure
  /** Without one the row's value is the figure's median. */
  floor?: Figure
  target?: Target
  note?: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const mid = Math.floor(sorted.length / 2)
  const upper = sorted[mid]
  if (upper === undefined) throw new Error('a median of nothing')
  return sorted.length % 2 === 1 ? upper : ((sorted[mid - 1] ?? upper) + upper) / 2
}

/**
 * Ratio of each round, then the median: noise that hits both sides of a round cancels. Undefined without a floor.
 */
export function ratioOf({ figure, floor }: Row): number | undefined {
  if (floor === undefined) return undefined
  return median(figure.rounds.map((v, i) => v / (floor.rounds[i] ?? median(floor.rounds))))
}

/** Whether the row's ratio, or without a floor its median, is what we want; undefined without a target. */
export function isMet(row: Row): boolean | undefined {
  if (row.target === undefined) return undefined
  const value = ratioOf(row) ?? median(row.figure.rounds)
  return 'atLeast' in row.target ? value >= row.target.atLeast : value <= row.target.atMost
}

const number = (v: number) => (v >= 100 ? Math.round(v).toLocaleString('en') : v.toFixed(2))
const wanted = (target: Target) => ('atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`)

/** The rows as a table of Markdown, aligned for a terminal. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((r) => [
    r.name,
    `${number(median(r.figure.rounds))} ${r.figure.unit}`,
    r.floor ? `${r.floor.name}: ${number(median(r.floor.rounds))} ${r.floor.unit}` : '',
    ratioOf(r)?.toFixed(2) ?? '',
    r.target === undefined ? '' : wanted(r.target),
    r.note ?? '',
  ])
  const head = ['measured', 'median', 'floor', 'ratio', 'target', 'note']
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((c, i) => c.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...cells.map(line)].join('\n')
}
