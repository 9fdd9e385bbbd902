// The facts of a case and where its clock stands.
import type { ReactNode } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { useCityNow } from '../../api/demo.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor, type Translate } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import { LightShape } from '../../ui/light.tsx'
import styles from './case-page.module.css'
import { CaseReporter } from './case-reporter.tsx'

const MINUTE = 60_000

export function CaseFacts({
  c,
  city,
  className,
}: {
  c: CaseJson
  city: City
  className: string | undefined
}) {
  const t = useT()
  const language = useLanguage()
  const moment = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  /** What the device itself said, where that was corrected. */
  const claimed = ({ capturedAt, claimedAt }: NonNullable<CaseJson['device']>) =>
    claimedAt === capturedAt ? [] : [t('case.claimed', { time: moment(claimedAt) })]
  const rows: [string, ReactNode][] = [
    [t('case.number'), c.caseNo],
    [t('case.receipt'), c.receiptNo],
    [t('case.condition'), c.conditionText],
    [t('case.close-condition'), c.closeCondition],
    [t('case.limit'), c.limit],
    [
      t('case.area'),
      c.area && [...c.area.path.map((p) => city.area(p)), c.area.name].filter(unique).join(' › '),
    ],
    [t('case.zone'), c.zoneName],
    [t('case.address'), c.address],
    [t('case.position'), `${c.location.lng.toFixed(5)}, ${c.location.lat.toFixed(5)}`],
    [t('case.department'), c.departmentName],
    [t('case.co-departments'), c.coDepartments.map((d) => city.department(d)).join(t('sign.list'))],
    [t('case.source'), t(`source.${c.source}`)],
    [t('unmask.reporter'), c.reporter && <CaseReporter caseId={c.id} reporter={c.reporter} />],
    [t('case.reported'), moment(c.reportedAt)],
    [
      t('case.captured'),
      c.device &&
        [moment(c.device.capturedAt), t(`device.${c.device.verdict}`), ...claimed(c.device)].join(' · '),
    ],
    [t('case.closed'), c.closedAt && moment(c.closedAt)],
    [t('case.outcome'), c.outcome && wordFor(t, 'outcome', c.outcome)],
    [t('case.duplicate-of'), c.duplicateOf],
    [t('case.external'), c.externalId],
  ]
  return (
    <Card className={className}>
      <CaseState c={c} moment={moment} />
      {c.description && <p className={styles.description}>{c.description}</p>}
      <dl className={styles.facts}>
        {rows.map(([name, value]) =>
          value ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Card>
  )
}

const unique = (name: string | undefined, i: number, all: (string | undefined)[]) =>
  name && all.indexOf(name) === i

/** Reasons that only repeat the state have no words. */
const isKnownReason = (reason: string, t: Translate) => wordFor(t, 'reason', reason) !== reason

function CaseState({ c, moment }: { c: CaseJson; moment: (iso: string) => string }) {
  const t = useT()
  const now = useCityNow(MINUTE / 2)
  const left = c.dueAt === undefined ? undefined : Date.parse(c.dueAt) - now
  const running = c.status === 'dispatched' || c.status === 'handling'
  return (
    <div className={styles.state}>
      <span>{t(`status.${c.status}`)}</span>
      {c.round > 1 && <span>{t('case.round', { n: c.round })}</span>}
      {c.overseen && <span>{t('case.overseen')}</span>}
      {c.dueAt !== undefined && left !== undefined && (
        <span className={styles.clock}>
          <LightShape light={c.light} label={t(`light.${c.light}`)} />
          {t('case.due', { time: moment(c.dueAt) })}
          {' · '}
          {running
            ? t(left < 0 ? 'case.over' : 'case.left', { span: formatSpan(left, t) })
            : t('case.stopped')}
        </span>
      )}
      {c.waitsFor && (
        <span className={styles.waits}>
          {t('case.waits', {
            who: wordFor(t, 'post', c.waitsFor.who),
            action: wordFor(t, 'todo', c.waitsFor.action),
            span: formatSpan(now - Date.parse(c.waitsFor.since), t),
          })}
          {isKnownReason(c.waitsFor.reason, t) &&
            t('sign.aside', { words: wordFor(t, 'reason', c.waitsFor.reason) })}
        </span>
      )}
    </div>
  )
}
