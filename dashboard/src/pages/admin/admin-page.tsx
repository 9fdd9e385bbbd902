// The administrator's page: sections by the three administrations of system, security and audit, each with an address of
// its own.
import type { Post } from '#domain/case.ts'
import { Link, Redirect } from 'wouter'
import { useDemo } from '../../api/demo.ts'
import { problemText } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { ToLogin } from '../../components/to-login.tsx'
import { useT } from '../../i18n/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import { AccountsSection } from './accounts-section.tsx'
import styles from './admin-page.module.css'
import { AuditSection } from './audit-section.tsx'
import { CitySection } from './city-section.tsx'
import { DemoSection } from './demo-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { PoliciesSection } from './policies-section.tsx'
import { ScreensSection } from './screens-section.tsx'
import { SecuritySection } from './security-section.tsx'
import { SystemSection } from './system-section.tsx'

/** The three administrations, which may be three people; `admin` is all in one. */
const GROUPS = {
  system: {
    posts: ['admin', 'system-admin'],
    sections: ['demo', 'system', 'city', 'policies', 'screens', 'notifications'],
  },
  security: { posts: ['admin', 'security-admin'], sections: ['accounts', 'keys', 'security'] },
  audit: { posts: ['admin', 'auditor'], sections: ['audit'] },
} as const satisfies Record<string, { posts: readonly Post[]; sections: readonly string[] }>
type Group = keyof typeof GROUPS
type Section = (typeof GROUPS)[Group]['sections'][number]
const GROUP_NAMES = Object.keys(GROUPS) as Group[]
const sectionsOf = (group: Group): readonly Section[] => GROUPS[group].sections
const NAMES = GROUP_NAMES.flatMap(sectionsOf)

const isFor = (group: Group, posts: readonly Post[]) =>
  posts.some((p) => (GROUPS[group].posts as readonly Post[]).includes(p))
const sectionOf = (name: string | undefined): Section | undefined => NAMES.find((s) => s === name)

/** On a phone the sections are a row that scrolls: the present one is brought into it. */
const showCurrent = (nav: HTMLElement | null) =>
  nav?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

export function AdminPage({ section: name }: { section: string | undefined }) {
  const t = useT()
  const { user, problem } = useSession()
  const demo = useDemo()
  const section = sectionOf(name)
  if (problem?.status === 401) return <ToLogin />
  const groups = GROUP_NAMES.filter((g) => isFor(g, user?.posts ?? []))
  const theirs = groups.flatMap(sectionsOf)
  const offered = theirs.filter((s) => s !== 'demo' || demo?.state)
  const [first] = offered
  if (demo && section === undefined && first) return <Redirect to={`/admin/${first}`} replace />
  return (
    <PageShell title={t('admin.title')} user={user} width="full">
      {problem && <Notice kind="fault">{problemText(problem, t)}</Notice>}
      {user && (theirs.length === 0 || (section && !theirs.includes(section))) && (
        <Notice kind="fault">{t('admin.not-yours')}</Notice>
      )}
      {user && demo && section && theirs.includes(section) && (
        <div className={styles.layout} key={section}>
          <nav ref={showCurrent} className={styles.side} aria-label={t('admin.nav')}>
            {groups.map((g) => (
              <div key={g}>
                <h2>{t(`admin.group.${g}`)}</h2>
                {sectionsOf(g)
                  .filter((s) => offered.includes(s))
                  .map((s) => (
                    <Link key={s} href={`/admin/${s}`} aria-current={s === section ? 'page' : undefined}>
                      {t(`admin.${s}`)}
                    </Link>
                  ))}
              </div>
            ))}
          </nav>
          {section === 'demo' && <DemoSection state={demo.state} />}
          {section === 'system' && <SystemSection />}
          {section === 'city' && <CitySection />}
          {section === 'policies' && <PoliciesSection />}
          {section === 'accounts' && <AccountsSection me={user.id} isDemo={demo.isDemo} />}
          {section === 'screens' && <ScreensSection />}
          {section === 'notifications' && <NotificationsSection />}
          {section === 'keys' && <KeysSection />}
          {section === 'security' && <SecuritySection />}
          {section === 'audit' && <AuditSection />}
        </div>
      )}
    </PageShell>
  )
}
