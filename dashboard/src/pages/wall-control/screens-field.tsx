// All screens, or some of them by name.
import type { WallNow } from '../../api/screens.ts'
import { useT } from '../../i18n/translate.ts'
import styles from './control-page.module.css'

export function ScreensField(props: {
  screens: WallNow['screens']
  value: 'all' | string[]
  onChange: (value: 'all' | string[]) => void
}) {
  const t = useT()
  const { screens, value, onChange } = props
  const toggle = (id: string) => {
    const some = value === 'all' ? [] : value
    const next = some.includes(id) ? some.filter((s) => s !== id) : [...some, id]
    onChange(next.length === 0 ? 'all' : next)
  }
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>{t('control.screens')}</legend>
      <div className={styles.row}>
        <label className={styles.choice}>
          <input type="checkbox" checked={value === 'all'} onChange={() => onChange('all')} />
          <span>{t('control.screens.all')}</span>
        </label>
        {screens.map((s) => (
          <label key={s.id} className={styles.choice}>
            <input
              type="checkbox"
              checked={value !== 'all' && value.includes(s.id)}
              onChange={() => toggle(s.id)}
            />
            <span>
              {s.name}
              {!s.online && <small className={styles.hint}> {t('control.screens.offline')}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
