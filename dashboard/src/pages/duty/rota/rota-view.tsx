// 值班: who is on duty with their phones, the rota ahead, and the handover of the shift, signed by both with what is open.
import { type FormEvent, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { isOverdue } from '#domain/board-view.ts'
import { ROTA_POSTS, type RotaPost } from '#domain/rota.ts'
import {
  addTurn,
  giveShift,
  type HandoverJson,
  removeTurn,
  takeShift,
  type TurnJson,
} from '../../../api/desk.ts'
import { problemText } from '../../../api/problem.ts'
import { useResource } from '../../../api/use-resource.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { draftName, keepDraft, keptDraft } from '../../../components/form/drafts.ts'
import { withOffset } from '../../../components/form/schema.ts'
import { formatMoment } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useDesk } from '../desk-context.ts'
import styles from './rota.module.css'

export function RotaView() {
  const { user } = useDesk()
  const isManager = user.posts.some((p) => p === 'duty-manager' || p === 'head')
  return (
    <div className={styles.page}>
      <Rota isManager={isManager} />
      <Handovers isManager={isManager} />
    </div>
  )
}

/** Whose decisions a handover lists, as the server does. */
const CENTRE = ['operator', 'dispatcher', 'duty-manager', 'head'] as const

function useMoment() {
  const language = useLanguage()
  const { city } = useDesk()
  return (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
}

function Rota({ isManager }: { isManager: boolean }) {
  const t = useT()
  const moment = useMoment()
  const { value, reload, problem } = useResource<{ items: TurnJson[] }>('/rota')
  const [fault, setFault] = useState<string>()
  const [leaving, setLeaving] = useState<TurnJson>()
  const [adding, setAdding] = useState(false)
  const remove = async (id: string) => {
    const answer = await removeTurn(id)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    setLeaving(undefined)
    reload()
  }
  const turns = value?.items ?? []
  return (
    <Card
      title={t('centre.rota')}
      aside={
        isManager &&
        !adding && (
          <Button kind="primary" onClick={() => setAdding(true)}>
            {t('centre.rota.add')}
          </Button>
        )
      }
    >
      {adding && <AddTurn onAdded={reload} onClose={() => setAdding(false)} />}
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
      {value && turns.length === 0 && <p className={styles.quiet}>{t('centre.rota.none')}</p>}
      {turns.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('centre.rota.post')}</th>
              <th>{t('centre.rota.name')}</th>
              <th>{t('centre.report.phone')}</th>
              <th>{t('centre.rota.since')}</th>
              <th>{t('centre.rota.until')}</th>
              <th>
                <span className="visually-hidden">{t('centre.rota.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {turns.map((turn) => (
              <tr key={turn.id} className={turn.now ? styles.now : undefined}>
                <td>
                  {wordFor(t, 'centre.rota.post', turn.post)} {turn.department?.name}
                </td>
                <td>
                  {turn.name} {turn.now && <b>{t('centre.rota.now')}</b>}
                </td>
                <td>
                  {turn.phone && <a href={`tel:${turn.phone.replaceAll(/[^\d+]/gu, '')}`}>{turn.phone}</a>}
                </td>
                <td>{moment(turn.since)}</td>
                <td>{moment(turn.until)}</td>
                <td>
                  {isManager && <Button onClick={() => setLeaving(turn)}>{t('centre.rota.remove')}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {leaving && (
        <ConfirmDialog
          title={t('centre.rota.remove')}
          go={t('centre.rota.remove')}
          onGo={() => void remove(leaving.id)}
          onClose={() => setLeaving(undefined)}
        >
          <p>{t('centre.rota.remove.ask', { name: leaving.name, since: moment(leaving.since) })}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}

const NOBODY = { post: 'duty-manager' as RotaPost, department: '', name: '', phone: '', since: '', until: '' }

/** Stays open after a turn, with its times: a shift has several people. */
function AddTurn({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const t = useT()
  const { city } = useDesk()
  const [turn, setTurn] = useState(NOBODY)
  const [fault, setFault] = useState<string>()
  const change = (part: Partial<typeof NOBODY>) => setTurn((f) => ({ ...f, ...part }))
  const isUnit = turn.post === 'unit'
  const isWhole =
    turn.name.trim() !== '' && turn.since !== '' && turn.until !== '' && (!isUnit || turn.department !== '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { timeZone } = city.info
    const answer = await addTurn({
      post: turn.post,
      name: turn.name,
      since: withOffset(turn.since, timeZone),
      until: withOffset(turn.until, timeZone),
      ...(turn.phone.trim() === '' ? {} : { phone: turn.phone.trim() }),
      ...(isUnit ? { department: turn.department } : {}),
    })
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (!answer.ok) return
    setTurn({ ...NOBODY, since: turn.since, until: turn.until })
    onAdded()
  }
  return (
    <form className={styles.add} onSubmit={(event) => void submit(event)}>
      <label>
        {t('centre.rota.post')}
        <select
          // biome-ignore lint/a11y/noAutofocus: the button that asked for the form is gone, and the focus with it
          autoFocus
          value={turn.post}
          onChange={(e) => change({ post: e.target.value as RotaPost })}
        >
          {ROTA_POSTS.map((post) => (
            <option key={post} value={post}>
              {wordFor(t, 'centre.rota.post', post)}
            </option>
          ))}
        </select>
      </label>
      {isUnit && (
        <label>
          {t('case.department')}
          <select value={turn.department} onChange={(e) => change({ department: e.target.value })}>
            <option value="">{t('form.choose')}</option>
            {city.departments.map((d) => (
              <option key={d.code} value={d.code}>
                {d.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('centre.rota.name')}
        <input value={turn.name} onChange={(e) => change({ name: e.target.value })} />
      </label>
      <label>
        {t('centre.report.phone')}
        <input type="tel" value={turn.phone} onChange={(e) => change({ phone: e.target.value })} />
      </label>
      <label>
        {t('centre.rota.since')}
        <input type="datetime-local" value={turn.since} onChange={(e) => change({ since: e.target.value })} />
      </label>
      <label>
        {t('centre.rota.until')}
        <input type="datetime-local" value={turn.until} onChange={(e) => change({ until: e.target.value })} />
      </label>
      <Button type="submit" kind="primary" disabled={!isWhole}>
        {t('centre.rota.put')}
      </Button>
      <Button onClick={onClose}>{t('action.close')}</Button>
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
    </form>
  )
}

function Handovers({ isManager }: { isManager: boolean }) {
  const t = useT()
  const { user, board } = useDesk()
  const { value, reload, problem } = useResource<{ items: HandoverJson[] }>('/handovers')
  const draft = draftName(user.id, 'shift', 'handover')
  const [note, setNote] = useState(() => String(keptDraft(draft).note ?? ''))
  useEffect(() => keepDraft(draft, { note }), [draft, note])
  const cases = [...board.values()]
  const now = {
    urgent: cases.filter((c) => c.urgent).length,
    overdue: cases.filter(isOverdue).length,
    waits: cases.filter((c) => CENTRE.some((post) => post === c.waitsFor?.who)).length,
  }
  const [fault, setFault] = useState<string>()
  const [asking, setAsking] = useState<'give' | HandoverJson>()
  const [busy, setBusy] = useState(false)
  const shifts = value?.items ?? []
  const open = shifts.find((h) => h.to === undefined)
  const sign = async () => {
    setBusy(true)
    const answer = await (asking === 'give' ? giveShift(note) : takeShift((asking as HandoverJson).id))
    setBusy(false)
    reload()
    if (!answer.ok) return setFault(problemText(answer.problem, t))
    setFault(undefined)
    setAsking(undefined)
    setNote('')
  }
  return (
    <Card title={t('centre.handover')}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {isManager && value && !open && (
        <div className={styles.give}>
          <p>{t('centre.handover.now', now)}</p>
          <label>
            {t('centre.handover.note')}
            <textarea rows={3} value={note} onChange={(e) => setNote(e.target.value)} />
          </label>
          <Button kind="primary" onClick={() => setAsking('give')}>
            {t('centre.handover.give')}
          </Button>
        </div>
      )}
      {shifts.map((h) => (
        <Shift
          key={h.id}
          h={h}
          isLast={h === shifts[0]}
          maySign={isManager && h.to === undefined && h.from.id !== user.id}
          onSign={() => setAsking(h)}
        />
      ))}
      {value && shifts.length === 0 && <p className={styles.quiet}>{t('centre.handover.none')}</p>}
      {asking && (
        <ConfirmDialog
          title={t(asking === 'give' ? 'centre.handover.give' : 'centre.handover.take')}
          go={t('centre.handover.sign')}
          busy={busy}
          fault={fault}
          onGo={() => void sign()}
          onClose={() => {
            setAsking(undefined)
            setFault(undefined)
          }}
        >
          <p>{t(asking === 'give' ? 'centre.handover.give.ask' : 'centre.handover.take.ask')}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}

function Shift(props: { h: HandoverJson; isLast: boolean; maySign: boolean; onSign: () => void }) {
  const t = useT()
  const moment = useMoment()
  const { city } = useDesk()
  const { h, isLast, maySign, onSign } = props
  return (
    <details className={styles.shift} open={isLast}>
      <summary>
        {t('centre.handover.from', { name: h.from.name, time: moment(h.givenAt) })} ·{' '}
        {h.to && h.takenAt !== undefined
          ? t('centre.handover.to', { name: h.to.name, time: moment(h.takenAt) })
          : t('centre.handover.waits')}
      </summary>
      <p className={styles.signed}>
        {t('centre.handover.signed', { from: h.from.name, to: h.to?.name ?? '' })}
      </p>
      {h.to === undefined && !maySign && (
        <p className={`${styles.quiet} ${styles.how}`}>{t('centre.handover.waits.how')}</p>
      )}
      <div className={styles.ways}>
        {maySign && (
          <Button kind="primary" onClick={onSign}>
            {t('centre.handover.take')}
          </Button>
        )}
        {isLast && <Button onClick={() => window.print()}>{t('centre.handover.print')}</Button>}
      </div>
      {h.note !== '' && <p className={styles.note}>{h.note}</p>}
      <p className={styles.quiet}>{t('centre.handover.items', { n: h.items.length })}</p>
      <ol className={styles.items}>
        {h.items.map((i) => (
          <li key={i.caseId}>
            <Link href={`/cases/${i.caseId}`}>{i.caseNo ?? i.receiptNo}</Link>{' '}
            {city.category(i.category) ?? t('category.none')}
            {i.urgent && <b> {t('centre.urgent')}</b>}
            {i.overdue && <b> {t('light.red')}</b>}
            <span className={styles.quiet}>
              {' '}
              {i.waits
                ? t('sign.is', {
                    name: wordFor(t, 'post', i.waits.who),
                    value: wordFor(t, 'todo', i.waits.action),
                  })
                : t(`status.${i.status}`)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
