// The bell of the page shell: how many notices are unread, and the list of them. Opens below its button; Esc or a press
// elsewhere closes it and gives the focus back.
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useCityInfo } from '../api/city.ts'
import { loadOlder, markAllRead, markRead, type NoticeJson, useNotices } from '../api/notices.ts'
import type { Account } from '../api/session.ts'
import { formatMoment } from '../i18n/format.ts'
import { type Translate, useLanguage, useT, wordFor } from '../i18n/translate.ts'
import styles from './page-shell-bell.module.css'

const MANY = 99

export function Bell({ user }: { user: Account }) {
  const t = useT()
  const { items, unread, nextCursor } = useNotices(user.id)
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const closeOn = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        button.current?.focus()
        return setOpen(false)
      }
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    for (const type of ['keydown', 'pointerdown', 'focusin']) document.addEventListener(type, closeOn)
    return () => {
      for (const type of ['keydown', 'pointerdown', 'focusin']) document.removeEventListener(type, closeOn)
    }
  }, [open])
  return (
    <div className={styles.root} ref={root}>
      <button
        ref={button}
        type="button"
        className={styles.bell}
        aria-expanded={open}
        aria-controls="notices"
        aria-label={unread === 0 ? t('bell.none-unread') : t('bell.label', { n: unread })}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 3a6 6 0 0 0-6 6v4l-2 3.5h16L18 13V9a6 6 0 0 0-6-6Zm-2.2 15.5a2.2 2.2 0 0 0 4.4 0" />
        </svg>
        {unread > 0 && <span className={styles.count}>{unread > MANY ? `${MANY}+` : unread}</span>}
      </button>
      {open && (
        <section id="notices" className={styles.panel} aria-label={t('bell.title')}>
          <header className={styles.head}>
            <h2>{t('bell.title')}</h2>
            {unread > 0 && (
              <button type="button" className={styles.all} onClick={() => void markAllRead()}>
                {t('bell.read-all')}
              </button>
            )}
          </header>
          {items.length === 0 && <p className={styles.empty}>{t('bell.empty')}</p>}
          <ul className={styles.list}>
            {items.map((n) => (
              <Row key={n.id} n={n} onGone={() => setOpen(false)} />
            ))}
          </ul>
          {nextCursor !== undefined && (
            <button type="button" className={styles.older} onClick={() => void loadOlder()}>
              {t('bell.older')}
            </button>
          )}
        </section>
      )}
    </div>
  )
}

function Row({ n, onGone }: { n: NoticeJson; onGone: () => void }) {
  const t = useT()
  const language = useLanguage()
  const info = useCityInfo()
  const moment = (iso: string) => (info ? formatMoment(Date.parse(iso), info.timeZone, language) : '')
  const isUnread = n.readAt === undefined
  const details = [
    n.rung,
    n.kind !== 'dispatched' && n.unitName,
    n.dueAt && t('bell.due', { time: moment(n.dueAt) }),
    n.until && t('bell.until', { time: moment(n.until) }),
    n.round !== undefined && t('bell.round', { n: n.round }),
    n.about && wordFor(t, 'about', n.about),
    calendarText(n, t),
    n.channel,
  ].filter((d) => typeof d === 'string' && d !== '')
  const about = n.case && [n.case.categoryName, n.case.areaName, n.case.number].filter(Boolean).join(' · ')
  const body = (
    <>
      <span className={styles.what}>
        {isUnread && <span className={styles.dot} role="img" aria-label={t('bell.unread')} />}
        {t(`notice.${n.kind}`)}
      </span>
      <time className={styles.time} dateTime={n.at}>
        {moment(n.at)}
      </time>
      {details.length > 0 && <span className={styles.detail}>{details.join(' · ')}</span>}
      {about && <span className={styles.case}>{about}</span>}
    </>
  )
  return (
    <li className={isUnread ? styles.unread : undefined}>
      {n.case?.open ? (
        <Link
          href={`/cases/${n.case.id}`}
          className={styles.row}
          onClick={() => {
            void markRead(n.id)
            onGone()
          }}
        >
          {body}
        </Link>
      ) : (
        <button type="button" className={styles.row} onClick={() => void markRead(n.id)}>
          {body}
        </button>
      )}
      {n.kind === 'call' && (
        <p className={styles.phone}>
          {n.dutyPhone === undefined ? (
            t('bell.no-phone')
          ) : (
            <a href={`tel:${n.dutyPhone.replaceAll(/[^\d+]/gu, '')}`}>
              {t('bell.phone', { phone: n.dutyPhone })}
            </a>
          )}
        </p>
      )}
    </li>
  )
}

function calendarText({ warning, ownerName, ends }: NoticeJson, t: Translate): string | undefined {
  const values = { owner: ownerName ?? '', ends: ends ?? '' }
  switch (warning) {
    case 'ended':
      return t('notice.calendar.ended', values)
    case 'limit-runs-out':
      return t('notice.calendar.limit-runs-out', values)
    case 'ends-soon':
      return t('notice.calendar.ends-soon', values)
    case 'no-holidays':
      return t('notice.calendar.no-holidays', { owner: values.owner })
    default:
      return undefined
  }
}
