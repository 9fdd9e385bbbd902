// The figures that stand on the wall, read in one go, and what they should be by GET /board: each figure of the page has
// its name, so that none stands there unproven.
import type { Board } from '#domain/board-view.ts'

export interface WallFigures {
  /** Every fact up to here is in the figures. */
  seq: number
  /** Texts by name, as a reader sees them. */
  shown: Record<string, string>
}

/** Runs in the browser, so it uses nothing from outside itself. */
export function figuresOnPage(): WallFigures {
  const shown: Record<string, string> = {}
  for (const element of document.querySelectorAll('main [data-figure]')) {
    const copy = element.cloneNode(true) as Element
    // A figure that fades away stands over the new one for a moment.
    for (const old of copy.querySelectorAll('[aria-hidden="true"]')) old.remove()
    const name = element.getAttribute('data-figure') ?? ''
    const text = (copy.textContent ?? '').trim()
    shown[name] = shown[name] === undefined || shown[name] === text ? text : `${shown[name]} and ${text}`
  }
  return { seq: Number(document.querySelector('main')?.getAttribute('data-seq')), shown }
}

/** Who decides outside the centre. */
const ELSEWHERE = new Set(['department', 'assignee', 'department-officer', 'handler'])
const KINDS = ['file', 'accept', 'grant-return', 'grant-extension', 'suspend', 'close', 'dispatch', 'rework']

const percent = (n: number, of: number) => (of === 0 ? '—' : ((n / of) * 100).toFixed(1))

/** Every figure that the wall may show of a board, by name. */
export function figuresOf(board: Board): Record<string, string> {
  const waiting = board.waiting.filter((w) => !ELSEWHERE.has(w.who))
  const sum = (rows: readonly { n: number }[]) => rows.reduce((total, r) => total + r.n, 0)
  const { month } = board
  const figures: [string, string | number][] = [
    ['urgent', board.urgent],
    ['overdue', board.overdue],
    ['due-soon', board.lights.yellow],
    ['open', board.open],
    ['suspended', board.byStatus.suspended],
    ['decisions', sum(waiting)],
    ...KINDS.map((k) => [`decide:${k}`, sum(waiting.filter((w) => w.action === k))] as [string, number]),
    ['decide:other', sum(waiting.filter((w) => !KINDS.includes(w.action)))],
    ...board.stages.map((s) => [`stage:${s.stage}`, s.n] as [string, number]),
    ...Object.entries(board.lights).map(([light, n]) => [`light:${light}`, n] as [string, number]),
    ...Object.entries(board.totals).map(([metric, n]) => [`today:${metric}`, n] as [string, number]),
    ...board.byDepartment.flatMap((d): [string, number][] => [
      [`unit-open:${d.code}`, d.open],
      [`unit-overdue:${d.code}`, d.overdue],
    ]),
    ...board.byCategory.map((c) => [`category:${c.code}`, c.today?.reported ?? 0] as [string, number]),
    ...board.bySource.map((s) => [`source:${s.source}`, s.today?.reported ?? 0] as [string, number]),
    ['due-today', board.dueToday.n],
    ['due-today-closed', board.dueToday.closed],
    ['month:handled', month ? percent(month.replied, month.dueReplied) : '—'],
    ['month-of:handled', month ? `${month.replied} / ${month.dueReplied}` : ''],
    ['month:on-time', month ? percent(month.onTimeReplied, month.dueReplied) : '—'],
    ['month-of:on-time', month ? `${month.onTimeReplied} / ${month.dueReplied}` : ''],
  ]
  return Object.fromEntries(figures.map(([name, value]) => [name, String(value)]))
}
