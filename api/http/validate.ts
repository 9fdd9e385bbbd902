// Validation at the edge with typebox: strict in bodies (a number as a string is a fault), lenient in query strings
// (everything there is a string). Properties a schema doesn't name are dropped. Every fault is listed.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import Value from 'typebox/value'
import { type Fault, invalid, type Problem } from './problem.ts'
import { pruner } from './prune.ts'

// The library stops looking after 8 errors; a person who imports a form wants them all.
Settings.Set({ maxErrors: 100 })

type Part = 'body' | 'querystring' | 'params' | 'headers'
export type Parsed<T> = { value: T } | { error: Problem }

/** Checks and cleans one part of a request. */
export function validator<T>(schema: TSchema, part: Part): (data: unknown) => Parsed<T> {
  const compiled = Compile(schema)
  const prune = pruner(schema)
  return (data) => {
    const isStrict = part === 'body' || part === 'headers' || data === undefined
    const given = isStrict ? data : Value.Convert(schema, data)
    const value = part === 'headers' ? given : prune(given)
    const texts = part === 'headers' ? [] : textFaults(value)
    if (compiled.Check(value) && texts.length === 0) return { value: value as T }
    return { error: invalid([...compiled.Errors(value).flatMap(toFaults), ...texts]) }
  }
}

/** As Fastify's validator compiler asks for it. */
export const partValidator = (schema: TSchema, part: string | undefined) =>
  validator(schema, (part ?? 'body') as Part)

interface SchemaError {
  keyword: string
  instancePath: string
  params: object
  message: string
}

const NAMES: Record<string, string> = {
  uuid: 'an id (UUID)',
  'date-time': 'an instant with its offset, e.g. 2026-03-01T08:30:00+08:00',
}

function toFaults({ keyword, instancePath, params, message }: SchemaError): Fault[] {
  const given = params as Record<string, unknown>
  switch (keyword) {
    case 'required':
      return (given.requiredProperties as string[]).map((name) => ({
        path: `${instancePath}/${name}`,
        message: 'is required',
      }))
    case 'enum':
      return [
        { path: instancePath, message: `must be one of ${(given.allowedValues as unknown[]).join(', ')}` },
      ]
    case 'pattern':
      return [
        {
          path: instancePath,
          message: given.pattern === '\\S' ? 'must not be blank' : 'has a wrong form',
        },
      ]
    case 'format':
      return [{ path: instancePath, message: `must be ${NAMES[String(given.format)] ?? given.format}` }]
    case 'maximum':
      return [{ path: instancePath, message: message + swapHint(instancePath) }]
    default:
      return [{ path: instancePath, message }]
  }
}

/** In China a longitude (73 to 135) in the place of a latitude is out of range, and nearly always just that. */
const swapHint = (path: string) => (path.endsWith('/lat') ? '; longitude and latitude look swapped' : '')

/** What PostgreSQL can't keep as text: a null character, half of a surrogate pair. */
function textFaults(value: unknown, path = ''): Fault[] {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? [{ path, message: 'holds a broken character' }]
      : []
  if (typeof value !== 'object' || value === null) return []
  const faults: Fault[] = []
  for (const [key, v] of Object.entries(value))
    if (typeof v === 'string' || typeof v === 'object') faults.push(...textFaults(v, `${path}/${key}`))
  return faults
}

/** A leap second has the form of an instant and is none that a computer knows. */
export const instantFaults = (body: object, fields: readonly string[]): Fault[] =>
  fields.flatMap((field) => {
    const text = (body as Record<string, unknown>)[field]
    const isBroken = typeof text === 'string' && Number.isNaN(Date.parse(text))
    return isBroken ? [{ path: `/${field}`, message: `must be ${NAMES['date-time']}` }] : []
  })

export const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
