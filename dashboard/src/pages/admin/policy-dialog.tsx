// One policy changed, or taken back: what it becomes and whom it touches is shown before, and a reason is asked for.
import { useState } from 'react'
import { policyFault, type PolicyValue } from '#domain/city/policy-settings.ts'
import { changePolicy, type CityPolicies, type PolicySetting } from '../../api/administration.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import styles from './admin-page.module.css'
import { choiceWords, valueWords } from './policy-words.ts'

/** What the field holds; '' = none. */
const textOf = ({ kind }: PolicySetting, value: PolicyValue) =>
  value === null ? '' : kind === 'share' ? String(Math.round(Number(value) * 1000) / 10) : String(value)

function valueMeant({ kind }: PolicySetting, text: string): PolicyValue {
  const plain = text.trim()
  if (plain === '') return null
  if (kind === 'yes-no') return plain === 'true'
  if (kind === 'limit' || kind === 'choice') return plain
  const n = Number(plain)
  return kind === 'share' ? n / 100 : n
}

export function PolicyDialog(props: {
  setting: PolicySetting
  /** The pack's own value is to count again. */
  back: boolean
  present: CityPolicies
  onSaved: (after: CityPolicies) => void
  onClose: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const { setting, back, present } = props
  const { path } = setting
  const [text, setText] = useState(textOf(setting, setting.value))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const value = back ? (setting.overruled?.packValue ?? null) : valueMeant(setting, text)
  const fault = back ? undefined : policyFault(present.policies, path, value)
  const isOther = value !== setting.value

  const save = async () => {
    if (fault || !isOther) return
    setBusy(true)
    const answer = await changePolicy({ path, reason, ...(back ? { back: true as const } : { value }) })
    setBusy(false)
    if (answer.ok) return props.onSaved(answer.value)
    setProblem(answer.problem)
  }
  return (
    <ConfirmDialog
      title={t(`rule.${path}`)}
      go={t(back ? 'rules.back' : 'rules.save')}
      fault={problem && problemText(problem, t)}
      busy={busy || fault !== undefined || !isOther || reason.trim() === ''}
      onGo={() => void save()}
      onClose={props.onClose}
    >
      <p className={styles.what}>{t(`rule-what.${path}`)}</p>
      {!back && (
        <Field label={t('rules.value')} fault={fault && (language === 'en' ? fault.message : fault.zh)}>
          {(ids) => <ValueField ids={ids} setting={setting} text={text} onText={setText} />}
        </Field>
      )}
      {isOther && !fault && (
        <p role="status">
          <strong>
            {t('rules.becomes', {
              from: valueWords(path, setting.value, t),
              to: valueWords(path, value, t),
            })}
          </strong>{' '}
          {t('rules.effect', present.open)}
        </p>
      )}
      <Field label={t('rules.reason')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

function ValueField(props: {
  ids: object
  setting: PolicySetting
  text: string
  onText: (text: string) => void
}) {
  const t = useT()
  const { ids, setting, text, onText } = props
  const { kind, path, optional } = setting
  if (kind === 'choice' || kind === 'yes-no') {
    const values = kind === 'choice' ? setting.values : ['true', 'false']
    const words = (v: string) =>
      kind === 'choice' ? choiceWords(path, v, t) : valueWords(path, v === 'true', t)
    return (
      <select {...ids} value={text} onChange={(e) => onText(e.target.value)}>
        {(optional || text === '') && <option value="">{t('rules.unset')}</option>}
        {values.map((v) => (
          <option key={v} value={v}>
            {words(v)}
          </option>
        ))}
      </select>
    )
  }
  if (kind === 'limit')
    return (
      <>
        <input {...ids} value={text} list="limits" onChange={(e) => onText(e.target.value)} />
        <datalist id="limits">
          {setting.same && <option value="same">{t('rules.same')}</option>}
          {['0.5紧急工作时', '1工作时', '4工作时', '1工作日', '3工作日'].map((v) => (
            <option key={v} value={v} />
          ))}
        </datalist>
      </>
    )
  return (
    <input
      {...ids}
      type="number"
      inputMode="decimal"
      step="any"
      value={text}
      onChange={(e) => onText(e.target.value)}
    />
  )
}
