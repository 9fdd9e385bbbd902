// One case at the desk of its unit: what it is, the pictures, what came back and why, and the steps that are open, with
// their forms. Steps that are light go out a few seconds later and can be taken back until then.
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { ActionJson, CaseJson, EventJson } from '../../api/cases.ts'
import { act } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { timeLeft } from '../../components/case-list/case-rows.tsx'
import { rowOfCase } from '../../components/case-list/row.ts'
import { PhotoPair } from '../../components/photos/photo-pair.tsx'
import { plainSidesOf } from '../../components/photos/photo-sides.ts'
import { formatMoment } from '../../i18n/format.ts'
import { reasonWords } from '../../i18n/reason-words.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { LightShape } from '../../ui/light.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './department.module.css'
import { requestWords } from './entry-notes.tsx'
import { PhoneReply } from './phone-reply.tsx'
import { photoRuleOf } from './photo-rule.ts'
import { ReplyForm } from './reply-form.tsx'
import { StepForm } from './step-forms.tsx'
import { LIGHT_STEPS, orderOf, type LightStep } from './steps.ts'
import type { Me } from './unit.ts'

const PlaceMap = lazy(() =>
  import('../../components/map/place-map.tsx').then((m) => ({ default: m.PlaceMap })),
)

interface CasePanelProps {
  id: string
  /** Rises when the list has another word on this case. */
  no: number | undefined
  /** The case as the list has it: what a phone knows of it without a network. */
  kept: CaseJson | undefined
  me: Me
  city: City
  now: number
  camera: boolean
  /** Waits to be sent, and can still be taken back. */
  pending: boolean
  /** Its reply waits on this phone. */
  queued: boolean
  onLight: (step: LightStep, cases: CaseJson[]) => void
  onActed: () => void
  onBack: () => void
}

export function CasePanel(props: CasePanelProps) {
  const t = useT()
  const { id, no, city, now, onBack } = props
  const found = useResource<CaseJson>(`/cases/${id}?desk=1`)
  const actions = useResource<{ items: ActionJson[] }>(`/cases/${id}/actions`)
  const events = useResource<{ items: EventJson[] }>(`/cases/${id}/events`)
  const reload = () => {
    found.reload()
    actions.reload()
    events.reload()
  }
  const shownNo = found.value?.no
  const listed = useRef(no)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another word on the case asks again.
  useEffect(() => {
    const hasLeft = no === undefined && listed.current !== undefined
    if (hasLeft || (no !== undefined && shownNo !== undefined && no > shownNo)) reload()
    listed.current = no
  }, [no])
  const isOffline = props.camera && found.problem?.status === 0
  const c = found.value ?? (isOffline ? props.kept : undefined)
  return (
    <article className={styles.panel} aria-label={c?.caseNo ?? c?.receiptNo ?? t('state.loading')}>
      <div className={styles.bar}>
        <Button className={styles.back} onClick={onBack}>
          ← {t('dept.back')}
        </Button>
        <span className={styles.links}>
          <Link href={`/cases/${id}`}>{t('dept.open-case')}</Link>
          <Link href={`/cases/${id}/print`}>{t('dept.print')}</Link>
        </span>
      </div>
      {props.queued && <Notice>{t('dept.reply.queued')}</Notice>}
      {isOffline && c && <Notice>{t('dept.kept.case')}</Notice>}
      {found.problem && !(isOffline && c) && (
        <Notice kind="fault">
          {found.problem.status === 403 ? t('dept.gone') : problemText(found.problem, t)}
        </Notice>
      )}
      {!c && !found.problem && <p role="status">{t('state.loading')}</p>}
      {c && (
        <>
          <Head c={c} city={city} now={now} events={events.value?.items ?? []} />
          <Steps
            {...props}
            key={id}
            c={c}
            actions={actions.value?.items ?? (isOffline ? withoutNetwork(c) : undefined)}
            onChanged={() => {
              reload()
              props.onActed()
            }}
          />
          <Facts c={c} city={city} />
        </>
      )}
    </article>
  )
}

/** The one step that a phone takes without a network, where the list says that it may. */
const withoutNetwork = (c: CaseJson): ActionJson[] =>
  c.desk?.offers.includes('reply')
    ? [{ action: 'reply', label: { zh: '回告', en: 'Reply' }, schema: { type: 'object' } }]
    : []

function Head(props: { c: CaseJson; city: City; now: number; events: EventJson[] }) {
  const t = useT()
  const language = useLanguage()
  const { c, city, now, events } = props
  const row = rowOfCase(c, city)
  const back =
    c.round > 1 ? events.findLast((e) => e.type === 'reworked' || e.type === 'reopened') : undefined
  const reason = back && (back.words?.reason ?? back.payload.reason)
  const overseen = c.oversights?.some((o) => o.answeredAt === undefined)
    ? events.findLast((e) => e.type === 'overseen')
    : undefined
  return (
    <header className={styles.head}>
      <h2>
        <LightShape light={row.light} label={t(`light.${row.light}`)} />{' '}
        {c.category?.name ?? t('category.none')}
        {row.urgent && <span className={styles.urgent}>{t('list.urgent')}</span>}
      </h2>
      <p className={styles.clock}>
        <strong data-light={row.light}>{timeLeft(row, now, t) ?? t(`status.${c.status}`)}</strong>
        {row.dueAt !== undefined && (
          <span>{t('case.due', { time: formatMoment(row.dueAt, city.info.timeZone, language) })}</span>
        )}
        {c.limit && <span>{t('clocks.limit', { limit: c.limit })}</span>}
        <span>{c.caseNo ?? c.receiptNo}</span>
      </p>
      <p className={styles.description}>{c.description}</p>
      {typeof reason === 'string' && (
        <Notice kind="fault">{t('dept.came-back', { reason: reasonWords(reason, t) })}</Notice>
      )}
      {c.falseReplies?.includes(c.round - 1) && <Notice kind="fault">{t('dept.false')}</Notice>}
      {typeof overseen?.words?.note === 'string' && (
        <Notice>{t('dept.oversight.note', { note: overseen.words.note })}</Notice>
      )}
      {c.request && <Notice>{requestWords(c, now, t)}</Notice>}
      {(c.status === 'replied' || c.status === 'checked') && (
        <Notice>
          {t(c.status === 'replied' ? 'dept.waits.check' : 'dept.waits.close')}。{t('dept.not-against')}
        </Notice>
      )}
    </header>
  )
}

