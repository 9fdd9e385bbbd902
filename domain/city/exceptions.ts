// Policies of the exceptions a case can meet: return, extension, suspension, rework, oversight. All optional: a pack that
// says nothing gets the lifecycle's table alone.
import Type from 'typebox'
import type { Post } from '../case.ts'
import type { PolicyRule } from './types.ts'

export interface ExceptionPolicies {
  /** 退单 */
  return?:
    | {
        /** Limit text after the dispatch, on the lead unit's calendar, within which a return can be asked for. */
        within?: string | undefined
        /** A return needs a photo of its evidence. */
        evidence?: boolean | undefined
      }
    | undefined
  /** 延期; how many is `maxExtensions`. */
  extension?:
    | {
        /** What one extension adds: the original limit again (the default), or a limit text. */
        amount?: 'same' | string | undefined
        /** Asked for at the latest before the light is yellow, or before it is red (the default). */
        latest?: 'warn' | 'due' | undefined
        /** Approval chain of the first, second … extension; the last one holds for all further. */
        approvals?: Post[][] | undefined
      }
    | undefined
  /** 挂账; how long is `maxSuspendDays`. */
  suspension?:
    | {
        approvals?: Post[] | undefined
        /** A suspension needs proof: a photo or a scanned document. */
        proof?: boolean | undefined
        /** How often one case may be suspended. */
        most?: number | undefined
      }
    | undefined
  /** 返工: who decides after a failed check; absent = the duty manager. */
  rework?: PolicyRule[] | undefined
  /** 督办 */
  oversight?:
    | {
        /** Limit text on the centre's calendar, when whoever issues it names no day. */
        limit?: string | undefined
      }
    | undefined
}

const strict = { additionalProperties: false }
const text = Type.String({ minLength: 1, maxLength: 64 })
const chain = (posts: readonly Post[]) => Type.Array(Type.Enum([...posts]), { minItems: 1, maxItems: 4 })

/** Posts that the lifecycle lets decide an extension, or a suspension. */
export const EXTENSION_POSTS = ['dispatcher', 'duty-manager', 'head'] as const satisfies Post[]
export const SUSPENSION_POSTS = ['duty-manager', 'head'] as const satisfies Post[]

/** JSON Schema of `policies.exceptions` in city.json; `rule` is the schema of one policy rule. */
export const exceptionsSchema = (rule: Type.TSchema) =>
  Type.Object(
    {
      return: Type.Optional(
        Type.Object({ within: Type.Optional(text), evidence: Type.Optional(Type.Boolean()) }, strict),
      ),
      extension: Type.Optional(
        Type.Object(
          {
            amount: Type.Optional(text),
            latest: Type.Optional(Type.Enum(['warn', 'due'])),
            approvals: Type.Optional(Type.Array(chain(EXTENSION_POSTS), { minItems: 1, maxItems: 5 })),
          },
          strict,
        ),
      ),
      suspension: Type.Optional(
        Type.Object(
          {
            approvals: Type.Optional(chain(SUSPENSION_POSTS)),
            proof: Type.Optional(Type.Boolean()),
            most: Type.Optional(Type.Integer({ minimum: 0 })),
          },
          strict,
        ),
      ),
      rework: Type.Optional(Type.Array(rule, { minItems: 1 })),
      oversight: Type.Optional(Type.Object({ limit: Type.Optional(text) }, strict)),
    },
    strict,
  )
