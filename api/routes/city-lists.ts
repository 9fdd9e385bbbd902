// Further lists of the loaded city: reporting periods, and unit grid cells of one area.
import Type from 'typebox'
import { PERIOD_KINDS } from '#domain/city/indicators.ts'
import type { City } from '#domain/city/types.ts'
import { anyone } from '../auth/route-access.ts'
import { tagged } from '../http/describe.ts'
import type { App, ApiDeps } from '../deps.ts'
import { openPrepared } from '../http/prepared.ts'
import { Problem, problems } from '../http/problem.ts'
import { Flag, isOn, Items } from '../schemas/common.ts'

const text = Type.String()
const Day = Type.String({ description: 'Local date YYYY-MM-DD, inclusive' })

const PERIOD = Type.Object({ kind: Type.Enum([...PERIOD_KINDS]), name: text, from: Day, to: Day })
const CELL = Type.Object({
  code: Type.String({ description: '15 digits' }),
  grid: text,
  geometry: Type.Optional(Type.Unsafe<object>(Type.Unknown({ description: 'GeoJSON geometry, WGS-84' }))),
})

export function cityListRoutes(app: App, { runtime }: ApiDeps): void {
  const { cityFor } = runtime
  const prepared = openPrepared()
  const schema = (summary: string, response: object) => ({ tags: ['city'], summary, response })

  app.get(
    '/periods',
    {
      schema: {
        ...schema('Weeks, months, quarters and years as the city counts them; none = the calendar’s own', {
          200: Items(PERIOD),
          ...problems(),
        }),
        querystring: Type.Object({ kind: Type.Optional(Type.Enum([...PERIOD_KINDS])) }),
      },
      config: anyone({ screens: true }),
    },
    async (request) => {
      const { pack } = await cityFor()
      const { kind } = request.query
      return { items: (pack.periods ?? []).filter((p) => kind === undefined || p.kind === kind) }
    },
  )

  app.get(
    '/cells',
    {
      schema: {
        ...schema('Unit grid cells 单元网格 of an area', { 200: Items(CELL), ...problems(404) }),
        querystring: Type.Object({
          area: Type.String({ minLength: 1, maxLength: 100, description: 'Code of an area' }),
          geometry: Flag('Adds each geometry'),
        }),
      },
      config: { ...anyone({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const city = await cityFor()
      const { area } = request.query
      const full = isOn(request.query.geometry)
      if (!city.areas.has(area)) throw new Problem(404, 'not-found', `no area ${area}`)
      const make = () => ({ items: cellsIn(area, city, full) })
      const key = `cells-${encodeURIComponent(area)}${full ? '-full' : ''}`
      return prepared.send(request, reply, { key, version: city.version, make })
    },
  )
}

/** Cells whose grid is the area or lies below it in the tree. */
function cellsIn(area: string, { pack, areas }: City, full: boolean) {
  const isWithin = (code: string | undefined): boolean =>
    code !== undefined && (code === area || isWithin(areas.get(code)?.parent))
  const grids = new Set(pack.areas.map((a) => a.code).filter(isWithin))
  return (pack.cells ?? [])
    .filter((c) => grids.has(c.grid))
    .map(({ geometry, ...cell }) => (full ? { ...cell, geometry } : cell))
}
