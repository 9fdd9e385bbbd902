// “Done – undo”: what was just decided and is not yet sent, with the way back. Goes by itself when it is sent.
import { useT } from '../../i18n/translate.ts'
import { Key } from '../keys/keys-help.tsx'
import styles from './undo-bar.module.css'
import { UNDO_MS } from './use-outbox.ts'

export function UndoBar(props: {
  /** What the newest says, e.g. `立案 R20261119001`; undefined = nothing waits. */
  label: string | undefined
  /** Tells one from the next. */
  id: string | undefined
  /** How many wait. */
  n: number
  /** The key that undoes. */
  hint?: string
  onUndo: () => void
}) {
  const t = useT()
  const { label, id, n, hint, onUndo } = props
  return (
    <div className={styles.place} role="status">
      {label !== undefined && (
        <div className={styles.bar}>
          <span
            key={id}
            className={styles.time}
            style={{ animationDuration: `${UNDO_MS}ms` }}
            aria-hidden="true"
          />
          <span className={styles.label}>{label}</span>
          {n > 1 && <span className={styles.more}>{t('undo.more', { n: n - 1 })}</span>}
          <button type="button" className={styles.undo} onClick={onUndo}>
            {t('undo.undo')} {hint !== undefined && <Key name={hint} />}
          </button>
        </div>
      )}
    </div>
  )
}
