// Scripting per animation frame: a trace of the page's main thread, cut at its frames. What ran between the beginnings of
// two frames belongs to the first.
import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  /** Of the thread's own time, without what it waited for a processor. */
  tdur?: number
  pid: number
  tid: number
}

export interface Frames {
  seconds: number
  frames: number
  /** Milliseconds of scripting a frame, of processor time where the trace has it. */
  mean: number
  p50: number
  p95: number
  p99: number
  most: number
  /** Share of the time that the main thread's scripts took. */
  share: number
  /** Tasks of the main thread, of scripts or not, that took more than 50 ms of processor time; and the longest, ms. */
  longTasks: number
  longestTask: number
}

const BEGIN = 'BeginMainThreadFrame'
const TASK = 'RunTask'
const LONG_MS = 50
const SCRIPTS = new Set([
  'EvaluateScript',
  'FunctionCall',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'EventDispatch',
  'RunMicrotasks',
  'XHRReadyStateChange',
  'XHRLoad',
  'V8.RunMicrotasks',
  'MinorGC',
  'MajorGC',
])

/** The page's main thread is the one that runs most scripts. */
function mainThread(events: readonly TraceEvent[]): string | undefined {
  const n = new Map<string, number>()
  for (const e of events)
    if (e.name === BEGIN) n.set(`${e.pid} ${e.tid}`, (n.get(`${e.pid} ${e.tid}`) ?? 0) + 1)
  return [...n].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Events lie in each other: the outermost alone, so that each instant is counted once. Microseconds. */
function outermost(events: readonly TraceEvent[]): { from: number; cost: number }[] {
  const spans: { from: number; cost: number }[] = []
  let to = Number.NEGATIVE_INFINITY
  for (const { ts, dur = 0, tdur } of [...events].sort((a, b) => a.ts - b.ts)) {
    if (ts < to) continue
    to = ts + dur
    spans.push({ from: ts, cost: tdur ?? dur })
  }
  return spans
}

/** @throws when the trace has no frames. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const thread = mainThread(events)
  const own = events.filter((e) => `${e.pid} ${e.tid}` === thread)
  const begins = own
    .filter((e) => e.name === BEGIN)
    .map((e) => e.ts)
    .sort((a, b) => a - b)
  const [first, last] = [begins[0], begins.at(-1)]
  if (first === undefined || last === undefined || last === first)
    throw new Error('the trace has no frames: did the page draw anything?')
  const per = new Array<number>(begins.length - 1).fill(0)
  let frame = 0
  for (const { from, cost } of outermost(own.filter((e) => e.ph === 'X' && SCRIPTS.has(e.name)))) {
    if (from < first || from >= last) continue
    while (frame < per.length - 1 && (begins[frame + 1] ?? last) <= from) frame += 1
    // A script that began in a frame is its own, however long it ran.
    per[frame] = (per[frame] ?? 0) + cost / 1000
  }
  const sorted = [...per].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const sum = per.reduce((a, b) => a + b, 0)
  const seconds = (last - first) / 1e6
  const tasks = outermost(own.filter((e) => e.ph === 'X' && e.name === TASK)).map(({ cost }) => cost / 1000)
  return {
    seconds,
    frames: per.length,
    mean: sum / per.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    most: sorted.at(-1) ?? 0,
    share: sum / 1000 / seconds,
    longTasks: tasks.filter((ms) => ms > LONG_MS).length,
    longestTask: Math.max(0, ...tasks),
  }
}

/** @param meanwhile what happens to the page during the trace; it ends the trace. */
export async function traceFrames(
  browser: Browser,
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<Frames> {
  await browser.startTracing(page, {
    categories: [
      '-*',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'disabled-by-default-devtools.timeline.frame',
      'v8',
    ],
  })
  await meanwhile()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return framesOf(trace.traceEvents)
}
