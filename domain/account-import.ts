// What a list of accounts would do: make some, change others, and what is refused with the reason. Pure; the same plan is
// shown first and applied afterwards.
import type { Post } from './case.ts'

interface AccountFields {
  username: string
  name: string
  posts: Post[]
  department: string | null
  areas: string[]
  mobile: string | null
  email: string | null
}

/** One row of the list, read and sound in itself; a list without mobile or e-mail column leaves those as they are. */
export interface ImportRow extends Omit<AccountFields, 'mobile' | 'email'> {
  /** Of the file, as its reader counts. */
  row: number
  mobile?: string | null | undefined
  email?: string | null | undefined
}

/** An account as it is. */
export interface PresentAccount extends AccountFields {
  id: string
  isDisabled: boolean
  hasPassword: boolean
}

export const IMPORT_FIELDS = ['name', 'posts', 'department', 'areas', 'mobile', 'email'] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

export interface FieldChange {
  field: ImportField
  from: string
  to: string
}

/**
 * `own-posts`: nobody changes their own posts, unit or areas; `disabled`: it is to be enabled first; `case`: another account
 * has the same name but for large and small letters; `last-admin`: nobody who administrates accounts would be left.
 */
export type ImportRefusal = 'own-posts' | 'disabled' | 'case' | 'last-admin'

export interface PlannedRow extends AccountFields {
  /** Of the file. */
  row: number
  /** Of a present account. */
  id?: string | undefined
  what: 'create' | 'change' | 'same' | 'refuse'
  changes: FieldChange[]
  /** It gets an initial password: it is new, or had none. */
  password: boolean
  refusal?: ImportRefusal | undefined
}

const ADMINS: readonly Post[] = ['admin', 'security-admin']
const administers = (posts: readonly Post[]) => posts.some((p) => ADMINS.includes(p))
const inWords = (value: readonly string[] | string | null) =>
  value === null ? '' : typeof value === 'string' ? value : [...value].sort().join('、')

const changesOf = (before: PresentAccount, after: AccountFields): FieldChange[] =>
  IMPORT_FIELDS.flatMap((field) => {
    const [from, to] = [inWords(before[field]), inWords(after[field])]
    return from === to ? [] : [{ field, from, to }]
  })

/** @param me username of whoever imports */
export function planImport(
  rows: readonly ImportRow[],
  present: readonly PresentAccount[],
  me: string,
): PlannedRow[] {
  const byName = new Map(present.map((a) => [a.username, a]))
  const byLower = new Map(present.map((a) => [a.username.toLowerCase(), a.username]))
  const plan = rows.map((row) => planRow(row, byName.get(row.username), byLower, me))
  const after = new Map(plan.flatMap((r) => (r.what === 'refuse' ? [] : [[r.username, r.posts]])))
  const isLeft = present.some(
    (a) => !a.isDisabled && a.hasPassword && administers(after.get(a.username) ?? a.posts),
  )
  if (isLeft) return plan
  return plan.map((r) => {
    const before = byName.get(r.username)
    return r.what === 'change' && before && administers(before.posts) && !administers(r.posts)
      ? { ...r, what: 'refuse', refusal: 'last-admin' as const }
      : r
  })
}

function planRow(
  given: ImportRow,
  before: PresentAccount | undefined,
  byLower: ReadonlyMap<string, string>,
  me: string,
): PlannedRow {
  const { mobile = before?.mobile ?? null, email = before?.email ?? null } = given
  const row = { ...given, mobile, email }
  const refuse = (refusal: ImportRefusal, changes: FieldChange[] = []): PlannedRow => ({
    ...row,
    id: before?.id,
    what: 'refuse',
    changes,
    password: false,
    refusal,
  })
  if (!before) {
    const twin = byLower.get(row.username.toLowerCase())
    return twin === undefined ? { ...row, what: 'create', changes: [], password: true } : refuse('case')
  }
  const changes = changesOf(before, row)
  if (before.isDisabled) return refuse('disabled', changes)
  const isOwn = row.username === me && changes.some((c) => ['posts', 'department', 'areas'].includes(c.field))
  if (isOwn) return refuse('own-posts', changes)
  const password = !before.hasPassword
  const what = changes.length > 0 || password ? 'change' : 'same'
  return { ...row, id: before.id, what, changes, password }
}
