// Serialisers of answers, built once a schema: nearly every route answers with the same problems, and building those
// anew for each took most of the time that the api needs to start.
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Build = NonNullable<
  NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>['buildSerializer']
>

/** For Fastify's `schemaController.compilersFactory`. */
export function sharedSerializers(): Build {
  const select = SerializerSelector() as Build
  return (shared, options) => {
    const build = select(shared, options)
    const known = new Map<string, ReturnType<typeof build>>()
    return (route) => {
      const key = JSON.stringify(route.schema)
      const found = known.get(key) ?? build(route)
      known.set(key, found)
      return found
    }
  }
}
