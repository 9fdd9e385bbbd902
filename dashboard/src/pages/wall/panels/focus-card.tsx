// 防汛值守 and the like: the categories that make the storm, each with what is open, overdue and reported today.
import { isOverdue } from '#domain/board-view.ts'
import { useT } from '../../../i18n/translate.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { focusOf } from '../scenes/focus.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './focus-card.module.css'

const MOST = 8

export function FocusCard() {
  const t = useT()
  const { model, city, scene } = useWall()
  const [list, fits] = useFitting(MOST)
  const rows = focusOf(model, scene).map((code) => {
    const cases = model.cases.filter((c) => c.category === code)
    return {
      code,
      ids: cases.map((c) => c.id),
      late: cases.filter(isOverdue).map((c) => c.id),
      today: model.categories.find((c) => c.code === code)?.n ?? 0,
    }
  })
  return (
    <Card
      className={styles.card}
      title={t('wall.focus')}
      label={t('wall.focus')}
      aside={
        <span className={styles.heads} aria-hidden="true">
          <span>{t('wall.focus.today')}</span>
          <span>{t('wall.units.open')}</span>
          <span>{t('wall.units.overdue')}</span>
        </span>
      }
    >
      <div className={styles.rows} ref={list}>
        {rows.slice(0, fits).map((r) => (
          <div key={r.code} className={styles.row}>
            <span className={styles.what}>{city.category(r.code)}</span>
            <DrillButton
              drill={{
                kind: 'today',
                metric: 'reported',
                category: r.code,
                day: model.day,
                scope: model.scope,
              }}
              empty={r.today === 0}
            >
              <b>
                <Figure value={r.today} />
              </b>
            </DrillButton>
            <DrillButton drill={{ kind: 'cases', ids: r.ids }} empty={r.ids.length === 0}>
              <b>
                <Figure value={r.ids.length} />
              </b>
            </DrillButton>
            <DrillButton drill={{ kind: 'cases', ids: r.late }} empty={r.late.length === 0}>
              <b>
                <Figure value={r.late.length} />
              </b>
            </DrillButton>
          </div>
        ))}
      </div>
    </Card>
  )
}
