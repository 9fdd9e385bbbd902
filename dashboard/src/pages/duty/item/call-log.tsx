// 通话记录: the phones of the units concerned at hand, a line for each call that was made, and a way to write one down.
import { type FormEvent, useState } from 'react'
import { CALL_RESULTS } from '#domain/command.ts'
import { act, type EventJson } from '../../../api/cases.ts'
import type { DeskItemJson, TurnJson } from '../../../api/desk.ts'
import { problemText } from '../../../api/problem.ts'
import { useResource } from '../../../api/use-resource.ts'
import { formatMinutes } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useDesk } from '../desk-context.ts'
import styles from './item.module.css'

interface Call {
  unit?: string
  result: string
}

const asCall = (payload: Record<string, unknown>) => payload.call as Call | undefined

const telOf = (phone: string) => `tel:${phone.replaceAll(/[^\d+]/gu, '')}`

export function CallLog(props: { item: DeskItemJson; events: readonly EventJson[]; onLogged: () => void }) {
  const t = useT()
  const language = useLanguage()
  const { city } = useDesk()
  const { item, events, onLogged } = props
  const { case: c, routing } = item
  const rota = useResource<{ items: TurnJson[] }>('/rota')
  const [unit, setUnit] = useState<string>()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const codes = [
    ...new Set(
      [
        c.department,
        c.unit,
        routing.department?.code,
        ...c.coDepartments,
        ...routing.coDepartments.map((d) => d.code),
      ].filter((code) => code !== undefined),
    ),
  ]
  const numbers = codes.flatMap((code) => {
    const { dutyPhone } = city.departments.find((d) => d.code === code) ?? {}
    const night = (rota.value?.items ?? []).filter((turn) => turn.now && turn.department?.code === code)
    const name = city.department(code) ?? code
    return [
      ...(dutyPhone === undefined ? [] : [{ code, name, phone: dutyPhone }]),
      ...night.flatMap((turn) =>
        turn.phone === undefined ? [] : [{ code, name: `${name} ${turn.name}`, phone: turn.phone }],
      ),
    ]
  })
  const calls = events.filter((e) => e.type === 'commented' && asCall(e.payload))
  const chosen = unit ?? codes[0]

  const log = async (result: string) => {
    setBusy(true)
    const words = text.trim() === '' ? wordFor(t, 'centre.call', result) : text.trim()
    const call = { result, ...(chosen === undefined ? {} : { unit: chosen }) }
    const answer = await act(c.id, 'comment', c.version, { text: words, call })
    setBusy(false)
    setFault(answer.ok ? undefined : problemText(answer.problem, t))
    if (!answer.ok) return
    setText('')
    onLogged()
  }

  return (
    <section className={styles.calls} aria-label={t('centre.calls')}>
      <h3>{t('centre.calls')}</h3>
      <ul className={styles.phones}>
        {numbers.map(({ code, name, phone }) => (
          <li key={`${code} ${phone}`}>
            {name} <a href={telOf(phone)}>{phone}</a>
          </li>
        ))}
        {numbers.length === 0 && <li className={styles.quiet}>{t('centre.calls.no-phone')}</li>}
      </ul>
      {item.offers.includes('comment') && (
        <form className={styles.callForm} onSubmit={(event: FormEvent) => event.preventDefault()}>
          <select
            aria-label={t('case.department')}
            value={chosen ?? ''}
            onChange={(event) => setUnit(event.target.value)}
          >
            {chosen === undefined && <option value="">{t('form.choose')}</option>}
            {city.departments.map((d) => (
              <option key={d.code} value={d.code}>
                {d.name}
              </option>
            ))}
          </select>
          <input
            id="call-words"
            aria-label={t('centre.calls.words')}
            placeholder={t('centre.calls.words')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className={styles.results}>
            {CALL_RESULTS.map((result) => (
              <Button key={result} disabled={busy} onClick={() => void log(result)}>
                {wordFor(t, 'centre.call', result)}
              </Button>
            ))}
          </span>
        </form>
      )}
      {fault !== undefined && <Notice kind="fault">{fault}</Notice>}
      <ol className={styles.lines}>
        {[...calls].reverse().map((e) => {
          const call = asCall(e.payload)
          const words = e.words?.text
          return (
            <li key={e.no}>
              <span className={styles.quiet}>
                {formatMinutes(Date.parse(e.at), city.info.timeZone, language)} {e.actor.name}
              </span>{' '}
              {call?.unit !== undefined && city.department(call.unit)}{' '}
              <strong>{wordFor(t, 'centre.call', call?.result ?? '')}</strong>
              {typeof words === 'string' && ` ${words}`}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
