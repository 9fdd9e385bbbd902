// Accounts and keys as the administrator sees them.
import type { Post } from '#domain/case.ts'
import { request } from './request.ts'
import type { Account } from './session.ts'

export interface AccountRow {
  id: string
  username: string
  name: string
  posts: Post[]
  department?: string
  /** Area codes; empty = the whole city. */
  areas: string[]
  mustChange: boolean
  hasPassword: boolean
  disabledAt?: string
  /** Nobody can log in with it until then: too many wrong passwords. */
  lockedUntil?: string
}

export interface KeyRow {
  id: string
  name: string
  account: { id: string; username: string; name: string }
  createdAt: string
  revokedAt?: string
}

export const LEAST_PASSWORD = 8

export const resetPassword = (id: string, password: string) =>
  request<void>(`/accounts/${id}/password`, { body: { password } })

export const setEnabled = (id: string, isEnabled: boolean) =>
  request<void>(`/accounts/${id}/${isEnabled ? 'enable' : 'disable'}`, { method: 'POST' })

export const unlock = (id: string) => request<void>(`/accounts/${id}/unlock`, { method: 'POST' })

export const makeKey = (name: string, account: string) =>
  request<{ id: string; name: string; key: string }>('/api-keys', { body: { name, account } })

export const revokeKey = (id: string) => request<void>(`/api-keys/${id}/revoke`, { method: 'POST' })

export const changePassword = (current: string, password: string) =>
  request<{ user: Account }>('/auth/password', { body: { current, password } })
