// The audit and the security policy as administrators see them, and looking at who reported.
import type { AuditAction, AuditTarget } from '#domain/admin-audit.ts'
import type { Post } from '#domain/case.ts'
import type { SecurityPolicy } from '#domain/security-policy.ts'
import { request } from './request.ts'

export interface AuditEntry {
  id: string
  at: string
  by?: { id: string; username: string; name: string }
  posts: Post[]
  via: 'session' | 'key' | 'server'
  ip?: string
  action: AuditAction
  target: { kind: AuditTarget; id: string; name?: string }
  detail: Record<string, unknown>
}

export interface AuditSearch {
  /** `YYYY-MM-DD`, both days included. */
  from?: string
  until?: string
  action?: string
  by?: string
  case?: string
}

/** Of this browser's days; `more` is `cursor` or `format`. */
export function auditPath(search: AuditSearch, more: Record<string, string> = {}): string {
  const instant = (day: string | undefined, add: number) => {
    if (!day) return undefined
    const at = new Date(`${day}T00:00:00`)
    at.setDate(at.getDate() + add)
    return at.toISOString()
  }
  const { from, until, ...others } = search
  const all = { from: instant(from, 0), until: instant(until, 1), ...others, ...more }
  const query = new URLSearchParams(
    Object.entries(all).flatMap(([k, v]) => (v === undefined || v.trim() === '' ? [] : [[k, v.trim()]])),
  ).toString()
  return `/admin/audit${query === '' ? '' : `?${query}`}`
}

export const askAudit = (search: AuditSearch, cursor?: string) =>
  request<{ items: AuditEntry[]; nextCursor?: string }>(
    auditPath(search, cursor === undefined ? {} : { cursor }),
  )

export const savePolicy = (change: Partial<SecurityPolicy>) =>
  request<SecurityPolicy>('/admin/security', { method: 'PUT', body: change })

export const unmask = (caseId: string, reason: string) =>
  request<{ reporter: { name?: string; phone?: string } }>(`/cases/${caseId}/unmask`, { body: { reason } })
