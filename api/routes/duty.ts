// On duty 在岗: people who go on site say that they are, and where; the centre sees who is. A position is kept only while
// its person is on duty, and seen only by those who hand tasks over.
import Type, { type Static } from 'typebox'
import type { Actor, Post } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { LOCATION } from '#domain/command.ts'
import { type Duty, dutyOf, goOffDuty, goOnDuty, peopleOnDuty } from '#store/duty.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people, posts } from '../auth/route-access.ts'
import { looksSwapped, SWAPPED, toPosition } from '../cases/position.ts'
import type { App, ApiDeps } from '../deps.ts'
import { invalid, problems } from '../http/problem.ts'
import { Id, Instant, Position } from '../schemas/common.ts'

const STINT = {
  since: Instant(),
  position: Type.Optional(Position),
  positionAt: Type.Optional(Instant()),
  positionAgeS: Type.Optional(Type.Integer({ description: 'Seconds since the position was told' })),
}
const OWN = Type.Object({ on: Type.Boolean(), ...STINT, since: Type.Optional(Instant()) })
const PERSON = Type.Object({ id: Id(), name: Type.String(), areas: Type.Array(Type.String()), ...STINT })
const ON_DUTY = Type.Object({
  mine: OWN,
  items: Type.Optional(
    Type.Array(PERSON, { description: 'Everybody on duty; for dispatchers and duty managers' }),
  ),
})
const BODY = Type.Object({
  on: Type.Boolean(),
  location: Type.Optional(LOCATION),
})

/** Those who work outdoors. */
const FIELD: readonly Post[] = ['supervisor', 'grid-member']
/** Those who may hand over a field task that is not theirs. */
const SEES_ALL: readonly Post[] = ['dispatcher', 'duty-manager']

type User = Extract<Actor, { kind: 'user' }>
const has = ({ posts }: User, wanted: readonly Post[]) => wanted.some((p) => posts.includes(p))

export function dutyRoutes(app: App, { store, runtime }: ApiDeps): void {
  const { cityFor, clock } = runtime

  async function stintView() {
    const { timeZone } = (await cityFor()).pack
    const now = clock.now()
    return ({ since, position }: Duty) => ({
      since: isoWithOffset(since, timeZone),
      ...(position
        ? {
            position: { lng: position.lng, lat: position.lat },
            positionAt: isoWithOffset(position.at, timeZone),
            positionAgeS: Math.max(0, Math.round((now - position.at) / 1000)),
          }
        : {}),
    })
  }

  app.get(
    '/duty',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Whether you are on duty, and who else is',
        response: { 200: ON_DUTY, ...problems() },
      },
      config: people(),
    },
    async (request): Promise<Static<typeof ON_DUTY>> => {
      const { actor } = requireLogin(request)
      const view = await stintView()
      const own = await dutyOf(store, actor.id)
      const mine = own ? { on: true, ...view(own) } : { on: false }
      if (!has(actor, SEES_ALL)) return { mine }
      const people = await peopleOnDuty(store)
      return {
        mine,
        items: people.map((p) => ({ id: p.id, name: p.name, areas: p.areas, ...view(p) })),
      }
    },
  )

  app.post(
    '/duty',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Go on duty or off it, or tell where you are',
        description:
          'For supervisors and grid members. `on: true` while on duty renews the position only; going off duty forgets it. ' +
          'Field tasks go to the nearest of those on duty whose position is not older than 30 minutes. Sending it twice ' +
          'does nothing more.',
        body: BODY,
        response: { 200: OWN, ...problems(403, 413, 415) },
      },
      config: posts(FIELD, 'only supervisors and grid members go on duty'),
    },
    async (request): Promise<Static<typeof OWN>> => {
      const { actor } = requireLogin(request)
      const { on, location } = request.body
      if (!on) {
        await goOffDuty(store, actor.id, clock.now())
        return { on: false }
      }
      if (location && looksSwapped(location, await cityFor()))
        throw invalid([{ path: '/location', message: SWAPPED }])
      const position = location === undefined ? undefined : toPosition(location)
      const duty = await goOnDuty(store, { account: actor.id, at: clock.now(), position })
      return { on: true, ...(await stintView())(duty) }
    },
  )
}
