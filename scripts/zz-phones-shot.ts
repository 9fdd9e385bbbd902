import { openBrowser } from './runtime/browser.ts'
const base = 'http://127.0.0.1:8124'
const [, , who = '', path = '/report', name = 'x', lang = 'zh-CN', ...steps] = process.argv
const b = await openBrowser()
const c = await b.newContext({ viewport: { width: 390, height: 844 }, locale: lang, hasTouch: true, deviceScaleFactor: 1, colorScheme: process.env.DARK ? 'dark' : 'light', permissions: ['geolocation'], geolocation: { longitude: Number(process.env.LNG ?? 113.9), latitude: Number(process.env.LAT ?? 29.7), accuracy: 12 } })
const p = await c.newPage()
p.on('pageerror', (e) => console.log('PAGEERROR', e.message))
p.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && console.log('CONSOLE', m.text().slice(0, 300)))
await p.goto(base + '/login')
if (lang === 'en') await p.evaluate(() => localStorage.setItem('huiyin.language', 'en'))
if (who) await p.request.post(base + '/api/v1/auth/login', { data: { username: who, password: 'demo' } })
await p.goto(base + path)
await p.waitForTimeout(3000)
for (const s of steps) {
  const [op, ...rest] = s.split('=')
  const arg = rest.join('=')
  if (op === 'click') await p.getByRole('button', { name: arg }).first().click()
  if (op === 'text') await p.getByText(arg).first().click()
  if (op === 'offline') await c.setOffline(true)
  if (op === 'online') await c.setOffline(false)
  if (op === 'photo') await p.locator(arg).first().setInputFiles('/tmp/phones/photo.jpg')
  if (op === 'fill') { const [l, v] = arg.split('|'); await p.getByLabel(l ?? '').first().fill(v ?? '') }
  if (op === 'wait') await p.waitForTimeout(Number(arg))
  if (op === 'full') await p.screenshot({ path: `/tmp/phones/shots/${name}-${arg}.png`, fullPage: true })
  if (op === 'shot') await p.screenshot({ path: `/tmp/phones/shots/${name}-${arg}.png` })
  if (op === 'goto') { await p.goto(base + arg).catch((e) => console.log(e.message)); await p.waitForTimeout(2000) }
}
await p.screenshot({ path: `/tmp/phones/shots/${name}.png` })
await b.close()
