// Values from JSON Schema, for fast-check: such as a schema allows, and such as it should not. Knows what the API's
// description uses, and says so when it meets something else.
import fc from 'fast-check'
import type { Known } from './known.ts'

export type Json = Record<string, unknown>
export const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)

export interface Around {
  known: Known
  /** Of the operation. */
  path: string
  components: Json
  /** Somewhere in the city. */
  places: readonly { lng: number; lat: number }[]
  /** Epoch ms. */
  now: number
}

const DAY = 86_400_000
const WORDS = [
  '渠边有漂浮垃圾',
  '路面破损',
  '看过',
  'x',
  'a b',
  '<b>&amp;"\'',
  '𠮷😀',
  'ＡＢＣ１２３',
  "'; drop table x; --",
  '%',
]

/** Mostly of these weeks; now and then the first or the last that there is. */
const instant = (now: number) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .integer({ min: -40 * DAY, max: 40 * DAY })
        .map((off) => new Date(now + off).toISOString()),
    },
    { weight: 1, arbitrary: fc.constantFrom('1900-01-01T00:00:00+14:00', '2199-12-31T23:59:59-12:00') },
  )

function text(schema: Json, name: string, around: Around): fc.Arbitrary<string> {
  const {
    minLength = 0,
    maxLength = 200,
    pattern,
    format,
  } = schema as {
    minLength?: number
    maxLength?: number
    pattern?: string
    format?: string
  }
  const fits = (s: string) => {
    const length = [...s].length
    return (
      length >= minLength &&
      length <= maxLength &&
      (pattern === undefined || new RegExp(pattern, 'u').test(s))
    )
  }
  const found = around.known.fitting(name, around.path).filter(fits)
  const made = ((): fc.Arbitrary<string> => {
    if (format === 'uuid') return fc.uuid({ version: 7 })
    if (format === 'date-time') return instant(around.now)
    if (format === 'date') return instant(around.now).map((t) => t.slice(0, 10))
    if (format === 'uri') return fc.webUrl()
    const words = WORDS.filter(fits)
    const free =
      pattern !== undefined && pattern !== '\\S'
        ? fc.stringMatching(new RegExp(pattern, 'u')).filter(fits)
        : fc
            .string({ minLength, maxLength: Math.min(maxLength, minLength + 30), unit: 'grapheme' })
            .filter(fits)
    return words.length > 0 ? fc.oneof(fc.constantFrom(...words), free) : free
  })()
  return found.length > 0
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...found) }, { weight: 1, arbitrary: made })
    : made
}

function object(schema: Json, around: Around): fc.Arbitrary<unknown> {
  const {
    properties = {},
    required = [],
    patternProperties = {},
    maxProperties = 4,
  } = schema as {
    properties?: Record<string, unknown>
    required?: string[]
    patternProperties?: Record<string, unknown>
    maxProperties?: number
  }
  // What may be left out mostly is: ten fields made up at random are never all right.
  const named = fc
    .tuple(
      ...Object.entries(properties).map(([name, s]) => {
        const value = valuesOf(s, around, name).map((v) => [[name, v]])
        return required.includes(name)
          ? value
          : fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: value })
      }),
    )
    .map((fields) => Object.fromEntries(fields.flat()))
  const [loose] = Object.entries(patternProperties)
  if (!loose) return named
  const keys = fc.stringMatching(new RegExp(loose[0]))
  const free = fc.dictionary(keys, valuesOf(loose[1], around, ''), { maxKeys: Math.min(maxProperties, 4) })
  return fc.tuple(free, named).map(([a, b]) => ({ ...a, ...b }))
}

