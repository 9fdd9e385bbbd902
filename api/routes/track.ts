// What became of a report: for whoever has its receipt number, without a login and without anything personal. Words are
// never shown, only steps and codes; pictures only of the finished work, once the case is closed.
import Type, { type Static } from 'typebox'
import { OUTCOMES, STATUSES } from '#domain/case.ts'
import { isoWithOffset } from '#domain/city-time.ts'
import { caseLog, type CaseWithWords, findCase } from '#store/cases.ts'
import { cityOf } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { limiter } from '../http/limits.ts'
import { Problem, problems } from '../http/problem.ts'
import { Id, Instant, Named } from '../schemas/common.ts'
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
  goesOn: Type.Optional(
    Type.Object(PROGRESS, {
      description: 'Of a merged report 已并案: the case under which it goes on, its steps and its answer',
    }),
  ),
})
type Progress = Omit<Static<typeof TRACK>, 'reportedAt' | 'goesOn'>

const Params = Type.Object({ receiptNo: Type.String({ minLength: 1, maxLength: 40 }) })

/** Pictures of parts and events only, never of requests or disputes. */
const isPictured = (found: CaseWithWords) =>
  found.state.status === 'closed' && /^[CE]/.test(found.state.category ?? '')

export function trackRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
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
            afterPhotos: state.afterPhotos.map((id) => ({
              id,
              url: `/api/v1/track/${state.receiptNo}/photos/${id}`,
            })),
          }
        : {}),
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
      onRequest: (request) => count(request),
    },
    async (request) => {
      const found = await caseOfReceipt(request.params.receiptNo)
      const { timeZone } = (await cityOf(found.state, runtime.cityFor)).pack
      const survivor = await survivorOf(found)
      return {
        ...(await progressOf(found)),
        reportedAt: isoWithOffset(found.state.reportedAt, timeZone),
        ...(survivor ? { goesOn: await progressOf(survivor) } : {}),
      }
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
      onRequest: (request) => count(request),
    },
    async (request, reply) => {
      const { receiptNo, id } = request.params
      const found = await caseOfReceipt(receiptNo)
      if (!isPictured(found) || !found.state.afterPhotos.includes(id))
        throw new Problem(404, 'not-found', `there is no such photo of ${receiptNo}`)
      return openPhoto(deps, id, reply, 'public')
    },
  )
}
