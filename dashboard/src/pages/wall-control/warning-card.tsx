// The warning level 预警 that walls show: what holds now, set anew, lifted.
import { type FormEvent, useState } from 'react'
import { publicTextFaults } from '#domain/public-text.ts'
import { WARNING_LEVELS, type WarningLevel } from '#domain/wall-screen.ts'
import { useCityInfo } from '../../api/city.ts'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import { liftWarning, setWarning, type WallNow } from '../../api/screens.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Choices } from './choices.tsx'
import styles from './control-page.module.css'

/** Hours; 0 = until it is lifted. */
const HOURS = [0, 6, 12, 24] as const

export function WarningCard({ warning, onChange }: { warning: WallNow['warning']; onChange: () => void }) {
  const t = useT()
  const [level, setLevel] = useState<WarningLevel>('blue')
  const [text, setText] = useState('')
  const [hours, setHours] = useState<number>(0)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const settle = async (asked: ReturnType<typeof liftWarning>) => {
    setBusy(true)
    const answer = await asked
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) setText('')
    onChange()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void settle(setWarning({ level, text, ...(hours === 0 ? {} : { minutes: hours * 60 }) }))
  }
  const [unfit] = publicTextFaults(text)
  const textFault = unfit ? t(`control.fault.${unfit}`) : faultOf(problem, 'text', t)
  return (
    <Card title={t('control.warning')}>
      <form className={styles.form} onSubmit={submit}>
        {warning ? (
          <Holds warning={warning} busy={busy} onLift={() => void settle(liftWarning())} />
        ) : (
          <p className={styles.none}>{t('control.warning.none')}</p>
        )}
        <Choices
          label={t('control.warning.level')}
          value={level}
          options={WARNING_LEVELS.map((l) => ({ value: l, label: t(`control.warning.level.${l}`) }))}
          onPick={setLevel}
        />
        <Field label={t('control.warning.text')} hint={t('control.warning.text.hint')} fault={textFault}>
          {(ids) => <input {...ids} maxLength={60} value={text} onChange={(e) => setText(e.target.value)} />}
        </Field>
        <Choices
          label={t('control.warning.for')}
          value={hours}
          options={HOURS.map((n) => ({
            value: n,
            label: n === 0 ? t('control.warning.for.lift') : t('control.warning.for.hours', { n }),
          }))}
          onPick={setHours}
        />
        {problem && textFault === undefined && <Notice kind="fault">{problemText(problem, t)}</Notice>}
        <div>
          <Button type="submit" disabled={busy || text.trim() === '' || unfit !== undefined}>
            {t(warning ? 'control.warning.replace' : 'control.warning.set')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function Holds(props: { warning: NonNullable<WallNow['warning']>; busy: boolean; onLift: () => void }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { warning } = props
  const moment = (iso: string) => formatMoment(Date.parse(iso), zone, language)
  return (
    <div className={styles.item}>
      <div>
        <p>
          <span className={`${styles.flag} ${styles[warning.level]}`}>
            {t(`control.warning.level.${warning.level}`)}
          </span>{' '}
          <b>{warning.text}</b>
        </p>
        <p className={styles.hint}>
          {t('control.warning.since', { name: warning.by.name, time: moment(warning.since) })}
          {warning.until !== undefined && ` · ${t('control.until', { time: moment(warning.until) })}`}
        </p>
      </div>
      <Button disabled={props.busy} onClick={props.onLift}>
        {t('control.warning.lift')}
      </Button>
    </div>
  )
}
