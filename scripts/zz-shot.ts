import { openBrowser } from './runtime/browser.ts'
const [url='', out='', ...list] = process.argv.slice(2)
const browser = await openBrowser()
const CHECK = `(() => {
  const bad = []
  const vis = (e) => { const r = e.getBoundingClientRect(); const s = getComputedStyle(e); return r.width > 1 && r.height > 1 && s.visibility !== 'hidden' && !e.closest('.visually-hidden') && !e.closest('.maplibregl-map') && !e.closest('dialog') && !e.closest("svg") && !e.closest("[data-panel=camera]") }
  const text = [...document.querySelectorAll('main *')].filter((e) => vis(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ''))
  for (const e of text) {
    if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') bad.push('wide ' + e.scrollWidth + '>' + e.clientWidth + ' ' + e.textContent.slice(0, 40))
    const r = e.getBoundingClientRect()
    for (let p = e.parentElement; p && p.tagName !== 'MAIN'; p = p.parentElement) { const q = p.getBoundingClientRect(); const s = getComputedStyle(p); if ((s.overflow !== 'visible' || p.dataset.panel) && (r.left < q.left - 1 || r.right > q.right + 1 || r.top < q.top - 1 || r.bottom > q.bottom + 1)) { bad.push('out of ' + (p.dataset.panel ?? p.className) + ' ' + e.textContent.slice(0, 40) + ' ' + [r.left - q.left, q.right - r.right, r.top - q.top, q.bottom - r.bottom].map(Math.round)); break } }
    const size = parseFloat(getComputedStyle(e).fontSize)
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize)
    if (size < root * 1.37 - 0.1 && !e.closest('[data-panel=camera]')) bad.push('small ' + (size/root).toFixed(2) + ' ' + e.textContent.slice(0, 30))
  }
  const boxes = text.map((e) => { const range = document.createRange(); range.selectNodeContents(e); return [e, range.getBoundingClientRect()] })
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) { const [a, r] = boxes[i], [b, q] = boxes[j]; if (a.contains(b) || b.contains(a)) continue; const x = Math.min(r.right, q.right) - Math.max(r.left, q.left), y = Math.min(r.bottom, q.bottom) - Math.max(r.top, q.top); if (x > 3 && y > 0.75 * Math.min(r.height, q.height)) bad.push('over ' + a.textContent.slice(0, 20) + ' / ' + b.textContent.slice(0, 20)) }
  return [...new Set(bad)].slice(0, 25)
})()`
for (const item of list) {
  const [name='', size='1920x1080', query=''] = item.split('|')
  const [width, height] = size.split('x').map(Number)
  const context = await browser.newContext({ viewport: { width: width!, height: height! } })
  const page = await context.newPage()
  page.on('pageerror', (e) => console.log('ERR', e.message))
  page.on('console', (m) => m.type() === 'error' && console.log('console', m.text().slice(0, 200)))
  await page.request.post(`${url}/api/v1/auth/login`, { data: { username: process.env.AS ?? 'wall', password: 'demo' } })
  await page.goto(`${url}/wall?${query}`)
  await page.locator('[data-panel]:nth-child(4) *').first().waitFor({ timeout: 20000 }).catch((e) => console.log(e.message))
  await page.waitForTimeout(Number(process.env.WAIT ?? 5000))
  await page.screenshot({ path: `${out}/${name}.png`, timeout: 150000 }).catch((e) => console.log(String(e).slice(0, 80)))
  console.log('==', name, size, query); for (const line of (await page.evaluate(CHECK)) as string[]) console.log('  ', line)
  await context.close()
}
await browser.close()
