// A city pack from the page: faults told with their places, what it changes, loaded as it was shown, and given out again.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CityPack } from '#domain/city/types.ts'
import { readPack } from '#pack/read-pack.ts'
import { packInZip } from '#pack/zip.ts'
import { currentCity } from '#store/city.ts'
import { changeCityPolicy } from '#store/policy-overrides.ts'
import { expectProblem, openTestApi, type TestApi } from './testing/api.ts'
import { fileForm } from './testing/upload.ts'

const SAMPLE = join(import.meta.dirname, '../cities/sample')
const files = () =>
  Object.fromEntries(readdirSync(SAMPLE).map((name) => [name, readFileSync(join(SAMPLE, name))]))

let api: TestApi
let sample: CityPack
beforeAll(async () => {
  const { pack } = await readPack(SAMPLE)
  if (!pack) throw new Error('the sample city has faults')
  sample = {
    ...pack,
    users: [
      ...pack.users,
      { username: 'system', name: '系统', posts: ['system-admin'], areas: [] },
      { username: 'security', name: '安全', posts: ['security-admin'], areas: [] },
    ],
  }
  api = await openTestApi({ pack: sample })
})
afterAll(() => api.close())

/** The sample as a zip, with some files changed; undefined takes one out. */
function zipWith(changes: Record<string, (text: string) => string | undefined> = {}): Buffer {
  const all = files()
  for (const [name, change] of Object.entries(changes)) {
    const text = change(all[name]?.toString('utf8') ?? '')
    if (text === undefined) delete all[name]
    else all[name] = Buffer.from(text)
  }
  return Buffer.from(zipSync(all))
}

async function send(zip: Uint8Array, { as = 'system', apply = '' } = {}) {
  const answer = await api.send('POST', `/admin/city/pack${apply === '' ? '' : `?apply=${apply}`}`, {
    as,
    ...fileForm(zip, 'pack.zip'),
  })
  if (answer.status !== 200) return { answer, steps: [], result: undefined, problem: undefined }
  const lines = String(answer.body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const steps = lines.flatMap((l) => l.step ?? [])
  return { answer, steps, ...lines.at(-1) }
}
const versionNow = async () => (await currentCity(api.store))?.version ?? 0

test('every fault is told with file, row and field, and nothing can be loaded', async () => {
  const { steps, result } = await send(
    zipWith({
      'users.csv': (text) => text.replace('duty-manager', 'duty-manger'),
      'zones.geojson': () => undefined,
      'departments.csv': (text) => `${text}x,,no-parent,,,,\n`,
    }),
  )
  expect(steps).toEqual(expect.arrayContaining(['zip', 'city.json', 'users.csv', 'whole']))
  const places = result.faults.items.map((f: { file: string; row?: number; field?: string }) =>
    [f.file, f.row, f.field].filter((p) => p !== undefined).join(' '),
  )
  expect(places).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^users.csv \d+ posts$/),
      'zones.geojson',
      expect.stringMatching(/^departments.csv \d+ name$/),
      expect.stringMatching(/^departments.csv \d+ parent$/),
    ]),
  )
  expect(result).not.toHaveProperty('apply')
  expect(await versionNow()).toBe(1)
})

test.each([
  ['no zip', Buffer.from('no zip')],
  ['an empty zip', Buffer.from(zipSync({}))],
  ['a bomb', Buffer.from(zipSync({ 'city.json': Buffer.alloc(520 * 1024 * 1024) }, { level: 9 }))],
])('%s is a fault like others', async (_, zip) => {
  const { result } = await send(zip)
  expect(result.faults.items).toMatchObject([{ file: '.zip' }])
})

