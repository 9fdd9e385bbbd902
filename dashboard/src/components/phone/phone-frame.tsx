// The frame of the phone pages: what waits to be sent at the top, the way between the pages under the thumb.
import { useEffect, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Account } from '../../api/session.ts'
import { useT } from '../../i18n/translate.ts'
import type { Person } from '../../offline/person.ts'
import { startQueue } from '../../offline/queue.ts'
import { type PhonePage, useApp } from '../../offline/use-app.ts'
import { PageShell } from '../page-shell.tsx'
import { WaitingBar } from '../waiting/waiting-bar.tsx'
import styles from './phone-frame.module.css'

type Words = 'phone.tasks' | 'phone.report' | 'phone.mine'

const tabsOf = (user: Account | undefined): [path: string, words: Words][] => [
  ...(user?.posts.includes('supervisor') ? [['/check', 'phone.tasks'] as [string, Words]] : []),
  ['/report', 'phone.report'],
  ['/report/mine', 'phone.mine'],
]

export function PhoneFrame(props: {
  page: PhonePage
  title: string
  person: Person
  /** Stands above the tabs, always in reach. */
  action?: ReactNode
  onEdit?: ((id: string) => void) | undefined
  children: ReactNode
}) {
  const t = useT()
  const [path] = useLocation()
  const { renew } = useApp(props.page)
  const { user, isRemembered, sender } = props.person
  useEffect(startQueue, [])
  return (
    <PageShell title={props.title} user={user} width="narrow">
      <WaitingBar
        account={user?.id}
        unreachable={sender.kind === 'unreachable'}
        isExpired={isRemembered && sender.kind === 'nobody'}
        renew={renew}
        onEdit={props.onEdit}
      />
      {props.children}
      <div className={styles.space} />
      <div className={styles.foot}>
        {props.action && <div className={styles.action}>{props.action}</div>}
        <nav className={styles.tabs}>
          {tabsOf(user).map(([to, words]) => (
            <Link key={to} href={to} aria-current={path === to ? 'page' : undefined}>
              {t(words)}
            </Link>
          ))}
        </nav>
      </div>
    </PageShell>
  )
}
