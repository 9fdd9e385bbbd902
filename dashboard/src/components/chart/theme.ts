// The project's own look of charts, read from the design tokens where the chart stands: one place for colours, letters
// and lines, so that no chart has a style of its own.

export interface ChartTheme {
  /** CSS px of a rem. */
  rem: number
  /** Nothing moves by itself. */
  still: boolean
  line: string
  data: string
  data2: string
  band: string
  text: { color: string; fontSize: number; fontFamily: string }
}

export function chartTheme(element: Element): ChartTheme {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return {
    rem,
    still: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    line: token('--line'),
    data: token('--data'),
    data2: token('--data-2'),
    band: token('--text-3'),
    text: { color: token('--text-2'), fontSize: 1.375 * rem, fontFamily: token('--font') },
  }
}
