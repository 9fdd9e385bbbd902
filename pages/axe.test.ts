// Nothing serious by axe on any page, in its usual states and at the width of its users; what a page says of something that is
// not there, too. The wall's scenes are looked at in wall.test.ts.
import { beforeAll, expect, it } from 'vitest'
import { USERS } from '#api/testing/api.ts'
import { deskOf } from '#api/testing/desk.ts'
import { cityPack } from '#domain/testing/city.ts'
import { apiPages } from './testing/api-pages.ts'
import { serious } from './testing/axe.ts'
import { PATIENCE, PHONE } from './testing/open-pages.ts'

const stage = apiPages(() => ({ pack: { ...cityPack(), demo: true, users: USERS } }))
const desk = deskOf(() => stage.api)
/** By what they are in: a case in hand, and one that is over. */
const cases = { open: '', closed: '' }
let receiptNo = ''

beforeAll(async () => {
  const { done, photo } = desk
  cases.open = await desk.handled()
  await desk.filed()
  await desk.reported()
  cases.closed = await desk.handled()
  await done(cases.closed, 'water', 'reply', { result: '已清理', outcome: 'fixed', photos: [await photo()] })
  await done(cases.closed, 'supervisor', 'pass')
  await done(cases.closed, 'duty', 'close', { outcome: 'fixed' })
  await desk.act(cases.open, 'water', 'request-return', { reason: '不归我们' })
  receiptNo = (await desk.read(cases.closed)).receiptNo
})

const DESKTOP = [
  [undefined, '/login'],
  ['leader', '/'],
  ['duty', '/nowhere'],
  ['duty', '/password'],
  ['duty', '/duty'],
  ['duty', '/duty/filing'],
  ['duty', '/duty/closing'],
  ['duty', '/duty/report'],
  ['duty', '/duty/rota'],
  ['duty', '/cases'],
  ['duty', '/cases?status=closed'],
  ['duty', '/cases/:open'],
  ['duty', '/cases/:closed'],
  ['duty', '/cases/nothing'],
  ['duty', '/wall-control'],
  ['grid', '/duty'],
  ['water', '/department'],
  ['water', '/department?section=asked&case=:open'],
  ['water', '/cases/:open/print'],
  ['water', '/appeals'],
  ['evaluator', '/appeals'],
  ...['demo', 'system', 'accounts', 'screens', 'notifications', 'keys', 'security', 'audit'].map(
    (section) => ['admin', `/admin/${section}`] as const,
  ),
  ['duty', '/admin/accounts'],
] as const

const ON_PHONES = [
  [undefined, '/login'],
  [undefined, '/report'],
  ['grid', '/report'],
  ['grid', '/report/mine'],
  ['supervisor', '/check'],
  ['handler', '/department?section=unit'],
  [undefined, '/track'],
  [undefined, '/track/:receipt'],
  [undefined, '/track/R0'],
  ['leader', '/cases/:open'],
] as const

async function look(who: string | undefined, path: string, isPhone: boolean): Promise<void> {
  const address = path
    .replace(':open', cases.open)
    .replace(':closed', cases.closed)
    .replace(':receipt', receiptNo)
  const page = await stage.open(who, address, isPhone ? PHONE : {})
  await page.getByRole('heading').first().waitFor(PATIENCE)
  await expect.poll(() => page.getByText('正在读取').count(), PATIENCE).toBe(0)
  await page.waitForLoadState('networkidle')
  expect(await serious(page)).toEqual([])
  if (isPhone)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
}

it.each(DESKTOP)('%s at %s', { timeout: 120_000 }, (who, path) => look(who, path, false))

it.each(ON_PHONES)('%s at %s, on a phone', { timeout: 120_000 }, (who, path) => look(who, path, true))

it('a page whose pieces are gone says so, and opens again', async () => {
  const page = await (await stage.context('duty')).newPage()
  await page.route('**/assets/duty-page-*.js', (route) => route.abort())
  await page.goto(`${stage.url}/duty`)
  await page.getByText('这一页没能打开').waitFor(PATIENCE)
  expect(await serious(page)).toEqual([])
  await page.unroute('**/assets/duty-page-*.js')
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.getByRole('navigation', { name: '工作区' }).waitFor(PATIENCE)
})

it('the page that helps a phone to trust the certificate says what does not work without one', {
  timeout: 60_000,
}, async () => {
  const page = await stage.open(undefined, '/trust', PHONE)
  await page.getByRole('heading').first().waitFor(PATIENCE)
  expect(await serious(page)).toEqual([])
})
