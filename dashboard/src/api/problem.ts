// The one translator from the server's problem+json (RFC 9457), or from no answer at all, to words for people.
import type { Key, Translate } from '../i18n/translate.ts'

export interface FieldFault {
  /** Name of the payload's field, e.g. `reason` or `location.lng`. */
  field: string
  message: string
}

export interface Problem {
  /** HTTP status; 0 when the server could not be reached. */
  status: number
  /** The server's stable code, e.g. `stale-version`. */
  code: string
  detail: string | undefined
  fields: FieldFault[]
  /** Actions that are legal now, on a 409. */
  allowed: string[]
}

export const UNREACHABLE: Problem = { status: 0, code: 'network', detail: undefined, fields: [], allowed: [] }

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const asString = (value: unknown) => (typeof value === 'string' ? value : undefined)
const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** `/body/reason`, `/reason`, `body.reason` → `reason`. */
export const fieldOf = (path: string) =>
  path
    .replace(/^[/.]+/, '')
    .replaceAll('/', '.')
    .replace(/^body\./, '')

export function parseProblem(status: number, body: unknown): Problem {
  const problem = asRecord(body)
  return {
    status,
    code: asString(problem.code) ?? `http-${status}`,
    detail: asString(problem.detail),
    fields: asArray(problem.errors).flatMap((entry) => {
      const { path, message } = asRecord(entry)
      return typeof message === 'string' ? [{ field: fieldOf(asString(path) ?? ''), message }] : []
    }),
    allowed: asArray(problem.allowed).flatMap((a) => asString(a) ?? []),
  }
}

const BY_STATUS = {
  0: 'error.network',
  401: 'error.unauthorized',
  404: 'error.not-found',
  413: 'error.too-large',
  429: 'error.too-many',
} as const satisfies Record<number, Key>

const knownStatus = (status: number): status is keyof typeof BY_STATUS => Object.hasOwn(BY_STATUS, status)

/** One sentence for the reader: by status where that says it all, else in the server's own words. */
export function problemText(problem: Problem, t: Translate): string {
  const { status, code, detail } = problem
  if (code === 'stale-version') return t('error.stale')
  if (knownStatus(status)) return t(BY_STATUS[status])
  if (status >= 500) return t('error.server', { status })
  return detail ?? t(status === 403 ? 'error.forbidden' : 'error.invalid')
}

/** The fault of one field, from its own path or one below it. */
export const faultOf = (problem: Problem | undefined, field: string): string | undefined =>
  problem?.fields.find((f) => f.field === field || f.field.startsWith(`${field}.`))?.message
