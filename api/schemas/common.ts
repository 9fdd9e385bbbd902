// Pieces that several answers share. Instants are ISO 8601 with the city's offset, positions WGS-84 degrees; what is
// absent is absent, not null.
import Type, { type Static, type TSchema } from 'typebox'

export const Instant = (about?: string) =>
  Type.String({
    description: about === undefined ? 'ISO 8601 with offset' : `${about}; ISO 8601 with offset`,
  })
export const Id = () => Type.String({ description: 'UUID' })

export const Position = Type.Object({
  lng: Type.Number(),
  lat: Type.Number(),
})

export const Named = Type.Object({ code: Type.String(), name: Type.String() })

export const Items = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
  })

export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Optional(
      Type.String({ description: 'Give it as `cursor` to read on; absent on the last page' }),
    ),
  })

/** A schema registered under its `$id`, named instead of repeated. */
export const ref = <T extends TSchema>(schema: T & { $id?: string }) =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })

/** `1`, `true`, `0`, `false` in a query string. */
export const Flag = (description: string) =>
  Type.Optional(Type.Enum(['1', '0', 'true', 'false'], { description }))
export const isOn = (flag: string | undefined) => flag === '1' || flag === 'true'

export const Cursor = Type.Optional(
  Type.String({ maxLength: 200, description: '`nextCursor` of the page before' }),
)
export const PageSize = (most: number, usual: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: most,
      default: usual,
      description: `At most ${most}, ${usual} by default`,
    }),
  )

/** Comma-separated in a query string; a list of nothing, as an empty field of a form sends it, is none. */
export function listOf(text: string | undefined): string[] | undefined {
  const named = text
    ?.split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '')
  return named?.length === 0 ? undefined : named
}

/** Visible ASCII, up to the last character. */
export const IDEMPOTENCY_KEY = '^[\\x21-\\x7e]+$'

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: IDEMPOTENCY_KEY,
      description: 'The same key with the same request brings the first answer again; with another, 422',
    }),
  ),
})
