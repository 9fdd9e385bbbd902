// Flags as words in a row; those held against somebody stand out and come first, those left out are struck through.
import type { FlagJson } from '../../api/clocks.ts'
import { useLanguage } from '../../i18n/translate.ts'
import { AGAINST, flagWords } from '../case/flag-words.ts'
import styles from './appeals.module.css'

export function FlagList({ flags, isGone = false }: { flags: readonly FlagJson[]; isGone?: boolean }) {
  const language = useLanguage()
  return (
    <ul className={styles.flags}>
      {[...flags.filter((f) => AGAINST.has(f.key)), ...flags.filter((f) => !AGAINST.has(f.key))].map((f) => (
        <li
          key={f.key}
          data-flag={f.key}
          className={isGone ? styles.gone : AGAINST.has(f.key) ? styles.bad : undefined}
        >
          {flagWords(f, language)}
        </li>
      ))}
    </ul>
  )
}
