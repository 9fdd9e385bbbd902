// Accounts imported from a list: looked at row by row, confirmed, and the initial passwords handed out once.
import { useState } from 'react'
import { type AccountImport, importAccounts } from '../../api/administration.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { FindingsList } from './findings-list.tsx'
import { ImportRows } from './import-rows.tsx'
import { InitialPasswords } from './initial-passwords.tsx'

export function ImportAccounts({ onDone }: { onDone: () => void }) {
  const t = useT()
  const [file, setFile] = useState<File>()
  const [looked, setLooked] = useState<AccountImport>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState<'look' | 'apply'>()

  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setLooked(undefined)
    setProblem(undefined)
  }
  const send = async (plan?: string) => {
    if (!file) return
    setBusy(plan === undefined ? 'look' : 'apply')
    const answer = await importAccounts(file, plan)
    setBusy(undefined)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return plan === undefined ? undefined : setLooked(undefined)
    setLooked(answer.value)
    if (answer.value.passwords) onDone()
  }
  const passwords = looked?.passwords
  const todo = looked?.rows.filter((r) => r.what === 'create' || r.what === 'change').length ?? 0
  return (
    <Card title={t('admin.accounts.import')}>
      <div className={styles.body}>
        {passwords ? (
          <>
            <Notice>{t('import.done')}</Notice>
            {passwords.length > 0 && <InitialPasswords passwords={passwords} />}
            <div>
              <Button onClick={() => choose(undefined)}>{t('import.again')}</Button>
            </div>
          </>
        ) : (
          <>
            <p className={styles.what}>{t('import.what')}</p>
            <p className={styles.links}>
              <a href="/api/v1/accounts/import/template" download="accounts.xlsx">
                {t('import.template')}
              </a>
              <a href="/api/v1/accounts/import/template?format=csv" download="accounts.csv">
                {t('import.template.csv')}
              </a>
            </p>
            <div className={styles.upload}>
              <Field label={t('import.file')}>
                {(ids) => <FileButton ids={ids} accept=".csv,.xlsx,.xlsm,text/csv" onChoose={choose} />}
              </Field>
              <Button
                kind={looked?.plan === undefined ? 'primary' : 'quiet'}
                disabled={!file || busy !== undefined}
                onClick={() => void send()}
              >
                {t(busy === 'look' ? 'import.busy' : 'import.look')}
              </Button>
            </div>
            {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
            {looked && <Looked looked={looked} />}
            {looked?.plan !== undefined && todo > 0 && (
              <div>
                <Button kind="primary" disabled={busy !== undefined} onClick={() => void send(looked.plan)}>
                  {busy === 'apply' ? t('import.applying') : t('import.apply', { n: todo })}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </Card>
  )
}

function Looked({ looked: { rows, faults, warnings, plan } }: { looked: AccountImport }) {
  const t = useT()
  const isAllSame = plan !== undefined && rows.every((r) => r.what === 'same')
  return (
    <>
      <FindingsList title={t('finding.faults', { n: faults.length })} findings={faults} withFile={false} />
      <FindingsList
        title={t('finding.warnings', { n: warnings.length })}
        findings={warnings}
        withFile={false}
      />
      {faults.length === 0 && plan === undefined && <Notice kind="fault">{t('import.blocked')}</Notice>}
      {isAllSame && <Notice>{t('import.nothing')}</Notice>}
      {rows.length > 0 && faults.length === 0 && !isAllSame && <ImportRows rows={rows} />}
    </>
  )
}
