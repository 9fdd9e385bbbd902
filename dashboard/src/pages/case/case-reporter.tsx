// Who reported, masked; the centre sees name and phone in full after saying what for, which the audit keeps.
import { useState } from 'react'
import type { CaseJson } from '../../api/cases.ts'
import { unmask } from '../../api/audit.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

const CENTRE: readonly string[] = ['operator', 'dispatcher', 'duty-manager', 'head']

export function CaseReporter({
  caseId,
  reporter,
}: {
  caseId: string
  reporter: NonNullable<CaseJson['reporter']>
}) {
  const t = useT()
  const { user } = useSession()
  const [full, setFull] = useState<typeof reporter>()
  const [asked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const { name, phone } = full ?? reporter
  const mayAsk = !full && user?.posts.some((p) => CENTRE.includes(p)) === true

  const show = async () => {
    if (reason.trim().length < 2) return setFault(t('unmask.reason.short'))
    setBusy(true)
    const answer = await unmask(caseId, reason.trim())
    setBusy(false)
    if (!answer.ok) return setFault(problemText(answer.problem, t))
    setFull(answer.value.reporter)
    setAsked(false)
  }
  return (
    <>
      {name} {full && phone !== undefined ? <a href={`tel:${phone}`}>{phone}</a> : phone}{' '}
      {mayAsk && (
        <Button
          onClick={() => {
            setFault(undefined)
            setAsked(true)
          }}
        >
          {t('unmask.show')}
        </Button>
      )}
      {asked && (
        <ConfirmDialog
          title={t('unmask.title')}
          go={t('unmask.show')}
          fault={fault}
          busy={busy}
          onGo={() => void show()}
          onClose={() => setAsked(false)}
        >
          <p>{t('unmask.what')}</p>
          <Field label={t('unmask.reason')}>
            {(ids) => (
              <input
                {...ids}
                maxLength={200}
                placeholder={t('unmask.reason.hint')}
                value={reason}
                onChange={(e) => setReason(e.target.value)}
              />
            )}
          </Field>
        </ConfirmDialog>
      )}
    </>
  )
}
