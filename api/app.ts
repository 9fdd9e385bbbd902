// The whole HTTP side put together: the order of registration is the architecture. Outer things first (headers, limits,
// who asks), then what it can do, then the pages.
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController } from 'fastify'
import type { TSchema } from 'typebox'
import { openLogins, type Logins } from './auth/logins.ts'
import { addAuth } from './auth/plugin.ts'
import type { DeclaredRoute } from './auth/route-access.ts'
import type { App, ApiDeps } from './deps.ts'
import { clientErrors } from './http/client-error.ts'
import { handleError } from './http/errors.ts'
import { addHeaders } from './http/headers.ts'
import { refuseOtherMethods } from './http/other-methods.ts'
import { PROBLEM } from './http/problem.ts'
import { sharedSerializers } from './http/serializers.ts'
import { assertShallow, partValidator } from './http/validate.ts'
import { openTailer, type Tailer } from './live/tailer.ts'
import { openQueueView } from './queues.ts'
import { openReels } from './replay/reels.ts'
import { accountImportRoutes } from './routes/account-import.ts'
import { accountRoutes } from './routes/accounts.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes, USER } from './routes/auth.ts'
import { boardRoutes } from './routes/board.ts'
import { componentRoutes } from './routes/components.ts'
import { cameraRoutes } from './routes/cameras.ts'
import { caseActionRoutes } from './routes/case-actions.ts'
import { caseRoutes } from './routes/cases.ts'
import { cityPackRoutes } from './routes/city-pack.ts'
import { cityPolicyRoutes } from './routes/city-policies.ts'
import { cityRoutes } from './routes/city.ts'
import { clockRoutes } from './routes/clocks.ts'
import { channelRoutes } from './routes/channels.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { flagRoutes } from './routes/flags.ts'
import { deskRoutes } from './routes/desk.ts'
import { dutyRoutes } from './routes/duty.ts'
import { demoRoutes } from './routes/demo.ts'
import { describeRoutes, docsRoutes } from './routes/docs.ts'
import { healthRoutes } from './routes/health.ts'
import { noticeRoutes } from './routes/notices.ts'
import { operationRoutes } from './routes/operations.ts'
import { pageRoutes } from './routes/pages.ts'
import { queueBoardRoutes } from './routes/queue-board.ts'
import { securityRoutes } from './routes/security.ts'
import { unmaskRoutes } from './routes/unmask.ts'
import { screenRoutes } from './routes/screens.ts'
import { previewRoutes } from './routes/previews.ts'
import { replayRoutes } from './routes/replay.ts'
import { rotaRoutes } from './routes/rota.ts'
import { screeningRoutes } from './routes/screening.ts'
import { systemRoutes } from './routes/system.ts'
import { TASK_SCHEMA, taskRoutes } from './routes/tasks.ts'
import { trustRoutes } from './routes/trust.ts'
import { trackRoutes } from './routes/track.ts'
import { unitPeopleRoutes } from './routes/unit-people.ts'
import { UPLOAD, uploadRoutes } from './routes/uploads.ts'
import { wallRoutes } from './routes/wall.ts'
import { BOARD, COUNTED } from './schemas/board.ts'
import { CASE, EVENT } from './schemas/case.ts'
import { BOARD_DAYS, FRAMES, REPLAY_SNAPSHOT } from './schemas/replay.ts'
import { CASE_ROUTING, COMPONENT } from './schemas/component.ts'
import { SCREEN } from './schemas/screen.ts'
import { CHANNEL, DELIVERY } from './schemas/delivery.ts'

export const API_VERSION = '1.0.0'

const MOST_JSON_BYTES = 512 * 1024

export interface Built {
  app: App
  tailer: Tailer
  logins: Logins
  /** Set by the live feed once it stands. */
  live: { clients: () => number }
  /** From now on: answers every question, but says that others should be asked from the next one on. */
  drain: () => void
  /** Every route with who may call it, once the app is ready. */
  routes: () => DeclaredRoute[]
}

