// Keys of machines and screens: made for an account and shown once, listed, revoked.
import { useState, type FormEvent } from 'react'
import { type AccountRow, type KeyRow, makeKey, revokeKey } from '../../api/admin.ts'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatDate } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

export function KeysSection() {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const keys = useResource<{ items: KeyRow[] }>('/api-keys')
  const [made, setMade] = useState<{ name: string; key: string }>()
  const [asked, setAsked] = useState<KeyRow>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const day = (iso: string) => formatDate(Date.parse(iso), zone, language)

  const revoke = async (key: KeyRow) => {
    setBusy(true)
    const answer = await revokeKey(key.id)
    setBusy(false)
    if (!answer.ok) return setFault(problemText(answer.problem, t))
    setAsked(undefined)
    keys.reload()
  }
  const rows = keys.value?.items
  return (
    <div className={styles.section}>
      <Card title={t('admin.keys.make')}>
        <MakeKey
          onMade={(key) => {
            setMade(key)
            keys.reload()
          }}
        />
      </Card>
      {made && <Made name={made.name} secret={made.key} />}
      {keys.problem && <Notice kind="fault">{problemText(keys.problem, t)}</Notice>}
      {rows?.length === 0 && <p className={styles.hint}>{t('admin.keys.none')}</p>}
      {rows && rows.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t('admin.keys.name')}</th>
                <th>{t('admin.keys.account')}</th>
                <th>{t('admin.keys.created')}</th>
                <th>{t('admin.keys.state')}</th>
                <th>{t('admin.accounts.do')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((k) => (
                <tr key={k.id} className={k.revokedAt === undefined ? undefined : styles.off}>
                  <td>{k.name}</td>
                  <td>
                    {k.account.name} {k.account.username}
                  </td>
                  <td className={styles.nowrap}>{day(k.createdAt)}</td>
                  <td className={styles.nowrap}>
                    {k.revokedAt === undefined
                      ? t('admin.keys.valid')
                      : t('admin.keys.revoked', { time: day(k.revokedAt) })}
                  </td>
                  <td>
                    {k.revokedAt === undefined && (
                      <Button
                        className={styles.small}
                        onClick={() => {
                          setFault(undefined)
                          setAsked(k)
                        }}
                      >
                        {t('admin.keys.revoke')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={styles.hint}>{t('admin.keys.what')}</p>
      {asked && (
        <ConfirmDialog
          title={t('admin.keys.revoke.title', { name: asked.name })}
          go={t('admin.keys.revoke')}
          fault={fault}
          busy={busy}
          onGo={() => void revoke(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p className={styles.what}>{t('admin.keys.revoke.what')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function MakeKey({ onMade }: { onMade: (key: { name: string; key: string }) => void }) {
  const t = useT()
  const accounts = useResource<{ items: AccountRow[] }>('/accounts')
  const [name, setName] = useState('')
  const [account, setAccount] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const able = (accounts.value?.items ?? []).filter((a) => a.disabledAt === undefined)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await makeKey(name, account)
    setBusy(false)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (!answer.ok) return
    setName('')
    onMade(answer.value)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className={styles.form}>
        <Field label={t('admin.keys.name')}>
          {(ids) => (
            <input
              {...ids}
              maxLength={100}
              placeholder={t('admin.keys.name.hint')}
              value={name}
              onChange={(e) => setName(e.target.value)}
            />
          )}
        </Field>
        <Field label={t('admin.keys.account')}>
          {(ids) => (
            <select {...ids} value={account} onChange={(e) => setAccount(e.target.value)}>
              <option value="">{t('admin.keys.choose')}</option>
              {able.map((a) => (
                <option key={a.id} value={a.id}>
                  {a.username} · {a.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" kind="primary" disabled={busy || name.trim() === '' || account === ''}>
          {t('admin.keys.make')}
        </Button>
      </div>
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
    </form>
  )
}

/** Without TLS a browser offers no clipboard: the key can still be marked and copied. */
function Made({ name, secret }: { name: string; secret: string }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
  }
  return (
    <Notice>
      <p>{t('admin.keys.made', { name })}</p>
      <div className={styles.key}>
        <code>{secret}</code>
        {'clipboard' in navigator && (
          <Button className={styles.small} onClick={() => void copy()}>
            {t(copied ? 'admin.keys.copied' : 'admin.keys.copy')}
          </Button>
        )}
      </div>
    </Notice>
  )
}
