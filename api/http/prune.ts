// Drops properties that a schema doesn't name. Built once a schema: the library's own cleaning walks the schema at every
// call, which cost more than everything else of a request's validation.
import type { TSchema } from 'typebox'

type Prune = (value: unknown) => unknown

const same: Prune = (value) => value
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects lose what they don't declare, also inside arrays; unions and open objects are left as they are. */
export function pruner(schema: TSchema): Prune {
  const { properties, items, additionalProperties, patternProperties } = schema as {
    properties?: Record<string, TSchema>
    items?: TSchema
    additionalProperties?: unknown
    patternProperties?: unknown
  }
  if (properties && additionalProperties === undefined && patternProperties === undefined) {
    const inner = new Map(Object.entries(properties).map(([key, s]) => [key, pruner(s)]))
    return (value) => {
      if (!isRecord(value)) return value
      const kept: Record<string, unknown> = {}
      for (const key of Object.keys(value)) {
        const clean = inner.get(key)
        if (clean) kept[key] = clean(value[key])
      }
      return kept
    }
  }
  if (items && !Array.isArray(items)) {
    const item = pruner(items)
    return item === same ? same : (value) => (Array.isArray(value) ? value.map(item) : value)
  }
  return same
}
