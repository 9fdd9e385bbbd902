// A webhook's signing secret, shown once. Without TLS a browser offers no clipboard: it can still be marked and copied.
import { useState } from 'react'
import { useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import own from './notifications.module.css'

export function ChannelSecret({ made }: { made: { name: string; secret: string } }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(made.secret).then(
      () => setCopied(true),
      // Refused: it stands there to be marked.
      () => setCopied(false),
    )
  return (
    <Notice>
      <p>{t('delivery.secret.made', { name: made.name })}</p>
      <div className={own.secret}>
        <code>{made.secret}</code>
        {'clipboard' in navigator && (
          <Button onClick={copy}>{t(copied ? 'delivery.secret.copied' : 'delivery.secret.copy')}</Button>
        )}
      </div>
    </Notice>
  )
}
