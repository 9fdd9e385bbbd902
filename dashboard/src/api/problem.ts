// The one translator from the server's problem+json (RFC 9457), or from no answer at all, to words for people.
import { wordFor, type Translate } from '../i18n/translate.ts'

interface FieldFault {
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

/** One sentence for the reader: the code's own words, else what the server says, else what the status says. */
export function problemText({ status, code, detail }: Problem, t: Translate): string {
  const words = wordFor(t, 'problem', code)
  if (words !== code) return words
  if (status >= 500) return t('problem.server', { status })
  return detail ?? t('problem.invalid')
}

const MISSING = new Set(['is required', 'must not be blank', 'must not have fewer than 1 characters'])

/** What the server's validation says of a value, and the words for it. */
const SAID = [
  [/^must not have fewer than (\d+) characters$/, 'fault.short'],
  [/^must not have more than (\d+) characters$/, 'fault.long'],
  [/^must not have fewer than (\d+) items$/, 'fault.few'],
  [/^must not have more than (\d+) items$/, 'fault.many'],
  [/^must be >= (\S+)$/, 'fault.least'],
  [/^must be <= (\S+)$/, 'fault.most'],
] as const
const NO_NUMBER = new Set(['must be number', 'must be integer'])

/** The fault of one field, from its own path or one below it. */
export function faultOf(problem: Problem | undefined, field: string, t: Translate): string | undefined {
  const found = problem?.fields.find((f) => f.field === field || f.field.startsWith(`${field}.`))
  if (!found) return undefined
  const { message } = found
  if (MISSING.has(message)) return t('fault.required')
  if (NO_NUMBER.has(message)) return t('fault.number')
  for (const [form, words] of SAID) {
    const [, n] = form.exec(message) ?? []
    if (n !== undefined) return t(words, { n })
  }
  return t('fault.other', { message })
}
