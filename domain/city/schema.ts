// The shape of city.json: names, levels and policies. Codes and limit texts in it are checked against the rest of the
// pack elsewhere.
import Type from 'typebox'
import type { Static } from 'typebox'
import { POSTS, SOURCES } from '../case.ts'
import type { Post, Source } from '../case.ts'
import type { Category, Policies } from './types.ts'

export const RISKS = ['low', 'normal', 'urgent'] as const satisfies Category['risk'][]

/** Coordinate systems of a pack's files. CGCS2000 is WGS-84 to within centimetres and is taken as such. */
export const PACK_CRS = ['wgs84', 'cgcs2000', 'gcj02'] as const
export type PackCrs = (typeof PACK_CRS)[number]

const strict = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const limitText = Type.String({ minLength: 1 })
const oneOrMore = { minItems: 1 }

const policyRule = Type.Object(
  {
    when: Type.Optional(
      Type.Object(
        {
          source: Type.Optional(Type.Array(Type.Unsafe<Source>(Type.Enum([...SOURCES])), oneOrMore)),
          risk: Type.Optional(Type.Array(Type.Unsafe<Category['risk']>(Type.Enum([...RISKS])), oneOrMore)),
          category: Type.Optional(Type.Array(text, oneOrMore)),
          kind: Type.Optional(Type.Array(text, oneOrMore)),
        },
        strict,
      ),
    ),
    decide: Type.Unsafe<'rule' | Post>(Type.Enum(['rule', ...POSTS])),
    reason: Type.Optional(text),
  },
  strict,
)

export const STAGES = ['accept', 'file', 'dispatch', 'confirm', 'check', 'close', 'acknowledge'] as const
export const POLICY_STEPS = ['accept', 'file', 'dispatch', 'requestCheck', 'close'] as const

const rules = Type.Array(policyRule, oneOrMore)

const policies = Type.Object(
  {
    accept: rules,
    file: rules,
    dispatch: rules,
    requestCheck: rules,
    close: rules,
    warnShare: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    stageLimits: Type.Object(
      {
        accept: Type.Optional(limitText),
        file: Type.Optional(limitText),
        dispatch: Type.Optional(limitText),
        confirm: Type.Optional(limitText),
        check: Type.Optional(limitText),
        close: Type.Optional(limitText),
        acknowledge: Type.Optional(limitText),
      },
      strict,
    ),
    reworkLimit: limitText,
    maxExtensions: Type.Integer({ minimum: 0 }),
    maxSuspendDays: Type.Integer({ minimum: 0 }),
    fallBackDepartment: text,
    limitWords: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  strict,
)

export const cityJsonSchema = Type.Object(
  {
    code: text,
    name: text,
    centreName: text,
    timeZone: text,
    crs: Type.Optional(Type.Unsafe<PackCrs>(Type.Enum([...PACK_CRS]))),
    demo: Type.Optional(Type.Boolean()),
    levels: Type.Array(Type.Object({ key: text, name: text }, strict), oneOrMore),
    policies: Type.Unsafe<Policies>(policies),
  },
  strict,
)

export type CityJson = Static<typeof cityJsonSchema>
