// The one shape of every error: problem+json (RFC 9457) with a stable `code`. A Problem is thrown by whatever finds out
// that a request cannot be answered, and turned into a reply in http/errors.ts.
import Type, { type Static } from 'typebox'

export const PROBLEM_TYPE = 'application/problem+json'

export const FAULT = Type.Object({
  path: Type.String({
    description: 'JSON pointer into the body, or the name of a parameter: `/location/lng`',
  }),
  message: Type.String(),
})
export type Fault = Static<typeof FAULT>

export const PROBLEM = Type.Object(
  {
    type: Type.String({ description: '`urn:huiyin:problem:` + code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'One sentence for the person who sent the request' }),
    code: Type.String({ description: 'Stable; for programs' }),
    errors: Type.Optional(Type.Array(FAULT, { description: 'Every fault of the request' })),
    allowed: Type.Optional(Type.Array(Type.String(), { description: 'Actions that are legal instead' })),
    requestId: Type.Optional(
      Type.String({ description: 'As in the header x-request-id; quote it when asking' }),
    ),
  },
  { $id: 'Problem' },
)
export type ProblemBody = Static<typeof PROBLEM>

const TITLES: Record<number, string> = {
  400: 'The request has faults',
  401: 'Not logged in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Not possible now',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Idempotency-Key reused',
  429: 'Too many requests',
  431: 'Request header too large',
  500: 'Internal error',
  503: 'Not available',
}

export const titleOf = (status: number) => TITLES[status] ?? 'Error'

export interface ProblemMore {
  errors?: readonly Fault[] | undefined
  allowed?: readonly string[] | undefined
  headers?: Record<string, string>
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly more: ProblemMore

  constructor(status: number, code: string, detail: string, more: ProblemMore = {}) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.more = more
  }

  body(requestId: string): ProblemBody {
    const { errors, allowed } = this.more
    return {
      type: `urn:huiyin:problem:${this.code}`,
      title: titleOf(this.status),
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(errors ? { errors: [...errors] } : {}),
      ...(allowed ? { allowed: [...allowed] } : {}),
      requestId,
    }
  }
}

/** 400 with every fault. */
export const invalid = (errors: readonly Fault[], code = 'invalid') =>
  new Problem(400, code, faultsInWords(errors), { errors })

const faultsInWords = (errors: readonly Fault[]) => {
  const [first] = errors
  const named = first ? `${first.path || 'the body'} ${first.message}` : 'the request is not valid'
  return errors.length > 1 ? `${named}; and ${errors.length - 1} more` : named
}

/** Any request can have a broken address or a wrong api key, owe a new password, meet a bug, or a database that is away. */
const ALWAYS = [400, 401, 403, 500, 503] as const

/** Response schemas of these statuses and of those that any route can answer, for a route's `response`. */
export function problems<const S extends number>(...statuses: S[]) {
  const one = (status: number) => ({
    description: titleOf(status),
    content: { [PROBLEM_TYPE]: { schema: Type.Unsafe<ProblemBody>({ $ref: 'Problem#' }) } },
  })
  return Object.fromEntries([...statuses, ...ALWAYS].map((s) => [s, one(s)])) as Record<
    S | (typeof ALWAYS)[number],
    ReturnType<typeof one>
  >
}
