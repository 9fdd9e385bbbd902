// One case under appeal: what the unit says, the facts, the photos and the flags side by side; below, the appeal or the
// ruling, as far as the server offers it.
import { useState } from 'react'
import { Link } from 'wouter'
import { act, type ActionJson, type CaseJson, type EventJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import type { FlagJson } from '../../api/clocks.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { draftName } from '../../components/form/drafts.ts'
import { SchemaForm } from '../../components/form/schema-form.tsx'
import { PhotoPair } from '../../components/photos/photo-pair.tsx'
import { plainSidesOf } from '../../components/photos/photo-sides.ts'
import { formatMoment, formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CaseTimeline } from '../case/case-timeline.tsx'
import styles from './appeals.module.css'
import { FlagList } from './flag-list.tsx'
import { counting, leftOut } from './left-out.ts'
import { RulingForm } from './ruling-form.tsx'

export function AppealCase(props: {
  id: string
  me: string
  city: City
  backTo: string
  onDone: () => void
}) {
  const t = useT()
  const { id, me, city, backTo, onDone } = props
  const found = useResource<CaseJson>(`/cases/${id}`)
  const events = useResource<{ items: EventJson[] }>(`/cases/${id}/events`)
  const flags = useResource<{ items: FlagJson[] }>(`/cases/${id}/flags`)
  const actions = useResource<{ items: ActionJson[] }>(`/cases/${id}/actions`)
  const [said, setSaid] = useState<string>()
  const done = (words: string) => {
    setSaid(words)
    for (const r of [found, events, flags, actions]) r.reload()
    onDone()
  }
  const c = found.value
  if (found.problem) return <Notice kind="fault">{problemText(found.problem, t)}</Notice>
  if (!c || !events.value || !flags.value) return <p role="status">{t('state.loading')}</p>
  const offered = (action: string) => actions.value?.items.find((a) => a.action === action)
  const [appeal, rule] = [offered('appeal'), offered('rule-on-appeal')]
  const asked = c.appeals?.findLast((a) => a.granted === undefined)
  const counted = counting(flags.value.items, c.department)
  const gone = leftOut(flags.value.items)
  return (
    <section className={styles.case} aria-label={`${c.category?.name ?? ''} ${c.caseNo ?? c.receiptNo}`}>
      <header className={styles.head}>
        <Link href={backTo} className={styles.back}>
          ‹ {t('action.back')}
        </Link>
        <h2>
          {c.category?.name ?? t('category.none')} · {c.departmentName}
        </h2>
        <Link href={`/cases/${c.id}`}>{c.caseNo ?? c.receiptNo}</Link>
      </header>
      {said !== undefined && <Notice>{said}</Notice>}
      <div className={styles.sides}>
        <Card title={t('appeals.said')}>
          <Said c={c} events={events.value.items} city={city} />
        </Card>
        <Card title={t('appeals.facts')}>
          <Facts c={c} city={city} />
        </Card>
        <Card title={t('appeals.counted')}>
          {counted.length === 0 && <p className={styles.quiet}>{t('appeals.counted.none')}</p>}
          <FlagList flags={counted} />
          {gone.length > 0 && (
            <>
              <h3>{t('appeals.left-out')}</h3>
              <FlagList flags={gone} isGone />
            </>
          )}
        </Card>
      </div>
      {rule && asked && (
        <RulingForm
          c={c}
          me={me}
          about={asked.about}
          flags={flags.value.items}
          onRuled={(granted) => done(t(granted ? 'appeals.ruled.granted' : 'appeals.ruled.refused'))}
        />
      )}
      {appeal && (
        <Card title={t('appeals.form')}>
          <p className={styles.quiet}>{t('appeals.form.hint')}</p>
          <SchemaForm
            schema={appeal.schema}
            submitLabel={t('appeals.form')}
            timeZone={city.info.timeZone}
            draft={draftName(me, c.id, 'appeal')}
            onSubmit={async (payload) => {
              const answer = await act(c.id, 'appeal', c.version, payload)
              if (!answer.ok) return answer.problem
              done(t('appeals.sent'))
              return undefined
            }}
          />
        </Card>
      )}
      <PhotoPair sides={plainSidesOf(c, t)} />
      <CaseTimeline events={events.value.items} rungs={[]} city={city} className={undefined} />
      {actions.problem && (
        <Notice kind="fault">
          {problemText(actions.problem, t)} <Button onClick={actions.reload}>{t('action.retry')}</Button>
        </Notice>
      )}
    </section>
  )
}

/** Each appeal with its ruling, oldest first. */
function Said({ c, events, city }: { c: CaseJson; events: readonly EventJson[]; city: City }) {
  const t = useT()
  const language = useLanguage()
  const appeals = events.filter((e) => e.type === 'appealed')
  const rulings = events.filter((e) => e.type === 'appeal-ruled')
  if (appeals.length === 0) return <p className={styles.quiet}>{t('appeals.said.none')}</p>
  return (
    <ol className={styles.said}>
      {appeals.map((e, i) => {
        const { about, granted } = c.appeals?.[i] ?? {}
        const [why, note] = [e.words?.reason, rulings[i]?.words?.note]
        return (
          <li key={e.no}>
            <b>{about && t(`about.${about}`)}</b>{' '}
            <span className={styles.quiet}>
              {formatMoment(Date.parse(e.at), city.info.timeZone, language)} {e.actor.name}
            </span>
            {typeof why === 'string' && <p>{why}</p>}
            <p className={granted === undefined ? styles.quiet : undefined}>
              <b>{t(rulingKey(granted))}</b> {typeof note === 'string' && note}
            </p>
          </li>
        )
      })}
    </ol>
  )
}

const rulingKey = (granted: boolean | undefined) =>
  granted === undefined
    ? 'appeals.ruling.waits'
    : granted
      ? 'appeals.ruling.granted'
      : 'appeals.ruling.refused'

function Facts({ c, city }: { c: CaseJson; city: City }) {
  const t = useT()
  const language = useLanguage()
  const at = (iso: string | undefined) =>
    iso === undefined ? undefined : formatMoment(Date.parse(iso), city.info.timeZone, language)
  const over =
    c.repliedAt !== undefined && c.dueAt !== undefined ? Date.parse(c.repliedAt) - Date.parse(c.dueAt) : 0
  const rows: [string, string | undefined, boolean?][] = [
    [t('appeals.fact.limit'), c.limit],
    [t('appeals.fact.dispatched'), at(c.dispatchedAt)],
    [t('appeals.fact.due'), at(c.dueAt)],
    [
      t('appeals.fact.replied'),
      c.repliedAt &&
        `${at(c.repliedAt)} · ${over > 0 ? t('appeals.fact.late', { span: formatSpan(over, t) }) : t('appeals.fact.in-time')}`,
      over > 0,
    ],
    [t('appeals.fact.rounds'), String(c.round)],
    [t('appeals.fact.returns'), c.returns > 0 ? String(c.returns) : undefined],
    [t('appeals.fact.extensions'), c.extensions > 0 ? String(c.extensions) : undefined],
    [t('appeals.fact.false'), c.falseReplies?.length ? String(c.falseReplies.length) : undefined],
  ]
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(
          ([name, words, isBad]) =>
            words !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className={isBad ? styles.bad : undefined}>{words}</dd>
              </div>
            ),
        )}
      </dl>
      {c.round > 1 && <p className={styles.quiet}>{t('appeals.deadline-note')}</p>}
    </>
  )
}