/** Everything but listening: for tests by `inject`, and for `startApi`. */
export async function buildApp(deps: ApiDeps): Promise<Built> {
  const { log, store, runtime } = deps
  const idOf = requestIds()
  const app: App = Fastify({
    loggerInstance: log,
    // One line an answer, below, instead of two.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
    childLoggerFactory: (logger) => logger,
    genReqId: idOf,
    clientErrorHandler: clientErrors(() => idOf({ headers: {} })),
    bodyLimit: MOST_JSON_BYTES,
    trustProxy: deps.trustProxy,
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    // Fastify types its server by this; everything here takes either kind.
    ...((deps.tls ? { https: deps.tls.current() } : {}) as object),
    schemaController: { compilersFactory: { buildSerializer: sharedSerializers() } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  const tailer = openTailer({ store, signals: runtime.signals, log })
  const logins = openLogins(store, () => performance.now())
  const reels = openReels(deps)
  const queues = openQueueView(deps.config, log)
  const stopForgetting = runtime.signals.on('screen', logins.forgetScreens)
  const live: Built['live'] = { clients: () => 0 }

  app.setValidatorCompiler(({ schema, httpPart }) => partValidator(schema as TSchema, httpPart))
  app.setErrorHandler(handleError)
  app.removeContentTypeParser('text/plain')
  for (const shared of [
    PROBLEM,
    CASE,
    EVENT,
    UPLOAD,
    USER,
    TASK_SCHEMA,
    BOARD,
    COUNTED,
    COMPONENT,
    CASE_ROUTING,
    BOARD_DAYS,
    REPLAY_SNAPSHOT,
    FRAMES,
    SCREEN,
    CHANNEL,
    DELIVERY,
  ])
    app.addSchema(shared)
  app.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode < 400 && request.method === 'GET' ? 'debug' : 'info'
    if (log.isLevelEnabled(level))
      log[level](
        {
          reqId: request.id,
          method: request.method,
          route: request.routeOptions.url,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
          account: request.login?.account.id,
        },
        'answered',
      )
    done()
  })
  // Who is being answered while the server drains or closes must not keep the connection for a next question.
  let closing = false
  const drain = () => {
    closing = true
  }
  app.addHook('preClose', async () => drain())
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close')
    done()
  })
  app.addHook('onClose', async () => {
    stopForgetting()
    await tailer.close()
    await queues.close()
  })

  app.addHook('preValidation', async ({ body }) => assertShallow(body))

  addHeaders(app, deps)
  await app.register(rateLimit, { global: false })
  await describeRoutes(app, API_VERSION)
  const refuseOthers = refuseOtherMethods(app)
  const routes = addAuth(app, deps, logins)
  await app.register(
    async (v1: App) => {
      v1.addHook('onSend', (_request, reply, _payload, done) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
        done()
      })
      await v1.register((scope: App) => authRoutes(scope, deps, logins))
      await v1.register((scope: App) => uploadRoutes(scope, deps))
      await v1.register((scope: App) => screenRoutes(scope, deps, logins))
      caseRoutes(v1, deps)
      flagRoutes(v1, deps)
      clockRoutes(v1, deps)
      screeningRoutes(v1, deps)
      caseActionRoutes(v1, deps)
      previewRoutes(v1, deps)
      taskRoutes(v1, deps)
      dutyRoutes(v1, deps)
      deskRoutes(v1, deps)
      rotaRoutes(v1, deps)
      noticeRoutes(v1, deps)
      channelRoutes(v1, deps)
      deliveryRoutes(v1, deps)
      boardRoutes(v1, deps, tailer, reels)
      replayRoutes(v1, deps, reels)
      wallRoutes(v1, deps)
      cityRoutes(v1, deps)
      unitPeopleRoutes(v1, deps)
      cameraRoutes(v1, deps)
      componentRoutes(v1, deps)
      demoRoutes(v1, deps)
      accountRoutes(v1, deps, logins)
      cityPolicyRoutes(v1, deps)
      await v1.register((scope: App) => cityPackRoutes(scope, deps))
      await v1.register((scope: App) => accountImportRoutes(scope, deps, logins))
      auditRoutes(v1, deps)
      securityRoutes(v1, deps, logins)
      unmaskRoutes(v1, deps)
      systemRoutes(v1, deps, { liveClients: () => live.clients() })
      healthRoutes(v1, deps, queues)
      await v1.register((scope: App) => queueBoardRoutes(scope, queues), { prefix: '/admin/queues' })
      trackRoutes(v1, deps)
    },
    { prefix: '/api/v1' },
  )
  operationRoutes(app, deps, { tailer, liveClients: () => live.clients(), isStopping: () => closing })
  trustRoutes(app, deps)
  await app.register((scope: App) => docsRoutes(scope))
  await app.register((scope: App) => pageRoutes(scope, deps))
  refuseOthers()
  return { app, tailer, logins, live, drain, routes }
}

/** A caller's own id is taken over when it is harmless in a log; otherwise one that is unique to this process and run. */
function requestIds() {
  const run = randomBytes(6).toString('base64url')
  let n = 0
  return ({ headers }: { headers: IncomingHttpHeaders }): string => {
    const given = headers['x-request-id']
    if (typeof given === 'string' && /^[\w.-]{8,64}$/.test(given)) return given
    n += 1
    return `${run}.${n.toString(36)}`
  }
}
