// A question before something that cannot be taken back, or a small form: a modal that Esc, its button or a press outside
// closes, and that gives the focus back.
import type { FormEvent, ReactNode } from 'react'
import { useT } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useModal } from '../ui/use-modal.ts'
import styles from './confirm-dialog.module.css'

export function ConfirmDialog(props: {
  title: string
  /** What the primary button says. */
  go: string
  fault?: string | undefined
  busy?: boolean
  onGo: () => void
  onClose: () => void
  children: ReactNode
}) {
  const t = useT()
  const modal = useModal(props.onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onGo()
  }
  return (
    <dialog {...modal} className={styles.dialog} aria-label={props.title}>
      <form className={styles.inner} onSubmit={submit}>
        <h2 className={styles.title}>{props.title}</h2>
        {props.children}
        {props.fault !== undefined && <Notice kind="fault">{props.fault}</Notice>}
        <div className={styles.buttons}>
          <Button onClick={props.onClose}>{t('admin.cancel')}</Button>
          <Button type="submit" kind="primary" disabled={props.busy}>
            {props.go}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
