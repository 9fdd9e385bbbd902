// Photos before, after and at the check.
import { photoUrl, type CaseJson } from '../../api/cases.ts'
import { useT } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-page.module.css'

export function CasePhotos({ c, className }: { c: CaseJson; className: string | undefined }) {
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
                <a key={id} href={photoUrl(id)} target="_blank" rel="noreferrer">
                  <img src={photoUrl(id)} alt={`${name} ${t('case.photo', { n: i + 1 })}`} loading="lazy" />
                </a>
              ))}
            </div>
          </div>
        ))}
      </div>
    </Card>
  )
}
