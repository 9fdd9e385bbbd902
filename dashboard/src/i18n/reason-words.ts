// The words for a reason that is counted by: the interface's own, else the field's.
import { STATED_REASONS } from '#domain/reason.ts'
import { getLanguage } from './language.ts'
import { wordFor, type Translate } from './translate.ts'

const isStated = (code: string): code is keyof typeof STATED_REASONS => Object.hasOwn(STATED_REASONS, code)

/** The interface's words for a code, else the field's own; what is no code is somebody's words, as they are. */
export function reasonWords(code: string, t: Translate): string {
  const words = wordFor(t, 'reason', code)
  if (words !== code || !isStated(code)) return words
  return getLanguage() === 'zh-CN' ? STATED_REASONS[code] : code.replaceAll('-', ' ')
}
