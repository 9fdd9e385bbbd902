// The loaded city: what pages need to name and draw things. Public, as a report can be sent without a login; duty phones
// are for those who are logged in.
import Type from 'typebox'
import { STATUS_NAMES } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { boundsOfPack } from '#domain/city/compile.ts'
import { screeningPolicies } from '#domain/city/screening-policies.ts'
import type { City } from '#domain/city/types.ts'
import { rateOf } from '#domain/clock.ts'
import { readDemo } from '#store/demo.ts'
import { anyone } from '../auth/route-access.ts'
import { tagged } from '../http/describe.ts'
import type { App, ApiDeps } from '../deps.ts'
import { openPrepared } from '../http/prepared.ts'
import { Problem, problems } from '../http/problem.ts'
import { Flag, Instant, isOn, Items, Position } from '../schemas/common.ts'
import { cityListRoutes } from './city-lists.ts'
import { DEMO_STATE, demoView, isDemo } from './demo.ts'

const text = Type.String()
const maybe = Type.Optional(text)
const GeoJson = Type.Unsafe<object>(Type.Unknown({ description: 'GeoJSON geometry, WGS-84' }))

const CITY = Type.Object({
  code: text,
  name: text,
  centreName: text,
  timeZone: text,
  demo: Type.Boolean({ description: 'Made-up data; say so wherever it is shown' }),
  demoState: Type.Optional(DEMO_STATE),
  siteWithinM: Type.Optional(
    Type.Number({ description: 'Metres from the pin within which somebody is at the spot, by policy' }),
  ),
  version: Type.Integer(),
  bounds: Type.Array(Type.Number(), { description: 'West, south, east, north' }),
  mapboxToken: maybe,
  mapStyleUrl: maybe,
  mapTiles: Type.Optional(
    Type.Array(Type.Array(text), {
      description: 'Layers of raster tiles, the ground first; each an address by host with {z}, {x} and {y}',
    }),
  ),
  mapNotice: Type.Optional(
    Type.Object(
      { attribution: maybe, approvalNo: maybe },
      { description: 'What a map of this city must name' },
    ),
  ),
  levels: Type.Array(Type.Object({ key: text, name: text })),
  statuses: Type.Array(Type.Object({ key: text, name: text })),
  now: Instant(),
  rate: Type.Integer({ description: 'Milliseconds of that clock in a real one; 1 but in a fast demo' }),
})
const AREA = Type.Object({
  code: text,
  name: text,
  level: text,
  parent: maybe,
  centre: Position,
  geometry: Type.Optional(GeoJson),
})
const ZONE = Type.Object({
  code: text,
  name: text,
  kind: text,
  department: maybe,
  coDepartments: Type.Array(text),
  priority: Type.Number(),
  categories: Type.Array(text),
  validFrom: maybe,
  validTo: maybe,
  centre: Position,
  geometry: Type.Optional(GeoJson),
})
const CATEGORY = Type.Object({
  code: text,
  name: text,
  kind: text,
  major: text,
  majorName: text,
  risk: text,
  department: maybe,
  defaultCondition: text,
  /** Share of filed cases in percent, where the pack states one. */
  share: Type.Optional(Type.Number()),
  /** What people call it 俗称. */
  aliases: Type.Optional(Type.Array(text)),
  conditions: Type.Array(
    Type.Object({
      id: text,
      text,
      limit: text,
      closeCondition: text,
      photoRule: maybe,
      /** What a rule checks of the photos. */
      photoCheck: maybe,
    }),
  ),
})
const DEPARTMENT = Type.Object({
  code: text,
  name: text,
  kind: text,
  parent: maybe,
  group: maybe,
  dutyPhone: Type.Optional(Type.String({ description: 'For those who are logged in' })),
})

const Geometry = Type.Object({ geometry: Flag('Adds each geometry') })

