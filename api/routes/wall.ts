// The wall driven from the desk: what is shown on which screens and until when, the warning level set by hand, and what of
// a case may hang on a wall. Whatever the desk sends is checked here, since a screen shows it to a room.
import Type, { type Static } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { toBoardCase } from '#domain/board-fold.ts'
import { OUTCOMES, type CaseState } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import type { City } from '#domain/city/types.ts'
import { lightOf } from '#domain/light.ts'
import { PUBLIC_TEXT_FAULTS, publicTextFaults } from '#domain/public-text.ts'
import { mayBeOnWall, wallPhotos } from '#domain/wall-case.ts'
import type { Show } from '#domain/wall-screen.ts'
import { caseLog, findCase, findCases } from '#store/cases.ts'
import { addShow, liftWarning, setWarning, showsOn, stopShow, warningNow } from '#store/screen-shows.ts'
import { listScreens } from '#store/screens.ts'
import { SCREEN_DRIVERS, SCREEN_WATCHERS } from '../auth/access.ts'
import { requireLogin } from '../auth/plugin.ts'
import { posts } from '../auth/route-access.ts'
import { cityOf } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { type Fault, invalid, Problem, problems } from '../http/problem.ts'
import { Id, Instant } from '../schemas/common.ts'
import { SHOW, SHOWN, WARNING, WARNING_BODY } from '../schemas/screen.ts'
import { sceneFaults } from './screens.ts'
import { openPhoto, PICTURE } from './uploads.ts'

const DONE = Type.Null({ description: 'Done' })
const ONLINE_MS = 120_000

const NOW = Type.Object({
  items: Type.Array(SHOWN, { description: 'What is on, oldest first' }),
  warning: Type.Optional(WARNING),
  screens: Type.Array(Type.Object({ id: Id(), name: Type.String(), online: Type.Boolean() }), {
    description: 'Screens in use',
  }),
})
const ON_WALL = Type.Object({
  case: Type.Object(
    { id: Type.String(), receiptNo: Type.String(), status: Type.String() },
    { additionalProperties: true, description: 'As on /live; instants are epoch ms' },
  ),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
  steps: Type.Array(Type.Object({ type: Type.String(), at: Instant() }), { description: 'Oldest first' }),
  before: Type.Array(Type.Object({ id: Id(), url: Type.String() })),
  after: Type.Array(Type.Object({ id: Id(), url: Type.String() })),
})

const drivers = posts(SCREEN_DRIVERS, 'only duty managers and the head of the centre drive the screens')
const watchers = posts(SCREEN_WATCHERS, 'this is for walls, and for those who work with them', {
  screens: true,
})

