// Photos before, after and at the check; at a photo that was used before, in which case.
import { photoUrl, type CaseJson } from '../../api/cases.ts'
import { Link } from 'wouter'
import type { City } from '../../api/city.ts'
import type { PhotoReuseJson } from '../../api/screening.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-page.module.css'

export function CasePhotos(props: {
  c: CaseJson
  reuse: PhotoReuseJson[]
  city: City
  className: string | undefined
}) {
  const { c, reuse, city, className } = props
  const t = useT()
  const groups: [string, string[]][] = [
    [t('case.photos.before'), c.photos],
    [t('case.photos.after'), c.afterPhotos],
    [t('case.photos.check'), c.checkPhotos],
  ]
  const shown = groups.filter(([, photos]) => photos.length > 0)
  if (shown.length === 0) return null
  return (
    <Card title={t('case.photos')} className={className}>
      <div className={styles.photos}>
        {shown.map(([name, photos]) => (
          <div key={name}>
            <h3>{name}</h3>
            <div className={styles.pictures}>
              {photos.map((id, i) => (
                <figure key={id}>
                  <a href={photoUrl(id)} target="_blank" rel="noreferrer">
                    <img src={photoUrl(id)} alt={`${name} ${t('case.photo', { n: i + 1 })}`} loading="lazy" />
                  </a>
                  {reuse
                    .filter((r) => r.photo === id)
                    .map((r) => (
                      <Reuse key={r.code + r.earlier.caseId} reuse={r} own={c.id} city={city} />
                    ))}
                </figure>
              ))}
            </div>
          </div>
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
    <figcaption className={styles.reused}>
      {earlier.caseId === own ? said : <Link href={`/cases/${earlier.caseId}`}>{said}</Link>}
      <small>
        {t('photo.seen-before', {
          event: wordFor(t, 'event', earlier.which),
          time: formatMoment(Date.parse(earlier.at), city.info.timeZone, language),
        })}
      </small>
    </figcaption>
  )
}
