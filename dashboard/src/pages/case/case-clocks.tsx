// What runs against the case now 时限: each stage with its light, owner and due time, the due time of another system beside
// our own, and the ladder 升级阶梯: what was climbed, and what falls due next if nothing happens.
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import type { ClocksJson, RungJson, StageJson } from '../../api/clocks.ts'
import { useCityNow } from '../../api/demo.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { LightShape } from '../../ui/light.tsx'
import styles from './case-clocks.module.css'

const HALF_MINUTE = 30_000
/** Of the rungs to come; the rest are counted. */
const SOONEST = 3

export function CaseClocks(props: {
  c: CaseJson
  clocks: ClocksJson
  city: City
  className: string | undefined
}) {
  const t = useT()
  const { c, clocks, city, className } = props
  const { stages, passed, next } = clocks
  const later = next.length - SOONEST
  if (stages.length + passed.length === 0) return null
  return (
    <Card title={t('clocks.title')} className={className}>
      {stages.length === 0 && <p className={styles.note}>{t('clocks.none')}</p>}
      <ul className={styles.stages}>
        {stages.map((run) => (
          <Stage key={`${run.stage} ${run.startedAt}`} run={run} city={city} />
        ))}
      </ul>
      {passed.length + next.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('clocks.ladder')}</h3>
          <ol className={styles.rungs}>
            {passed.map((rung) => (
              <Rung key={`${rung.rung} ${rung.at}`} rung={rung} state="passed" city={city}>
                {c.round > 1 && t('case.round', { n: rung.round })}
              </Rung>
            ))}
            {next.slice(0, SOONEST).map((rung, i) => (
              <Rung key={rung.rung} rung={rung} state={i === 0 ? 'next' : 'later'} city={city} />
            ))}
          </ol>
          {later > 0 && <p className={styles.note}>{t('clocks.ladder.more', { n: later })}</p>}
        </>
      )}
    </Card>
  )
}

function Stage({ run, city }: { run: StageJson; city: City }) {
  const t = useT()
  const language = useLanguage()
  const now = useCityNow(HALF_MINUTE)
  const left = run.dueAt === undefined ? undefined : Date.parse(run.dueAt) - now
  const owner = run.personName ?? run.unitName ?? (run.post && wordFor(t, 'post', run.post))
  const basis =
    run.limit === undefined
      ? []
      : [
          t('clocks.limit', { limit: run.limit }),
          t('clocks.calendar', {
            name: run.calendar === 'supervisors' ? t('post.supervisor') : run.calendarName,
          }),
        ]
  return (
    <li className={styles.stage}>
      <LightShape light={run.light} label={t(`light.${run.light}`)} />
      <span className={styles.name}>
        {wordFor(t, 'clocks.stage', run.stage)}
        {owner && <span className={styles.owner}>{owner}</span>}
      </span>
      <span className={styles.left}>
        {run.paused
          ? t('clocks.paused')
          : left === undefined
            ? t('clocks.no-limit')
            : t(left < 0 ? 'case.over' : 'case.left', { span: formatSpan(left, t) })}
      </span>
      <span className={styles.basis}>
        {[
          run.dueAt !== undefined &&
            t('case.due', { time: formatMoment(Date.parse(run.dueAt), city.info.timeZone, language) }),
          ...basis,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  )
}

function Rung(props: {
  rung: RungJson & { who?: string }
  state: 'passed' | 'next' | 'later'
  city: City
  children?: React.ReactNode
}) {
  const t = useT()
  const language = useLanguage()
  const { rung, state, city, children } = props
  const steps = [
    rung.do && t(`clocks.do.${rung.do}`),
    rung.who && rung.who !== 'person' && rung.who !== 'unit' && wordFor(t, 'post', rung.who),
  ].filter(Boolean)
  return (
    <li className={`${styles.rung} ${styles[state]}`}>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.what}>
        {rung.name}
        <span className={styles.owner}>{steps.join(' · ')}</span>
        {children && <span className={styles.owner}>{children}</span>}
      </span>
      <span className={styles.when}>
        <span className="visually-hidden">{t(`clocks.rung.${state}`)}</span>
        <time dateTime={rung.at}>{formatMoment(Date.parse(rung.at), city.info.timeZone, language)}</time>
      </span>
    </li>
  )
}
