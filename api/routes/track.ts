// What became of a report: for whoever has its receipt number, without a login and without anything personal. Words are
// never shown, only steps and codes; pictures only of the finished work, once the case is closed.
import Type, { type Static } from 'typebox'
import { afterPhotosOf } from '#domain/after-photos.ts'
import { type Actor, OUTCOMES, STATUSES } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { SATISFACTION_NAMES } from '#domain/command.ts'
import { caseLog, type CaseWithWords, findCase } from '#store/cases.ts'
import { isReceiptToken } from '../cases/receipt-token.ts'
import { refused } from '../cases/refusal.ts'
import { cityOf } from '../cases/view.ts'
import { anyone } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import type { Login } from '../auth/logins.ts'
import { markReplayed, takeIdempotencyKey } from '../http/idempotency.ts'
import { limiter } from '../http/limits.ts'
import { Problem, problems } from '../http/problem.ts'
import { Id, IdempotencyHeaders, Instant, Named } from '../schemas/common.ts'
import { openPhoto, PICTURE } from './uploads.ts'

const RECEIPT = /^R\d{8}\d{4,}$/

/** Steps that a reporter can make something of; the rest is the centre's work. */
const STEPS = new Set([
  'reported',
  'accepted',
  'rejected',
  'merged',
  'filed',
  'dispatched',
  'acknowledged',
  'claimed',
  'suspended',
  'resumed',
  'replied',
  'self-handled',
  'passed',
  'reworked',
  'closed',
  'reopened',
  'voided',
])

const PROGRESS = {
  receiptNo: Type.String(),
  status: Type.Enum([...STATUSES]),
  category: Type.Optional(Named),
  steps: Type.Array(Type.Object({ type: Type.String(), at: Instant() })),
  answer: Type.Optional(
    Type.Object(
      {
        outcome: Type.Optional(Type.Enum([...OUTCOMES])),
        reason: Type.Optional(
          Type.String({ description: 'A reason code, when the reason was given as one' }),
        ),
        mergedInto: Type.Optional(Type.String({ description: 'Receipt number under which it goes on' })),
      },
      { description: 'Present once it is over' },
    ),
  ),
  afterPhotos: Type.Optional(Type.Array(Type.Object({ id: Id(), url: Type.String() }))),
}
const TRACK = Type.Object({
  ...PROGRESS,
  reportedAt: Instant(),
  rating: Type.Optional(
    Type.Object(
      {
        given: Type.Optional(Type.String({ description: 'Code of the latest answer' })),
        mine: Type.Boolean({ description: 'Whoever asks is logged in as its reporter' }),
        scale: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      },
      { description: 'Present while its reporter may say how it was done' },
    ),
  ),
  goesOn: Type.Optional(
    Type.Object(PROGRESS, {
      description: 'Of a merged report 已并案: the case under which it goes on, its steps and its answer',
    }),
  ),
})
type Progress = Omit<Static<typeof TRACK>, 'reportedAt' | 'goesOn' | 'rating'>

const SCALE = Object.entries(SATISFACTION_NAMES).map(([code, name]) => ({ code, name }))

const RATING = Type.Object({
  satisfaction: Type.Enum(
    SCALE.flatMap(({ code, name }) => [code, name]),
    {
      description: 'Code or name of the scale',
      examples: ['satisfied'],
    },
  ),
  token: Type.Optional(
    Type.String({
      maxLength: 64,
      description: '`receiptToken` of the report, from whoever is not logged in as its reporter',
    }),
  ),
})

const Params = Type.Object({ receiptNo: Type.String({ minLength: 1, maxLength: 40 }) })

/** Pictures of parts and events only, never of requests or disputes. */
const isPictured = (found: CaseWithWords) =>
  found.state.status === 'closed' && /^[CE]/.test(found.state.category ?? '')

