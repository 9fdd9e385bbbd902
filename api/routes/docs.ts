// The API's own description, made from the route schemas, and a page to read it: both work without internet.
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { openToAnyone } from '../auth/route-access.ts'
import type { App } from '../deps.ts'
import { completeDocument } from '../http/describe.ts'

/** Before the routes: it listens to their registration. */
export async function describeRoutes(app: App, version: string): Promise<void> {
  const complete = completeDocument(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Huiyin 回音',
        version,
        description:
          'Cases of a city’s governance command centre. Errors are problem+json with a stable `code`; instants are ISO 8601 ' +
          'with offset; positions WGS-84 degrees. People log in with a cookie, machines send `Authorization: Bearer KEY`. ' +
          'The live feed is Socket.IO, namespace `/live`.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'huiyin_session' },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { key: [] }],
    },
    transformObject: (made) => complete('openapiObject' in made ? made.openapiObject : made.swaggerObject),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json.$id === 'string' ? json.$id : `def-${i}`,
    },
  })
}

/** After the routes; a scope of its own. */
export async function docsRoutes(app: App): Promise<void> {
  openToAnyone(app)
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    indexPrefix: '',
    uiConfig: { docExpansion: 'none' },
  })
}
