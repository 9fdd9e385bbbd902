// Why a report was not accepted, for its reporter.
import { STATED_REASONS } from '#domain/reason.ts'
import { getLanguage } from '../../i18n/language.ts'
import { wordFor, type Translate } from '../../i18n/translate.ts'

const isStated = (code: string): code is keyof typeof STATED_REASONS => Object.hasOwn(STATED_REASONS, code)

/** The interface's words for a code, else the field's own; what is no code is somebody's words. */
export function reasonWords(code: string, t: Translate): string {
  const words = wordFor(t, 'reason', code)
  if (words !== code) return words
  return isStated(code) && getLanguage() === 'zh-CN' ? STATED_REASONS[code] : code.replaceAll('-', ' ')
}
