// 疑似重复: this case and those that it may be a duplicate of, side by side with photos and reasons, and one button to merge
// 并案 for those who may. Below, the reports that were merged into it.
import { useState } from 'react'
import { Link } from 'wouter'
import { act, type CaseJson, photoUrl } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import { problemText } from '../../api/problem.ts'
import { type DuplicateJson, type DuplicatesJson, nameOf } from '../../api/screening.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import styles from './case-duplicates.module.css'

export function CaseDuplicates(props: {
  c: CaseJson
  duplicates: DuplicatesJson
  city: City
  /** Whether the reader may merge this case now. */
  mayMerge: boolean
  className: string | undefined
  onChanged: () => void
}) {
  const t = useT()
  const { c, duplicates, city, mayMerge, className, onChanged } = props
  const { items, merged } = duplicates
  const [into, setInto] = useState<DuplicateJson>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  if (items.length === 0 && merged.length === 0) return null

  async function merge(target: DuplicateJson) {
    setBusy(true)
    const answer = await act(c.id, 'merge', c.version, { into: target.receiptNo })
    setBusy(false)
    if (!answer.ok) return setFault(problemText(answer.problem, t))
    setInto(undefined)
    onChanged()
  }

  return (
    <Card title={t('duplicates.title')} className={className}>
      {items.length > 0 && (
        <div className={styles.side}>
          <section className={styles.one}>
            <h3>{t('duplicates.this')}</h3>
            <Pictures photos={c.photos} />
            <p>{c.description}</p>
            <p className={styles.note}>{c.address}</p>
          </section>
          {items.map((d) => (
            <Candidate
              key={d.caseId}
              d={d}
              city={city}
              onMerge={
                mayMerge && d.status !== 'rejected'
                  ? () => {
                      setFault(undefined)
                      setInto(d)
                    }
                  : undefined
              }
            />
          ))}
        </div>
      )}
      {merged.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('duplicates.merged')}</h3>
          <ul className={styles.list}>
            {merged.map((m) => (
              <li key={m.caseId}>
                <Link href={`/cases/${m.caseId}`}>{nameOf(m)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {into && (
        <ConfirmDialog
          title={t('duplicates.merge.title', { no: nameOf(into) })}
          go={t('duplicates.merge')}
          fault={fault}
          busy={busy}
          onGo={() => void merge(into)}
          onClose={() => setInto(undefined)}
        >
          <p>{t('duplicates.merge.text', { no: nameOf(into) })}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}

function Candidate(props: { d: DuplicateJson; city: City; onMerge: (() => void) | undefined }) {
  const t = useT()
  const language = useLanguage()
  const { d, city, onMerge } = props
  return (
    <section className={styles.one}>
      <h3>
        <Link href={`/cases/${d.caseId}`}>{nameOf(d)}</Link>{' '}
        <span className={styles[d.verdict]}>{t(`duplicates.${d.verdict}`)}</span>
      </h3>
      <Pictures photos={[...d.photos, ...d.afterPhotos]} />
      <p>{d.description}</p>
      <p className={styles.note}>{d.address}</p>
      <p className={styles.note}>
        {[
          t(`status.${d.status}`),
          d.departmentName,
          formatMoment(Date.parse(d.reportedAt), city.info.timeZone, language),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className={styles.reasons}>
        {d.reasons.map((r) => (
          <li key={r.code + r.zh}>{language === 'en' ? r.en : r.zh}</li>
        ))}
      </ul>
      {onMerge && (
        <div>
          <Button onClick={onMerge}>{t('duplicates.merge')}</Button>
        </div>
      )}
    </section>
  )
}

function Pictures({ photos }: { photos: readonly string[] }) {
  const t = useT()
  if (photos.length === 0) return <p className={styles.empty}>{t('duplicates.no-photo')}</p>
  return (
    <div className={styles.pictures}>
      {photos.slice(0, 4).map((id, i) => (
        <a key={id} href={photoUrl(id)} target="_blank" rel="noreferrer">
          <img src={photoUrl(id)} alt={t('case.photo', { n: i + 1 })} loading="lazy" />
        </a>
      ))}
    </div>
  )
}
