// A new password for somebody else: typed, or made up and read out.
import { useState } from 'react'
import { madeUpPassword } from '#domain/made-up-password.ts'
import { type AccountRow, LEAST_PASSWORD, resetPassword } from '../../api/admin.ts'
import { problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import styles from './admin-page.module.css'

export function PasswordDialog(props: {
  account: AccountRow
  isDemo: boolean
  onDone: () => void
  onClose: () => void
}) {
  const t = useT()
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    if (password.length < LEAST_PASSWORD) return setFault(t('password.short'))
    setBusy(true)
    const answer = await resetPassword(props.account.id, password)
    setBusy(false)
    if (answer.ok) return props.onDone()
    setFault(problemText(answer.problem, t))
  }
  return (
    <ConfirmDialog
      title={t('admin.accounts.password.title', { name: props.account.name })}
      go={t('admin.accounts.password.set')}
      fault={fault}
      busy={busy}
      onGo={() => void go()}
      onClose={props.onClose}
    >
      <Field label={t('admin.accounts.password.new')} hint={t('admin.accounts.password.hint')}>
        {(ids) => (
          <div className={styles.inline}>
            <input
              {...ids}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={password}
              onChange={(e) => setPassword(e.target.value)}
            />
            <Button onClick={() => setPassword(madeUpPassword())}>{t('admin.accounts.password.make')}</Button>
          </div>
        )}
      </Field>
      <p className={styles.what}>{t('admin.accounts.password.what')}</p>
      {props.isDemo && <p className={styles.hint}>{t('admin.accounts.password.demo')}</p>}
    </ConfirmDialog>
  )
}
