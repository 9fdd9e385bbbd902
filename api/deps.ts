// What the api stands on, and its Fastify instance with the types of our schemas.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Config } from '#store/config.ts'
import type { Log } from '#store/log.ts'
import type { Store } from '#store/open.ts'
import type { Runtime } from '#store/runtime.ts'
import type { ScopeOf } from './http/idempotency.ts'
import type { Limits } from './http/limits.ts'
import type { PhotoStore } from './photos/photo-store.ts'
import type { Tls } from './trust/tls.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Log,
  TypeBoxTypeProvider
>

export interface ApiDeps {
  store: Store
  config: Config
  runtime: Runtime
  log: Log
  photos: PhotoStore
  limits: Limits
  /** Whose Idempotency-Key it is. */
  scopeOf: ScopeOf
  /** Where the built dashboard is. */
  pagesDir: string
  /** Proxies whose word on the client's address is taken; Fastify's `trustProxy`. */
  trustProxy: string | boolean
  /** Absent = plain HTTP. */
  tls?: Tls | undefined
  /** Where plain HTTP helps phones trust the certificate, once it is open. */
  httpPort?: (() => number | undefined) | undefined
}
