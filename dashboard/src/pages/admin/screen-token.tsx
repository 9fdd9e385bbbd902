// A screen's address, shown once: whole, so that it can be copied or typed on the machine behind the screen.
import { useState } from 'react'
import type { MadeToken } from '../../api/screens.ts'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './admin-page.module.css'

export function ScreenToken({ made }: { made: MadeToken }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const address = `${window.location.origin}${made.path}`
  const copy = () =>
    void navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      // Refused, or a page without https: the address stands there to be marked.
      () => setCopied(false),
    )
  return (
    <Notice>
      {t('screens.made', { name: made.name })}
      <div className={styles.key}>
        <code>{address}</code>
        {'clipboard' in navigator && (
          <Button onClick={copy}>{t(copied ? 'screens.copied' : 'screens.copy')}</Button>
        )}
      </div>
    </Notice>
  )
}
