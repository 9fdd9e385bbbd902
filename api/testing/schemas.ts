// Holds answers against the API's own description: a status that a route doesn't declare, or a body that its schema
// doesn't allow, fails the test that caused it.
import { Compile, type Validator } from 'typebox/compile'
import type { TSchema } from 'typebox'

type Json = Record<string, unknown>
const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)

/** What was answered, by `inject` or over a socket. */
export interface Answered {
  statusCode: number
  headers: Record<string, unknown>
  body: string
}

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

/** @returns a check that throws with what was wrong; of an address that the document doesn't have it says nothing */
export function schemaChecker(document: object) {
  const { paths = {}, components = {} } = document as { paths?: Json; components?: { schemas?: Json } }
  const schemas = components.schemas ?? {}
  const compiled = new Map<unknown, Validator>()
  const validatorOf = (schema: unknown) => {
    const known = compiled.get(schema) ?? Compile(closed(schema, schemas) as TSchema)
    compiled.set(schema, known)
    return known
  }
  // `/cases/nearby` before `/cases/{id}`, as the router has it.
  const named = Object.entries(paths).sort(([a], [b]) => a.split('{').length - b.split('{').length)
  const routes = named.map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    path,
    methods: methods as Record<string, { responses?: Record<string, { content?: Json }> }>,
  }))

  return (method: string, url: string, answer: Answered): void => {
    const [path = ''] = url.split('?')
    const route = routes.find((r) => r.pattern.test(path))
    // Another method than those of the address: 405, which no operation declares.
    if (!route?.methods[method.toLowerCase()]) return
    const declared = route.methods[method.toLowerCase()]?.responses?.[String(answer.statusCode)]
    if (!declared)
      throw new Error(`${method} ${route.path} answered ${answer.statusCode} undeclared: ${answer.body}`)
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
    const content = declared.content as Record<string, { schema: unknown }> | undefined
    if (!content || answer.body === '') return
    const schema = content[type]?.schema
    if (!schema) throw new Error(`${method} ${route.path} answered ${type}, not ${Object.keys(content)}`)
    if (!/[/+]json/.test(type)) return
    const faults = validatorOf(schema).Errors(JSON.parse(answer.body))
    if (faults.length > 0)
      throw new Error(
        `${method} ${route.path} ${answer.statusCode}: ${JSON.stringify(faults)}\n${answer.body}`,
      )
  }
}
