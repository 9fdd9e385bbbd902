// Actions on a case: what somebody may do now, and doing it. The rules are the domain's; here a request becomes a
// command and a refusal a problem.
import Type, { type TSchema } from 'typebox'
import { legalActions } from '#domain/permission.ts'
import { PAYLOADS } from '#domain/command.ts'
import { transition } from '#domain/lifecycle.ts'
import { requireLogin } from '../auth/plugin.ts'
import { people } from '../auth/route-access.ts'
import { ACTION_BODY, label, parseAction, toCommand } from '../cases/command.ts'
import { refused } from '../cases/refusal.ts'
import { resolve } from '../cases/resolve.ts'
import { assertMaySee, cityOf, viewFor } from '../cases/view.ts'
import type { App, ApiDeps } from '../deps.ts'
import { markReplayed, takeIdempotencyKey } from '../http/idempotency.ts'
import { problems } from '../http/problem.ts'
import { partValidator } from '../http/validate.ts'
import { CASE } from '../schemas/case.ts'
import { IdempotencyHeaders, Items, ref } from '../schemas/common.ts'
import { CaseRef, caseOr404 } from './cases.ts'

const OFFER = Type.Object({
  action: Type.String(),
  label: Type.Object({ zh: Type.String(), en: Type.String() }),
  schema: Type.Unknown({ description: 'JSON Schema of the payload' }),
})

export function caseActionRoutes(app: App, deps: ApiDeps): void {
  const { store, runtime } = deps
  const { cityFor, clock, commander } = runtime
  const now = () => clock.now()

  app.get(
    '/cases/:id/actions',
    {
      schema: {
        tags: ['cases'],
        summary: 'What you may do with this case now',
        params: CaseRef,
        response: { 200: Items(OFFER), ...problems(403, 404) },
      },
      config: people(),
    },
    async (request) => {
      const { actor } = requireLogin(request)
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      assertMaySee(actor, state, city)
      return {
        items: legalActions(state, actor, city, now()).map((action) => ({
          action,
          label: label(action, transition(action)?.zh ?? action),
          schema: PAYLOADS[action],
        })),
      }
    },
  )

  app.post(
    '/cases/:id/actions',
    {
      schema: {
        tags: ['cases'],
        summary: 'Act on a case',
        description:
          'A stale `version` or an illegal step is 409 and names the legal ones; the wrong role 403. ' +
          'People (`to`, `handler`) are named by account id or username, cases (`into`) by any number.',
        params: CaseRef,
        headers: IdempotencyHeaders,
        body: ACTION_BODY,
        response: { 200: ref(CASE), ...problems(403, 404, 409, 413, 415, 422) },
      },
      config: people(),
      preValidation: takeIdempotencyKey(deps.scopeOf),
      validatorCompiler: ({ schema, httpPart }) =>
        httpPart === 'body' ? parseAction : partValidator(schema as TSchema, httpPart),
    },
    async (request, reply) => {
      const { actor } = requireLogin(request)
      const { action, version, payload } = request.body
      const { state } = await caseOr404(deps, request.params.id)
      const city = await cityOf(state, cityFor)
      assertMaySee(actor, state, city)
      const command = await toCommand(action, payload, store)
      // A step that is not legal anyway is refused as such, whatever its references say.
      const isLegal = legalActions(state, actor, city, now()).includes(action)
      const result = await commander.act(state.id, command, {
        actor,
        expectVersion: version ?? (isLegal ? undefined : state.version),
        resolved: isLegal ? await resolve(command, { state, city, store }) : undefined,
        idempotency: request.idempotency,
      })
      if (!result.ok) throw refused(result.refusal)
      if (result.replayed) markReplayed(reply)
      return viewFor(actor, result, { cityFor, now: result.state.lastAt })
    },
  )
}
