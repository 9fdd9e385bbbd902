// Everybody's accounts: found by a word, their passwords reset, disabled and enabled again.
import { useMemo, useState } from 'react'
import { type AccountRow, setEnabled, unlock } from '../../api/admin.ts'
import type { AccountImport } from '../../api/administration.ts'
import { type City, useCity } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { type Translate, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { AccountDialog } from './account-dialog.tsx'
import { ImportAccounts } from './import-accounts.tsx'
import { InitialPasswords } from './initial-passwords.tsx'
import { PasswordDialog } from './password-dialog.tsx'

const stateOf = (a: AccountRow, t: Translate) =>
  a.disabledAt !== undefined
    ? t('admin.accounts.state.disabled')
    : a.lockedUntil !== undefined
      ? t('admin.accounts.state.locked')
      : !a.hasPassword
        ? t('admin.accounts.state.no-password')
        : t(a.mustChange ? 'admin.accounts.state.must-change' : 'admin.accounts.state.fine')

const wordsOf = (a: AccountRow, city: City | undefined, t: Translate) =>
  [a.username, a.name, ...a.posts.map((p) => t(`post.${p}`)), city?.department(a.department) ?? ''].join(' ')

type Asked =
  | { kind: 'password' | 'disable' | 'edit'; account: AccountRow }
  | { kind: 'add'; account?: undefined }

export function AccountsSection({ me, isDemo }: { me: string; isDemo: boolean }) {
  const t = useT()
  const city = useCity()
  const { value, problem, reload } = useResource<{ items: AccountRow[] }>('/accounts')
  const [find, setFind] = useState('')
  const [asked, setAsked] = useState<Asked>()
  const [busy, setBusy] = useState(false)
  const [isImporting, setIsImporting] = useState(false)
  const [fault, setFault] = useState<string>()
  const [done, setDone] = useState<string>()
  const [passwords, setPasswords] = useState<NonNullable<AccountImport['passwords']>>([])
  const found = useMemo(() => {
    const wanted = find.trim().toLowerCase()
    return (value?.items ?? []).filter((a) => wordsOf(a, city, t).toLowerCase().includes(wanted))
  }, [value, find, city, t])

  const enable = async (account: AccountRow, isEnabled: boolean) => {
    setBusy(true)
    const answer = await setEnabled(account.id, isEnabled)
    setBusy(false)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (!answer.ok) return
    setAsked(undefined)
    reload()
  }
  const openAgain = async (account: AccountRow) => {
    setBusy(true)
    const answer = await unlock(account.id)
    setBusy(false)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (!answer.ok) return
    setDone(t('admin.accounts.unlocked', { name: account.name }))
    reload()
  }
  const ask = (kind: Asked['kind'], account?: AccountRow) => {
    setFault(undefined)
    setDone(undefined)
    setPasswords([])
    if (account && kind !== 'add') setAsked({ kind, account })
    else setAsked({ kind: 'add' })
  }
  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  return (
    <div className={styles.section}>
      <div className={styles.upload}>
        <Field label={t('admin.accounts.find')}>
          {(ids) => <input {...ids} type="search" value={find} onChange={(e) => setFind(e.target.value)} />}
        </Field>
        <Button kind="primary" onClick={() => ask('add')}>
          {t('admin.accounts.add')}
        </Button>
        <Button aria-expanded={isImporting} onClick={() => setIsImporting(!isImporting)}>
          {t('admin.accounts.import')}
        </Button>
      </div>
      {isImporting && <ImportAccounts onDone={reload} />}
      {done !== undefined && <Notice>{done}</Notice>}
      {passwords.length > 0 && <InitialPasswords passwords={passwords} />}
      {fault !== undefined && !asked && <Notice kind="fault">{fault}</Notice>}
      <p className={styles.hint} role="status">
        {found.length === 0 ? t('admin.accounts.none') : t('admin.accounts.count', { n: found.length })}
      </p>
      {found.length > 0 && (
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.stacked}`}>
            <thead>
              <tr>
                <th>{t('admin.accounts.username')}</th>
                <th>{t('admin.accounts.name')}</th>
                <th>{t('admin.accounts.posts')}</th>
                <th>{t('admin.accounts.unit')}</th>
                <th>{t('admin.accounts.areas')}</th>
                <th>{t('admin.accounts.state')}</th>
                <th>{t('admin.accounts.do')}</th>
              </tr>
            </thead>
            <tbody>
              {found.map((a) => (
                <tr key={a.id} className={a.disabledAt === undefined ? undefined : styles.off}>
                  <td className={styles.nowrap}>{a.username}</td>
                  <td>{a.name}</td>
                  <td className={styles.words}>{a.posts.map((p) => t(`post.${p}`)).join(t('sign.list'))}</td>
                  <td>{city?.department(a.department)}</td>
                  <td>
                    {a.areas.length === 0
                      ? t('admin.accounts.areas.all')
                      : a.areas.map((code) => city?.area(code) ?? code).join(t('sign.list'))}
                  </td>
                  <td>{stateOf(a, t)}</td>
                  <td>
                    {a.id === me ? (
                      <span className={styles.hint}>{t('admin.accounts.self')}</span>
                    ) : (
                      <div className={styles.actions}>
                        {a.disabledAt === undefined && (
                          <Button className={styles.small} onClick={() => ask('edit', a)}>
                            {t('admin.accounts.edit')}
                          </Button>
                        )}
                        <Button className={styles.small} onClick={() => ask('password', a)}>
                          {t('admin.accounts.password')}
                        </Button>
                        {a.lockedUntil !== undefined && a.disabledAt === undefined && (
                          <Button className={styles.small} disabled={busy} onClick={() => void openAgain(a)}>
                            {t('admin.accounts.unlock')}
                          </Button>
                        )}
                        {a.disabledAt === undefined ? (
                          <Button className={styles.small} onClick={() => ask('disable', a)}>
                            {t('admin.accounts.disable')}
                          </Button>
                        ) : (
                          <Button
                            className={styles.small}
                            disabled={busy}
                            onClick={() => void enable(a, true)}
                          >
                            {t('admin.accounts.enable')}
                          </Button>
                        )}
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={styles.hint}>{t('admin.accounts.made')}</p>
      {(asked?.kind === 'add' || asked?.kind === 'edit') && (
        <AccountDialog
          account={asked.account}
          onClose={() => setAsked(undefined)}
          onDone={({ name, passwords }) => {
            setAsked(undefined)
            setDone(t(asked.kind === 'add' ? 'admin.accounts.added' : 'admin.accounts.edited', { name }))
            setPasswords(passwords)
            reload()
          }}
        />
      )}
      {asked?.kind === 'password' && (
        <PasswordDialog
          account={asked.account}
          isDemo={isDemo}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined)
            setDone(t('admin.accounts.password.done', { name: asked.account.name }))
            reload()
          }}
        />
      )}
      {asked?.kind === 'disable' && (
        <ConfirmDialog
          title={t('admin.accounts.disable.title', { name: asked.account.name })}
          go={t('admin.accounts.disable')}
          fault={fault}
          busy={busy}
          onGo={() => void enable(asked.account, false)}
          onClose={() => setAsked(undefined)}
        >
          <p className={styles.what}>{t('admin.accounts.disable.what')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
