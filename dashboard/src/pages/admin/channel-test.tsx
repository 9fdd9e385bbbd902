// A test message: to whom where it goes to a person, and what became of it.
import { useEffect, useState } from 'react'
import { isPersonal } from '#domain/delivery/channel.ts'
import { askDelivery, type ChannelRow, type DeliveryRow, testChannel } from '../../api/delivery.ts'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { type Translate, useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { resultText } from './delivery-words.ts'

const LOOK_EVERY_MS = 500
/** Longer than a receiver may take: then no worker is at it. */
const PATIENCE_LOOKS = 40

type Test = { id: string; looks: number; row?: DeliveryRow }

export function ChannelTest(props: { channel: ChannelRow; onDone: () => void; onClose: () => void }) {
  const t = useT()
  const { channel, onDone } = props
  const kind = isPersonal(channel.kind) ? channel.kind : undefined
  const [to, setTo] = useState('')
  const [test, setTest] = useState<Test>()
  const [problem, setProblem] = useState<Problem>()
  const isOver = test?.row !== undefined && test.row.state !== 'waiting'
  useEffect(() => {
    if (!test || isOver || test.looks >= PATIENCE_LOOKS) return
    const timer = setTimeout(() => {
      void askDelivery(test.id).then((answer) => {
        if (!answer.ok) return setProblem(answer.problem)
        setTest({ id: test.id, looks: test.looks + 1, row: answer.value })
        if (answer.value.state !== 'waiting') onDone()
      })
    }, LOOK_EVERY_MS)
    return () => clearTimeout(timer)
  }, [test, isOver, onDone])

  const send = async () => {
    const answer = await testChannel(channel.id, kind === undefined ? undefined : to.trim())
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) setTest({ id: answer.value.id, looks: 0 })
  }
  const fault = faultOf(problem, 'to', t)
  return (
    <ConfirmDialog
      title={t('delivery.test.title', { name: channel.name })}
      go={t('delivery.test')}
      fault={problem && fault === undefined ? problemText(problem, t) : undefined}
      busy={test !== undefined && !isOver && test.looks < PATIENCE_LOOKS}
      onGo={() => void send()}
      onClose={props.onClose}
    >
      <p className={styles.what}>{t('delivery.test.what')}</p>
      {kind !== undefined && (
        <Field label={t(`delivery.test.${kind}`)} fault={fault}>
          {(ids) => (
            <input
              {...ids}
              type={kind === 'email' ? 'email' : 'tel'}
              value={to}
              onChange={(e) => setTo(e.target.value)}
            />
          )}
        </Field>
      )}
      {test && (
        <Notice kind={test.row?.state === 'dead' ? 'fault' : 'info'}>{textOf(test, channel.name, t)}</Notice>
      )}
    </ConfirmDialog>
  )
}

function textOf({ row, looks }: Test, name: string, t: Translate): string {
  if (row?.state === 'sent') return t('delivery.test.sent', { name })
  if (row?.state === 'dead')
    return t('delivery.test.failed', { name, reason: row.result ? resultText(row.result, t) : '' })
  return t(looks < PATIENCE_LOOKS ? 'delivery.test.waiting' : 'delivery.test.late', { name })
}