export function wallRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime, log } = deps
  const schema = (summary: string, response: object) => ({ tags: ['screens'], summary, response })
  const told = () => runtime.signals.raise('screen')

  async function caseOnWall(ref: string): Promise<CaseState | undefined> {
    const found = await findCase(store, ref)
    return found && mayBeOnWall(found.state) ? found.state : undefined
  }

  /** The show as it is kept. @throws 400 with every fault */
  async function readShow(body: Static<typeof SHOW>, city: City): Promise<Show> {
    const missing = (name: keyof typeof body): Fault => ({ path: `/show/${name}`, message: 'is required' })
    switch (body.kind) {
      case 'case': {
        if (body.caseId === undefined) throw invalid([missing('caseId')])
        const state = await caseOnWall(body.caseId)
        if (state) return { kind: 'case', caseId: state.id }
        throw invalid([
          {
            path: '/show/caseId',
            message: 'is not a case that may hang on a wall: a part or an event that was not rejected',
          },
        ])
      }
      case 'camera': {
        const { codes, split = 1 } = body
        if (!codes) throw invalid([missing('codes')])
        const known = new Set((city.pack.cameras ?? []).map((c) => c.code))
        const faults = codes.flatMap((code, i) =>
          known.has(code) ? [] : [{ path: `/show/codes/${i}`, message: 'is not a camera of this city' }],
        )
        if (faults.length > 0) throw invalid(faults)
        return { kind: 'camera', codes: [...new Set(codes)], split }
      }
      case 'scene': {
        const { scene, params } = body
        if (!scene) throw invalid([missing('scene')])
        const faults = sceneFaults({ scene, params }, '/show', city)
        if (faults.length > 0) throw invalid(faults)
        return { kind: 'scene', scene, ...(params ? { params } : {}) }
      }
      case 'announcement': {
        if (body.text === undefined) throw invalid([missing('text')])
        const text = body.text.trim()
        checkText(text, '/show/text')
        return { kind: 'announcement', text, level: body.level ?? 'info' }
      }
    }
  }

  function checkText(text: string, path: string): void {
    const faults = publicTextFaults(text).map((fault) => ({ path, message: PUBLIC_TEXT_FAULTS[fault] }))
    if (faults.length > 0) throw invalid(faults)
  }

  app.get(
    '/wall/shows',
    {
      schema: schema('What is shown on the screens now, the warning level, and which screens there are', {
        200: NOW,
        ...problems(403),
      }),
      config: drivers,
    },
    async (): Promise<Static<typeof NOW>> => {
      const [{ pack }, shows, warning, screens] = await Promise.all([
        runtime.cityFor(),
        showsOn(store),
        warningNow(store),
        listScreens(store),
      ])
      const iso = (at: Date) => isoWithOffset(at.getTime(), pack.timeZone)
      const cases = await findCases(
        store,
        shows.flatMap(({ show }) => (show.kind === 'case' ? [show.caseId] : [])),
      )
      return {
        items: shows.map((s) => {
          const receiptNo = s.show.kind === 'case' ? cases.get(s.show.caseId)?.state.receiptNo : undefined
          return {
            id: s.id,
            screens: s.screens ?? 'all',
            show: s.show as Static<typeof SHOW>,
            ...(receiptNo === undefined ? {} : { receiptNo }),
            since: iso(s.shownAt),
            until: iso(s.until),
            by: s.shownBy,
          }
        }),
        ...(warning
          ? {
              warning: {
                level: warning.level,
                text: warning.text,
                ...(warning.until ? { until: iso(warning.until) } : {}),
                since: iso(warning.setAt),
                by: warning.setBy,
              },
            }
          : {}),
        screens: screens
          .filter((s) => s.revokedAt === undefined)
          .map(({ record, lastSeenAt }) => ({
            id: record.id,
            name: record.name,
            online: lastSeenAt !== undefined && Date.now() - lastSeenAt.getTime() < ONLINE_MS,
          })),
      }
    },
  )

  app.post(
    '/wall/shows',
    {
      schema: {
        ...schema('Show something on screens for some minutes; the newest wins', {
          201: Type.Object({ id: Id() }),
          ...problems(403, 415),
        }),
        body: Type.Object({
          screens: Type.Union([
            Type.Literal('all'),
            Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 200 }),
          ]),
          show: SHOW,
          minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
        }),
      },
      config: drivers,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { screens, minutes } = request.body
      const show = await readShow(request.body.show, await runtime.cityFor())
      const chosen = screens === 'all' ? undefined : [...new Set(screens.map((id) => id.toLowerCase()))]
      if (chosen) await assertScreens(chosen)
      const id = uuidv7()
      await addShow(store, { id, screens: chosen, show, minutes, by: account.id })
      told()
      log.info(
        { by: account.id, show: id, kind: show.kind, screens: chosen?.length ?? 'all', minutes },
        'shown on screens',
      )
      return reply.code(201).send({ id })
    },
  )

  /** @throws 400 */
  async function assertScreens(ids: readonly string[]): Promise<void> {
    const inUse = new Set(
      (await listScreens(store)).flatMap((s) => (s.revokedAt === undefined ? [s.record.id] : [])),
    )
    const faults = ids.flatMap((id, i) =>
      inUse.has(id) ? [] : [{ path: `/screens/${i}`, message: 'is not a screen in use' }],
    )
    if (faults.length > 0) throw invalid(faults)
  }

  app.delete(
    '/wall/shows/:id',
    {
      schema: {
        ...schema('Stop showing it; harmless when it is over', { 204: DONE, ...problems(403, 404) }),
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      },
      config: drivers,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { id } = request.params
      const done = await stopShow(store, { id, by: account.id })
      if (done === 'unknown') throw new Problem(404, 'not-found', 'nothing of the kind was shown')
      if (done === 'stopped') {
        told()
        log.info({ by: account.id, show: id }, 'no longer shown on screens')
      }
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/wall/warning',
    {
      schema: {
        ...schema('Set the warning level 预警 that walls show, in place of the one that holds', {
          204: DONE,
          ...problems(403, 415),
        }),
        body: WARNING_BODY,
      },
      config: drivers,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      const { level, minutes } = request.body
      const text = request.body.text.trim()
      checkText(text, '/text')
      await setWarning(store, { level, text, minutes, by: account.id })
      told()
      log.info({ by: account.id, level, minutes }, 'the warning level was set')
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/wall/warning',
    {
      schema: schema('Lift the warning; harmless when there is none', { 204: DONE, ...problems(403) }),
      config: drivers,
    },
    async (request, reply) => {
      const { account } = requireLogin(request)
      await liftWarning(store, account.id)
      told()
      log.info({ by: account.id }, 'the warning level was lifted')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/wall/cases/:id',
    {
      schema: {
        ...schema('A case as it may hang on a wall: no words, no persons, photos once it was checked', {
          200: ON_WALL,
          ...problems(403, 404),
        }),
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      },
      config: watchers,
    },
    async (request) => {
      const state = await caseOnWall(request.params.id)
      if (!state) throw notOnWall()
      const city = await cityOf(state, runtime.cityFor)
      const { before, after } = wallPhotos(state)
      const photo = (id: string) => ({ id, url: `/api/v1/wall/cases/${state.id}/photos/${id}` })
      const log = await caseLog(store, state.id)
      return {
        case: toBoardCase({ state, light: lightOf(state, runtime.clock.now()), overdueSeen: false }, city),
        ...(state.outcome === undefined ? {} : { outcome: state.outcome }),
        steps: log.map((e) => ({ type: e.type, at: isoWithOffset(e.at, city.pack.timeZone) })),
        before: before.map(photo),
        after: after.map(photo),
      }
    },
  )

  app.get(
    '/wall/cases/:id/photos/:photo',
    {
      schema: {
        ...schema('A photo of a checked part or event', { 200: PICTURE, ...problems(403, 404) }),
        params: Type.Object({
          id: Type.String({ maxLength: 64 }),
          photo: Type.String({ format: 'uuid' }),
        }),
        produces: ['image/jpeg'],
      },
      config: watchers,
    },
    async (request, reply) => {
      const state = await caseOnWall(request.params.id)
      const { before, after } = state ? wallPhotos(state) : { before: [], after: [] }
      const { photo } = request.params
      if (![...before, ...after].includes(photo)) throw notOnWall()
      return openPhoto(deps, photo, reply, 'private')
    },
  )
}

const notOnWall = () => new Problem(404, 'not-found', 'nothing of this case may hang on a wall')
