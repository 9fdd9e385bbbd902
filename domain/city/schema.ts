// The shape of city.json: names, levels and policies. Codes and limit texts in it are checked against the rest of the
// pack elsewhere.
import { escalationSchema } from '../escalation.ts'
import { exceptionsSchema } from './exceptions.ts'
import { screeningSchema } from './screening-policies.ts'
import Type from 'typebox'
import type { Static } from 'typebox'
import { POSTS, SOURCES } from '../case.ts'
import type { Post, Source } from '../case.ts'
import type { Category, Policies } from './types.ts'

export const RISKS = ['low', 'normal', 'urgent'] as const satisfies Category['risk'][]

const strict = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const limitText = Type.String({ minLength: 1 })
const oneOrMore = { minItems: 1 }

const policyWhen = Type.Object(
  {
    source: Type.Optional(Type.Array(Type.Unsafe<Source>(Type.Enum([...SOURCES])), oneOrMore)),
    risk: Type.Optional(Type.Array(Type.Unsafe<Category['risk']>(Type.Enum([...RISKS])), oneOrMore)),
    category: Type.Optional(Type.Array(text, oneOrMore)),
    kind: Type.Optional(Type.Array(text, oneOrMore)),
  },
  strict,
)

const policyRule = Type.Object(
  {
    when: Type.Optional(policyWhen),
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
    clockStops: Type.Optional(Type.Unsafe<'reply' | 'pass' | 'close'>(Type.Enum(['reply', 'pass', 'close']))),
    maxExtensions: Type.Integer({ minimum: 0 }),
    maxSuspendDays: Type.Integer({ minimum: 0 }),
    fallBackDepartment: text,
    exceptions: Type.Optional(exceptionsSchema(policyRule)),
    escalation: Type.Optional(escalationSchema(policyWhen)),
    limitWords: Type.Optional(Type.Record(Type.String(), Type.String())),
    taskAssignee: Type.Optional(Type.Unsafe<'central' | 'area'>(Type.Enum(['central', 'area']))),
    screening: Type.Optional(screeningSchema),
    componentMatchM: Type.Optional(Type.Number({ minimum: 0, maximum: 200 })),
    borderDoubtM: Type.Optional(Type.Number({ minimum: 0, maximum: 200 })),
  },
  strict,
)

export const cityJsonSchema = Type.Object(
  {
    code: text,
    name: text,
    centreName: text,
    timeZone: text,
    /** Coordinate system of the pack's files: `wgs84`, `cgcs2000`, `gcj02`, `bd09`, `EPSG:4547` … */
    crs: Type.Optional(text),
    demo: Type.Optional(Type.Boolean()),
    levels: Type.Array(Type.Object({ key: text, name: text }, strict), oneOrMore),
    /** What a published map must name: whose it is, and its approval number 审图号. */
    map: Type.Optional(
      Type.Object({ attribution: Type.Optional(text), approvalNo: Type.Optional(text) }, strict),
    ),
    policies: Type.Unsafe<Policies>(policies),
  },
  strict,
)

export type CityJson = Static<typeof cityJsonSchema>
