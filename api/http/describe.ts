// What every route of a kind has in common, added to the API's description in one place: who may call it, what the
// framework answers before a handler is asked, the headers of answers, the file of a form.
import { PROBLEM_TYPE, titleOf } from './problem.ts'
import type { Access } from '../auth/route-access.ts'
import type { App } from '../deps.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer has an ETag, and is not sent again to who has it: 304. */
    tagged?: true
  }
}

/** For a route's `config`. */
export const tagged = { tagged: true } as const

interface Operation {
  parameters?: { in: string }[]
  requestBody?: object
  responses?: Record<string, { description?: string; headers?: object; content?: object }>
  security?: object[]
}
interface Declared {
  access?: Access | undefined
  tagged?: boolean | undefined
  isForm: boolean
}

const text = (description: string) => ({ description, schema: { type: 'string' } })
const HEADERS = {
  'X-Request-Id': text('Names the request in our logs; taken over from the request when it is harmless'),
}
const WHEN = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 0 } } }
const FORM = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    },
  },
}
const PEOPLE = [{ session: [] }, { key: [] }]

/** Whoever asks a route that is open to anybody need not say who they are; a wrong key is refused there too. */
const securityOf = ({ access }: Declared) => (access?.who === 'anyone' ? [{}, ...PEOPLE] : PEOPLE)

const problem = (status: number) => ({
  description: titleOf(status),
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** What can be answered before a handler is asked: a head or an address too long, a body too large or of another kind. */
function framework(method: string, operation: Operation): number[] {
  return [
    431,
    ...(operation.parameters?.some((p) => p.in === 'path') ? [404, 414] : []),
    ...(method === 'get' ? [] : [413, 415]),
  ]
}

function complete(method: string, operation: Operation, declared: Declared): void {
  operation.security = securityOf(declared)
  if (declared.isForm) operation.requestBody = FORM
  const responses = operation.responses ?? {}
  operation.responses = responses
  for (const status of framework(method, operation)) responses[status] ??= problem(status)
  if (declared.tagged)
    responses[304] ??= { description: 'You have it: the ETag is the one of your If-None-Match' }
  for (const [status, response] of Object.entries(responses)) {
    const isOk = status.startsWith('2') || status === '304'
    response.headers = {
      ...HEADERS,
      ...(status === '429' || status === '503' ? WHEN : {}),
      ...(declared.tagged && isOk ? { ETag: text('For If-None-Match') } : {}),
      ...(isOk && operation.parameters?.some((p) => 'name' in p && p.name === 'idempotency-key')
        ? { 'Idempotency-Replayed': text('`true` when this is the first answer again') }
        : {}),
      ...response.headers,
    }
  }
}

/** Call before the routes: it listens to their registration. @returns what completes the document made of them */
export function completeDocument(app: App): (document: object) => object {
  const known = new Map<string, Declared>()
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const { consumes = [] } = (schema ?? {}) as { consumes?: string[] }
    for (const m of [method].flat())
      known.set(`${m.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`, {
        access: config?.access,
        tagged: config?.tagged,
        isForm: consumes.includes('multipart/form-data'),
      })
  })
  return (document) => {
    const { paths = {} } = document as { paths?: Record<string, Record<string, Operation>> }
    for (const [path, methods] of Object.entries(paths))
      for (const [method, operation] of Object.entries(methods)) {
        const declared = known.get(`${method} ${path}`)
        if (declared) complete(method, operation, declared)
      }
    return document
  }
}
