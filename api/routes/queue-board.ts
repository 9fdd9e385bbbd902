// The board of the job queues (bull-board), for the administrator of the system: on Redis and on PostgreSQL, read-only,
// without anything from the internet.
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { AppControllerRoute, ControllerHandlerReturnType } from '@bull-board/api/typings/app'
import { FastifyAdapter } from '@bull-board/fastify'
import { systemAdmins } from '../auth/route-access.ts'
import type { App } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { QueueView } from '../queues.ts'

export const BOARD_PATH = '/api/v1/admin/queues'

/** What the board's pages do: their own scripts and styles, and questions to this server. */
const POLICY = [
  "default-src 'none'",
  "base-uri 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Only what looks is there at all; our own refusals keep their status and code. */
class LookingAdapter extends FastifyAdapter {
  override setApiRoutes(routes: AppControllerRoute[]) {
    return super.setApiRoutes(routes.filter((r) => [r.method].flat().every((m) => m === 'get')))
  }
  override setErrorHandler(handler: (error: Error) => ControllerHandlerReturnType) {
    return super.setErrorHandler((error) =>
      error instanceof Problem ? { status: error.status as 403, body: error.body('') } : handler(error),
    )
  }
}

/** Register in a scope with the prefix BOARD_PATH. */
export async function queueBoardRoutes(app: App, { all }: QueueView): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...systemAdmins }
  })
  // Its page asks a stranger for a font; ours do not.
  app.addHook('onSend', (_request, _reply, payload, done) => {
    const isPage = typeof payload === 'string' && payload.startsWith('<!DOCTYPE')
    done(null, isPage ? payload.replace(/<link href="https?:[^>]*>/g, '') : payload)
  })
  const adapter = new LookingAdapter()
  adapter.setBasePath(BOARD_PATH)
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: '回音 任务队列', hideDocsLink: true, locale: { lng: 'zh-CN' } } },
  })
  let isOpen = false
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', POLICY)
    // Connections are made when somebody looks first. The adapter is typed for Redis; it asks any backend.
    if (!isOpen)
      board.setQueues(
        all().map(
          ({ queue }) => new BullMQAdapter(queue as never, { readOnlyMode: true, allowRetries: false }),
        ),
      )
    isOpen = true
    done()
  })
  await app.register(adapter.registerPlugin() as never)
}
