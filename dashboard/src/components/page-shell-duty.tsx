// On duty 在岗 or not, for those who go on site: shown wherever they are, changed by one press and back by another. While
// this page is open and they are on duty, it tells their position now and then, if the device lets it.
import { useCallback, useEffect, useState } from 'react'
import { useCityInfo } from '../api/city.ts'
import { problemText, type Problem } from '../api/problem.ts'
import { request } from '../api/request.ts'
import type { Account } from '../api/session.ts'
import { useResource } from '../api/use-resource.ts'
import { formatMinutes } from '../i18n/format.ts'
import { useLanguage, useT } from '../i18n/translate.ts'
import { Button } from '../ui/button.tsx'
import styles from './page-shell-duty.module.css'

const FIELD: Account['posts'] = ['supervisor', 'grid-member']
/** A position counts for 30 minutes: told anew well before. */
const RENEW_MS = 10 * 60_000

interface Stint {
  on: boolean
  since?: string
  position?: { lng: number; lat: number }
}

export const goesOnDuty = ({ posts }: Account) => FIELD.some((post) => posts.includes(post))

/** Where the device is; undefined when it does not say, or is not to. */
const whereNow = () =>
  new Promise<{ lng: number; lat: number } | undefined>((resolve) => {
    if (!('geolocation' in navigator)) return resolve(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lng: coords.longitude, lat: coords.latitude }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: 8_000, maximumAge: 60_000 },
    )
  })

export function DutyBar() {
  const t = useT()
  const language = useLanguage()
  const info = useCityInfo()
  const { value, problem: unread } = useResource<{ mine: Stint }>('/duty')
  const [told, setTold] = useState<Stint>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const stint = told ?? value?.mine

  const tell = useCallback(async (on: boolean) => {
    const location = on ? await whereNow() : undefined
    const answer = await request<Stint>('/duty', { body: { on, ...(location ? { location } : {}) } })
    if (answer.ok) setTold(answer.value)
    setProblem(answer.ok ? undefined : answer.problem)
  }, [])

  const isPlaced = stint?.on === true && stint.position !== undefined
  useEffect(() => {
    if (!isPlaced) return
    const timer = setInterval(() => void tell(true), RENEW_MS)
    return () => clearInterval(timer)
  }, [isPlaced, tell])

  // Without a network nothing can be said of it until it is pressed; the page says that there is none.
  const fault = problem ?? (unread?.status === 0 ? undefined : unread)
  if (fault) return <p className={`${styles.bar} ${styles.fault}`}>{problemText(fault, t)}</p>
  if (!stint || !info) return null
  return (
    <div className={styles.bar}>
      <span className={styles.state} role="status">
        <span className={stint.on ? styles.on : styles.off} aria-hidden="true" />
        <strong>{t(stint.on ? 'duty.on' : 'duty.off')}</strong>
        {stint.on && stint.since !== undefined && (
          <span>
            {t('duty.since', { time: formatMinutes(Date.parse(stint.since), info.timeZone, language) })}
          </span>
        )}
        <span className={styles.note}>
          {t(stint.on ? (stint.position ? 'duty.with-position' : 'duty.no-position') : 'duty.off.note')}
        </span>
      </span>
      <Button
        kind={stint.on ? 'quiet' : 'primary'}
        disabled={busy}
        onClick={() => {
          setBusy(true)
          void tell(!stint.on).finally(() => setBusy(false))
        }}
      >
        {t(stint.on ? 'duty.go-off' : 'duty.go-on')}
      </Button>
    </div>
  )
}
