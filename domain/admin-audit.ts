// What the audit 审计 speaks of: actions of administration, and looks at personal data. Names are for ever.

export const AUDIT_ACTIONS = [
  'login-locked',
  'account-password',
  'account-disable',
  'account-enable',
  'account-unlock',
  'account-import',
  'own-password',
  'key-make',
  'key-revoke',
  'screen-add',
  'screen-change',
  'screen-token',
  'screen-revoke',
  'policy-change',
  'city-policy',
  'city-load',
  'city-download',
  'demo-change',
  'audit-export',
  'channel-add',
  'channel-change',
  'channel-secret',
  'channel-remove',
  'channel-test',
  'delivery-resend',
  'contact-change',
  'unmask',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export const AUDIT_TARGETS = [
  'account',
  'login',
  'key',
  'screen',
  'case',
  'policy',
  'city',
  'demo',
  'audit',
  'channel',
] as const
export type AuditTarget = (typeof AUDIT_TARGETS)[number]
