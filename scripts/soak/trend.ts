// Whether a row of measurements grows: the line of least squares through them, and how sure its slope is. Pure.

export interface Trend {
  /** Units a minute. */
  slope: number
  /** Standard error of the slope; undefined with fewer than three points. */
  noise: number | undefined
  /** The slope is above zero by more than twice its noise. */
  grows: boolean
}

/** Two standard errors: about one in forty rows of pure noise is called growth. */
const SURE = 2

/** @param points minutes and values, in any order; at least two at different minutes. */
export function trendOf(points: readonly { minute: number; value: number }[]): Trend {
  const n = points.length
  const mean = (of: (p: (typeof points)[number]) => number) => points.reduce((sum, p) => sum + of(p), 0) / n
  const x = mean((p) => p.minute)
  const y = mean((p) => p.value)
  const spread = points.reduce((sum, p) => sum + (p.minute - x) ** 2, 0)
  if (n < 2 || spread === 0) throw new Error('a trend needs measurements at two minutes')
  const slope = points.reduce((sum, p) => sum + (p.minute - x) * (p.value - y), 0) / spread
  const rest = points.reduce((sum, p) => sum + (p.value - y - slope * (p.minute - x)) ** 2, 0)
  const noise = n > 2 ? Math.sqrt(rest / (n - 2) / spread) : undefined
  return { slope, noise, grows: noise !== undefined && slope > SURE * noise && slope > 0 }
}
