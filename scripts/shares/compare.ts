// Stated and measured side by side: each figure with the tolerance that chance alone explains. Pure.
import type { Part, UnitFigures } from '#store/shares.ts'

export interface Line {
  what: string
  /** Percent, or a count where `isCount`. */
  stated: number
  measured: number
  /** Most that the two may differ by, in the same unit. */
  tolerance: number
  /** Measured: so many, of so many. */
  n: number
  of: number
  isCount?: boolean
}

export interface Section {
  title: string
  lines: Line[]
}

/** So many standard errors: of all the lines together, chance alone hardly ever puts one outside. */
const ERRORS = 3.5

/** A part of a whole against its stated percentage. */
export function percent(what: string, stated: number, { n, of }: Part): Line {
  const p = Math.min(1, Math.max(0, stated / 100))
  const error = of === 0 ? 0 : Math.sqrt((p * (1 - p)) / of)
  return {
    what,
    stated,
    measured: of === 0 ? 0 : (100 * n) / of,
    // Half a case more: a count is whole.
    tolerance: of === 0 ? 0 : 100 * (ERRORS * error + 0.5 / of),
    n,
    of,
  }
}

export const exactly = (what: string, stated: number, n: number): Line => ({
  what,
  stated,
  measured: n,
  tolerance: 0,
  n,
  of: n,
  isCount: true,
})

/** Nothing was measured where something is stated: that is outside as well. */
export const isOutside = (l: Line): boolean =>
  (l.of === 0 && l.stated > 0) || Math.abs(l.measured - l.stated) > l.tolerance + 1e-9

/** Fewer cases than this say nothing about a rate. */
const FEW = 20

/** The lines of one unit: its part of all, and where it has enough cases its rates. */
export function unitLines(
  name: string,
  stated: { share: number; onTime: number; rework: number; returns: number },
  is: UnitFigures,
  all: number,
  hasRates: boolean,
): Line[] {
  const lines = [percent(`${name}, part of all`, stated.share, { n: is.first, of: all })]
  if (!hasRates || is.handled < FEW) return lines
  return [
    ...lines,
    percent(`${name}, on time 按期`, stated.onTime, { n: is.onTime, of: is.handled }),
    percent(`${name}, rework 返工`, stated.rework, { n: is.reworked, of: is.handled }),
    percent(`${name}, returns 退单`, stated.returns, { n: is.returns, of: is.first }),
  ]
}

/** As a table; a line outside its tolerance begins with a cross. */
export function table(sections: readonly Section[]): string {
  const head = `${pad('', 50)}${'stated'.padStart(9)}${'measured'.padStart(10)}${'differ'.padStart(9)}${'within'.padStart(9)}   of`
  const rows = sections.flatMap(({ title, lines }) => ['', title, ...lines.map(row)])
  return [head, ...rows].join('\n')
}

function row(l: Line): string {
  const show = (n: number) => (l.isCount ? n.toLocaleString('en') : `${n.toFixed(2)} %`)
  const differ = l.measured - l.stated
  const size = `${differ > 0 ? '+' : ''}${l.isCount ? differ : differ.toFixed(2)}`
  return `${isOutside(l) ? '✗ ' : '  '}${pad(l.what, 48)}${show(l.stated).padStart(9)}${show(l.measured).padStart(10)}${size.padStart(9)}${`±${l.isCount ? l.tolerance : l.tolerance.toFixed(2)}`.padStart(9)}   ${l.isCount ? '' : `${l.n} of ${l.of}`}`
}

/** Chinese signs are two columns wide. */
function pad(text: string, width: number): string {
  const shown = [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e80 ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(0, width - shown))
}
