// One case and the decision on it: what it is and why it waits, in words; the suggested decision by one key; on the right
// the picture, the place, what screening and routing said.
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import type { BoardCase } from '#domain/board.ts'
import type { EventJson } from '../../../api/cases.ts'
import type { DeskItemJson } from '../../../api/desk.ts'
import { useResource } from '../../../api/use-resource.ts'
import { PhotoPair } from '../../../components/photos/photo-pair.tsx'
import { formatMoment, formatSpan } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { reasonWords } from '../../../i18n/reason-words.ts'
import { LightShape } from '../../../ui/light.tsx'
import { CaseRouting } from '../../case/case-routing.tsx'
import { CaseScreening } from '../../case/case-screening.tsx'
import { CaseToWall } from '../../wall-control/to-wall.tsx'
import { useDesk } from '../desk-context.ts'
import { sidesOf } from '../../../components/photos/photo-sides.ts'
import { CallLog } from './call-log.tsx'
import { DecisionBox } from './decision-box.tsx'
import { Duplicates } from './duplicates.tsx'
import styles from './item.module.css'
import { ReturnPanel } from './return-panel.tsx'
import type { Decisions } from './use-decisions.tsx'
import { whyWaits } from './why.ts'

const PlaceMap = lazy(() =>
  import('../../../components/map/place-map.tsx').then((m) => ({ default: m.PlaceMap })),
)
/** Whose decisions a desk takes. */
const CENTRE = ['operator', 'dispatcher', 'duty-manager', 'head'] as const
const BEFORE_UNIT: readonly string[] = ['reported', 'accepted', 'filed']

