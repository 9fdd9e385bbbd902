// One line of the audit 审计 about a request: who did what to whom, in which posts and from where.
import type { FastifyRequest } from 'fastify'
import { type AuditRecord, addAudit } from '#store/admin-audit.ts'
import type { ApiDeps } from '../deps.ts'

export type Audited = Pick<AuditRecord, 'action' | 'target' | 'detail'>

/** Kept before the answer is sent: what could not be kept is answered with a fault. */
export async function audit(
  { store, log }: Pick<ApiDeps, 'store' | 'log'>,
  request: FastifyRequest,
  record: Audited,
): Promise<void> {
  const { login } = request
  const actorId = login?.via === 'screen' ? undefined : login?.account.id
  await addAudit(store, {
    ...record,
    actorId,
    posts: login?.account.posts,
    via: login?.via === 'key' ? 'key' : 'session',
    ip: request.ip,
  })
  log.info({ by: actorId, action: record.action, ...record.target }, 'audited')
}
