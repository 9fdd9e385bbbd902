// /trust on the api's own port; over plain HTTP it is api/trust/http-port.ts.
import { anyone } from '../auth/route-access.ts'
import type { App, ApiDeps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { TRUST_PATHS, trustAnswer } from '../trust/page.ts'

export function trustRoutes(app: App, { config, tls, httpPort }: ApiDeps): void {
  for (const path of TRUST_PATHS)
    app.get(path, { schema: { hide: true }, config: anyone({ screens: true }) }, async (request, reply) => {
      const { host, 'accept-language': acceptLanguage } = request.headers
      const { publicUrl } = config
      const answer = trustAnswer({ tls, publicUrl, httpPort }, { url: request.url, host, acceptLanguage })
      if (!answer) throw new Problem(404, 'not-found', 'this system has no certificate authority of its own')
      if (answer.disposition !== undefined) reply.header('content-disposition', answer.disposition)
      return reply.header('cache-control', 'no-cache').type(answer.type).send(answer.body)
    })
}
