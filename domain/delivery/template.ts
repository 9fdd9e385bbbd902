// The generic SMS gateway: a request made from a template with placeholders, and the rule by which its answer counts as
// sent. Pure. `{{text}}` stands for the message; a value is written so that it stays one value where it stands.
import Type, { type Static } from 'typebox'

export const PLACEHOLDERS = ['mobile', 'name', 'text', 'title', 'number', 'link', 'id'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]
export type Values = Readonly<Record<Placeholder, string>>

export const CONTENT_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain; charset=utf-8',
] as const
export type ContentType = (typeof CONTENT_TYPES)[number]

/** All that is said must hold; a status from 200 to 299 is always asked for. */
export const SUCCESS = Type.Object(
  {
    path: Type.Optional(
      Type.String({ maxLength: 200, pattern: '^[^{}]+$', description: 'Into a JSON answer: `data.code`' }),
    ),
    equals: Type.Optional(Type.String({ maxLength: 200, description: 'What stands there, as text' })),
    contains: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Occurs in the answer' }),
    ),
  },
  { additionalProperties: false },
)
export type Success = Static<typeof SUCCESS>

const MARK = /\{\{\s*([\w-]*)\s*\}\}/g
const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((p) => p === name)

/** Names in `{{…}}` that stand for nothing. */
export const unknownMarks = (template: string): string[] =>
  [...template.matchAll(MARK)].map(([, name = '']) => name).filter((name) => !isPlaceholder(name))

const fill = (template: string, values: Values, write: (value: string) => string) =>
  template.replace(MARK, (whole, name: string) => (isPlaceholder(name) ? write(values[name]) : whole))

/** Inside a JSON string. */
const asJson = (value: string) => JSON.stringify(value).slice(1, -1)
/** A header is one line of Latin letters; others are written as percent signs. */
const asHeader = (value: string) => (/^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value))

export const fillUrl = (template: string, values: Values) => fill(template, values, encodeURIComponent)
export const fillHeader = (template: string, values: Values) => fill(template, values, asHeader)
export const fillBody = (template: string, values: Values, type: ContentType) =>
  fill(
    template,
    values,
    type === 'application/json'
      ? asJson
      : type === 'application/x-www-form-urlencoded'
        ? encodeURIComponent
        : (v) => v,
  )

/** Whether a JSON template is JSON once it is filled. */
export function isJsonTemplate(template: string): boolean {
  const values = Object.fromEntries(PLACEHOLDERS.map((p) => [p, '"\\x\n'])) as Record<Placeholder, string>
  try {
    JSON.parse(fillBody(template, values, 'application/json'))
    return true
  } catch {
    return false
  }
}

/** @param status of the answer. */
export function isSuccess({ path, equals, contains }: Success, status: number, answer: string): boolean {
  if (status < 200 || status > 299) return false
  if (contains !== undefined && !answer.includes(contains)) return false
  return path === undefined || valueAt(answer, path) === (equals ?? 'true')
}

function valueAt(answer: string, path: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(answer)
  } catch {
    return undefined
  }
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'object' && value !== null ? undefined : String(value)
}
