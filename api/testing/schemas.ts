// Holds answers against the API's own description: a status that a route doesn't declare, or a body that its schema
// doesn't allow, fails the test that caused it.
import type { LightMyRequestResponse } from 'fastify'
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'

type Json = Record<string, unknown>
const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)

/** With references followed and objects closed: what isn't declared is a fault. */
function closed(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map((s) => closed(s, components))
  if (!isObject(schema)) return schema
  const { $ref } = schema
  if (typeof $ref === 'string') return closed(components[$ref.split('/').at(-1) ?? ''], components)
  const made = Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, closed(v, components)]))
  return isObject(made.properties) && made.additionalProperties === undefined
    ? { ...made, additionalProperties: false }
    : made
}

export function schemaChecker(document: object) {
  const { paths = {}, components = {} } = document as { paths?: Json; components?: { schemas?: Json } }
  const schemas = components.schemas ?? {}
  // `/cases/nearby` before `/cases/{id}`, as the router has it.
  const named = Object.entries(paths).sort(([a], [b]) => a.split('{').length - b.split('{').length)
  const routes = named.map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    path,
    methods: methods as Record<string, { responses?: Record<string, { content?: Json }> }>,
  }))

  return (method: string, url: string, answer: LightMyRequestResponse): void => {
    const [path = ''] = url.split('?')
    const route = routes.find((r) => r.pattern.test(path) && r.methods[method.toLowerCase()])
    if (!route) return
    const declared = route.methods[method.toLowerCase()]?.responses?.[String(answer.statusCode)]
    if (!declared && answer.statusCode === 304) return
    if (!declared)
      throw new Error(`${method} ${route.path} answered ${answer.statusCode} undeclared: ${answer.body}`)
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
    const content = declared.content as Record<string, { schema: unknown }> | undefined
    if (!content || answer.body === '') return
    const schema = content[type]?.schema
    if (!schema) throw new Error(`${method} ${route.path} answered ${type}, not ${Object.keys(content)}`)
    if (!/[/+]json/.test(type)) return
    const faults = Compile(closed(schema, schemas) as TSchema).Errors(answer.json())
    if (faults.length > 0)
      throw new Error(
        `${method} ${route.path} ${answer.statusCode}: ${JSON.stringify(faults)}\n${answer.body}`,
      )
  }
}
