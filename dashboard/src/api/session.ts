// Who is logged in, and which page is theirs.
import type { Post } from '#domain/case.ts'
import { type Answer, request } from './request.ts'
import { useResource } from './use-resource.ts'
import { renewShared } from './use-shared.ts'

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

export async function logIn(username: string, password: string): Promise<Answer<{ user: Account }>> {
  const answer = await request<{ user: Account }>('/auth/login', { body: { username, password } })
  if (answer.ok) renewShared()
  return answer
}

export async function logOut(): Promise<Answer<void>> {
  const answer = await request<void>('/auth/logout', { method: 'POST' })
  if (answer.ok) renewShared()
  return answer
}

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
