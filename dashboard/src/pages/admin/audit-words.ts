// The details of an audit entry in words: what was changed, from what to what; a field that has no word stands for itself.
import type { SecurityPolicy } from '#domain/security-policy.ts'
import type { AuditEntry } from '../../api/audit.ts'
import { type Translate, wordFor } from '../../i18n/translate.ts'

/** Values that have words of their own, by field. */
const VALUE_WORDS: Readonly<Record<string, string>> = {
  scene: 'demo.scene',
  kind: 'delivery.kind',
  changed: 'audit.field',
}

/** One line for each thing; empty where nothing more is known. */
export function detailWords({ action, detail }: AuditEntry, t: Translate): string {
  const limit = (value: unknown) => (value === null ? t('policy.never') : valueWords('', value, t))
  if (action === 'policy-change')
    return Object.entries(detail as Record<keyof SecurityPolicy, { from: unknown; to: unknown }>)
      .map(([name, { from, to }]) =>
        t('audit.change', {
          name: t(`policy.${name as keyof SecurityPolicy}`),
          from: limit(from),
          to: limit(to),
        }),
      )
      .join('\n')
  if (action === 'city-policy')
    return `${limit(detail.from)} → ${limit(detail.to)} · ${valueWords('', detail.reason, t)}`
  return Object.entries(detail)
    .map(([field, value]) => [field, valueWords(field, value, t)] as const)
    .filter(([, words]) => words !== '')
    .map(([field, words]) => t('sign.is', { name: wordFor(t, 'audit.field', field), value: words }))
    .join('\n')
}

function valueWords(field: string, value: unknown, t: Translate): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
  if (Array.isArray(value)) return value.map((v) => valueWords(field, v, t)).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, of]) => `${name} ${valueWords('', of, t)}`)
      .join('; ')
  const group = VALUE_WORDS[field]
  return group === undefined ? String(value) : wordFor(t, group, String(value))
}
