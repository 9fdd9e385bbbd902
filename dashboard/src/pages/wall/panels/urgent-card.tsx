// 急要件: open urgent cases, as many by name as there is room for, each with its countdown to the second.
import { useMemo } from 'react'
import type { BoardCase } from '#domain/board.ts'
import { isOverdue, isRunning, stageOf } from '#domain/board-view.ts'
import { formatCountdown, formatSpan } from '../../../i18n/format.ts'
import { useT, type Translate } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { CaseLine } from './case-line.tsx'
import { DrillButton } from './drill-button.tsx'
import styles from './need-now.module.css'

const MOST = 8
const DAY_MS = 86_400_000

function countdown(c: BoardCase, now: number, t: Translate): string {
  if (isRunning(c) && c.dueAt !== undefined) {
    const left = c.dueAt - now
    // Seconds of days say nothing.
    const time = Math.abs(left) < DAY_MS ? formatCountdown(left) : formatSpan(left, t)
    return t(left < 0 ? 'wall.urgent.over' : 'wall.urgent.left', { time })
  }
  const stage = stageOf(c)
  return stage ? t(`stage.${stage}`) : t(`status.${c.status}`)
}

export function UrgentCard() {
  const t = useT()
  const { model } = useWall()
  const { claimed } = useTick()
  const n = model.urgent.length
  const [list, fits] = useFitting(MOST)
  // In a storm nearly everything is urgent: red is kept for what is late.
  const late = useMemo(() => model.urgent.filter(isOverdue).length, [model.urgent])
  const isHot = !model.storm && model.urgent.some((c) => c.status !== 'replied' && c.status !== 'checked')
  return (
    <Card
      className={styles.heading}
      title={
        <>
          {t('wall.urgent')}
          {model.storm ? (
            <span className={`${styles.small} ${styles.red}`}> {t('wall.urgent.late', { n: late })}</span>
          ) : (
            n > fits && <span className={styles.small}> {t('wall.urgent.more', { n: n - fits })}</span>
          )}
        </>
      }
      label={t('wall.urgent')}
      aside={
        <DrillButton
          drill={{ kind: 'urgent' }}
          figure="urgent"
          empty={n === 0}
          className={`${styles.total} ${isHot ? styles.hot : ''}`}
        >
          <Figure value={n} />
        </DrillButton>
      }
    >
      {n === 0 ? (
        <p className={styles.none}>{t('wall.urgent.none')}</p>
      ) : (
        <div className={`${styles.rows} ${styles.grow}`} ref={list}>
          {model.urgent.slice(0, fits).map((c) => (
            <CaseLine
              key={c.id}
              c={c}
              className={styles.row}
              fitted
              when={countdown(c, claimed, t)}
              whenClass={isRunning(c) ? styles[c.light] : styles.small}
            />
          ))}
        </div>
      )}
    </Card>
  )
}
