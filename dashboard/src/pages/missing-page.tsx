// An address that leads nowhere.
import { Link, useLocation } from 'wouter'
import { PageShell } from '../components/page-shell.tsx'
import { useT } from '../i18n/translate.ts'

export function MissingPage() {
  const t = useT()
  const [path] = useLocation()
  return (
    <PageShell title={t('missing.title')} width="narrow">
      <p>{t('missing.body', { path })}</p>
      <p>
        <Link href="/">{t('nav.home')}</Link>
      </p>
    </PageShell>
  )
}
