// How the device's queue stands, on every phone page: nothing when all is well, else one line that opens the list. Also says
// when there is no network, when the login is over, and when a newer version is ready.
import { useState, useSyncExternalStore } from 'react'
import { Link, useLocation } from 'wouter'
import { useT } from '../../i18n/translate.ts'
import { useQueue } from '../../offline/queue.ts'
import { Button } from '../../ui/button.tsx'
import { WaitingList } from './waiting-list.tsx'
import styles from './waiting.module.css'

const watchNetwork = (tell: () => void) => {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}
/** What the device believes; the server may be away all the same. */
export const useOnline = () => useSyncExternalStore(watchNetwork, () => navigator.onLine)

export function WaitingBar(props: {
  /** Account of who uses this phone. */
  account: string | undefined
  unreachable: boolean
  /** Their login is over; only this device still knows them. */
  isExpired: boolean
  renew: (() => void) | undefined
  onEdit?: ((id: string) => void) | undefined
}) {
  const t = useT()
  const [path] = useLocation()
  const queue = useQueue()
  const online = useOnline()
  const [isOpen, setIsOpen] = useState(false)
  const waiting = queue.items.filter((i) => i.state === 'waiting').length
  const refused = queue.items.filter((i) => i.state === 'refused').length
  const isOffline = !online || props.unreachable
  const stands =
    refused > 0
      ? t('queue.refused', { n: refused })
      : waiting > 0
        ? t(queue.sending === undefined ? 'queue.waiting' : 'queue.sending', { n: waiting })
        : ''
  return (
    <div className={styles.bars}>
      {/* Read out beside the button: a live part inside one takes its name away. */}
      <span role="status" className="visually-hidden">
        {stands}
      </span>
      {!window.isSecureContext && <p className={styles.bar}>{t('phone.insecure')}</p>}
      {queue.fault !== undefined && (
        <p className={`${styles.bar} ${styles.bad}`} role="alert">
          {t('phone.store-fault', { reason: queue.fault })}
        </p>
      )}
      {isOffline && (
        <p className={styles.bar} role="status">
          {t('phone.offline')}
        </p>
      )}
      {props.isExpired && !(queue.needsLogin && waiting > 0) && (
        <p className={styles.bar} role="status">
          {t('phone.expired')} <Link href={`/login?next=${encodeURIComponent(path)}`}>{t('nav.login')}</Link>
        </p>
      )}
      {queue.needsLogin && waiting > 0 && (
        <p className={`${styles.bar} ${styles.bad}`} role="alert">
          {t('phone.login-again', { n: waiting })}{' '}
          <Link href={`/login?next=${encodeURIComponent(path)}`}>{t('nav.login')}</Link>
        </p>
      )}
      {waiting + refused > 0 && (
        <button
          type="button"
          className={`${styles.bar} ${styles.count} ${refused > 0 ? styles.bad : ''}`}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span>{stands}</span>
          <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
        </button>
      )}
      {isOpen && waiting + refused > 0 && <WaitingList account={props.account} onEdit={props.onEdit} />}
      {props.renew && (
        <p className={styles.bar}>
          {t('phone.renew')} <Button onClick={props.renew}>{t('phone.renew.go')}</Button>
        </p>
      )}
    </div>
  )
}
