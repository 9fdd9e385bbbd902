// What can be done with all ticked cases at once: sign for them, reply to them, pass them to a squad or a person. Offered only
// where the server offers it for each of them.
import { useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { actMany, type Done } from './act-many.ts'
import styles from './department.module.css'
import { ReplyForm } from './reply-form.tsx'
import { offeredByAll, type Entry } from './sections.ts'
import { useAssignable } from './step-forms.tsx'
import type { LightStep } from './steps.ts'
import type { Me } from './unit.ts'

export function Bulk(props: {
  marked: readonly Entry[]
  me: Me
  city: City
  camera: boolean
  onLight: (step: LightStep, cases: CaseJson[]) => void
  onDone: (result: Done) => void
}) {
  const t = useT()
  const { marked, me, city, camera, onLight, onDone } = props
  const [replying, setReplying] = useState(false)
  const people = useAssignable(me.department, city)
  const cases = marked.map((e) => e.c)
  const n = marked.length
  const [to, setTo] = useState<{ value: string; text: string }>()
  const [busy, setBusy] = useState(false)
  const assign = async (handler: string) => {
    setBusy(true)
    onDone(await actMany(cases, 'assign', () => ({ handler })))
    setBusy(false)
    setTo(undefined)
  }
  return (
    <section className={styles.bulk} aria-label={t('dept.marked', { n })}>
      <div className={styles.buttons}>
        <strong>{t('dept.marked', { n })}</strong>
        {offeredByAll(marked, 'acknowledge') && (
          <Button kind="primary" onClick={() => onLight('acknowledge', cases)}>
            {t('dept.bulk.acknowledge', { n })}
          </Button>
        )}
        {offeredByAll(marked, 'reply') && (
          <Button kind="primary" aria-expanded={replying} onClick={() => setReplying(!replying)}>
            {t('dept.bulk.reply', { n })}
          </Button>
        )}
        {offeredByAll(marked, 'assign') && (
          <select
            className={styles.select}
            aria-label={t('dept.bulk.assign')}
            value=""
            onChange={(event) => setTo(people.find((p) => p.value === event.target.value))}
          >
            <option value="">{t('dept.bulk.assign')}</option>
            {people.map((p) => (
              <option key={p.value} value={p.value}>
                {p.text}
              </option>
            ))}
          </select>
        )}
      </div>
      {to && (
        <ConfirmDialog
          title={t('dept.bulk.assign.title', { n })}
          go={t('dept.bulk.assign.title', { n })}
          busy={busy}
          onGo={() => void assign(to.value)}
          onClose={() => setTo(undefined)}
        >
          <p>{t('dept.bulk.assign.what', { who: to.text })}</p>
          <ul>
            {cases.map((c) => (
              <li key={c.id}>
                {c.category?.name} {c.caseNo ?? c.receiptNo}
                {c.desk?.handlerName !== undefined &&
                  ` · ${t('dept.bulk.assign.moves', { who: c.desk.handlerName })}`}
              </li>
            ))}
          </ul>
        </ConfirmDialog>
      )}
      {replying && offeredByAll(marked, 'reply') && (
        <ReplyForm
          cases={cases}
          me={me}
          city={city}
          camera={camera}
          onDone={onDone}
          onCancel={() => setReplying(false)}
          onInstead={undefined}
        />
      )}
    </section>
  )
}
