// The demo's clock, scene and volume: looked at by everybody who is logged in (the simulated people among them), set by
// the administrator, and only where the city is a demo.
import Type, { type Static } from 'typebox'
import { isoWithOffset } from '#domain/city-time.ts'
import type { City } from '#domain/city/types.ts'
import { LEAST_MULTIPLE, MOST_MULTIPLE, SCENES } from '#domain/demo.ts'
import { FASTEST_RATE, SLOWEST_RATE } from '#domain/demo-clock.ts'
import { changeDemo, demoNow, type DemoState, readDemo } from '#store/demo.ts'
import { audit } from '../auth/audit.ts'
import { people, systemAdmins } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem, problems } from '../http/problem.ts'
import { Instant } from '../schemas/common.ts'

const Scene = Type.Enum([...SCENES], {
  description: '`storm` 暴雨: 900 reports a day at a multiple of 1; `quiet` 静夜; `ordinary` 平日',
})
const Multiple = Type.Integer({
  minimum: LEAST_MULTIPLE,
  maximum: MOST_MULTIPLE,
  description: 'Business volume 业务量 against a real day’s',
})
const Rate = Type.Integer({
  minimum: SLOWEST_RATE,
  maximum: FASTEST_RATE,
  description: 'Milliseconds of the log’s clock in a real one',
})

export const DEMO_STATE = Type.Object({
  scene: Scene,
  sceneSince: Type.Optional(Instant()),
  sceneUntil: Type.Optional(
    Type.String({ description: 'When the scene ends by itself, by the log’s clock' }),
  ),
  multiple: Multiple,
  rate: Rate,
  traffic: Type.Boolean({ description: 'The simulated people are at work, where there are any' }),
  hasTraffic: Type.Boolean({ description: 'This system was started with simulated people' }),
  aheadMs: Type.Integer({ description: 'How far the log’s clock is ahead of the world' }),
  now: Type.String({ description: 'The log’s clock, ISO 8601 with offset' }),
})
export type DemoView = Static<typeof DEMO_STATE>

const CHANGE = Type.Object(
  {
    scene: Type.Optional(Scene),
    multiple: Type.Optional(Multiple),
    rate: Type.Optional(Rate),
    traffic: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
)

/** Only a pack that says of itself that it is made up is treated as a demo. */
export const isDemo = ({ config }: Pick<ApiDeps, 'config'>, { pack }: City): boolean =>
  config.demo && pack.demo === true

export function demoView({ config }: Pick<ApiDeps, 'config'>, state: DemoState, timeZone: string): DemoView {
  const { now, aheadMs, settings } = demoNow(state)
  const { scene, sceneSince, sceneUntil, multiple, traffic } = settings
  return {
    scene,
    ...(sceneSince === undefined ? {} : { sceneSince: isoWithOffset(sceneSince, timeZone) }),
    ...(sceneUntil === undefined ? {} : { sceneUntil: isoWithOffset(sceneUntil, timeZone) }),
    multiple,
    rate: state.clock.rate,
    traffic,
    hasTraffic: config.demoTraffic,
    aheadMs: Math.round(aheadMs),
    now: isoWithOffset(now, timeZone),
  }
}

export function demoRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps

  /** @throws 404 where there is none. */
  async function demoCity(): Promise<City> {
    const city = await runtime.cityFor()
    if (isDemo(deps, city)) return city
    throw new Problem(
      404,
      'not-a-demo',
      'this is no demo: its clock is the world’s, and nothing here is simulated',
    )
  }

  app.get(
    '/demo',
    {
      schema: {
        tags: ['demo'],
        summary: 'Clock, scene and volume of the demo',
        response: { 200: DEMO_STATE, ...problems(404) },
      },
      config: people(),
    },
    async () => {
      const { pack } = await demoCity()
      return demoView(deps, await readDemo(store), pack.timeZone)
    },
  )

  app.put(
    '/demo',
    {
      schema: {
        tags: ['demo'],
        summary: 'Change what is given, leave the rest; the administrator’s',
        body: CHANGE,
        response: { 200: DEMO_STATE, ...problems(403, 404, 415) },
      },
      config: systemAdmins,
    },
    async (request) => {
      const { pack } = await demoCity()
      const state = await changeDemo(store, request.body)
      runtime.signals.raise('clock')
      await audit(deps, request, {
        action: 'demo-change',
        target: { kind: 'demo', id: 'demo' },
        detail: { ...request.body },
      })
      return demoView(deps, state, pack.timeZone)
    },
  )
}
