// For auditors: who looked at who reported, when and what for.
import { useResource } from '../../api/use-resource.ts'
import { useSession } from '../../api/session.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'

interface Look {
  at: string
  by: { id: string; name: string }
  posts: string[]
  reason: string
}

export function CaseLooks({ caseId, timeZone }: { caseId: string; timeZone: string }) {
  const t = useT()
  const language = useLanguage()
  const { user } = useSession()
  const mayRead = user?.posts.some((p) => p === 'auditor' || p === 'admin') === true
  const { value } = useResource<{ items: Look[] }>(mayRead ? `/cases/${caseId}/unmaskings` : undefined)
  if (!value) return null
  return (
    <Card title={t('unmask.looks')}>
      {value.items.length === 0 && <p>{t('unmask.looks.none')}</p>}
      <ul>
        {value.items.map((look) => (
          <li key={`${look.at} ${look.by.id}`}>
            {formatMoment(Date.parse(look.at), timeZone, language)} {look.by.name}: {look.reason}
          </li>
        ))}
      </ul>
    </Card>
  )
}
