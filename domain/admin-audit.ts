// What the audit 审计 speaks of: actions of administration, and looks at personal data. Names are for ever.

export const AUDIT_ACTIONS = [
  'login-locked',
  'account-password',
  'account-disable',
  'account-enable',
  'account-unlock',
  'own-password',
  'key-make',
  'key-revoke',
  'screen-add',
  'screen-change',
  'screen-token',
  'screen-revoke',
  'policy-change',
  'demo-change',
  'audit-export',
  'unmask',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export const AUDIT_TARGETS = ['account', 'login', 'key', 'screen', 'case', 'policy', 'demo', 'audit'] as const
export type AuditTarget = (typeof AUDIT_TARGETS)[number]
