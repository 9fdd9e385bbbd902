// 退单裁决: the unit's word and evidence, what rules say of the place, and what was decided here before, side by side; the
// case goes to the unit that was named, to the fall-back, or stays.
import type { EventJson } from '../../../api/cases.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import { PhotoPair } from '../../../components/photos/photo-pair.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { reasonWords } from '../../../i18n/reason-words.ts'
import { Button } from '../../../ui/button.tsx'
import { useDesk } from '../desk-context.ts'
import type { Decisions } from './use-decisions.tsx'
import styles from './item.module.css'

export function ReturnPanel(props: {
  item: DeskItemJson
  events: readonly EventJson[]
  decisions: Decisions
}) {
  const t = useT()
  const language = useLanguage()
  const { city } = useDesk()
  const { item, events, decisions } = props
  const { case: c, routing, earlier } = item
  const { request } = c
  if (request?.kind !== 'return') return null
  const words = events.findLast((e) => e.type === 'return-requested')?.words?.reason
  const moment = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  const matched = routing.steps.filter((s) => s.matched)
  const fallBack = routing.steps.find((s) => s.matched && s.fallBack !== undefined)?.fallBack
  const mayGrant = item.offers.includes('grant-return')
  const to = (unit: string) =>
    decisions.take([
      { action: 'grant-return', payload: {} },
      { action: 'dispatch', payload: { department: unit } },
    ])
  return (
    <section className={styles.sides} aria-label={t('centre.return')}>
      <div>
        <h3>{t('centre.return.unit', { unit: c.departmentName ?? '' })}</h3>
        <p className={styles.said}>{typeof words === 'string' ? words : reasonWords(request.reason, t)}</p>
        <p>
          {request.suggested === undefined
            ? t('centre.return.names-nobody')
            : t('centre.return.names', { unit: city.department(request.suggested) ?? '' })}
        </p>
        {(request.photos?.length ?? 0) > 0 ? (
          <PhotoPair
            sides={[
              { title: t('centre.return.evidence'), photos: (request.photos ?? []).map((id) => ({ id })) },
            ]}
          />
        ) : (
          <p className={styles.quiet}>{t('centre.return.no-evidence')}</p>
        )}
      </div>
      <div>
        <h3>{t('centre.return.rules')}</h3>
        <ul className={styles.lines}>
          {matched.map((s) => (
            <li key={`${s.rule} ${s.ref ?? ''}`}>
              <span className={styles.quiet}>{wordFor(t, 'ask', s.rule)}</span>{' '}
              {language === 'en' ? s.because : s.zh}
            </li>
          ))}
          {routing.zone && <li>{t('routing.zone', { zone: routing.zone.name })}</li>}
          {routing.component && (
            <li>
              {routing.component.category.name} {routing.component.code} ·{' '}
              {routing.component.owner?.name ?? t('component.owner.none')}
            </li>
          )}
        </ul>
        <p className={styles.quiet}>{t(c.returns > 0 ? 'centre.return.second' : 'centre.return.clock')}</p>
      </div>
      <div>
        <h3>{t('centre.return.earlier')}</h3>
        {earlier.length === 0 && <p className={styles.quiet}>{t('centre.return.earlier.none')}</p>}
        <ul className={styles.lines}>
          {earlier.map((e) => (
            <li key={e.caseId}>
              <strong>{e.department?.name}</strong> · {e.category?.name}
              <span className={styles.quiet}>
                {' '}
                {moment(e.at)} · {t('centre.metres', { m: e.distanceM })} ·{' '}
                {e.outcome === undefined ? t(`status.${e.status}`) : wordFor(t, 'outcome', e.outcome)}
                {e.returnedBy.length > 0 &&
                  ` · ${t('routing.returned', { units: e.returnedBy.map((u) => u.name).join(t('sign.list')) })}`}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {mayGrant && (
        <div className={styles.rulings}>
          {request.suggested !== undefined && (
            <Button onClick={() => to(request.suggested ?? '')}>
              {t('centre.return.to', { unit: city.department(request.suggested) ?? '' })}
            </Button>
          )}
          {fallBack !== undefined && fallBack !== request.suggested && (
            <Button onClick={() => to(fallBack)}>
              {t('centre.return.fall-back', { unit: city.department(fallBack) ?? '' })}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
