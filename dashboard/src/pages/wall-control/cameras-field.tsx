// Which cameras, found by a word and ticked; in the order in which they were ticked.
import { useState } from 'react'
import { useShared } from '../../api/use-shared.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import styles from './control-page.module.css'

interface CameraRow {
  code: string
  name: string
}

export function CamerasField({
  chosen,
  onChange,
}: {
  chosen: string[]
  onChange: (codes: string[]) => void
}) {
  const t = useT()
  const cameras = useShared<{ items: CameraRow[] }>('/cameras')?.items ?? []
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const found = cameras.filter((c) => `${c.name} ${c.code}`.toLowerCase().includes(wanted))
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code])
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>
        {t('control.cameras')}{' '}
        <span className={styles.hint}>{t('control.cameras.chosen', { n: chosen.length })}</span>
      </legend>
      <Field label={t('control.cameras.find')}>
        {(ids) => <input {...ids} type="search" value={find} onChange={(e) => setFind(e.target.value)} />}
      </Field>
      {found.length === 0 && <p className={styles.hint}>{t('control.cameras.none')}</p>}
      <div className={styles.ticks}>
        {found.map((c) => (
          <label key={c.code} className={styles.tick}>
            <input type="checkbox" checked={chosen.includes(c.code)} onChange={() => toggle(c.code)} />
            <span>{c.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
