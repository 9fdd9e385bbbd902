// The city pack 城市包: what is loaded, downloaded as files; another one checked, compared and loaded.
import { useState } from 'react'
import { type PackResult, type PresentPack, sendPack } from '../../api/administration.ts'
import { useCityInfo } from '../../api/city.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { FindingsList } from './findings-list.tsx'
import { PackDifference } from './pack-difference.tsx'

/** Files that are read, and what is done before and after. */
const STEPS = 18

export function CitySection() {
  const t = useT()
  const { value, problem, reload } = useResource<PresentPack>('/admin/city')
  return (
    <div className={styles.section}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {value && <Present pack={value} />}
      <Upload onLoaded={reload} />
    </div>
  )
}

function Present({ pack }: { pack: PresentPack }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const time = formatMoment(Date.parse(pack.loadedAt), zone, language)
  return (
    <Card title={t('pack.present')}>
      <div className={styles.body}>
        <p>{t('pack.present.what', { name: pack.name, code: pack.code, n: pack.version, time })}</p>
        <Counts counts={pack.counts} />
        <p className={styles.links}>
          <a href="/api/v1/admin/city/pack" download>
            {t('pack.download')}
          </a>
          <span className={styles.hint}>{t('pack.download.what')}</span>
        </p>
      </div>
    </Card>
  )
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const t = useT()
  return (
    <dl className={styles.counts}>
      {Object.entries(counts).map(([name, n]) => (
        <div key={name}>
          <dt>{wordFor(t, 'pack.of', name)}</dt>
          <dd>{n}</dd>
        </div>
      ))}
    </dl>
  )
}

function Upload({ onLoaded }: { onLoaded: () => void }) {
  const t = useT()
  const [file, setFile] = useState<File>()
  const [step, setStep] = useState<{ name: string; n: number }>()
  const [checked, setChecked] = useState<PackResult>()
  const [problem, setProblem] = useState<Problem>()
  const [asked, setAsked] = useState(false)

  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setChecked(undefined)
    setProblem(undefined)
  }
  const send = async (apply?: string) => {
    if (!file) return
    setAsked(false)
    setStep({ name: 'sending', n: 0 })
    const onStep = (name: string) => setStep((s) => ({ name, n: (s?.n ?? 0) + 1 }))
    const answer = await sendPack(file, { apply, onStep })
    setStep(undefined)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    setChecked(answer.value)
    if (answer.value.loaded) onLoaded()
  }
  return (
    <Card title={t('pack.upload')}>
      <div className={styles.body}>
        <p className={styles.what}>{t('pack.upload.what')}</p>
        <div className={styles.upload}>
          <Field label={t('pack.file')}>
            {(ids) => <FileButton ids={ids} accept=".zip,application/zip" onChoose={choose} />}
          </Field>
          <Button
            kind={checked?.apply === undefined ? 'primary' : 'quiet'}
            disabled={!file || step !== undefined}
            onClick={() => void send()}
          >
            {t('pack.check')}
          </Button>
        </div>
        {step && <Progress step={step} />}
        {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
        {checked && !step && <Checked checked={checked} onLoad={() => setAsked(true)} />}
      </div>
      {asked && checked?.pack && (
        <ConfirmDialog
          title={t('pack.load.title', { name: checked.pack.name })}
          go={t('pack.load')}
          onGo={() => void send(checked.apply)}
          onClose={() => setAsked(false)}
        >
          <p className={styles.what}>{t('pack.load.what')}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}

function Progress({ step: { name, n } }: { step: { name: string; n: number } }) {
  const t = useT()
  const done = Math.min(n, STEPS)
  const known = wordFor(t, 'pack.step', name)
  const words = known === name ? wordFor(t, 'pack.file', name) : known
  return (
    <div role="status" className={styles.progress}>
      <progress max={STEPS} value={n === 0 ? undefined : done} aria-label={t('pack.check')} />
      {n === 0 ? words : t('pack.step', { step: words, n: done, of: STEPS })}
    </div>
  )
}

function Checked({ checked, onLoad }: { checked: PackResult; onLoad: () => void }) {
  const t = useT()
  const { faults, warnings, pack, difference, apply, loaded } = checked
  if (loaded)
    return <Notice>{t(loaded.unchanged ? 'pack.loaded.same' : 'pack.loaded', { n: loaded.version })}</Notice>
  return (
    <>
      <FindingsList
        title={t('finding.faults', { n: faults.count })}
        findings={faults.items}
        count={faults.count}
        withFile
      />
      {pack && (
        <>
          <p role="status">
            <strong>{t('pack.sound', { name: pack.name, code: pack.code })}</strong>{' '}
            {pack.demo && t('pack.demo')}
          </p>
          {difference?.otherCity !== undefined && (
            <Notice kind="fault">{t('pack.other', { name: difference.otherCity })}</Notice>
          )}
          {difference && <PackDifference difference={difference} />}
        </>
      )}
      <FindingsList
        title={t('finding.warnings', { n: warnings.count })}
        findings={warnings.items}
        count={warnings.count}
        withFile
      />
      {apply !== undefined && (
        <div>
          <Button kind="primary" onClick={onLoad}>
            {t('pack.load')}
          </Button>
        </div>
      )}
    </>
  )
}