export function ItemView(props: { item: DeskItemJson; board: BoardCase | undefined; decisions: Decisions }) {
  const t = useT()
  const language = useLanguage()
  const { city, now, user, items, seats } = useDesk()
  const { item, decisions } = props
  const { case: c } = item
  const holder = seats.others.get(c.id)
  const log = useResource<{ items: EventJson[] }>(`/cases/${c.id}/events`)
  const events = log.value?.items ?? []
  const moment = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  const place = [city.place([], c.area?.code), c.address].filter(Boolean).join(' · ')
  const reply =
    c.status === 'replied' || c.status === 'checked'
      ? events.findLast((e) => e.type === 'replied')
      : undefined
  const said = reply?.words?.result
  const hasAfter = c.afterPhotos.length + c.checkPhotos.length > 0
  return (
    <>
      <article className={styles.middle} aria-label={t('centre.item')}>
        <header className={styles.head}>
          <h2>{c.category?.name ?? t('category.none')}</h2>
          <span className={styles.badges}>
            {c.urgent && <b className={styles.urgent}>{t('centre.urgent')}</b>}
            {holder !== undefined && <b className={styles.badge}>{t('centre.held', { name: holder })}</b>}
            {c.overseen && <b className={styles.badge}>{t('case.overseen')}</b>}
            {c.round > 1 && <b className={styles.badge}>{t('case.round', { n: c.round })}</b>}
            {c.papersOwed && <b className={styles.badge}>{t('centre.kind.papers')}</b>}
          </span>
          <Link href={`/cases/${c.id}`} className={styles.number}>
            {c.caseNo ?? c.receiptNo}
          </Link>
        </header>
        <p className={styles.waits}>
          <strong>{c.waitsFor ? wordFor(t, 'todo', c.waitsFor.action) : t(`status.${c.status}`)}</strong>
          {c.waitsFor && (
            <>
              {whyWaits(c.waitsFor.reason, t) !== undefined && <span>{whyWaits(c.waitsFor.reason, t)}</span>}
              <span>{t('drill.waited', { span: formatSpan(now - Date.parse(c.waitsFor.since), t) })}</span>
            </>
          )}
          {c.dueAt !== undefined && (
            <span className={styles.due}>
              <LightShape light={c.light} label={t(`light.${c.light}`)} />{' '}
              {t('case.due', { time: moment(c.dueAt) })}
            </span>
          )}
        </p>
        <p className={styles.description}>{c.description}</p>
        <dl className={styles.facts}>
          <Fact name={t('case.address')} value={place} />
          <Fact name={t('case.source')} value={`${t(`source.${c.source}`)} · ${moment(c.reportedAt)}`} />
          <Fact
            name={t('centre.reporter')}
            value={[c.reporter?.name, c.reporter?.phone].filter(Boolean).join(' ')}
          />
          <Fact name={t('case.condition')} value={c.conditionText ?? proposedCondition(item, city)} />
          <Fact name={t('case.close-condition')} value={c.closeCondition} />
          <Fact name={t('case.department')} value={c.departmentName} />
        </dl>
        <DecisionBox decisions={decisions} note={dueNote(item, moment, t)} waitsFor={outside(c, t)} />
        <ReturnPanel item={item} events={events} decisions={decisions} />
        {c.request && c.request.kind !== 'return' && (
          <p className={styles.said}>
            {t('centre.request', { unit: c.departmentName ?? '' })}{' '}
            {requestWords(events, c.request.kind) ?? reasonWords(c.request.reason, t)}
          </p>
        )}
        {typeof said === 'string' && (
          <p className={styles.said}>
            {t('centre.reply', { unit: c.departmentName ?? '' })} {said}
          </p>
        )}
        <Duplicates item={item} />
        <CallLog
          key={c.id}
          item={item}
          events={events}
          onLogged={() => {
            log.reload()
            items.renew(c.id)
          }}
        />
        <CaseToWall user={user} c={c} />
      </article>
      <aside className={styles.right} aria-label={t('centre.evidence')}>
        <PhotoPair
          sides={sidesOf(item, { t, timeZone: city.info.timeZone, language }).filter(
            (side, i) => i === 0 || hasAfter || side.photos.length > 0,
          )}
        />
        <Suspense>
          <PlaceMap lng={c.location.lng} lat={c.location.lat} />
        </Suspense>
        <CaseScreening c={c} className={undefined} />
        <CaseRouting
          routing={item.routing}
          city={city}
          isOpen={BEFORE_UNIT.includes(c.status)}
          className={undefined}
        />
      </aside>
    </>
  )
}

function Fact({ name, value }: { name: string; value: string | undefined }) {
  if (value === undefined || value === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const requestWords = (events: readonly EventJson[], kind: string) => {
  const words = events.findLast((e) => e.type === `${kind}-requested`)?.words?.reason
  return typeof words === 'string' ? words : undefined
}

/** The condition that filing takes by itself, with its limit. */
export function proposedCondition(
  { case: c, suggestions }: DeskItemJson,
  city: ReturnType<typeof useDesk>['city'],
): string | undefined {
  const code = c.category?.code ?? suggestions[0]?.code
  const category = city.categories.find((k) => k.code === code)
  const found = category?.conditions.find((k) => k.id === category.defaultCondition)
  return found && `${found.text}（${found.limit}）`
}

/** Who has the next step, where it is somebody outside the centre. */
const outside = (
  { waitsFor, departmentName }: DeskItemJson['case'],
  t: ReturnType<typeof useT>,
): string | undefined => {
  if (waitsFor === undefined || CENTRE.some((post) => post === waitsFor.who)) return undefined
  const who =
    waitsFor.who === 'department' && departmentName ? departmentName : wordFor(t, 'post', waitsFor.who)
  return who
}

/** The due time as it is and as it would be. */
function dueNote(
  { case: c, newDueAt }: DeskItemJson,
  moment: (iso: string) => string,
  t: ReturnType<typeof useT>,
): string | undefined {
  if (newDueAt === undefined || c.dueAt === undefined) return undefined
  return t('centre.new-due', { now: moment(c.dueAt), next: moment(newDueAt) })
}