/** Values that the schema allows. @param name of the field or parameter, to look for known values */
export function valuesOf(given: unknown, around: Around, name: string): fc.Arbitrary<unknown> {
  if (!isObject(given)) return fc.jsonValue({ maxDepth: 1 })
  const schema = given
  if (typeof schema.$ref === 'string')
    return valuesOf(around.components[schema.$ref.split('/').at(-1) ?? ''], around, name)
  if (Array.isArray(schema.examples) && schema.examples.length > 0) {
    const { examples, ...bare } = schema
    return fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...(examples as unknown[])) },
      { weight: 1, arbitrary: valuesOf(bare, around, name) },
    )
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const choices = (schema.oneOf ?? schema.anyOf) as unknown[] | undefined
  if (choices) return fc.constantFrom(...choices).chain((s) => valuesOf(s, around, name))
  if (Array.isArray(schema.allOf))
    return fc
      .tuple(...schema.allOf.map((s) => valuesOf(s, around, name)))
      .map((parts) => Object.assign({}, ...parts))
  if (name === 'location' && around.places.length > 0)
    return fc
      .tuple(fc.constantFrom(...around.places), object(schema, around))
      .map(([place, made]) => ({ ...(made as Json), ...place, crs: 'wgs84' }))
  const { minimum, maximum, exclusiveMinimum } = schema as Record<string, number | undefined>
  switch (schema.type) {
    case 'string':
      return text(schema, name, around)
    case 'integer':
      return fc.integer({ min: Math.ceil(minimum ?? 0), max: Math.floor(maximum ?? 1_000) })
    case 'number':
      return fc.double({
        min: minimum ?? exclusiveMinimum ?? -1_000,
        max: maximum ?? 1_000,
        minExcluded: exclusiveMinimum !== undefined,
        noNaN: true,
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const { minItems = 0, maxItems = 4 } = schema as { minItems?: number; maxItems?: number }
      const items = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) }
      return schema.uniqueItems === true
        ? fc.uniqueArray(valuesOf(schema.items, around, name), items)
        : fc.array(valuesOf(schema.items, around, name), items)
    }
    case 'object':
      return object(schema, around)
    case undefined:
      return fc.jsonValue({ maxDepth: 2 })
    default:
      throw new Error(`the fuzz cannot make a value of ${JSON.stringify(schema)}`)
  }
}

const deep = () => JSON.parse(`${'['.repeat(400)}${']'.repeat(400)}`) as unknown

/** Things that break parsers, indexes, columns and arithmetic. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    0,
    -1,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 31,
    [],
    {},
    [null],
    [[]],
  ),
  fc.constantFrom<unknown>(
    'a\0b',
    '\ud800',
    'x'.repeat(20_000),
    '../../etc/passwd',
    'NaN',
    '٣',
    '+1',
    '0x10',
  ),
  fc.constantFrom<unknown>(
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '0000-01-01',
    '0046-08-08',
    '9999-12-31',
  ),
  fc.constantFrom<unknown>(
    { $ne: null },
    { toString: 1 },
    { constructor: { prototype: {} } },
    { length: -1 },
  ),
  fc.constant(null).map(deep),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Every place in a value. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const inside = Array.isArray(value)
    ? value.flatMap((v, i) => placesIn(v, [...path, i]))
    : isObject(value)
      ? Object.entries(value).flatMap(([k, v]) => placesIn(v, [...path, k]))
      : []
  return [path, ...inside]
}

function changedAt(value: unknown, [step, ...rest]: (string | number)[], to: unknown): unknown {
  if (step === undefined) return to
  if (Array.isArray(value)) return value.map((v, i) => (i === step ? changedAt(v, rest, to) : v))
  return { ...(value as Json), [step]: changedAt((value as Json)[step], rest, to) }
}

/** A value with something wrong in one place: replaced, taken away (`undefined` goes from JSON), or with more than it should. */
export const broken = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  valid.chain((value) =>
    fc
      .tuple(
        fc.constantFrom(...placesIn(value)),
        fc.oneof({ weight: 4, arbitrary: junk }, { weight: 1, arbitrary: fc.constant(undefined) }),
      )
      .map(([path, to]) => changedAt(value, path, to)),
  )
