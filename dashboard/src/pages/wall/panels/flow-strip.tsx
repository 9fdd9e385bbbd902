// Where it is stuck: the stages in the order of the work, waiting now big, the longest wait against the stage's limit
// small, and today's counts below. Suspended and reworked cases stand beside the stream.
import type { CSSProperties } from 'react'
import { stageDueAt, type StageRow } from '#domain/board-view.ts'
import { formatLimit, formatSpan } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/translate.ts'
import { FLOW_METRICS } from '../../../components/drill/flow-metrics.ts'
import { useTick } from '../../../live/use-live.ts'
import { Figure } from '../../../ui/figure.tsx'
import { useWall } from '../context.ts'
import { DrillButton } from './drill-button.tsx'
import styles from './flow-strip.module.css'

/** Above this there is no room for a long word before it. */
const LONG = 9999

export function FlowStrip() {
  const t = useT()
  const { model } = useWall()
  const isLong = FLOW_METRICS.some((metric) => model.today[metric] > LONG)
  return (
    <section className={styles.strip}>
      <ol className={styles.stages}>
        {model.stages.map((row) => (
          <Stage key={row.stage} row={row} />
        ))}
        <li className={styles.sides}>
          <Side drill="suspended" label={t('wall.flow.suspended')} n={model.suspended} />
          <Side drill="rework" label={t('wall.flow.rework')} n={model.rework} />
        </li>
      </ol>
      <div className={isLong ? `${styles.today} ${styles.many}` : styles.today}>
        <Counts metrics={FLOW_METRICS.slice(0, 4)} label={t('wall.today')} />
        <Counts metrics={FLOW_METRICS.slice(4)} />
      </div>
    </section>
  )
}

/** In two halves, so that a seam may run between them. */
function Counts({ metrics, label }: { metrics: readonly (typeof FLOW_METRICS)[number][]; label?: string }) {
  const t = useT()
  const { model } = useWall()
  return (
    <div className={styles.counts}>
      {label !== undefined && <span className={styles.todayName}>{label}</span>}
      <dl className={styles.list}>
        {metrics.map((metric) => (
          <div key={metric} className={styles.count} data-metric={metric}>
            <dt>{t(`wall.today.${metric}`)}</dt>
            <dd>
              <DrillButton
                drill={{ kind: 'today', metric, day: model.day, scope: model.scope }}
                empty={model.today[metric] === 0}
              >
                <Figure value={model.today[metric]} name={`today:${metric}`} />
              </DrillButton>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Stage({ row }: { row: StageRow }) {
  const t = useT()
  const { model } = useWall()
  const { claimed } = useTick()
  const { stage, n, oldest, overLimit } = row
  const due = oldest && stageDueAt(oldest)
  const age = oldest ? claimed - oldest.since : 0
  const share = oldest && due !== undefined && due > oldest.since ? age / (due - oldest.since) : undefined
  // Red for the one stage where most is stuck: seven red bars would say nothing.
  const isStuck = model.stuck === stage
  const isOver = overLimit > 0 || (share !== undefined && share >= 1)
  const tone = isStuck ? 'hot' : isOver || (share ?? 0) >= 0.8 ? 'warm' : 'calm'
  return (
    <li className={`${styles.stage} ${isStuck ? styles.stuck : ''}`}>
      <DrillButton drill={{ kind: 'stage', stage, overLimit: false }} empty={n === 0} className={styles.body}>
        <span className={styles.name}>{t(`wall.stage.${stage}`)}</span>
        <span
          className={n === 0 ? `${styles.n} ${styles.zero}` : styles.n}
          style={{ '--digits': String(n).length } as CSSProperties}
        >
          <Figure value={n} name={`stage:${stage}`} />
        </span>
        <span className={styles.bar} aria-hidden="true">
          {share !== undefined && (
            <span
              className={styles[tone]}
              style={{ inlineSize: `${Math.min(100, Math.max(2, share * 100))}%` }}
            />
          )}
        </span>
        <span className={styles.age}>
          {n > 0 && (
            <>
              <span className={styles.roomy}>{t('wall.flow.oldest')} </span>
              {formatSpan(age, t)}
            </>
          )}
        </span>
      </DrillButton>
      {overLimit > 0 ? (
        <DrillButton
          drill={{ kind: 'stage', stage, overLimit: true }}
          className={`${styles.over} ${styles[`t-${tone}`]} ${overLimit > LONG ? styles.dense : ''}`}
        >
          {t(overLimit > LONG ? 'wall.flow.over-short' : 'wall.flow.over-limit', { n: overLimit })}
        </DrillButton>
      ) : (
        <span className={styles.limit}>
          {due !== undefined && oldest
            ? t('wall.flow.limit', { span: formatLimit(due - oldest.since, t) })
            : ''}
        </span>
      )}
    </li>
  )
}

function Side({ drill, label, n }: { drill: 'suspended' | 'rework'; label: string; n: number }) {
  return (
    <DrillButton drill={{ kind: drill }} empty={n === 0} className={styles.side}>
      <span>{label}</span>
      <b className={n === 0 ? styles.zero : ''} data-figure={drill}>
        <Figure value={n} />
      </b>
    </DrillButton>
  )
}
