// The leader's half minute: one sentence by rule, four figures, and two cases that show what it is about.
import type { Drill } from '../../../components/drill/drill.ts'
import { useT, type Translate } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { Card } from '../../../ui/card.tsx'
import { Figure } from '../../../ui/figure.tsx'
import { LightShape } from '../../../ui/light.tsx'
import { useWall } from '../context.ts'
import { pressing } from '../model.ts'
import { percent } from '../model/standings.ts'
import { type Verdict, verdictOf } from '../model/verdict.ts'
import { CaseLine } from './case-line.tsx'
import { DrillButton } from './drill-button.tsx'
import styles from './brief.module.css'

function becauseWords(
  because: Verdict['because'][number],
  unitName: (code: string) => string,
  t: Translate,
): string {
  switch (because.kind) {
    case 'urgent-late':
      return t('wall.brief.urgent-late', because)
    case 'overdue':
      return because.unit === undefined
        ? t('wall.brief.overdue', because)
        : t('wall.brief.overdue-unit', { n: because.n, unit: unitName(because.unit), of: because.ofUnit })
    case 'urgent':
      return t('wall.brief.urgent', because)
    case 'waiting':
      return t('wall.brief.waiting', because)
  }
}

export function BriefSentence() {
  const t = useT()
  const { model, city } = useWall()
  const { claimed } = useTick()
  const { mood, because } = verdictOf(model, claimed)
  const unitName = (code: string) => city.department(code) ?? code
  return (
    <section className={styles.sentence} aria-label={t('wall.scene.brief')}>
      <p className={`${styles.mood} ${styles[mood]}`}>
        <MoodShape mood={mood} />
        {t(`wall.brief.${mood}`)}
      </p>
      <p className={styles.because}>
        {because.length === 0
          ? t('wall.brief.nothing')
          : because.map((b) => becauseWords(b, unitName, t)).join(t('wall.brief.and'))}
      </p>
    </section>
  )
}

const LIGHT_OF = { calm: 'green', watch: 'yellow', tense: 'red' } as const
const MoodShape = ({ mood }: { mood: Verdict['mood'] }) => <LightShape light={LIGHT_OF[mood]} />

/** Four figures above this leave long words no room. */
const LONG = 9999

export function BriefFigures() {
  const t = useT()
  const { model } = useWall()
  const { month, dueToday } = model.standings
  const rate = month && percent(month.onTime)
  const isLong = Math.max(model.today.reported, model.cases.length) > LONG
  return (
    <section
      className={isLong ? `${styles.figures} ${styles.many}` : styles.figures}
      aria-label={t('wall.brief.figures')}
    >
      <One
        label={t('wall.brief.reported-today')}
        value={model.today.reported}
        drill={{ kind: 'today', metric: 'reported', day: model.day, scope: model.scope }}
        note={t('wall.brief.closed-today', { n: model.today.closed })}
      />
      <One
        label={t('wall.brief.open')}
        value={model.cases.length}
        drill={{ kind: 'all' }}
        note={dueToday ? t('wall.brief.due-today', { n: dueToday.n, of: dueToday.of }) : ''}
      />
      <One
        label={t('wall.late')}
        value={model.overdue.length}
        drill={{ kind: 'overdue' }}
        hot={model.overdue.length > 0}
        note={t('wall.brief.double', { n: model.double })}
      />
      <One
        label={t('wall.brief.on-time')}
        value={rate === undefined ? '—' : `${rate}%`}
        note={month ? `${month.onTime.n} / ${month.onTime.of}` : ''}
        {...(month && month.onTime.n < month.onTime.of
          ? {
              drill: {
                kind: 'standing',
                list: 'not-in-time',
                n: month.onTime.of - month.onTime.n,
                day: model.day,
                scope: model.scope,
              },
            }
          : {})}
      />
    </section>
  )
}

function One(props: { label: string; value: string | number; note: string; drill?: Drill; hot?: boolean }) {
  const content = (
    <>
      <span className={styles.label}>{props.label}</span>
      <b className={props.hot ? styles.hot : ''}>
        <Figure value={props.value} />
      </b>
      <span className={styles.note}>{props.note}</span>
    </>
  )
  return props.drill ? (
    <DrillButton drill={props.drill} empty={props.value === 0} className={styles.one}>
      {content}
    </DrillButton>
  ) : (
    <div className={styles.one}>{content}</div>
  )
}

/** The most pressing one, and one that is done and waits for closing. */
export function BriefExamples() {
  const t = useT()
  const { model } = useWall()
  const worst = pressing(model)
  const done = model.cases
    .filter((c) => c.status === 'checked' && c.id !== worst?.id)
    .sort((a, b) => b.since - a.since)[0]
  const cases = [worst, done].filter((c) => c !== undefined)
  return (
    <Card className={styles.examples} title={t('wall.brief.examples')} label={t('wall.brief.examples')}>
      <div className={styles.rows}>
        {cases.map((c) => (
          <CaseLine key={c.id} c={c} className={styles.example} />
        ))}
        {cases.length === 0 && <p className={styles.note}>{t('wall.brief.nothing')}</p>}
      </div>
    </Card>
  )
}
