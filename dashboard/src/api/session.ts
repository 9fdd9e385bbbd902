// Who is logged in, and which page is theirs.
import type { Post } from '#domain/case.ts'
import { request } from './request.ts'
import { useResource } from './use-resource.ts'

export interface Account {
  id: string
  username: string
  name: string
  posts: Post[]
  department?: string
  /** The password was set by somebody else and is to be changed. */
  mustChange?: boolean
}

export const useSession = () => {
  const { value, problem, loading, reload } = useResource<{ user: Account }>('/auth/me')
  return { user: value?.user, problem, loading, reload }
}

export const logIn = (username: string, password: string) =>
  request<{ user: Account }>('/auth/login', { body: { username, password } })

export const logOut = () => request<void>('/auth/logout', { method: 'POST' })

const HOMES: [Post, string][] = [
  ['duty-manager', '/duty'],
  ['operator', '/duty'],
  ['dispatcher', '/duty'],
  ['head', '/duty'],
  ['department-officer', '/department'],
  ['handler', '/department'],
  ['supervisor', '/check'],
  ['grid-member', '/report'],
  ['display', '/wall'],
  ['leader', '/wall'],
  ['admin', '/admin'],
  ['system-admin', '/admin'],
  ['security-admin', '/admin'],
  ['auditor', '/admin'],
  ['evaluator', '/appeals'],
]

/** The page a person starts on; the first post in the order of urgency decides. */
export const homeOf = (posts: readonly Post[]): string | undefined =>
  HOMES.find(([post]) => posts.includes(post))?.[1]
