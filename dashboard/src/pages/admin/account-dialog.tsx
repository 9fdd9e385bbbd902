// One person's account as a form: made anew, or with other posts, unit and areas. It goes the way of an imported list, a list
// of one, so that the same rules refuse the same things.
import { useState } from 'react'
import { type Post, POSTS } from '#domain/case.ts'
import { csvText } from '#domain/csv.ts'
import { type AccountImport, importAccounts } from '../../api/administration.ts'
import type { AccountRow } from '../../api/admin.ts'
import { useCity } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import styles from './admin-page.module.css'
import { FindField } from './find-field.tsx'
import { Ticks } from './ticks.tsx'

/** Those whose work is their unit's. */
const OF_UNIT: readonly Post[] = ['department-officer', 'handler']
/** Those whose work is some part of the city. */
const OF_AREAS: readonly Post[] = ['grid-member', 'supervisor']
const SHOWN = 40

type Draft = Pick<AccountRow, 'username' | 'name' | 'posts' | 'areas'> & { department: string }

/** @param account undefined = a new one */
export function AccountDialog(props: {
  account: AccountRow | undefined
  onDone: (done: { name: string; passwords: NonNullable<AccountImport['passwords']> }) => void
  onClose: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const city = useCity()
  const { account, onDone, onClose } = props
  const [draft, setDraft] = useState<Draft>({
    username: account?.username ?? '',
    name: account?.name ?? '',
    posts: account?.posts ?? [],
    department: account?.department ?? '',
    areas: account?.areas ?? [],
  })
  const [find, setFind] = useState('')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<Draft>) => {
    setFault(undefined)
    setDraft((d) => ({ ...d, ...change }))
  }
  const needsUnit = draft.posts.some((p) => OF_UNIT.includes(p))
  const hasAreas = draft.posts.some((p) => OF_AREAS.includes(p)) || draft.areas.length > 0
  const areas = (city?.areas ?? []).filter(
    (a) => draft.areas.includes(a.code) || (find.trim() !== '' && a.name.includes(find.trim())),
  )

  const refusalOf = ({ rows: [row], faults, plan }: AccountImport): string | undefined => {
    const [first] = faults
    if (first) return language === 'en' ? first.message : first.zh
    if (row?.refusal) return t(`import.refusal.${row.refusal}`)
    if (row?.what === 'change' && !account) return t('admin.accounts.taken')
    return plan === undefined ? t('import.blocked') : undefined
  }
  const save = async () => {
    if (draft.username.trim() === '' || draft.name.trim() === '' || draft.posts.length === 0)
      return setFault(t('admin.accounts.need'))
    if (needsUnit && draft.department === '') return setFault(t('admin.accounts.need-unit'))
    const file = new File(
      [
        csvText([
          ['username', 'name', 'posts', 'department', 'areas'],
          [
            draft.username.trim(),
            draft.name.trim(),
            draft.posts.join(';'),
            draft.department,
            draft.areas.join(';'),
          ],
        ]),
      ],
      'account.csv',
      { type: 'text/csv' },
    )
    setBusy(true)
    const looked = await importAccounts(file)
    const refusal = looked.ok ? refusalOf(looked.value) : problemText(looked.problem, t)
    const done =
      looked.ok && refusal === undefined ? await importAccounts(file, looked.value.plan) : undefined
    setBusy(false)
    if (refusal !== undefined) return setFault(refusal)
    if (done?.ok) return onDone({ name: draft.name.trim(), passwords: done.value.passwords ?? [] })
    if (done) setFault(problemText(done.problem, t))
  }
  return (
    <ConfirmDialog
      title={account ? t('admin.accounts.edit.title', { name: account.name }) : t('admin.accounts.add')}
      go={t(account ? 'admin.accounts.save' : 'admin.accounts.add')}
      fault={fault}
      busy={busy}
      onGo={() => void save()}
      onClose={onClose}
    >
      {!account && (
        <Field label={t('admin.accounts.username')} hint={t('admin.accounts.username.hint')}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={draft.username}
              onChange={(e) => set({ username: e.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t('admin.accounts.name')}>
        {(ids) => (
          <input
            {...ids}
            autoComplete="off"
            maxLength={60}
            value={draft.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        )}
      </Field>
      <Ticks
        legend={t('admin.accounts.posts')}
        choices={POSTS.map((p) => ({ value: p, name: t(`post.${p}`) }))}
        chosen={draft.posts}
        onChange={(posts) => set({ posts })}
      />
      {(needsUnit || draft.department !== '') && (
        <Field label={t('admin.accounts.unit')}>
          {(ids) => (
            <select {...ids} value={draft.department} onChange={(e) => set({ department: e.target.value })}>
              <option value="">{t('form.choose')}</option>
              {city?.departments.map((d) => (
                <option key={d.code} value={d.code}>
                  {d.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {hasAreas && (
        <>
          <FindField
            label={t('admin.accounts.areas')}
            hint={t('admin.accounts.areas.hint')}
            value={find}
            onChange={setFind}
          />
          {areas.length > 0 && (
            <Ticks
              legend={t('admin.accounts.areas.found')}
              isLong
              choices={areas.slice(0, SHOWN).map((a) => ({ value: a.code, name: a.name }))}
              chosen={draft.areas}
              onChange={(areas) => set({ areas })}
            />
          )}
        </>
      )}
      <p className={styles.what}>{t(account ? 'admin.accounts.edit.what' : 'admin.accounts.add.what')}</p>
    </ConfirmDialog>
  )
}
