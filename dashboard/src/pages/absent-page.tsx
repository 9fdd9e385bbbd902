// For pages that the public contract names and this version does not have.
import { Link, useLocation } from 'wouter'
import { PageShell } from '../components/page-shell.tsx'
import { useT } from '../i18n/translate.ts'

export function AbsentPage() {
  const t = useT()
  const [path] = useLocation()
  return (
    <PageShell title={t('absent.title')} width="narrow">
      <p>{t('absent.body', { path })}</p>
      <p>
        <Link href="/wall">{t('nav.wall')}</Link>
      </p>
    </PageShell>
  )
}
