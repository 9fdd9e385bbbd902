// Who may call a route, said where the route is: `config: anyone()`, `people()` or `posts([...])`. Checked before anything
// of the request is read (auth/plugin.ts); the api does not start with a route that doesn't say. What a handler narrows
// further (this case, that action) is listed in docs/access.md.
import type { Post } from '#domain/case.ts'
import type { App } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { Login } from './logins.ts'

export interface Access {
  /** `anyone`: with or without a login; `people`: whoever is logged in, machines too; or who holds one of the posts. */
  who: 'anyone' | 'people' | readonly Post[]
  /** A screen's own page too: what it takes to draw the board, nothing of a case's words or persons. */
  screens?: boolean
  /** Stays open to who has to change their password first; with `anyone` it also tells the handler who they are. */
  owing?: boolean
  /** Nothing is here but an answer that says so. */
  absent?: boolean
  /** Said to whoever holds none of the posts. */
  refusal?: string
}
type More = Pick<Access, 'screens' | 'owing' | 'absent'>

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

export const anyone = (more: More = {}) => ({ access: { who: 'anyone', ...more } satisfies Access })
export const people = (more: More = {}) => ({ access: { who: 'people', ...more } satisfies Access })
/** @param refusal a sentence for those who hold none of them */
export const posts = (who: readonly Post[], refusal: string, more: More = {}) => ({
  access: { who, refusal, ...more } satisfies Access,
})

/** In a small town `admin` is all three; in others the three administrators 三员 are different people. */
const SYSTEM: readonly Post[] = ['admin', 'system-admin']
const SECURITY: readonly Post[] = ['admin', 'security-admin']
const AUDIT: readonly Post[] = ['admin', 'auditor']

/** Runs the system: its state, screens, the demo's clock. */
export const systemAdmins = posts(SYSTEM, 'only an administrator of the system may see or do this')
/** Who may log in and how: accounts, keys, policies. */
export const securityAdmins = posts(SECURITY, 'only an administrator of security may see or do this')
/** Reads what the other two did. */
export const auditors = posts(AUDIT, 'only an auditor may see this')
/** Looks at accounts and policies without changing them. */
export const securityReaders = posts(
  [...SECURITY, 'auditor'],
  'only an administrator of security or an auditor may see this',
)

export interface DeclaredRoute {
  method: string
  url: string
  access: Access
}

/** @throws 401, 403 when this caller may not call the route. `owes`: they have to change their password first. */
export function assertAllowed(
  access: Access,
  { login, owes }: { login: Login | undefined; owes: boolean },
): void {
  if (login?.via === 'screen' && access.screens !== true)
    throw new Problem(403, 'forbidden', 'a screen’s own page may only look at the board')
  if (access.who === 'anyone') return
  if (owes && access.owing !== true) throw owesPassword()
  if (!login) throw new Problem(401, 'unauthorized', 'log in first')
  if (access.who === 'people') return
  if (!access.who.some((p) => login.actor.posts.includes(p)))
    throw new Problem(403, 'forbidden', access.refusal ?? 'your post may not do this')
}

export const owesPassword = () =>
  new Problem(
    403,
    'password-change-required',
    'your password was set by somebody else or is too old: change it first, POST /api/v1/auth/password',
  )

/**
 * All routes of this scope, for plugins whose routes cannot say it themselves (the pages' files, the documentation):
 * anybody may fetch them.
 */
export function openToAnyone(scope: App, more: More = {}): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...anyone(more) }
  })
}
