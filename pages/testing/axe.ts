// What axe-core finds on a page as it stands.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface Violation {
  id: string
  impact: string
  nodes: { html: string; target: unknown }[]
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** One line a fault that axe calls serious or worse: its rule, and where. */
export async function serious(page: Page): Promise<string[]> {
  // Not as a script of the page: its policy lets none in.
  await page.evaluate(await readFile(AXE, 'utf8'))
  const violations = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return axe.run().then((found) => found.violations)
  })
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.html.slice(0, 120)}`).join(' | ')}`)
}
