// Validation at the edge with typebox: strict in bodies (a number as a string is a fault), lenient in query strings
// (everything there is a string). Properties a schema doesn't name are dropped. Every fault is listed.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import Value from 'typebox/value'
import { DAY_FORM, MOMENT_FORM } from '#domain/moment.ts'
import { type Fault, invalid, Problem } from './problem.ts'
import { IDEMPOTENCY_KEY } from '../schemas/common.ts'
import { pruner } from './prune.ts'

// The library stops looking after 8 errors; a person who imports a form wants them all.
Settings.Set({ maxErrors: 100 })

type Part = 'body' | 'querystring' | 'params' | 'headers'
export type Parsed<T> = { value: T } | { error: Problem }

/** Checks and cleans one part of a request. */
export function validator<T>(schema: TSchema, part: Part): (data: unknown) => Parsed<T> {
  const compiled = Compile(schema)
  const prune = pruner(schema)
  const numbers = numbersOf(schema)
  return (data) => {
    const isStrict = part === 'body' || part === 'headers' || data === undefined
    const given = isStrict ? data : converted(schema, data, numbers)
    const value = part === 'headers' ? given : prune(given)
    const texts = part === 'headers' ? [] : textFaults(value)
    if (compiled.Check(value) && texts.length === 0) return { value: value as T }
    return { error: invalid(distinct([...compiled.Errors(value).flatMap(toFaults), ...texts])) }
  }
}

/** An instant has a format and a form, and can be told to lack both. */
const distinct = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((f) => [`${f.path} ${f.message}`, f])).values(),
]

const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i

const numbersOf = ({ properties = {} }: { properties?: Record<string, { type?: string }> }): string[] =>
  Object.keys(properties).filter((name) => /^(number|integer)$/.test(properties[name]?.type ?? ''))

/**
 * The library reads nothing and blanks as 0 and `true` as 1: what is not written as a number stays the text that it is.
 * It writes into what it is given.
 */
function converted(schema: TSchema, given: unknown, numbers: readonly string[]): unknown {
  const texts = given as Record<string, unknown>
  const odd = numbers.filter((name) => typeof texts[name] === 'string' && !NUMBER.test(texts[name]))
  const kept = odd.map((name) => [name, texts[name]])
  const value = Value.Convert(schema, given)
  return odd.length === 0 ? value : { ...(value as object), ...Object.fromEntries(kept) }
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
  'date-time': 'an instant with its offset, of the years 1900 to 2199, e.g. 2026-03-01T08:30:00+08:00',
  date: 'a day of the years 1900 to 2199, e.g. 2026-03-01',
}

const FORMS: Record<string, string> = {
  '\\S': 'must not be blank',
  [IDEMPOTENCY_KEY]: 'must be visible ASCII characters',
  [MOMENT_FORM]: `must be ${NAMES['date-time']}`,
  [DAY_FORM]: `must be ${NAMES.date}`,
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
          message: FORMS[String(given.pattern)] ?? 'has a wrong form',
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

const MOST_LEVELS = 32

/** Nothing that we ask for is nested like this, and whatever walks it would run out of stack. @throws 400 */
export function assertShallow(body: unknown): void {
  let level = [body]
  for (let n = 0; level.length > 0; n += 1) {
    if (n > MOST_LEVELS)
      throw new Problem(400, 'malformed-json', `the body is nested deeper than ${MOST_LEVELS} levels`)
    level = level.flatMap((v) => (typeof v === 'object' && v !== null ? (Object.values(v) as unknown[]) : []))
  }
}

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

export const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