export function cityRoutes(app: App, deps: ApiDeps): void {
  const { config, runtime, store } = deps
  const { cityFor, clock } = runtime
  const prepared = openPrepared()
  const schema = (summary: string, response: object) => ({ tags: ['city'], summary, response })

  app.get(
    '/city',
    {
      schema: schema('The city and its centre', { 200: CITY, ...problems() }),
      config: anyone({ screens: true }),
    },
    async () => {
      const city = await cityFor()
      const { pack, version } = city
      const demo = isDemo(deps, city) ? await readDemo(store) : undefined
      return {
        code: pack.code,
        name: pack.name,
        centreName: pack.centreName,
        timeZone: pack.timeZone,
        demo: pack.demo === true,
        demoState: demo && demoView(deps, demo, pack.timeZone),
        siteWithinM: screeningPolicies(pack.policies.screening).photoPlace.withinM,
        version,
        bounds: boundsOfPack(pack),
        mapboxToken: config.mapboxToken,
        mapStyleUrl: config.mapSource?.kind === 'style' ? config.mapSource.url : undefined,
        mapTiles: config.mapSource?.kind === 'tiles' ? config.mapSource.layers : undefined,
        mapNotice: pack.mapNotice,
        levels: pack.levels,
        statuses: Object.entries(STATUS_NAMES).map(([key, name]) => ({ key, name })),
        now: isoWithOffset(clock.now(), pack.timeZone),
        rate: rateOf(clock),
      }
    },
  )

  const FEATURES = Type.Object({ type: text, features: Type.Array(Type.Unknown()) })
  app.get(
    '/map',
    {
      schema: schema('Layers of the base map, GeoJSON', { 200: FEATURES, ...problems() }),
      config: { ...anyone({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const { pack, version } = await cityFor()
      const make = () => pack.mapLayers ?? { type: 'FeatureCollection', features: [] }
      return prepared.send(request, reply, { key: 'map', version, make })
    },
  )

  app.get(
    '/areas',
    {
      schema: {
        ...schema('Areas of every level, micro-grids too, or of one', { 200: Items(AREA), ...problems() }),
        querystring: Type.Object({
          geometry: Flag('Adds each geometry'),
          level: Type.Optional(
            Type.String({ minLength: 1, maxLength: 100, description: 'A key of `levels` in /city' }),
          ),
        }),
      },
      config: { ...anyone({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const city = await cityFor()
      const full = isOn(request.query.geometry)
      const { level } = request.query
      const nth = city.pack.levels.findIndex((l) => l.key === level)
      if (level !== undefined && nth < 0) throw unknownLevel(city)
      const areas = city.pack.areas.filter((a) => level === undefined || a.level === level)
      const make = () => ({ items: areas.map((a) => withoutGeometry(a, full)) })
      const key = `areas${nth < 0 ? '' : `-${nth}`}${full ? '-full' : ''}`
      return prepared.send(request, reply, { key, version: city.version, make })
    },
  )

  app.get(
    '/zones',
    {
      schema: {
        ...schema('Responsibility zones 责任区', { 200: Items(ZONE), ...problems() }),
        querystring: Geometry,
      },
      config: { ...anyone({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const city = await cityFor()
      const full = isOn(request.query.geometry)
      const make = () => ({ items: city.pack.zones.map((z) => withoutGeometry(z, full)) })
      return prepared.send(request, reply, {
        key: full ? 'zones-full' : 'zones',
        version: city.version,
        make,
      })
    },
  )

  app.get(
    '/categories',
    {
      schema: schema('Categories with their filing conditions', { 200: Items(CATEGORY), ...problems() }),
      config: { ...anyone({ screens: true }), ...tagged },
    },
    async (request, reply) => {
      const city = await cityFor()
      const make = () => ({ items: categoriesOf(city) })
      return prepared.send(request, reply, { key: 'categories', version: city.version, make })
    },
  )

  app.get(
    '/departments',
    {
      schema: schema('Units, as a tree by `parent`', { 200: Items(DEPARTMENT), ...problems() }),
      config: anyone({ screens: true }),
    },
    async (request) => {
      const { pack } = await cityFor()
      return {
        items: pack.departments.map(({ code, name, kind, parent, group, dutyPhone }) => ({
          code,
          name,
          kind,
          parent,
          group,
          dutyPhone: request.login ? dutyPhone : undefined,
        })),
      }
    },
  )

  app.get(
    '/calendars',
    {
      schema: schema('Working calendars of the centre and the units, by owner', {
        200: Items(Type.Object({ owner: text }, { additionalProperties: true })),
        ...problems(),
      }),
      config: { ...anyone(), ...tagged },
    },
    async (request, reply) => {
      const { pack, version } = await cityFor()
      return prepared.send(request, reply, {
        key: 'calendars',
        version,
        make: () => ({ items: pack.calendars }),
      })
    },
  )

  cityListRoutes(app, deps)
}

function unknownLevel({ pack }: City): Problem {
  const message = `is not one of ${pack.levels.map((l) => l.key).join(', ')}`
  return new Problem(400, 'invalid', `the level ${message}`, { errors: [{ path: '/level', message }] })
}

const withoutGeometry = <T extends { geometry: object }>({ geometry, ...row }: T, full: boolean) =>
  full ? { ...row, geometry } : row

function categoriesOf({ pack }: City) {
  const conditions = Map.groupBy(pack.conditions, (c) => c.category)
  return pack.categories.map(
    ({ code, name, kind, major, majorName, risk, department, defaultCondition, share, aliases }) => ({
      code,
      name,
      kind,
      major,
      majorName,
      risk,
      department,
      defaultCondition,
      share,
      ...(aliases === undefined ? {} : { aliases }),
      conditions: (conditions.get(code) ?? []).map((c) => ({
        id: c.id,
        text: c.text,
        limit: c.limit.text,
        closeCondition: c.closeCondition,
        photoRule: c.photoRule,
        photoCheck: c.photoCheck,
      })),
    }),
  )
}
