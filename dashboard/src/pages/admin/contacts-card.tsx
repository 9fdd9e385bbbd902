// Where e-mail and SMS reach people: those who have an address, anybody by searching, and a small form for one.
import { useMemo, useState } from 'react'
import { type City, useCity } from '../../api/city.ts'
import { changeContact, type ContactRow } from '../../api/delivery.ts'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { type Translate, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

const MOST = 10

const wordsOf = (c: ContactRow, city: City | undefined, t: Translate) =>
  [
    c.username,
    c.name,
    ...c.posts.map((p) => t(`post.${p}`)),
    city?.department(c.department) ?? '',
    c.email ?? '',
    c.mobile ?? '',
  ]
    .join(' ')
    .toLowerCase()

export function ContactsCard() {
  const t = useT()
  const city = useCity()
  const { value, problem, reload } = useResource<{ items: ContactRow[] }>('/delivery/contacts')
  const [find, setFind] = useState('')
  const [asked, setAsked] = useState<ContactRow>()
  const wanted = find.trim().toLowerCase()
  const found = useMemo(
    () =>
      (value?.items ?? []).filter((c) =>
        wanted === ''
          ? c.email !== undefined || c.mobile !== undefined
          : wordsOf(c, city, t).includes(wanted),
      ),
    [value, wanted, city, t],
  )
  return (
    <Card title={t('delivery.contacts')}>
      <div className={styles.body}>
        <p className={styles.what}>{t('delivery.contacts.what')}</p>
        <div className={styles.find}>
          <Field label={t('delivery.contacts.find')}>
            {(ids) => <input {...ids} type="search" value={find} onChange={(e) => setFind(e.target.value)} />}
          </Field>
        </div>
        {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
        {value && found.length === 0 && (
          <p className={styles.hint} role="status">
            {t(wanted === '' ? 'delivery.contacts.none' : 'delivery.contacts.no-match')}
          </p>
        )}
        {found.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too
          <section className={styles.scroll} tabIndex={0} aria-label={t('delivery.contacts')}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th>{t('admin.accounts.name')}</th>
                  <th>{t('admin.accounts.posts')}</th>
                  <th>{t('delivery.contacts.email')}</th>
                  <th>{t('delivery.contacts.mobile')}</th>
                  <th>{t('admin.accounts.do')}</th>
                </tr>
              </thead>
              <tbody>
                {found.slice(0, MOST).map((c) => (
                  <tr key={c.id}>
                    <td className={styles.nowrap}>
                      {c.name}
                      <div className={styles.hint}>{c.username}</div>
                    </td>
                    <td className={styles.nowrap}>
                      {[city?.department(c.department), ...c.posts.map((p) => t(`post.${p}`))]
                        .filter(Boolean)
                        .join(t('sign.list'))}
                    </td>
                    <td className={styles.nowrap}>{c.email}</td>
                    <td className={styles.nowrap}>{c.mobile}</td>
                    <td className={styles.nowrap}>
                      <Button className={styles.small} onClick={() => setAsked(c)}>
                        {t('delivery.edit')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {found.length > MOST && (
          <p className={styles.hint}>{t('delivery.contacts.more', { n: found.length - MOST })}</p>
        )}
      </div>
      {asked && (
        <ContactDialog
          contact={asked}
          onDone={() => {
            setAsked(undefined)
            reload()
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  )
}

function ContactDialog(props: { contact: ContactRow; onDone: () => void; onClose: () => void }) {
  const t = useT()
  const { contact } = props
  const [email, setEmail] = useState(contact.email ?? '')
  const [mobile, setMobile] = useState(contact.mobile ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const save = async () => {
    setBusy(true)
    const answer = await changeContact(contact.id, {
      email: email.trim() || null,
      mobile: mobile.replaceAll(/[\s-]/g, '') || null,
    })
    setBusy(false)
    if (answer.ok) return props.onDone()
    setProblem(answer.problem)
  }
  const faults = { email: faultOf(problem, 'email', t), mobile: faultOf(problem, 'mobile', t) }
  return (
    <ConfirmDialog
      title={t('delivery.contacts.title', { name: contact.name })}
      go={t('delivery.save')}
      fault={problem && !faults.email && !faults.mobile ? problemText(problem, t) : undefined}
      busy={busy}
      onGo={() => void save()}
      onClose={props.onClose}
    >
      <Field label={t('delivery.contacts.email')} fault={faults.email}>
        {(ids) => <input {...ids} type="email" value={email} onChange={(e) => setEmail(e.target.value)} />}
      </Field>
      <Field label={t('delivery.contacts.mobile')} fault={faults.mobile}>
        {(ids) => <input {...ids} type="tel" value={mobile} onChange={(e) => setMobile(e.target.value)} />}
      </Field>
    </ConfirmDialog>
  )
}
