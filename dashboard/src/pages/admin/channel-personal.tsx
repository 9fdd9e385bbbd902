// What e-mail and SMS ask for: a mail server, or a gateway's request as a template.
import { SMTP_SECURITIES } from '#domain/delivery/channel.ts'
import { CONTENT_TYPES, PLACEHOLDERS } from '#domain/delivery/template.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import { AddressField, type PartProps } from './channel-dialog.tsx'
import type { Draft } from './channel-form.ts'
import own from './notifications.module.css'

type TextName = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]

function Text(
  props: PartProps & { name: TextName; label: string; hint?: string | undefined; required?: boolean },
) {
  const { draft, set, fault, name } = props
  return (
    <Field label={props.label} hint={props.hint} fault={fault(name)}>
      {(ids) => (
        <input
          {...ids}
          autoComplete={name === 'password' ? 'new-password' : 'off'}
          type={name === 'password' ? 'password' : 'text'}
          spellCheck={false}
          required={props.required}
          value={draft[name]}
          onChange={(e) => set({ [name]: e.target.value })}
        />
      )}
    </Field>
  )
}

const PORTS: Record<Draft['security'], number> = { tls: 465, starttls: 587, none: 25 }

export function MailFields(props: PartProps) {
  const t = useT()
  const { draft, set, fault, kept } = props
  return (
    <>
      <Text {...props} name="host" label={t('delivery.host')} required />
      <div className={own.pair}>
        <Field label={t('delivery.security')} fault={fault('security')}>
          {(ids) => (
            <select
              {...ids}
              value={draft.security}
              onChange={(e) => {
                const security = e.target.value as Draft['security']
                set({ security, port: PORTS[security] })
              }}
            >
              {SMTP_SECURITIES.map((s) => (
                <option key={s} value={s}>
                  {t(`delivery.security.${s}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('delivery.port')} fault={fault('port')}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={1}
              max={65535}
              required
              value={Number.isNaN(draft.port) ? '' : draft.port}
              onChange={(e) => set({ port: e.target.valueAsNumber })}
            />
          )}
        </Field>
      </div>
      <div className={own.pair}>
        <Text {...props} name="user" label={t('delivery.user')} />
        <Text
          {...props}
          name="password"
          label={t('delivery.password')}
          hint={kept.includes('password') ? t('delivery.url.kept') : undefined}
        />
      </div>
      <Text {...props} name="from" label={t('delivery.from')} hint={t('delivery.from.hint')} required />
    </>
  )
}

const FORMATS = { 'application/json': 'json', 'application/x-www-form-urlencoded': 'form' } as const
const formatOf = (type: Draft['contentType']) =>
  type in FORMATS ? FORMATS[type as keyof typeof FORMATS] : ('text' as const)

export function SmsFields(props: PartProps) {
  const t = useT()
  const { draft, set, fault, kept } = props
  const hint = (name: string, words: string) => (kept.includes(name) ? t('delivery.url.kept') : words)
  return (
    <>
      <AddressField {...props} hint={t('delivery.url.sms')} />
      <div className={own.pair}>
        <Field label={t('delivery.method')} fault={fault('method')}>
          {(ids) => (
            <select
              {...ids}
              value={draft.method}
              onChange={(e) => set({ method: e.target.value as Draft['method'] })}
            >
              {(['POST', 'PUT', 'GET'] as const).map((m) => (
                <option key={m}>{m}</option>
              ))}
            </select>
          )}
        </Field>
        {draft.method !== 'GET' && (
          <Field label={t('delivery.contentType')} fault={fault('contentType')}>
            {(ids) => (
              <select
                {...ids}
                value={draft.contentType}
                onChange={(e) => set({ contentType: e.target.value as Draft['contentType'] })}
              >
                {CONTENT_TYPES.map((c) => (
                  <option key={c} value={c}>
                    {t(`delivery.contentType.${formatOf(c)}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <Field
        label={t('delivery.headers')}
        hint={hint('headers', t('delivery.headers.hint'))}
        fault={fault('headers')}
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            spellCheck={false}
            value={draft.headers}
            onChange={(e) => set({ headers: e.target.value })}
          />
        )}
      </Field>
      {draft.method !== 'GET' && (
        <Field label={t('delivery.body')} hint={hint('body', t('delivery.body.hint'))} fault={fault('body')}>
          {(ids) => (
            <textarea
              {...ids}
              rows={4}
              spellCheck={false}
              required={!kept.includes('body')}
              placeholder={'{"mobile": "{{mobile}}", "content": "{{text}} {{link}}"}'}
              value={draft.body}
              onChange={(e) => set({ body: e.target.value })}
            />
          )}
        </Field>
      )}
      <p className={own.marks}>
        {PLACEHOLDERS.map((p) => (
          <span key={p}>
            <code>{`{{${p}}}`}</code> {t(`delivery.mark.${p}`)}
          </span>
        ))}
      </p>
      <Field label={t('delivery.success')} fault={fault('success')}>
        {(ids) => (
          <select
            {...ids}
            value={draft.successBy}
            onChange={(e) => set({ successBy: e.target.value as Draft['successBy'] })}
          >
            {(['status', 'json', 'text'] as const).map((s) => (
              <option key={s} value={s}>
                {t(`delivery.success.${s}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.successBy === 'json' && (
        <div className={own.pair}>
          <Text {...props} name="path" label={t('delivery.success.path')} required />
          <Text {...props} name="equals" label={t('delivery.success.equals')} required />
        </div>
      )}
      {draft.successBy === 'text' && (
        <Text {...props} name="contains" label={t('delivery.success.contains')} required />
      )}
    </>
  )
}
