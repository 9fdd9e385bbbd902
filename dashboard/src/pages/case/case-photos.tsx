// Photos before, after and at the check, side by side; below, which of them were used before and in which case.
import { Link } from 'wouter'
import type { City } from '../../api/city.ts'
import type { PhotoReuseJson } from '../../api/screening.ts'
import { PhotoPair, type PairSide } from '../../components/photos/photo-pair.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-page.module.css'

export function CasePhotos(props: {
  caseId: string
  sides: readonly PairSide[]
  reuse: readonly PhotoReuseJson[]
  city: City
  className: string | undefined
}) {
  const { caseId, sides, reuse, city, className } = props
  const t = useT()
  const shown = sides.filter((side, i) => i === 0 || side.photos.length > 0)
  if (shown.every((side) => side.photos.length === 0)) return null
  return (
    <Card title={t('case.photos')} className={className}>
      <div className={styles.photos}>
        <PhotoPair sides={shown} />
        {reuse.map((r) => (
          <Reuse key={r.photo + r.code + r.earlier.caseId} reuse={r} own={caseId} city={city} />
        ))}
      </div>
    </Card>
  )
}

function Reuse({ reuse, own, city }: { reuse: PhotoReuseJson; own: string; city: City }) {
  const t = useT()
  const language = useLanguage()
  const { earlier } = reuse
  const said = language === 'en' ? reuse.en : reuse.zh
  return (
    <p className={styles.reused}>
      {earlier.caseId === own ? said : <Link href={`/cases/${earlier.caseId}`}>{said}</Link>}
      <small>
        {t('photo.seen-before', {
          event: wordFor(t, 'event', earlier.which),
          time: formatMoment(Date.parse(earlier.at), city.info.timeZone, language),
        })}
      </small>
    </p>
  )
}
