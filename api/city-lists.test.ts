// Periods, areas by level and unit grid cells over HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Area, PackCell, PackPeriod } from '#domain/city/types.ts'
import { cityPack } from '#domain/testing/city.ts'
import { expectProblem, faultPaths, openTestApi, type TestApi, USERS } from './testing/api.ts'

const base = cityPack()
const grid = base.areas.find((a) => a.level === 'grid')
if (!grid) throw new Error('the test city has no grid')

const microGrid: Area = {
  ...grid,
  code: `${grid.code}01`,
  name: '一号院',
  level: 'micro-grid',
  parent: grid.code,
}
const periods: PackPeriod[] = [
  { kind: 'week', name: '第一周', from: '2019-09-20', to: '2019-09-26' },
  { kind: 'month', name: '2019-09', from: '2019-08-26', to: '2019-09-25' },
]
const other = base.areas.filter((a) => a.level === 'grid').at(-1)
const cells: PackCell[] = [grid, other ?? grid].map(({ code, geometry }, i) => ({
  code: `99019900100100${i + 1}`,
  grid: code,
  geometry,
}))

let api: TestApi
beforeAll(async () => {
  const levels = [...base.levels, { key: 'micro-grid', name: '微网格' }]
  api = await openTestApi({
    pack: { ...base, levels, areas: [...base.areas, microGrid], periods, cells, users: USERS },
  })
})
afterAll(() => api.close())

const codes = (body: { items: { code: string }[] }) => body.items.map((i) => i.code)

describe('areas', () => {
  test('of one level, micro-grids too, with and without geometry', async () => {
    expect(codes((await api.get('/areas?level=micro-grid')).body)).toEqual([microGrid.code])
    const grids = base.areas.filter((a) => a.level === 'grid').map((a) => a.code)
    expect(codes((await api.get('/areas?level=grid')).body)).toEqual(grids)
    const { body } = await api.get('/areas?level=micro-grid&geometry=1')
    expect(body.items[0]).toEqual(microGrid)
    expect(codes((await api.get('/areas')).body)).toHaveLength(base.areas.length + 1)
  })

  test('of a level that the city has not are refused', async () => {
    const answer = await api.get('/areas?level=block')
    expectProblem(answer, 400, 'invalid')
    expect(faultPaths(answer)).toEqual(['/level'])
  })

  test('an answer that a browser has is kept apart by level', async () => {
    const etag = async (path: string) => String((await api.get(path)).headers.etag)
    const tags = await Promise.all(['/areas', '/areas?level=grid', '/areas?level=street'].map(etag))
    expect(new Set(tags).size).toBe(3)
  })
})

describe('periods', () => {
  test('all, or of a kind', async () => {
    expect((await api.get('/periods')).body).toEqual({ items: periods })
    expect((await api.get('/periods?kind=month')).body).toEqual({ items: [periods[1]] })
    expect(faultPaths(await api.get('/periods?kind=moon'))).toEqual(['/kind'])
  })
})

describe('cells', () => {
  test('are those of the area asked for and of all below it', async () => {
    expect((await api.get(`/cells?area=${grid.code}`)).body).toEqual({
      items: [{ code: '990199001001001', grid: grid.code }],
    })
    const top = base.areas.find((a) => a.parent === undefined)?.code
    const { body } = await api.get(`/cells?area=${top}&geometry=1`)
    expect(body.items[0]).toEqual(cells[0])
  })

  test('are not sent without an area', async () => {
    expect(faultPaths(await api.get('/cells'))).toEqual(['/area'])
    expectProblem(await api.get('/cells?area=nowhere'), 404, 'not-found')
  })
})

test('the document describes them', async () => {
  const { body } = await api.get('/api/openapi.json')
  for (const path of ['periods', 'cells', 'areas']) expect(body.paths).toHaveProperty(`/api/v1/${path}`)
})
