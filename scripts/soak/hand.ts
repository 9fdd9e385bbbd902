// A hand on the map while it is measured, and a map that draws nothing: what a graphics card would do is left out then, and
// what remains is the page's own work.
import type { Page } from 'playwright-core'

/** Call before the page opens: WebGL's draw calls return at once. Everything before them is done as ever. */
export async function dropDrawing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const none = () => {}
    for (const calls of [WebGLRenderingContext.prototype, WebGL2RenderingContext.prototype])
      for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'])
        if (name in calls) Object.assign(calls, { [name]: none })
  })
}

const STEP_MS = 30
const STEPS = 30
const PAUSE_MS = 300

/** Drags the map to and fro and turns the wheel now and then, for so long. */
export async function moveMap(page: Page, forMs: number): Promise<void> {
  const box = await page.locator('[data-panel="map"] canvas').first().boundingBox()
  if (!box) throw new Error('there is no map on this screen to drag')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const until = performance.now() + forMs
  for (let turn = 0; performance.now() < until; turn++) {
    const way = turn % 2 === 0 ? 1 : -1
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let i = 1; i <= STEPS && performance.now() < until; i++) {
      await page.mouse.move(x + way * i * 8, y + way * i * 4)
      await page.waitForTimeout(STEP_MS)
    }
    await page.mouse.up()
    await page.waitForTimeout(PAUSE_MS)
    if (turn % 4 !== 3) continue
    for (let i = 0; i < 6; i++) {
      await page.mouse.wheel(0, turn % 8 === 3 ? -150 : 150)
      await page.waitForTimeout(80)
    }
  }
}
