// What was sent and how it went, in words.
import type { ResultJson } from '../../api/delivery.ts'
import { type Translate, wordFor } from '../../i18n/translate.ts'

/** `case.closed`, `dispatched`, `test`: words of events, of notices, or of this page. */
export function kindText(kind: string, t: Translate): string {
  const code = kind.replace(/^case\./, '')
  for (const group of kind === code ? ['delivery.event', 'notice'] : ['delivery.event', 'event']) {
    const words = wordFor(t, group, code)
    if (words !== code) return words
  }
  return code
}

/** Why it was not delivered, with what the receiver said. */
export function resultText({ code, status, text }: ResultJson, t: Translate): string {
  const words =
    code === 'status'
      ? t('delivery.code.status', { status: status ?? '' })
      : wordFor(t, 'delivery.code', code)
  return text === undefined || code === 'sent' ? words : `${words} · ${text}`
}
