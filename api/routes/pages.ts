// The dashboard's files, and its one page for every address of its own. What has a hash in its name is kept for ever;
// without a build the answer says so.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { openToAnyone } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { sendProblem } from '../http/errors.ts'
import { limiter } from '../http/limits.ts'
import { Problem } from '../http/problem.ts'

const NOT_BUILT =
  'The pages are not built. Run `npm start`, or `npx vite build`, and load this again. The API is at /api/docs.\n'

/** Addresses that are never pages: a wrong one is an error, not the start page. */
const isPage = (request: FastifyRequest) => {
  const [path = ''] = request.url.split('?')
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !/^\/(api|socket\.io|assets)(\/|$)/.test(path) &&
    !/\.[a-z0-9]+$/i.test(path)
  )
}

/** @param app a scope of its own. */
export async function pageRoutes(app: App, { pagesDir, limits }: ApiDeps): Promise<void> {
  const countMissing = limiter(app, limits.notFound)
  openToAnyone(app, { screens: true })
  await app.register(fastifyStatic, {
    root: pagesDir,
    // Sent by hand below, so that the one page is answered where it belongs; files that a build adds later are found.
    index: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = /[\\/]assets[\\/]/.test(path)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })

  async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
    const built = await stat(join(pagesDir, 'index.html')).catch(() => undefined)
    if (built) return reply.sendFile('index.html')
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
  }

  app.get('/', { schema: { hide: true } }, async (_request, reply) => sendPage(reply))
  app.setNotFoundHandler(async (request, reply) => {
    if (isPage(request)) return sendPage(reply)
    // Who asks for what isn't there again and again is looking for holes.
    await countMissing(request)
    return sendProblem(request, reply, new Problem(404, 'not-found', 'there is nothing at this address'))
  })
}
