// From the JSON Schema of an action's payload to the fields of a form, and from what was typed back to a payload.
// Knows the shapes that the lifecycle uses; an optional part it does not know is left out, a required one is named.

export interface JsonSchema {
  type?: string
  enum?: unknown[]
  format?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
}

type FieldKind =
  | 'line'
  | 'text'
  | 'choice'
  | 'boolean'
  | 'moment'
  | 'photos'
  | 'location'
  | 'department'
  | 'departments'
  | 'category'

export interface FieldSpec {
  name: string
  kind: FieldKind
  required: boolean
  options: string[]
  /** Photos: how many at least. */
  least: number
  most: number
}

export interface LngLat {
  lng: number
  lat: number
  accuracyM?: number
}

/** What a field holds while the form is filled in; undefined = not given. */
export type FieldValue = string | boolean | string[] | LngLat | undefined
export type FormValues = Record<string, FieldValue>

const BY_NAME: Record<string, FieldKind> = {
  department: 'department',
  suggested: 'department',
  coDepartments: 'departments',
  categoryCode: 'category',
}

function kindOf(name: string, schema: JsonSchema): FieldKind | undefined {
  if (schema.enum) return 'choice'
  const named = BY_NAME[name]
  if (named) return named
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type === 'object')
    return schema.properties?.lng && schema.properties.lat ? 'location' : undefined
  if (schema.type === 'array') return /photos$/i.test(name) ? 'photos' : undefined
  if (schema.type !== 'string') return undefined
  if (schema.format === 'date-time') return 'moment'
  return (schema.maxLength ?? Number.POSITIVE_INFINITY) > 100 ? 'text' : 'line'
}

/** What a device says of its own time: nobody types that. */
const OF_DEVICES: readonly string[] = ['capturedAt', 'sentAt']

interface Form {
  fields: FieldSpec[]
  /** Required parts that this form cannot ask for. */
  unknown: string[]
}

export function formOf(schema: JsonSchema): Form {
  const fields: FieldSpec[] = []
  const unknown: string[] = []
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    if (OF_DEVICES.includes(name)) continue
    const kind = kindOf(name, part)
    const required = schema.required?.includes(name) ?? false
    if (!kind) {
      if (required) unknown.push(name)
      continue
    }
    const options = (part.enum ?? []).flatMap((v) => (typeof v === 'string' ? [v] : []))
    fields.push({ name, kind, required, options, least: part.minItems ?? 0, most: part.maxItems ?? 20 })
  }
  return { fields, unknown }
}

const isEmpty = (value: FieldValue) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

export type Fault = { field: string; missing: true } | { field: string; leastPhotos: number }

/** What is missing before it is worth asking the server. */
export function faultsOf(form: Form, values: FormValues): Fault[] {
  return form.fields.flatMap((f): Fault[] => {
    const value = values[f.name]
    if (f.kind === 'photos' && Array.isArray(value) && value.length < f.least) {
      return [{ field: f.name, leastPhotos: f.least }]
    }
    if (!f.required || !isEmpty(value)) return []
    return f.kind === 'photos' && f.least > 0
      ? [{ field: f.name, leastPhotos: f.least }]
      : [{ field: f.name, missing: true }]
  })
}

/** The payload: what was left empty is absent. Local moments (`2026-11-19T14:30`) are the city's. */
export function payloadOf(form: Form, values: FormValues, timeZone: string): Record<string, unknown> {
  return Object.fromEntries(
    form.fields.flatMap((f): [string, unknown][] => {
      const value = values[f.name]
      if (isEmpty(value)) return []
      return [[f.name, f.kind === 'moment' ? withOffset(String(value), timeZone) : value]]
    }),
  )
}

/** `2026-11-19T14:30` in a zone → `2026-11-19T14:30:00+08:00`. */
export function withOffset(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`)
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(asUtc)
    .find((p) => p.type === 'timeZoneName')?.value
  const offset = name?.replace('GMT', '') ?? ''
  return `${local.slice(0, 16)}:00${offset === '' ? 'Z' : offset}`
}
