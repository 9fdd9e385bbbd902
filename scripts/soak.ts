// `npm run soak`: a wall open for minutes in a real browser while events pour in. Prints what the page holds each minute,
// whether it grows after the first five, and what scripting a frame costs. Reports figures; never fails because of them.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './runtime/browser.ts'
import { answerHelp } from './runtime/settings.ts'
import { trustOwn } from './runtime/tls/trust-own.ts'
import { traceFrames } from './soak/frames.ts'
import { dropDrawing, moveMap } from './soak/hand.ts'
import { type Kinds, takeKinds } from './soak/kinds.ts'
import { startLoad } from './soak/load.ts'
import { showMany } from './soak/many.ts'
import { openSampler, type Sample } from './soak/page.ts'
import { trendOf } from './soak/trend.ts'

answerHelp(`
npm run soak                                  30 minutes at 20 events a second on the demo at http://127.0.0.1:8080
npm run soak -- --minutes 5 --rate 40         shorter, faster
npm run soak -- --url http://127.0.0.1:8090   another running demo
npm run soak -- --frames 60 --minutes 1       traces 60 seconds of frames before the minutes begin
npm run soak -- --open 20000 --frames 60      as many cases on the page, copies of those there are
npm run soak -- --query scene=storm           another scene; --size 3840x2160
npm run soak -- --drag --frames 60            a hand drags and zooms the map meanwhile
npm run soak -- --undrawn                     the map's draw calls do nothing: the page's own work, as with a graphics card
npm run soak -- --interpreted                 the browser makes no functions faster: what grows then is the page's own
npm run soak -- --rate 0                      no load of its own: beside another soak

The events are real: reports that the rules carry on, taken back again, and remarks. Use a demo whose data may go.
Start it with DEMO_TRAFFIC=0, so that the cases open stay as many as they were.
`)

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '20' },
    frames: { type: 'string', default: '0' },
    open: { type: 'string', default: '0' },
    query: { type: 'string', default: '' },
    size: { type: 'string', default: '1920x1080' },
    drag: { type: 'boolean', default: false },
    undrawn: { type: 'boolean', default: false },
    interpreted: { type: 'boolean', default: false },
  },
})
const number = (name: 'minutes' | 'rate' | 'frames' | 'open') => {
  const n = Number(values[name])
  if (Number.isFinite(n) && n >= 0) return n
  console.error(`--${name}: "${values[name]}" is no number. See npm run soak -- --help.`)
  process.exit(2)
}
const [minutes, rate, frames, many] = [number('minutes'), number('rate'), number('frames'), number('open')]
const [width = 1920, height = 1080] = values.size.split('x').map(Number)

const MINUTE_MS = 60_000
/** Lazy pieces arrive and caches fill in the first minutes. */
const SETTLED = 5
const MEASURED = ['heap', 'nodes', 'listeners', 'resident'] as const
/** What the heap is made of is looked at every so many minutes: that stops the page for seconds. */
const KINDS_EVERY = 5
const KINDS = ['code', 'data', 'native'] as const

interface Row extends Sample {
  minute: number
  events: number
  open: number
}

