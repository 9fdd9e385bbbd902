// Why a decision waits, and why one is suggested, as sentences.
import type { Translate } from '../../../i18n/translate.ts'
import { wordFor } from '../../../i18n/translate.ts'
import type { City } from '../../../api/city.ts'
import type { Suggestion } from '../model/suggest.ts'

export function whySuggested({ why }: Suggestion, city: City, t: Translate): string {
  switch (why.code) {
    case 'urgent':
      return t('centre.why.urgent', { unit: why.unit })
    case 'decide-unit':
      return t('centre.why.decide-unit', { unit: why.unit })
    case 'same':
      return t('centre.why.same', { no: why.no, m: why.metres })
    case 'by-words':
      return t('centre.why.by-words', { category: why.category, words: why.words })
    case 'returned-to':
      return t('centre.why.returned-to', { unit: city.department(why.unit) ?? why.unit })
    case 'ours-proved':
      return t('centre.why.ours-proved', { unit: why.unit })
    case 'evidence':
      return t('centre.why.evidence', { unit: why.unit })
    case 'photo-reused':
      return t('centre.why.photo-reused', { words: why.words })
    case 'reason':
      return wordFor(t, 'reason', why.reason)
    case 'plain':
      return wordFor(t, 'centre.why.plain', why.action)
  }
}

/** The reason code as words, or nothing where it only repeats the state. */
export const whyWaits = (reason: string, t: Translate) => {
  const words = wordFor(t, 'reason', reason)
  return words === reason ? undefined : words
}
