// Screens 大屏: added with their size and distance, changed, given a new address, revoked; the address is shown once.
import { useState } from 'react'
import {
  addScreen,
  changeScreen,
  type MadeToken,
  renewToken,
  revokeScreen,
  type ScreenForm,
  type ScreenRow,
} from '../../api/screens.ts'
import type { Answer } from '../../api/request.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { ScreenDialog } from './screen-dialog.tsx'
import { ScreenTable } from './screen-table.tsx'
import { ScreenToken } from './screen-token.tsx'

/** Whether a screen is there changes by itself. */
const LOOK_EVERY_MS = 15_000

type Asked = { kind: 'add' } | { kind: 'edit' | 'token' | 'revoke'; screen: ScreenRow }

export function ScreensSection() {
  const t = useT()
  const { value, problem, reload } = useResource<{ items: ScreenRow[] }>('/screens', {
    everyMs: LOOK_EVERY_MS,
  })
  const [asked, setAsked] = useState<Asked>()
  const [made, setMade] = useState<MadeToken>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Problem>()

  const ask = (next: Asked) => {
    setFault(undefined)
    setAsked(next)
  }
  async function settle(going: Promise<Answer<MadeToken | undefined>>): Promise<void> {
    setBusy(true)
    const answer = await going
    setBusy(false)
    setFault(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    setMade(answer.value ?? undefined)
    setAsked(undefined)
    reload()
  }
  const save = (form: ScreenForm) =>
    void settle(asked?.kind === 'edit' ? changeScreen(asked.screen.id, form) : addScreen(form))

  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  return (
    <div className={styles.section}>
      <p className={styles.what}>{t('screens.what')}</p>
      <div>
        <Button kind="primary" onClick={() => ask({ kind: 'add' })}>
          {t('screens.add')}
        </Button>
      </div>
      {made && <ScreenToken key={made.token} made={made} />}
      {value.items.length === 0 ? (
        <p className={styles.hint}>{t('screens.none')}</p>
      ) : (
        <ScreenTable screens={value.items} onAsk={(kind, screen) => ask({ kind, screen })} />
      )}
      {(asked?.kind === 'add' || asked?.kind === 'edit') && (
        <ScreenDialog
          screen={asked.kind === 'edit' ? asked.screen : undefined}
          problem={fault}
          busy={busy}
          onSave={save}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.kind === 'token' && (
        <ConfirmDialog
          title={t('screens.token.title', { name: asked.screen.name })}
          go={t('screens.token')}
          fault={fault && problemText(fault, t)}
          busy={busy}
          onGo={() => void settle(renewToken(asked.screen.id))}
          onClose={() => setAsked(undefined)}
        >
          <p className={styles.what}>{t('screens.token.what')}</p>
        </ConfirmDialog>
      )}
      {asked?.kind === 'revoke' && (
        <ConfirmDialog
          title={t('screens.revoke.title', { name: asked.screen.name })}
          go={t('screens.revoke')}
          fault={fault && problemText(fault, t)}
          busy={busy}
          onGo={() => void settle(revokeScreen(asked.screen.id))}
          onClose={() => setAsked(undefined)}
        >
          <p className={styles.what}>{t('screens.revoke.what')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
