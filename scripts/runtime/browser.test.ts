import { expect, onTestFinished, test } from 'vitest'
import { openBrowser } from './browser.ts'

test('a browser opens that draws maps: scripts run and WebGL 2 is there', async () => {
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.setContent('<h1>回音</h1>')
  expect(await page.textContent('h1')).toBe('回音')
  const hasWebGl = await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)
  expect(hasWebGl).toBe(true)
})
