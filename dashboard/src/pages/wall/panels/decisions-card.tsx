// 待决策: what waits for the centre's decision, by kind, with the longest wait of each. Places never change.
import type { CSSProperties } from 'react'
import { formatSpan } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useWall } from '../context.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './need-now.module.css'

export function DecisionsCard() {
  const t = useT()
  const { model } = useWall()
  const { claimed } = useTick()
  return (
    <Card
      className={styles.heading}
      title={
        <>
          {t('wall.decide')} <span className={styles.small}>{t('wall.decide.with-oldest')}</span>
        </>
      }
      label={t('wall.decide')}
      aside={
        <DrillButton
          drill={{ kind: 'waiting-all' }}
          empty={model.decisionsTotal === 0}
          className={styles.total}
        >
          <Figure value={model.decisionsTotal} name="decisions" />
        </DrillButton>
      }
    >
      <div className={styles.kinds}>
        {model.decisions.map((d) => (
          <DrillButton
            key={d.kind}
            drill={{ kind: 'waiting', actions: d.actions, label: t(`wall.decide.${d.kind}`) }}
            empty={d.n === 0}
            className={`${styles.kind} ${d.n === 0 ? styles.idle : ''}`}
          >
            <span>{t(`wall.decide.${d.kind}`)}</span>
            <b style={{ '--digits': String(d.n).length } as CSSProperties}>
              <Figure value={d.n} name={`decide:${d.kind}`} />
            </b>
            <span className={styles.small}>
              {d.oldestSince === undefined ? '' : formatSpan(claimed - d.oldestSince, t)}
            </span>
          </DrillButton>
        ))}
      </div>
    </Card>
  )
}
