// The administrator's page: what can be set in a demo, the state of the system, accounts, keys. Each section has an
// address of its own.
import type { Post } from '#domain/case.ts'
import { Link, Redirect, useLocation } from 'wouter'
import { useDemo } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import { AccountsSection } from './accounts-section.tsx'
import styles from './admin-page.module.css'
import { AuditSection } from './audit-section.tsx'
import { DemoSection } from './demo-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { ScreensSection } from './screens-section.tsx'
import { SecuritySection } from './security-section.tsx'
import { SystemSection } from './system-section.tsx'

/** Each with the posts that it is for: `admin` is all three administrators in one. */
const SECTIONS = {
  demo: ['admin', 'system-admin'],
  system: ['admin', 'system-admin'],
  accounts: ['admin', 'security-admin'],
  screens: ['admin', 'system-admin'],
  keys: ['admin', 'security-admin'],
  security: ['admin', 'security-admin'],
  audit: ['admin', 'auditor'],
} as const satisfies Record<string, readonly Post[]>
type Section = keyof typeof SECTIONS
const NAMES = Object.keys(SECTIONS) as Section[]

const sectionOf = (name: string | undefined): Section | undefined => NAMES.find((s) => s === name)

export function AdminPage({ section: name }: { section: string | undefined }) {
  const t = useT()
  const [path] = useLocation()
  const { user, problem } = useSession()
  const demo = useDemo()
  const section = sectionOf(name)
  if (problem?.status === 401) return <Redirect to={`/login?next=${encodeURIComponent(path)}`} replace />
  const theirs = NAMES.filter((s) => user?.posts.some((p) => (SECTIONS[s] as readonly Post[]).includes(p)))
  const offered = theirs.filter((s) => s !== 'demo' || demo?.state)
  const [first] = offered
  if (demo && section === undefined && first) return <Redirect to={`/admin/${first}`} replace />
  return (
    <PageShell title={t('admin.title')} user={user}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && (theirs.length === 0 || (section && !theirs.includes(section))) && (
        <Notice kind="fault">{t('admin.not-yours')}</Notice>
      )}
      {user && demo && section && theirs.includes(section) && (
        <>
          <nav className={styles.nav} aria-label={t('admin.nav')}>
            {offered.map((s) => (
              <Link
                key={s}
                href={`/admin/${s}`}
                className={styles.tab}
                aria-current={s === section ? 'page' : undefined}
              >
                {t(`admin.${s}`)}
              </Link>
            ))}
          </nav>
          {section === 'demo' && <DemoSection state={demo.state} />}
          {section === 'system' && <SystemSection />}
          {section === 'accounts' && <AccountsSection me={user.id} isDemo={demo.isDemo} />}
          {section === 'screens' && <ScreensSection />}
          {section === 'keys' && <KeysSection />}
          {section === 'security' && <SecuritySection />}
          {section === 'audit' && <AuditSection />}
        </>
      )}
    </PageShell>
  )
}
