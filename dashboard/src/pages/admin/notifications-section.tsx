// Channels to the outside: added, tried, changed, switched off, removed; how each does; what it sent and could not; and
// where people are reached.
import { useEffect, useState } from 'react'
import type { ChannelKind } from '#domain/delivery/channel.ts'
import {
  addChannel,
  type ChannelForm,
  type ChannelRow,
  changeChannel,
  type MadeChannel,
  newSecret,
  removeChannel,
} from '../../api/delivery.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import type { Answer } from '../../api/request.ts'
import { useResource } from '../../api/use-resource.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { ChannelCard, type ChannelAct } from './channel-card.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelLog } from './channel-log.tsx'
import { ChannelSecret } from './channel-secret.tsx'
import { ChannelTest } from './channel-test.tsx'
import { ContactsCard } from './contacts-card.tsx'
import own from './notifications.module.css'

/** Channels are at work by themselves. */
const LOOK_EVERY_MS = 5_000

type Asked = { act: 'add' } | { act: ChannelAct; channel: ChannelRow }

export function NotificationsSection() {
  const t = useT()
  const { value, problem, reload } = useResource<{ items: ChannelRow[] }>('/delivery/channels')
  const [asked, setAsked] = useState<Asked>()
  const [made, setMade] = useState<{ name: string; secret: string }>()
  const [logOf, setLogOf] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Problem>()
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])

  const ask = (next: Asked) => {
    setFault(undefined)
    setAsked(next)
  }
  async function settle(name: string, going: Promise<Answer<MadeChannel | undefined>>): Promise<void> {
    setBusy(true)
    const answer = await going
    setBusy(false)
    setFault(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    if (answer.value?.secret !== undefined) setMade({ name, secret: answer.value.secret })
    setAsked(undefined)
    reload()
  }
  const act = (what: ChannelAct, channel: ChannelRow) => {
    if (what === 'log') return setLogOf(logOf === channel.id ? undefined : channel.id)
    if (what === 'on') return void settle(channel.name, changeChannel(channel.id, { enabled: true }))
    ask({ act: what, channel })
  }
  const save = (kind: ChannelKind, form: ChannelForm) =>
    void settle(
      form.name,
      asked && asked.act !== 'add' ? changeChannel(asked.channel.id, form) : addChannel(kind, form),
    )

  if (!value)
    return problem ? (
      <Notice kind="fault">{problemText(problem, t)}</Notice>
    ) : (
      <p role="status">{t('state.loading')}</p>
    )
  const shown = value.items.find((c) => c.id === logOf)
  const close = () => setAsked(undefined)
  return (
    <div className={styles.section}>
      <p className={styles.what}>{t('delivery.what')}</p>
      <div>
        <Button kind="primary" onClick={() => ask({ act: 'add' })}>
          {t('delivery.add')}
        </Button>
      </div>
      {made && <ChannelSecret key={made.secret} made={made} />}
      {fault && !asked && <Notice kind="fault">{problemText(fault, t)}</Notice>}
      {value.items.length === 0 && <p className={styles.hint}>{t('delivery.none')}</p>}
      <ul className={own.list}>
        {value.items.map((c) => (
          <ChannelCard key={c.id} channel={c} isOpen={c.id === logOf} onAct={act} />
        ))}
      </ul>
      {shown && (
        <ChannelLog key={shown.id} channel={shown} onChange={reload} onClose={() => setLogOf(undefined)} />
      )}
      <ContactsCard />
      {asked && (asked.act === 'add' || asked.act === 'edit') && (
        <ChannelDialog
          channel={asked.act === 'edit' ? asked.channel : undefined}
          problem={fault}
          busy={busy}
          onSave={save}
          onClose={close}
        />
      )}
      {asked?.act === 'test' && <ChannelTest channel={asked.channel} onDone={reload} onClose={close} />}
      {asked && (asked.act === 'off' || asked.act === 'remove' || asked.act === 'secret') && (
        <ConfirmDialog
          title={t(`delivery.${asked.act}.title`, { name: asked.channel.name })}
          go={t(`delivery.${asked.act}`)}
          fault={fault && problemText(fault, t)}
          busy={busy}
          onGo={() => {
            const { id, name } = asked.channel
            void settle(
              name,
              asked.act === 'off'
                ? changeChannel(id, { enabled: false })
                : asked.act === 'remove'
                  ? removeChannel(id)
                  : newSecret(id),
            )
          }}
          onClose={close}
        >
          <p className={styles.what}>
            {asked.act === 'off'
              ? t('delivery.off.what', { n: asked.channel.waiting })
              : t(`delivery.${asked.act}.what`)}
          </p>
        </ConfirmDialog>
      )}
    </div>
  )
}
