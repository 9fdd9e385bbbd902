// Behind the wall's clock: past days to replay. Closes by Esc, by a press beside it, or after a minute without a hand on it.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useT } from '../../../i18n/translate.ts'
import { ReplayDays } from './replay-days.tsx'
import styles from './replay-menu.module.css'

const IDLE_MS = 60_000

/** @param children the clock, which opens the menu. */
export function ReplayMenu({ children }: { children: ReactNode }) {
  const t = useT()
  const [search] = useSearchParams()
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const element = menu.current
    if (!element || !isOpen) return
    const close = () => element.hidePopover()
    let timer = setTimeout(close, IDLE_MS)
    const busy = () => {
      clearTimeout(timer)
      timer = setTimeout(close, IDLE_MS)
    }
    const signs = ['pointermove', 'keydown'] as const
    for (const sign of signs) element.addEventListener(sign, busy)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) element.removeEventListener(sign, busy)
    }
  }, [isOpen])
  return (
    <>
      <button
        type="button"
        className={styles.clock}
        popoverTarget="wall-replay"
        aria-expanded={isOpen}
        title={t('replay.choose')}
      >
        {children}
      </button>
      <div
        ref={menu}
        id="wall-replay"
        popover="auto"
        className={styles.menu}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        <h2>{t('replay.choose')}</h2>
        {isOpen && <ReplayDays keep={search.toString()} />}
      </div>
    </>
  )
}
