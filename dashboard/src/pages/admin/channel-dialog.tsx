// A channel as a form: its kind, then what that kind asks for.
import { useState } from 'react'
import { CHANNEL_KINDS, type ChannelKind, isRobot } from '#domain/delivery/channel.ts'
import { WEBHOOK_KINDS } from '#domain/delivery/webhook.ts'
import type { ChannelForm, ChannelRow } from '../../api/delivery.ts'
import { faultOf, type Problem, problemText } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { usePlaces } from '../../components/place-select.tsx'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import { AudienceFields } from './channel-audience.tsx'
import { type Draft, draftOf, formOf } from './channel-form.ts'
import { MailFields, SmsFields } from './channel-personal.tsx'
import { kindText } from './delivery-words.ts'
import own from './notifications.module.css'
import { Ticks } from './ticks.tsx'

export interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  fault: (field: string) => string | undefined
  /** Names of what is kept secret already. */
  kept: readonly string[]
}

export function ChannelDialog(props: {
  /** Undefined = a new one. */
  channel: ChannelRow | undefined
  problem: Problem | undefined
  busy: boolean
  onSave: (kind: ChannelKind, form: ChannelForm) => void
  onClose: () => void
}) {
  const t = useT()
  const { channel, problem } = props
  const [draft, setDraft] = useState(() => draftOf(channel))
  const { kind } = draft
  const set = (change: Partial<Draft>) => setDraft((d) => ({ ...d, ...change }))
  const fault = (field: string) =>
    problem?.fields.some((f) => f.field === field && f.message.includes('DELIVERY_ALLOW'))
      ? t('delivery.code.forbidden-address')
      : faultOf(problem, field, t)
  const isNamed = problem?.fields.some((f) => (f.field.split('.')[0] ?? '') in draft) === true
  const part = { draft, set, fault, kept: channel?.kept ?? [] }
  return (
    <ConfirmDialog
      title={channel ? t('delivery.edit.title', { name: channel.name }) : t('delivery.add')}
      go={t('delivery.save')}
      fault={problem && !isNamed ? problemText(problem, t) : undefined}
      busy={props.busy || (kind !== 'webhook' && draft.groups.length === 0)}
      onGo={() => props.onSave(kind, formOf(draft))}
      onClose={props.onClose}
    >
      {!channel && (
        <fieldset className={own.group}>
          <legend>{t('delivery.kind')}</legend>
          <div className={own.kinds}>
            {CHANNEL_KINDS.map((k) => (
              <button key={k} type="button" aria-pressed={k === kind} onClick={() => set({ kind: k })}>
                <b>{t(`delivery.kind.${k}`)}</b>
                <span>{t(`delivery.kind.${k}.what`)}</span>
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <Field label={t('delivery.name')} hint={t('delivery.name.hint')} fault={fault('name')}>
        {(ids) => (
          <input
            {...ids}
            maxLength={60}
            required
            value={draft.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        )}
      </Field>
      {kind === 'webhook' && <WebhookFields {...part} />}
      {isRobot(kind) && <RobotFields {...part} />}
      {kind === 'email' && <MailFields {...part} />}
      {kind === 'sms' && <SmsFields {...part} />}
      {kind !== 'webhook' && <AudienceFields {...part} />}
    </ConfirmDialog>
  )
}

/** Kept ones are not shown: empty leaves them as they are. */
export function AddressField({ draft, set, fault, kept, hint }: PartProps & { hint: string }) {
  const t = useT()
  const isKept = kept.includes('url')
  return (
    <Field label={t('delivery.url')} hint={isKept ? t('delivery.url.kept') : hint} fault={fault('url')}>
      {(ids) => (
        <input
          {...ids}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          required={!isKept}
          value={draft.url}
          onChange={(e) => set({ url: e.target.value })}
        />
      )}
    </Field>
  )
}

function WebhookFields(props: PartProps) {
  const t = useT()
  const { draft, set, fault } = props
  const areas = usePlaces('area')
  const departments = usePlaces('department')
  return (
    <>
      <AddressField {...props} hint={t('delivery.url.webhook')} />
      <Field label={t('delivery.scope')} hint={t('delivery.scope.hint')} fault={fault('scope')}>
        {(ids) => (
          <select {...ids} value={draft.scope} onChange={(e) => set({ scope: e.target.value })}>
            <option value="">{t('delivery.scope.city')}</option>
            {departments.map((d) => (
              <option key={d.code} value={`department:${d.code}`}>
                {d.name}
              </option>
            ))}
            {areas.map((a) => (
              <option key={a.code} value={`area:${a.code}`}>
                {a.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('delivery.events')} fault={fault('events')}>
        {(ids) => (
          <select
            {...ids}
            value={draft.isAllEvents ? 'all' : 'some'}
            onChange={(e) => set({ isAllEvents: e.target.value === 'all' })}
          >
            <option value="all">{t('delivery.events.all')}</option>
            <option value="some">{t('delivery.events.some')}</option>
          </select>
        )}
      </Field>
      {!draft.isAllEvents && (
        <Ticks
          legend={t('delivery.events.some')}
          isLong
          choices={WEBHOOK_KINDS.map((k) => ({ value: k, name: kindText(k, t) }))}
          chosen={draft.events}
          onChange={(events) => set({ events })}
        />
      )}
    </>
  )
}

function RobotFields(props: PartProps) {
  const t = useT()
  const { draft, set, fault, kept } = props
  return (
    <>
      <AddressField {...props} hint={t('delivery.url.robot')} />
      {draft.kind !== 'wecom' && (
        <Field
          label={t('delivery.sign')}
          hint={t(kept.includes('secret') ? 'delivery.url.kept' : 'delivery.sign.hint')}
          fault={fault('secret')}
        >
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              value={draft.secret}
              onChange={(e) => set({ secret: e.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t('delivery.perMinute')} hint={t('delivery.perMinute.hint')} fault={fault('perMinute')}>
        {(ids) => (
          <input
            {...ids}
            type="number"
            min={1}
            max={20}
            value={Number.isNaN(draft.perMinute) ? '' : draft.perMinute}
            onChange={(e) => set({ perMinute: e.target.valueAsNumber })}
          />
        )}
      </Field>
    </>
  )
}
