// The frame of every page but the wall: name, demo mark, who is logged in and what is new for them, language, way out.
import type { ReactNode } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import { useCityInfo } from '../api/city.ts'
import { homeOf, logOut, type Account } from '../api/session.ts'
import { useT, wordFor } from '../i18n/translate.ts'
import { DemoMark } from './demo-mark.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Bell } from './page-shell-bell.tsx'
import { DutyBar, goesOnDuty } from './page-shell-duty.tsx'
import styles from './page-shell.module.css'

/** Who only reports has a list of their own reports; a screen has none. */
const listsCases = ({ posts }: Account) => posts.some((p) => p !== 'grid-member' && p !== 'display')

/** Who appeals against what counts, who rules on it, and who looks on; the page has their lists. */
const seesAppeals = ({ posts }: Account) =>
  posts.some((p) => p === 'evaluator' || p === 'head' || p === 'duty-manager' || p === 'department-officer')

/** Pages of many posts: from them the way back to one's own desk is shown. */
const SHARED = ['/cases', '/appeals', '/wall-control']

export function PageShell(props: {
  title: string
  user?: Account | undefined
  /** `narrow` suits forms and phones, `full` desks with several columns. */
  width?: 'narrow' | 'wide' | 'full'
  children: ReactNode
}) {
  const t = useT()
  const info = useCityInfo()
  const [path, navigate] = useLocation()
  const { user, width = 'wide' } = props
  const home = user && homeOf(user.posts)
  const isAway = home !== undefined && SHARED.some((p) => path.startsWith(p) && !home.startsWith(p))
  const leave = async () => {
    await logOut()
    // Phones keep what was read for use without a network; the next person is not to see it.
    await import('../offline/person.ts').then((m) => m.forgetPerson())
    navigate('/login')
  }
  // The server answers nothing else until they have a password of their own.
  if (user?.mustChange && path !== '/password')
    return <Redirect to={`/password?next=${encodeURIComponent(path)}`} replace />
  return (
    <div className={`${styles.page} ${styles[width]}`}>
      <header className={styles.header}>
        <Link href={home ?? '/'} className={styles.brand}>
          {t('app.name')}
        </Link>
        <div className={styles.where}>
          {width === 'full' && <h1 className={styles.desk}>{props.title}</h1>}
          <span className={styles.centre}>{info?.centreName}</span>
          <span className={styles.mark}>
            <DemoMark />
          </span>
        </div>
        <nav className={styles.nav}>
          {user && !user.mustChange && home && isAway && (
            <Link href={home} className={styles.link}>
              {wordFor(t, 'nav.home', home.slice(1))}
            </Link>
          )}
          {user && !user.mustChange && listsCases(user) && (
            <Link href="/cases?status=open" className={styles.link}>
              {t('nav.cases')}
            </Link>
          )}
          {user && !user.mustChange && seesAppeals(user) && (
            <Link href="/appeals" className={styles.link}>
              {t('nav.appeals')}
            </Link>
          )}
          {user && !user.mustChange && <Bell user={user} />}
          {user && <span className={styles.user}>{user.name}</span>}
          {user && (
            <button type="button" className={styles.link} onClick={() => void leave()}>
              {t('nav.logout')}
            </button>
          )}
          <LanguageSwitch />
        </nav>
      </header>
      {user && !user.mustChange && goesOnDuty(user) && <DutyBar />}
      <main className={styles.main}>
        {width !== 'full' && <h1 className={styles.title}>{props.title}</h1>}
        {props.children}
      </main>
    </div>
  )
}
