// What a page holds and does, by the browser's own count: heap after a forced collection, nodes, listeners, and how long its
// main thread has worked.
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'

export interface Sample {
  /** MB of JavaScript heap in use, after a collection. */
  heap: number
  nodes: number
  listeners: number
  /** MB of the renderer process, workers and pictures included; undefined where the system does not say. */
  resident: number | undefined
  /** Milliseconds since the page opened. */
  script: number
  layout: number
  task: number
  /** Cumulative layouts and style recalculations. */
  layouts: number
}

const MB = 2 ** 20

/** Resident size of the largest renderer, MB: the one that draws the page. */
async function residentOf(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const sizes = await Promise.all(
      processInfo
        .filter((p) => p.type === 'renderer')
        .map(async (p) => {
          const status = await readFile(`/proc/${p.id}/status`, 'utf8').catch(() => '')
          return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024
        }),
    )
    const known = sizes.filter((n) => !Number.isNaN(n))
    return known.length > 0 ? Math.max(...known) : undefined
  } finally {
    await session.detach()
  }
}

export async function openSampler(browser: Browser, page: Page): Promise<() => Promise<Sample>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')
  return async () => {
    // Twice: what the first one finalises is free after the second.
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((m) => m.name === name)?.value ?? Number.NaN
    return {
      heap: of('JSHeapUsedSize') / MB,
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      resident: await residentOf(browser),
      script: of('ScriptDuration') * 1000,
      layout: (of('LayoutDuration') + of('RecalcStyleDuration')) * 1000,
      task: of('TaskDuration') * 1000,
      layouts: of('LayoutCount') + of('RecalcStyleCount'),
    }
  }
}
