// The administrator's page: what can be set in a demo, the state of the system, accounts, keys. Each section has an
// address of its own.
import { Link, Redirect, useLocation } from 'wouter'
import { useDemo } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import { AccountsSection } from './accounts-section.tsx'
import styles from './admin-page.module.css'
import { DemoSection } from './demo-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { ScreensSection } from './screens-section.tsx'
import { SystemSection } from './system-section.tsx'

const SECTIONS = ['demo', 'system', 'accounts', 'screens', 'keys'] as const
type Section = (typeof SECTIONS)[number]

const sectionOf = (name: string | undefined): Section | undefined => SECTIONS.find((s) => s === name)

export function AdminPage({ section: name }: { section: string | undefined }) {
  const t = useT()
  const [path] = useLocation()
  const { user, problem } = useSession()
  const demo = useDemo()
  const section = sectionOf(name)
  if (problem?.status === 401) return <Redirect to={`/login?next=${encodeURIComponent(path)}`} replace />
  if (demo && section === undefined)
    return <Redirect to={demo.state ? '/admin/demo' : '/admin/system'} replace />
  const isAdmin = user?.posts.includes('admin')
  return (
    <PageShell title={t('admin.title')} user={user}>
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && !isAdmin && <Notice kind="fault">{t('admin.not-yours')}</Notice>}
      {user && isAdmin && demo && section && (
        <>
          <nav className={styles.nav} aria-label={t('admin.nav')}>
            {SECTIONS.filter((s) => s !== 'demo' || demo.state).map((s) => (
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
        </>
      )}
    </PageShell>
  )
}
