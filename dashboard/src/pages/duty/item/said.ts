// A step and what it carries, in words.
import { useT, wordFor } from '../../../i18n/translate.ts'
import { reasonWords } from '../../../i18n/reason-words.ts'
import { useDesk } from '../desk-context.ts'

export function useSaid() {
  const t = useT()
  const { city } = useDesk()
  const words: Record<string, (value: string) => string> = {
    department: (v) => city.department(v) ?? v,
    categoryCode: (v) => city.category(v) ?? v,
    outcome: (v) => wordFor(t, 'outcome', v),
    reason: (v) => reasonWords(v, t),
    into: (v) => v,
  }
  return {
    step: (action: string) => wordFor(t, 'centre.step', action),
    payload: (payload: Record<string, unknown>) =>
      Object.entries(payload)
        .flatMap(([key, value]) => (typeof value === 'string' && words[key] ? [words[key](value)] : []))
        .join(' · '),
  }
}
