// 405 with Allow where an address exists for another method, instead of a 404 that sends people looking for typos.
import type { HTTPMethods } from 'fastify'
import { anyone } from '../auth/route-access.ts'
import type { App } from '../deps.ts'
import { Problem } from './problem.ts'

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
] as const satisfies HTTPMethods[]

/** Call first: it listens to the registration of routes. @returns what answers for the other methods; call it last. */
export function refuseOtherMethods(app: App): () => void {
  const known = new Map<string, Set<string>>()
  const onRoute = (route: { url: string; method: string | string[] }) => {
    const methods = known.get(route.url) ?? new Set()
    for (const m of [route.method].flat()) methods.add(m)
    known.set(route.url, methods)
  }
  app.addHook('onRoute', onRoute)
  return () => {
    for (const [url, methods] of [...known]) {
      // The board of the queues has pages in place of an interface.
      if (!/^\/(api\/v1\/|healthz|readyz|metrics)/.test(url) || url.startsWith('/api/v1/admin/queues'))
        continue
      const allow = [...methods].join(', ')
      const refuse = () => {
        throw new Problem(405, 'method-not-allowed', `use ${allow} here`, { headers: { allow } })
      }
      app.route({
        url,
        method: METHODS.filter((m) => !methods.has(m)),
        schema: { hide: true },
        config: anyone({ screens: true, absent: true }),
        // Whatever the body is, and whether there is one.
        onRequest: async () => refuse(),
        handler: refuse,
      })
    }
  }
}
