// One channel at a glance: what it is, where it goes, how it does, and what can be done with it.
import type { ChannelRow } from '../../api/delivery.ts'
import { useCityInfo } from '../../api/city.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { resultText } from './delivery-words.ts'
import own from './notifications.module.css'

export type ChannelAct = 'test' | 'log' | 'edit' | 'secret' | 'on' | 'off' | 'remove'

/** How it does, in one word for the eye. */
function healthOf({
  enabled,
  readable,
  failures,
  dead,
  offWhy,
}: ChannelRow): 'fine' | 'warn' | 'fault' | 'off' {
  if (!readable || offWhy === 'failing') return 'fault'
  if (!enabled) return 'off'
  return failures > 0 ? 'fault' : dead > 0 ? 'warn' : 'fine'
}

export function ChannelCard(props: {
  channel: ChannelRow
  isOpen: boolean
  onAct: (act: ChannelAct, channel: ChannelRow) => void
}) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const { channel } = props
  const { name, kind, enabled, offWhy, readable, failures, failingSince, waiting, dead, last } = channel
  const moment = (iso: string) => formatMoment(Date.parse(iso), zone, language)
  const health = healthOf(channel)
  const state = !readable
    ? t('delivery.status.unreadable')
    : !enabled
      ? t(offWhy === 'failing' ? 'delivery.status.off-failing' : 'delivery.status.off')
      : failures > 0 && failingSince !== undefined
        ? t('delivery.status.failing', { n: failures, time: moment(failingSince) })
        : t('delivery.status.fine')
  const acts: ChannelAct[] = [
    'test',
    'log',
    'edit',
    ...(kind === 'webhook' ? (['secret'] as const) : []),
    enabled ? 'off' : 'on',
    'remove',
  ]
  return (
    <li className={[own.channel, health === 'off' ? undefined : own[health]].filter(Boolean).join(' ')}>
      <div className={own.head}>
        <h3>{name}</h3>
        <span className={own.kind}>{t(`delivery.kind.${kind}`)}</span>
      </div>
      <p className={own.target}>{channel.target}</p>
      <div className={own.state}>
        <p className={health === 'fault' ? own.bad : undefined}>
          {[
            state,
            dead > 0 && t('delivery.count.dead', { n: dead }),
            waiting > 0 && t('delivery.count.waiting', { n: waiting }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className={own.soft}>
          {last
            ? `${t('delivery.last', { time: moment(last.at) })} · ${resultText(last, t)}`
            : t('delivery.never')}
        </p>
      </div>
      <div className={own.actions}>
        {acts.map((act) => (
          <Button
            key={act}
            aria-expanded={act === 'log' ? props.isOpen : undefined}
            onClick={() => props.onAct(act, channel)}
          >
            {t(`delivery.${act}`)}
          </Button>
        ))}
      </div>
    </li>
  )
}
