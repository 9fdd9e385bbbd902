// What an operator should see to: the serious first, each with a sentence of what to do; processes, queues, stuck cases.
import { Link } from 'wouter'
import type { Light } from '#domain/case.ts'
import type { Health } from '../../api/administration.ts'
import { useCityInfo } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { LightShape } from '../../ui/light.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

const LOOK_EVERY_MS = 10_000
const ORDER: readonly Light[] = ['red', 'yellow', 'green', 'none']
const BOARD = '/api/v1/admin/queues/'

export function HealthCards() {
  const t = useT()
  const { value, problem } = useResource<Health>('/admin/health', { everyMs: LOOK_EVERY_MS })
  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  const checks = value.checks.toSorted((a, b) => ORDER.indexOf(a.light) - ORDER.indexOf(b.light))
  const pressing = checks.filter((c) => c.light === 'red' || c.light === 'yellow').length
  return (
    <>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      <Card title={t('health.title')}>
        <p role="status" className={styles.what}>
          {pressing === 0 ? t('health.all-fine') : t('health.some', { n: pressing })}
        </p>
        <ul className={styles.checks}>
          {checks.map((c) => (
            <li key={c.check}>
              <LightShape light={c.light} label={t(`health.light.${c.light}`)} />
              <strong>{t(`health.of.${c.check}`)}</strong>
              <span>{wordFor(t, 'health.say', `${c.check}.${c.state}`, c.figures)}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Stuck stuck={value.stuck} />
      <div className={styles.pair}>
        <Processes processes={value.processes} />
        <Queues queues={value.queues} />
      </div>
    </>
  )
}

function useMoment() {
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  return (iso: string) => formatMoment(Date.parse(iso), zone, language)
}

function Stuck({ stuck }: Pick<Health, 'stuck'>) {
  const t = useT()
  const moment = useMoment()
  if (stuck.length === 0) return null
  return (
    <Card title={t('health.stuck.title')}>
      <ul className={styles.list}>
        {stuck.map((c) => (
          <li key={c.id}>
            <Link href={`/cases/${c.id}`}>{wordFor(t, 'status', c.status)}</Link> {moment(c.since)}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Processes({ processes }: Pick<Health, 'processes'>) {
  const t = useT()
  const moment = useMoment()
  return (
    <Card title={t('health.processes')}>
      <div className={styles.inner}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('health.processes.kind')}</th>
              <th>{t('health.processes.version')}</th>
              <th>{t('health.processes.where')}</th>
              <th>{t('health.processes.started')}</th>
              <th>{t('health.processes.heard')}</th>
            </tr>
          </thead>
          <tbody>
            {processes.map((p) => (
              <tr key={`${p.kind} ${p.host} ${p.pid} ${p.startedAt}`}>
                <td>{t(`health.processes.${p.kind}`)}</td>
                <td>{p.version}</td>
                <td>
                  {p.host} ({p.pid})
                </td>
                <td className={styles.nowrap}>{moment(p.startedAt)}</td>
                <td className={styles.nowrap}>{t('health.processes.seconds', { n: p.silentSeconds })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Queues({ queues }: { queues: Health['queues'] | undefined }) {
  const t = useT()
  return (
    <Card title={t('health.queues')}>
      {queues && (
        <div className={styles.inner}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t('health.queues.name')}</th>
                <th>{t('health.queues.waiting')}</th>
                <th>{t('health.queues.active')}</th>
                <th>{t('health.queues.delayed')}</th>
                <th>{t('health.queues.failed')}</th>
              </tr>
            </thead>
            <tbody>
              {queues.map((q) => (
                <tr key={q.name}>
                  <td>{wordFor(t, 'health.queues', q.name)}</td>
                  <td>{q.waiting}</td>
                  <td>{q.active}</td>
                  <td>{q.delayed}</td>
                  <td>{q.failed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={styles.links}>
        <a href={BOARD} target="_blank" rel="noreferrer">
          {t('health.queues.board')}
        </a>
      </p>
    </Card>
  )
}
