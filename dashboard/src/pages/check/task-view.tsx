// One field task at the spot: what to look for, the same view photographed again with the old one over it, the result in one
// press. A position that is off asks for a reason and never blocks.
import { useState } from 'react'
import { Link } from 'wouter'
import { metresBetween } from '#domain/geo/distance.ts'
import { photoUrl } from '../../api/cases.ts'
import { useCategories, useCityInfo } from '../../api/city.ts'
import { problemText, type Problem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { Account } from '../../api/session.ts'
import type { TaskRow } from '../../api/tasks.ts'
import { PhotoTaker } from '../../components/capture/photo-taker.tsx'
import type { UsePlace } from '../../components/capture/use-place.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { PhoneFrame } from '../../components/phone/phone-frame.tsx'
import { useOnline } from '../../components/waiting/waiting-bar.tsx'
import { useT } from '../../i18n/translate.ts'
import type { Person } from '../../offline/person.ts'
import { enqueue } from '../../offline/queue.ts'
import { useDraft } from '../../offline/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { showFirstFault } from '../../ui/first-fault.ts'
import { Notice } from '../../ui/notice.tsx'
import { type Findings, missingIn, type MissingResult, NOTHING, offBy, reportOf } from './result.ts'
import { ResultForm } from './result-form.tsx'
import { TaskFacts } from './task-facts.tsx'
import { beforePhoto } from './tasks.ts'
import styles from './check-page.module.css'

const MOST_PHOTOS = 6
/** Where the city does not say how near is near enough. */
const WITHIN_M = 100

export function TaskView(props: {
  task: TaskRow
  person: Person
  user: Account
  device: UsePlace
  isAccepting: boolean
  onDone: (words: string) => void
  onBack: () => void
}) {
  const t = useT()
  const { task, person, user, device, onDone, onBack } = props
  const info = useCityInfo()
  const category = useCategories()?.find((c) => c.code === task.case.category?.code)
  const draftKey = `task ${task.id}`
  const { draft, change, settled } = useDraft<Findings>(draftKey, NOTHING)
  const [isChecked, setIsChecked] = useState(false)
  const [isKeeping, setIsKeeping] = useState(false)
  const [fault, setFault] = useState<string>()
  const [isHandingOver, setIsHandingOver] = useState(false)
  if (!draft) return null

  const at = draft.place ?? device.place
  const withinM = info?.siteWithinM ?? WITHIN_M
  const distanceM = at && metresBetween(at, task.case.location)
  const off = offBy(distanceM, at?.accuracyM ?? 0, withinM)
  // Said only once a photo was taken: on the way there everybody is off.
  const isOff = draft.photos.length > 0 && (off !== undefined || at === undefined) && !device.locating
  const missing: MissingResult[] = isChecked ? missingIn(draft, { isOff }) : []
  const before = beforePhoto(task)
  const write = (part: Partial<Findings>) => change((d) => ({ ...d, ...part }))

  const photographed = (photos: string[]) =>
    change((d) => ({
      ...d,
      photos,
      ...(photos.length === 0
        ? { capturedAt: undefined, place: undefined }
        : { capturedAt: d.capturedAt ?? Date.now(), place: d.place ?? device.place }),
    }))
  const keep = async (work: () => Promise<unknown>, words: string) => {
    setIsKeeping(true)
    try {
      await settled()
      await work()
      onDone(words)
    } catch (error) {
      setFault(t('phone.store-fault', { reason: error instanceof Error ? error.message : String(error) }))
      setIsKeeping(false)
    }
  }
  const item = {
    account: user.id,
    path: `/tasks/${task.id}/actions`,
    taskId: task.id,
    title: task.case.category?.name ?? task.case.receiptNo,
  }
  const send = () => {
    setIsChecked(true)
    if (missingIn(draft, { isOff }).length > 0) return showFirstFault()
    const why = draft.whyOff.trim()
    const words = !isOff
      ? undefined
      : off === undefined
        ? t('check.off.words-unknown', { why })
        : t('check.off.words', { m: off, why })
    const body = reportOf(task.kind, { ...draft, place: at }, words)
    void keep(
      () => enqueue({ ...item, kind: 'result', body, photos: draft.photos }, draftKey),
      t('check.done'),
    )
  }
  const accept = () =>
    void enqueue({ ...item, kind: 'step', body: { action: 'accept' }, photos: [] }).catch((error: unknown) =>
      setFault(t('phone.store-fault', { reason: error instanceof Error ? error.message : String(error) })),
    )

  return (
    <PhoneFrame
      page="/check"
      title={`${t(`check.kind.${task.kind}`)} · ${task.case.category?.name ?? t('category.none')}`}
      person={person}
      action={
        <>
          <Button onClick={() => setIsHandingOver(true)}>{t('check.hand-over')}</Button>
          {task.status === 'assigned' && draft.photos.length === 0 && draft.result === undefined ? (
            <Button kind="primary" disabled={props.isAccepting} onClick={accept}>
              {t('check.accept')}
            </Button>
          ) : (
            <Button kind="primary" disabled={isKeeping} onClick={send}>
              {t('check.send')}
            </Button>
          )}
        </>
      }
    >
      <p>
        <button type="button" className={styles.back} onClick={onBack}>
          ‹ {t('check.back')}
        </button>
      </p>
      <TaskFacts
        task={task}
        closeCondition={category?.conditions.find((c) => c.id === task.case.condition)?.closeCondition}
        distanceM={distanceM}
      />
      <section className={styles.part} aria-label={t('photo.after')}>
        <h2>{t('photo.after')}</h2>
        {before === undefined && <p className={styles.quiet}>{t('photo.no-before')}</p>}
        <PhotoTaker
          label={t('photo.after')}
          value={draft.photos}
          most={MOST_PHOTOS}
          position={device.place}
          cameraOnly
          before={before === undefined ? undefined : photoUrl(before)}
          onChange={photographed}
        />
        {missing.includes('photo') && (
          <p className={styles.fault} role="alert">
            {t('check.need-photo')}
          </p>
        )}
      </section>
      <ResultForm
        kind={task.kind}
        found={draft}
        missing={missing}
        off={isOff ? { metres: off, withinM } : undefined}
        onChange={write}
      />
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
      <p className={styles.quiet}>
        {t('check.counts')} <Link href={`/cases/${task.caseId}`}>{t('check.case')}</Link>
      </p>
      {isHandingOver && (
        <HandOver
          task={task}
          onDone={() => onDone(t('check.hand-over.done'))}
          onClose={() => setIsHandingOver(false)}
        />
      )}
    </PhoneFrame>
  )
}

/** Needs a network: whoever gets it has to be on duty now. */
function HandOver({ task, onDone, onClose }: { task: TaskRow; onDone: () => void; onClose: () => void }) {
  const t = useT()
  const online = useOnline()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    const body = { action: 'hand-over', ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
    const answer = await request(`/tasks/${task.id}/actions`, { body })
    setBusy(false)
    if (answer.ok) onDone()
    else setProblem(answer.problem)
  }
  return (
    <ConfirmDialog
      title={t('check.hand-over.title')}
      go={t('check.hand-over')}
      busy={busy || !online}
      fault={problem && problemText(problem, t)}
      onGo={() => void go()}
      onClose={onClose}
    >
      <p>{t(online ? 'check.hand-over.note' : 'check.hand-over.offline')}</p>
      <label className={styles.field}>
        {t('check.hand-over.reason')}
        <input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
      </label>
    </ConfirmDialog>
  )
}