trustOwn(resolve(process.env.DATA_DIR?.trim() || '.data'))
const browser = await openBrowser(
  values.interpreted ? ['--js-flags=--no-opt,--no-maglev,--no-sparkplug'] : [],
)
try {
  // The browser does not ask this process whom it trusts.
  const page = await browser.newPage({ viewport: { width, height }, ignoreHTTPSErrors: true })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.request.post(`${values.url}/api/v1/auth/login`, {
    data: { username: 'wall', password: 'demo' },
  })
  if (many > 0) await showMany(page, many)
  if (values.undrawn) await dropDrawing(page)
  await page.goto(`${values.url}/wall?${values.query}`)
  await page.locator('[data-panel] button').first().waitFor({ timeout: 60_000 })
  const sample = await openSampler(browser, page)
  const load = await startLoad(values.url, rate)
  const kinds: { minute: number; of: Kinds }[] = []
  const openNow = async () => {
    const answer = await page.request.get(`${values.url}/api/v1/board?scope=city`)
    return ((await answer.json()) as { open: number }).open
  }

  if (frames > 0) {
    await page.waitForTimeout(20_000)
    const before = load.produced()
    const f = await traceFrames(browser, page, () =>
      values.drag ? moveMap(page, frames * 1000) : page.waitForTimeout(frames * 1000),
    )
    const ms = (n: number) => n.toFixed(1)
    console.log(
      `${many > 0 ? many : await openNow()} open, ${((load.produced() - before) / f.seconds).toFixed(1)} events/s, ${f.frames} frames in ${f.seconds.toFixed(0)} s: scripting a frame ${ms(f.mean)} ms (median ${ms(f.p50)}, p95 ${ms(f.p95)}, p99 ${ms(f.p99)}, most ${ms(f.most)}), ${(f.share * 100).toFixed(1)} % of the time (at 60 frames a second ${ms((f.share * 1000) / 60)} ms each); tasks over 50 ms ${f.longTasks}, the longest ${ms(f.longestTask)} ms`,
    )
  }

  const rows: Row[] = []
  const begun = performance.now()
  const shown = (n: number | undefined, digits = 0) => (n === undefined ? '—' : n.toFixed(digits)).padStart(9)
  console.log(
    [
      'minute',
      'events/s',
      'open',
      'heap MB',
      'nodes',
      'listeners',
      'RSS MB',
      'script/s',
      'layout/s',
      'task/s',
    ]
      .map((head) => head.padStart(9))
      .join(' '),
  )
  for (let minute = 0; minute <= minutes; minute++) {
    await page.waitForTimeout(Math.max(0, begun + minute * MINUTE_MS - performance.now()))
    const last = rows.at(-1)
    const row: Row = {
      ...(await sample()),
      minute: (performance.now() - begun) / MINUTE_MS,
      events: load.produced(),
      open: await openNow(),
    }
    rows.push(row)
    const seconds = last ? (row.minute - last.minute) * 60 : undefined
    const pace = (of: (r: Row) => number) =>
      last && seconds !== undefined ? (of(row) - of(last)) / seconds : undefined
    console.log(
      [
        shown(row.minute, 1),
        shown(
          pace((r) => r.events),
          1,
        ),
        shown(row.open),
        shown(row.heap, 1),
        shown(row.nodes),
        shown(row.listeners),
        shown(row.resident),
        shown(
          pace((r) => r.script),
          1,
        ),
        shown(
          pace((r) => r.layout),
          1,
        ),
        shown(
          pace((r) => r.task),
          1,
        ),
      ].join(' '),
    )
    if (minute > 0 && minute % KINDS_EVERY === 0)
      kinds.push({ minute: row.minute, of: await takeKinds(page) })
  }
  await load.stop()

  const settled = rows.filter((r) => r.minute >= SETTLED - 0.1)
  console.log('')
  if (settled.length < 3) console.log(`Too short to say whether anything grows after ${SETTLED} minutes.`)
  const trend = (name: string, points: { minute: number; value: number | undefined }[], since = SETTLED) => {
    const known = points.flatMap(({ minute, value }) => (value === undefined ? [] : [{ minute, value }]))
    if (known.length < 3) return
    const { slope, noise = 0, grows } = trendOf(known)
    console.log(
      `${name.padEnd(22)} after minute ${since}: ${slope.toFixed(4)} ± ${noise.toFixed(4)} a minute, ${grows ? 'grows' : 'no growth'}`,
    )
  }
  for (const kind of MEASURED)
    trend(
      kind,
      settled.map((r) => ({ minute: r.minute, value: r[kind] })),
    )
  const half = (SETTLED + minutes) / 2
  trend(
    'heap',
    rows.filter((r) => r.minute >= half - 0.1).map((r) => ({ minute: r.minute, value: r.heap })),
    half,
  )
  for (const kind of KINDS) {
    trend(
      `of the heap, ${kind}`,
      kinds.map(({ minute, of }) => ({ minute, value: of[kind] })),
    )
    console.log(
      `  ${kinds.map(({ minute, of }) => `${of[kind].toFixed(2)} MB at ${minute.toFixed(0)}`).join(', ')}`,
    )
  }
  const lost = load.faults()
  console.log(`requests that failed: ${lost.n}${lost.last === undefined ? '' : ` (last: ${lost.last})`}`)
  console.log(
    `errors on the page: ${faults.length}${faults[0] === undefined ? '' : ` (first: ${faults[0]})`}`,
  )
} finally {
  await browser.close()
}
