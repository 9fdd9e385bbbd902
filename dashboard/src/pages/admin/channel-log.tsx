// What a channel sent, waits to send or could not: by state, page by page, dead letters sent again one by one or all.
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import {
  askDeliveries,
  type ChannelRow,
  type DeliveryRow,
  type DeliveryState,
  resendAll,
  resendOne,
} from '../../api/delivery.ts'
import { useCityInfo } from '../../api/city.ts'
import { type Problem, problemText } from '../../api/problem.ts'
import type { Answer } from '../../api/request.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import chips from '../../ui/chips.module.css'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'
import { kindText, resultText } from './delivery-words.ts'
import own from './notifications.module.css'

const STATES = [undefined, 'dead', 'waiting', 'sent'] as const

export function ChannelLog(props: { channel: ChannelRow; onChange: () => void; onClose: () => void }) {
  const t = useT()
  const { channel, onChange } = props
  const top = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<DeliveryState | undefined>(channel.dead > 0 ? 'dead' : undefined)
  const [rows, setRows] = useState<DeliveryRow[]>()
  const [cursor, setCursor] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [resent, setResent] = useState<number>()
  const ask = useCallback(
    async (from?: string) => {
      const answer = await askDeliveries(channel.id, state, from)
      if (!answer.ok) return setProblem(answer.problem)
      setProblem(undefined)
      setRows((before) =>
        from === undefined ? answer.value.items : [...(before ?? []), ...answer.value.items],
      )
      setCursor(answer.value.nextCursor)
    },
    [channel.id, state],
  )
  // Something was sent or failed meanwhile: look again, from the newest on.
  const happened = `${channel.last?.at} ${channel.waiting} ${channel.dead}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `happened` is what asks again
  useEffect(() => void ask(), [ask, happened])
  useEffect(() => top.current?.scrollIntoView({ block: 'start' }), [])

  const again = async (going: Promise<Answer<{ resent: number }>>) => {
    const answer = await going
    if (!answer.ok) return setProblem(answer.problem)
    setResent(answer.value.resent)
    onChange()
    void ask()
  }
  return (
    <div ref={top} className={own.top}>
      <Card
        title={t('delivery.log.title', { name: channel.name })}
        aside={
          <Button className={styles.small} onClick={props.onClose}>
            {t('delivery.log.close')}
          </Button>
        }
      >
        <div className={own.log}>
          <div className={own.tools}>
            <div className={chips.chips}>
              {STATES.map((s) => (
                <button
                  key={s ?? 'all'}
                  type="button"
                  aria-pressed={s === state}
                  onClick={() => {
                    setRows(undefined)
                    setState(s)
                  }}
                >
                  {s === undefined ? t('delivery.log.all') : t(`delivery.state.${s}`)}
                </button>
              ))}
            </div>
            {channel.dead > 0 && (
              <Button disabled={!channel.enabled} onClick={() => void again(resendAll(channel.id))}>
                {t('delivery.resend.all', { n: channel.dead })}
              </Button>
            )}
          </div>
          {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
          {resent !== undefined && !problem && <Notice>{t('delivery.resent', { n: resent })}</Notice>}
          {!rows && !problem && <p role="status">{t('state.loading')}</p>}
          {rows?.length === 0 && <p role="status">{t('delivery.log.none')}</p>}
          {rows && rows.length > 0 && (
            <Rows rows={rows} canResend={channel.enabled} onResend={(id) => void again(resendOne(id))} />
          )}
          {cursor !== undefined && (
            <p>
              <Button onClick={() => void ask(cursor)}>{t('delivery.log.more')}</Button>
            </p>
          )}
        </div>
      </Card>
    </div>
  )
}

function Rows(props: { rows: readonly DeliveryRow[]; canResend: boolean; onResend: (id: string) => void }) {
  const t = useT()
  const language = useLanguage()
  const zone = useCityInfo()?.timeZone ?? 'Asia/Shanghai'
  const moment = (iso: string) => formatMoment(Date.parse(iso), zone, language)
  const isPersonal = props.rows.some((r) => r.person !== undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too
    <section className={styles.scroll} tabIndex={0} aria-label={t('delivery.log')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('delivery.log.at')}</th>
            <th>{t('delivery.log.event')}</th>
            <th>{t('delivery.log.state')}</th>
            <th>{t('admin.accounts.do')}</th>
            <th>{t('delivery.log.case')}</th>
            {isPersonal && <th>{t('delivery.log.person')}</th>}
            <th>{t('delivery.log.tries')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((r) => (
            <tr key={r.id}>
              <td className={styles.nowrap}>{moment(r.lastAt ?? r.createdAt)}</td>
              <td className={styles.nowrap}>{kindText(r.kind, t)}</td>
              <td className={own.result}>
                <span className={r.state === 'dead' ? own.bad : undefined}>
                  {t(`delivery.state.${r.state}`)}
                </span>
                {r.result && r.result.code !== 'sent' && (
                  <div className={styles.hint}>{resultText(r.result, t)}</div>
                )}
                {r.nextAt !== undefined && r.attempts > 0 && (
                  <div className={styles.hint}>{t('delivery.next', { time: moment(r.nextAt) })}</div>
                )}
              </td>
              <td className={styles.nowrap}>
                {r.state === 'dead' && r.kind !== 'test' && (
                  <Button
                    className={styles.small}
                    disabled={!props.canResend}
                    onClick={() => props.onResend(r.id)}
                  >
                    {t('delivery.resend')}
                  </Button>
                )}
              </td>
              <td className={styles.nowrap}>
                {r.case && <Link href={`/cases/${r.case.id}`}>{r.case.number}</Link>}
              </td>
              {isPersonal && <td className={styles.nowrap}>{r.person}</td>}
              <td>{r.attempts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
