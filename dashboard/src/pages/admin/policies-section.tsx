// Policies 策略 of the loaded city: each in plain words with its value and where it comes from; single values are overruled
// with a reason, and taken back.
import { useEffect, useState } from 'react'
import type { CityPolicies, PolicySetting } from '../../api/administration.ts'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { PolicyDialog } from './policy-dialog.tsx'
import { PolicyRules } from './policy-rules.tsx'
import { valueWords } from './policy-words.ts'

export function PoliciesSection() {
  const t = useT()
  const { value, problem } = useResource<CityPolicies>('/admin/policies')
  const [present, setPresent] = useState<CityPolicies>()
  const [asked, setAsked] = useState<{ setting: PolicySetting; back: boolean }>()
  const [saved, setSaved] = useState(false)
  useEffect(() => setPresent(value), [value])
  if (!present)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  const ask = (setting: PolicySetting, back: boolean) => {
    setSaved(false)
    setAsked({ setting, back })
  }
  return (
    <div className={styles.section}>
      <p className={styles.what}>{t('rules.what')}</p>
      <p className={styles.hint}>{t('rules.version', { n: present.version, ...present.open })}</p>
      {saved && <Notice>{t('rules.saved')}</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('admin.policies')}>
        <table className={`${styles.table} ${styles.stacked}`}>
          <thead>
            <tr>
              <th>{t('rules.name')}</th>
              <th>{t('rules.value')}</th>
              <th>{t('rules.origin')}</th>
              <th>{t('admin.accounts.do')}</th>
            </tr>
          </thead>
          <tbody>
            {present.settings.map((s) => (
              <SettingRow key={s.path} setting={s} onAsk={ask} />
            ))}
          </tbody>
        </table>
      </section>
      <PolicyRules policies={present.policies} />
      {asked && (
        <PolicyDialog
          setting={asked.setting}
          back={asked.back}
          present={present}
          onSaved={(after) => {
            setPresent(after)
            setAsked(undefined)
            setSaved(true)
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

function SettingRow({
  setting,
  onAsk,
}: {
  setting: PolicySetting
  onAsk: (setting: PolicySetting, back: boolean) => void
}) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { path, value, overruled } = setting
  return (
    <tr>
      <td>
        <strong>{t(`rule.${path}`)}</strong>
        <div className={styles.hint}>{t(`rule-what.${path}`)}</div>
      </td>
      <td className={styles.nowrap}>{valueWords(path, value, t)}</td>
      <td className={overruled ? styles.overruled : styles.hint}>
        {overruled
          ? t('rules.overruled', {
              by: overruled.by ?? t('rules.someone'),
              time: formatMoment(Date.parse(overruled.at), zone, language),
              reason: overruled.reason,
              pack: valueWords(path, overruled.packValue, t),
            })
          : t('rules.from-pack')}
      </td>
      <td>
        <div className={styles.actions}>
          <Button
            className={styles.small}
            aria-label={`${t('rules.edit')} ${t(`rule.${path}`)}`}
            onClick={() => onAsk(setting, false)}
          >
            {t('rules.edit')}
          </Button>
          {overruled && (
            <Button
              className={styles.small}
              aria-label={`${t('rules.back')} ${t(`rule.${path}`)}`}
              onClick={() => onAsk(setting, true)}
            >
              {t('rules.back')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}
