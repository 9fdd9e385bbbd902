// What the administrator of security 安全管理员 sets: how long logins last, how passwords age, when guessing is stopped, and
// how long a reporter's name and phone are kept. Pure; kept by the store, enforced by the api and the worker.
import Type, { type Static } from 'typebox'
import { DAY_MS, MINUTE_MS } from './days.ts'
import type { Post } from './case.ts'

const orNull = (minimum: number, maximum: number, description: string) =>
  Type.Union([Type.Integer({ minimum, maximum }), Type.Null()], { description })

export const SECURITY_POLICY = Type.Object(
  {
    idleMinutes: Type.Integer({
      minimum: 5,
      maximum: 43_200,
      description: 'A session at a desk ends when nothing was asked for so long',
    }),
    fieldIdleMinutes: Type.Integer({
      minimum: 5,
      maximum: 43_200,
      description: 'The same for those who work outdoors with a phone, and for screens',
    }),
    sessionDays: Type.Integer({
      minimum: 1,
      maximum: 400,
      description: 'However much it is used, a session ends after so many days',
    }),
    passwordDays: orNull(7, 1_000, 'A password older than this has to be changed; null = never'),
    leastPassword: Type.Integer({ minimum: 8, maximum: 64, description: 'Characters of a new password' }),
    lockAfter: Type.Integer({ minimum: 3, maximum: 100, description: 'Wrong passwords in a row' }),
    lockMinutes: Type.Integer({ minimum: 1, maximum: 1_440, description: 'How long nobody can log in then' }),
    eraseReporterDays: orNull(
      1,
      36_500,
      'So many days after a case has ended the name and phone of who reported it are erased; null = only by hand',
    ),
  },
  { additionalProperties: false },
)
export type SecurityPolicy = Static<typeof SECURITY_POLICY>

export const USUAL_POLICY: SecurityPolicy = {
  idleMinutes: 720,
  fieldIdleMinutes: 10_080,
  sessionDays: 30,
  passwordDays: null,
  leastPassword: 8,
  lockAfter: 10,
  lockMinutes: 15,
  eraseReporterDays: 730,
}

const OUTDOORS: readonly Post[] = ['grid-member', 'supervisor', 'handler', 'display']

/** Milliseconds that a session of this person may rest: the longer one only for whoever has no post at a desk. */
export function mayRestMs(policy: SecurityPolicy, posts: readonly Post[]): number {
  const isOutdoors = posts.length > 0 && posts.every((p) => OUTDOORS.includes(p))
  return (isOutdoors ? policy.fieldIdleMinutes : policy.idleMinutes) * MINUTE_MS
}

/** Milliseconds that a session lasts at most. */
export const lastsMs = (policy: SecurityPolicy): number => policy.sessionDays * DAY_MS

/** What differs, as the audit keeps it. */
export function policyChanges(
  before: SecurityPolicy,
  after: SecurityPolicy,
): Record<string, { from: number | null; to: number | null }> {
  const names = Object.keys(after) as (keyof SecurityPolicy)[]
  return Object.fromEntries(
    names.flatMap((n) => (before[n] === after[n] ? [] : [[n, { from: before[n], to: after[n] }]])),
  )
}