function Steps(
  props: CasePanelProps & { c: CaseJson; actions: ActionJson[] | undefined; onChanged: () => void },
) {
  const t = useT()
  const language = useLanguage()
  const { c, actions, me, city, camera, pending, onLight, onChanged } = props
  const [chosen, setChosen] = useState<string>()
  const [done, setDone] = useState(false)
  const label = (a: ActionJson) => (language === 'en' ? a.label.en : a.label.zh)
  if (pending) return <Notice>{t('dept.pending')}</Notice>
  if (!actions) return null
  const sorted = actions
    // It is theirs already.
    .filter((a) => a.action !== 'take' || c.handler !== me.id)
    .sort((a, b) => orderOf(a.action) - orderOf(b.action))
  const open = sorted.find((a) => a.action === chosen)
  const finish = () => {
    setChosen(undefined)
    setDone(true)
    onChanged()
  }
  return (
    <section className={styles.steps} aria-label={t('dept.actions')}>
      {done && <Notice>{t('case.done')}</Notice>}
      {sorted.length === 0 && <p className={styles.note}>{t('dept.none-to-do')}</p>}
      <div className={styles.buttons}>
        {sorted.map((a, i) => (
          <Button
            key={a.action}
            kind={i === 0 && !open && a.action !== 'comment' ? 'primary' : 'quiet'}
            aria-expanded={LIGHT_STEPS.some((s) => s === a.action) ? undefined : open?.action === a.action}
            onClick={() => {
              setDone(false)
              const light = LIGHT_STEPS.find((s) => s === a.action)
              if (light) return onLight(light, [c])
              setChosen(open?.action === a.action ? undefined : a.action)
            }}
          >
            {label(a)}
          </Button>
        ))}
      </div>
      {open?.action === 'reply' && camera && (
        <PhoneReply
          c={c}
          me={me}
          city={city}
          onDone={finish}
          onCancel={() => setChosen(undefined)}
          onInstead={setChosen}
        />
      )}
      {open?.action === 'reply' && !camera && (
        <ReplyForm
          cases={[c]}
          me={me}
          city={city}
          camera={camera}
          onDone={finish}
          onCancel={() => setChosen(undefined)}
          onInstead={(action) => setChosen(action)}
        />
      )}
      {open && open.action !== 'reply' && (
        <StepForm
          key={open.action}
          c={c}
          action={open}
          me={me}
          city={city}
          onSubmit={async (payload) => {
            const answer = await act(c.id, open.action, c.version, payload)
            if (answer.ok) finish()
            else if (answer.problem.status === 409) onChanged()
            return answer.ok ? undefined : answer.problem
          }}
          onCancel={() => setChosen(undefined)}
        />
      )}
    </section>
  )
}

function Facts({ c, city }: { c: CaseJson; city: City }) {
  const t = useT()
  const language = useLanguage()
  // A phone has little room, and a map costs it much.
  const [isWide] = useState(() => window.matchMedia('(min-width: 60rem)').matches)
  const [map, setMap] = useState(isWide)
  const rows: [string, string | undefined][] = [
    [t('case.address'), c.address],
    [t('case.area'), c.area && city.area(c.area.code)],
    [t('case.zone'), c.zoneName],
    [t('case.condition'), c.conditionText],
    [t('case.close-condition'), c.closeCondition],
    [t('dept.photo-rule'), photoRuleOf(c, city).words],
    [t('case.source'), t(`source.${c.source}`)],
    [t('case.reported'), formatMoment(Date.parse(c.reportedAt), city.info.timeZone, language)],
    [t('case.department'), [c.departmentName, c.unitName, c.desk?.handlerName].filter(Boolean).join(' · ')],
    [t('case.co-departments'), c.coDepartments.map((d) => city.department(d)).join(t('sign.list'))],
  ]
  return (
    <section className={styles.facts} aria-label={t('dept.facts')}>
      {c.photos.length + c.afterPhotos.length + c.checkPhotos.length > 0 && (
        <PhotoPair sides={plainSidesOf(c, t)} />
      )}
      <dl>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <details className={styles.where} open={isWide} onToggle={(e) => setMap(e.currentTarget.open)}>
        <summary>{t('dept.map')}</summary>
        {map && (
          <Suspense>
            <PlaceMap lng={c.location.lng} lat={c.location.lat} />
          </Suspense>
        )}
      </details>
    </section>
  )
}
