// All keys of a page in one overlay, opened by `?` and closed by it, by Esc or by a press outside.
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { useModal } from '../../ui/use-modal.ts'
import styles from './keys.module.css'
import { type KeyBinding, keyName } from './keys.ts'

export function Key({ name }: { name: string }) {
  return <kbd className={styles.key}>{keyName(name)}</kbd>
}

export function KeysHelp({ bindings, onClose }: { bindings: readonly KeyBinding[]; onClose: () => void }) {
  const t = useT()
  const modal = useModal(onClose, ['?'])
  const rows = bindings.filter((b, i) => bindings.findIndex((o) => o.key === b.key) === i)
  return (
    <dialog {...modal} className={styles.help} aria-label={t('keys.title')}>
      <h2>{t('keys.title')}</h2>
      <dl className={styles.rows}>
        {rows.map((b) => (
          <div key={b.key}>
            <dt>
              <Key name={b.key} />
            </dt>
            <dd>{b.label}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={onClose}>{t('action.close')}</Button>
    </dialog>
  )
}
