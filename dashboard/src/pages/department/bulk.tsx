// What can be done with all ticked cases at once: sign for them, reply to them, pass them to a squad or a person. Offered only
// where the server offers it for each of them.
import { useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
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
  const assign = async (handler: string) => onDone(await actMany(cases, 'assign', () => ({ handler })))
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
            onChange={(event) => void assign(event.target.value)}
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