export function trackRoutes(app: App, deps: ApiDeps): void {
  const { config, store, runtime } = deps
  const count = limiter(app, deps.limits.tracking)

  async function caseOfReceipt(receiptNo: string): Promise<CaseWithWords> {
    const found = RECEIPT.test(receiptNo) ? await findCase(store, receiptNo) : undefined
    if (!found) throw new Problem(404, 'not-found', `there is no report ${receiptNo}`)
    return found
  }

  async function answerOf({ state }: CaseWithWords): Promise<Static<typeof TRACK>['answer']> {
    switch (state.status) {
      case 'closed':
        return state.outcome === undefined ? {} : { outcome: state.outcome }
      case 'rejected': {
        const reason = state.rejection?.reason
        return reason === undefined || reason === 'stated' ? {} : { reason }
      }
      case 'merged': {
        const into = state.duplicateOf === undefined ? undefined : await findCase(store, state.duplicateOf)
        return into ? { mergedInto: into.state.receiptNo } : {}
      }
      case 'voided':
        return {}
      default:
        return undefined
    }
  }

  /** The case under which a merged one goes on, through as many mergers as there were; undefined for one that stands. */
  async function survivorOf(found: CaseWithWords): Promise<CaseWithWords | undefined> {
    const passed = new Set<string>()
    let at: CaseWithWords | undefined = found
    while (at?.state.status === 'merged' && at.state.duplicateOf !== undefined && !passed.has(at.state.id)) {
      passed.add(at.state.id)
      at = await findCase(store, at.state.duplicateOf)
    }
    return at === found || at?.state.status === 'merged' ? undefined : at
  }

  async function progressOf(found: CaseWithWords): Promise<Progress> {
    const { state } = found
    const city = await cityOf(state, runtime.cityFor)
    const category = state.category === undefined ? undefined : city.categories.get(state.category)
    const log = await caseLog(store, state.id)
    const answer = await answerOf(found)
    return {
      receiptNo: state.receiptNo,
      status: state.status,
      ...(category ? { category: { code: category.code, name: category.name } } : {}),
      steps: log
        .filter((e) => STEPS.has(e.type))
        .map((e) => ({ type: e.type, at: isoWithOffset(e.at, city.pack.timeZone) })),
      ...(answer ? { answer } : {}),
      ...(isPictured(found)
        ? {
            afterPhotos: afterPhotosOf(state).map((id) => ({
              id,
              url: `/api/v1/track/${state.receiptNo}/photos/${id}`,
            })),
          }
        : {}),
    }
  }

  /** @throws 403 for whoever cannot show that the report is theirs */
  function raterOf({ state }: CaseWithWords, login: Login | undefined, token: string | undefined): Actor {
    if (login && login.account.id === state.reportedBy) return login.actor
    if (
      token !== undefined &&
      state.reportedBy === undefined &&
      isReceiptToken(config.sessionSecret, state.id, token)
    )
      return { kind: 'anonymous', reporterOf: state.id }
    throw new Problem(
      403,
      'not-the-reporter',
      'only whoever reported it rates it: from the same account or device',
    )
  }

  async function trackOf(found: CaseWithWords, login: Login | undefined): Promise<Static<typeof TRACK>> {
    const { state } = found
    const { timeZone } = (await cityOf(state, runtime.cityFor)).pack
    const survivor = await survivorOf(found)
    const mine = state.reportedBy !== undefined && state.reportedBy === login?.account.id
    const given = state.satisfaction
    return {
      ...(await progressOf(found)),
      reportedAt: isoWithOffset(state.reportedAt, timeZone),
      ...(state.status === 'closed'
        ? { rating: { mine, scale: SCALE, ...(given === undefined ? {} : { given }) } }
        : {}),
      ...(survivor ? { goesOn: await progressOf(survivor) } : {}),
    }
  }

  app.get(
    '/track/:receiptNo',
    {
      schema: {
        tags: ['track'],
        summary: 'What became of a report; public',
        params: Params,
        response: { 200: TRACK, ...problems(404, 429) },
      },
      config: anyone(),
      onRequest: (request) => count(request),
    },
    async ({ params, login }) => trackOf(await caseOfReceipt(params.receiptNo), login),
  )

  app.post(
    '/track/:receiptNo/rating',
    {
      schema: {
        tags: ['track'],
        summary: 'Its reporter says how it was done 评价',
        description:
          'Of a closed case, by who is logged in as its reporter or has the token that came with the answer to a report ' +
          'without a login. Said again, the latest counts.',
        params: Params,
        headers: IdempotencyHeaders,
        body: RATING,
        response: { 200: TRACK, ...problems(403, 404, 409, 413, 415, 422, 429) },
      },
      config: anyone(),
      onRequest: (request) => count(request),
      preValidation: takeIdempotencyKey(deps.scopeOf),
    },
    async (request, reply) => {
      const { params, body, login, idempotency } = request
      const found = await caseOfReceipt(params.receiptNo)
      const { id } = found.state
      const actor = raterOf(found, login, body.token)
      const result = await runtime.commander.act(
        id,
        { action: 'rate', payload: { satisfaction: body.satisfaction } },
        { actor, idempotency },
      )
      if (!result.ok) throw refused(result.refusal)
      if (result.replayed) markReplayed(reply)
      return trackOf(await caseOfReceipt(params.receiptNo), login)
    },
  )

  app.get(
    '/track/:receiptNo/photos/:id',
    {
      schema: {
        tags: ['track'],
        summary: 'A picture of the finished work; public once the case is closed',
        params: Type.Object({ ...Params.properties, id: Type.String({ format: 'uuid' }) }),
        produces: ['image/jpeg'],
        response: { 200: PICTURE, ...problems(404, 429) },
      },
      config: anyone(),
      onRequest: (request) => count(request),
    },
    async (request, reply) => {
      const { receiptNo, id } = request.params
      const found = await caseOfReceipt(receiptNo)
      if (!isPictured(found) || !afterPhotosOf(found.state).includes(id))
        throw new Problem(404, 'not-found', `there is no such photo of ${receiptNo}`)
      return openPhoto(deps, id, reply, 'public')
    },
  )
}