test('what it changes is shown, and loaded as it was shown; accounts only by who may', async () => {
  const admin = await api.accountId('admin')
  await changeCityPolicy(api.store, { path: 'maxSuspendDays', by: admin, value: 77, reason: '汛期' })
  const over = await versionNow()
  const zip = zipWith({
    'city.json': (text) => text.replace(/"maxExtensions": \d+/, '"maxExtensions": 9'),
    'users.csv': (text) => `${text.trimEnd()}\nnewcomer,新来的,admin,,,\n`,
    'components.csv': (text) => text.split('\n').slice(0, -2).join('\n'),
  })
  const { result } = await send(zip)
  expect(result.faults.count).toBe(0)
  expect(result.pack).toMatchObject({ code: sample.code, counts: { users: sample.users.length - 1 } })
  const { difference } = result
  expect(difference).toMatchObject({
    over,
    accounts: false,
    values: [{ path: 'maxExtensions', to: 9 }],
    overruled: [{ path: 'maxSuspendDays', value: 77 }],
    gone: [],
  })
  const tables = new Map(
    difference.tables.map((t: { file: string; added: unknown; removed: unknown }) => [t.file, t]),
  )
  expect([...tables.keys()].sort()).toEqual(['city.json', 'components.csv', 'users.csv'])
  expect(tables.get('users.csv')).toMatchObject({ added: { count: 1, codes: ['newcomer'] } })
  expect(tables.get('components.csv')).toMatchObject({ removed: { count: 1 } })

  expectProblem((await send(zipWith(), { apply: result.apply })).answer, 409, 'plan-changed')
  expect(await versionNow()).toBe(over)
  const done = await send(zip, { apply: result.apply })
  expect(done.result.loaded).toEqual({ version: over + 1, unchanged: false })
  const { policies } = (await api.runtime.cityFor()).pack
  expect(policies).toMatchObject({ maxExtensions: 9, maxSuspendDays: 77 })
  await expect(api.accountId('newcomer')).rejects.toThrow()
  // The version that it was shown against is no longer the newest.
  expect((await send(zip, { apply: result.apply })).problem).toMatchObject({
    status: 409,
    code: 'plan-changed',
  })

  const again = await send(zip, { as: 'admin' })
  expect(again.result.difference).toMatchObject({ accounts: true, tables: [] })
  const same = await send(zip, { as: 'admin', apply: again.result.apply })
  expect(same.result.loaded).toEqual({ version: over + 1, unchanged: true })
  expect(await api.accountId('newcomer')).toBeTruthy()
  const { body } = await api.get('/admin/audit?action=city-load', { as: 'admin' })
  expect(body.items).toMatchObject([
    { by: { username: 'admin' }, detail: { accounts: true } },
    { by: { username: 'system' }, detail: { accounts: false, over, changes: { 'users.csv': [1, 0, 2] } } },
  ])
})

test('what open cases use and the pack drops is named', async () => {
  const report = await api.post(
    '/cases',
    {
      source: 'grid',
      category: sample.categories[0]?.code,
      location: sample.areas.find((a) => a.level === 'grid')?.centre,
      description: '一处问题',
      photos: [],
    },
    { as: 'grid-2' },
  )
  expect(report.status).toBe(201)
  await api.settle(report.body.id)
  const grid = (await api.store.sql`select area from "case" where area is not null`)[0]?.area
  const { result } = await send(
    zipWith({
      'areas.geojson': (text) => text.replaceAll(`"${grid}"`, `"${grid}-x"`),
      'users.csv': (text) => text.replaceAll(grid, `${grid}-x`),
      'cells.geojson': () => undefined,
      'cameras.csv': () => undefined,
    }),
  )
  expect(result.faults.items).toEqual([])
  expect(result.difference.gone).toEqual([{ file: 'areas.geojson', code: grid, cases: 1 }])
})

test('the loaded pack is given out as files that can be loaded again', async () => {
  const { raw, headers } = await api.get('/admin/city/pack', { as: 'system' })
  expect(headers['content-disposition']).toContain(`city-${sample.code}-`)
  expect(Object.keys(unzipSync(raw.rawPayload))).toContain('users.csv')
  const { pack, faults } = await readPack(packInZip(raw.rawPayload))
  expect(faults).toEqual([])
  expect(pack?.policies.maxSuspendDays).toBe(77)
  const present = await api.get('/admin/city', { as: 'system' })
  expect(present.body).toMatchObject({ version: await versionNow(), counts: { zones: sample.zones.length } })
})

test('the administrator of security loads no pack', async () => {
  expectProblem((await send(zipWith(), { as: 'security' })).answer, 403, 'forbidden')
})
