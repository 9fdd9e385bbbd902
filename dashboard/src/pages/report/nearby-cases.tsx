// Before a report is sent: open cases near its place, so that who sees the same matter joins it instead of reporting it anew.
import { useCity } from '../../api/city.ts'
import type { NearbyJson } from '../../api/screening.ts'
import { useResource } from '../../api/use-resource.ts'
import type { LngLat } from '../../components/form/schema.ts'
import { formatMoment } from '../../i18n/format.ts'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import styles from './nearby-cases.module.css'

/** More of them on a phone only hide the form. */
const SHOWN = 3
/** About a metre: a position that trembles asks once. */
const PLACES = 5

/** Asked once both are known: without a category everything is near something. */
const pathOf = (at: LngLat | undefined, category: string | undefined) =>
  at && category !== undefined
    ? `/cases/nearby?${new URLSearchParams({
        lng: at.lng.toFixed(PLACES),
        lat: at.lat.toFixed(PLACES),
        category,
      }).toString()}`
    : undefined

export function NearbyCases(props: {
  location: LngLat | undefined
  categoryCode: string | undefined
  /** Receipt number of the case that was chosen. */
  chosen: string | undefined
  onChoose: (receiptNo: string | undefined) => void
}) {
  const t = useT()
  const city = useCity()
  const language = useLanguage()
  const { location, categoryCode, chosen, onChoose } = props
  const nearby = useResource<{ items: NearbyJson[] }>(pathOf(location, categoryCode))
  const items = nearby.value?.items ?? []
  const shown = items.filter((c, i) => i < SHOWN || c.receiptNo === chosen)
  if (!city || shown.length === 0) return null
  return (
    <section className={styles.nearby} aria-label={t('nearby.title')}>
      <h2>{t('nearby.title')}</h2>
      <p className={styles.hint}>{t('nearby.hint')}</p>
      <ul>
        {shown.map((c) => {
          const isChosen = c.receiptNo === chosen
          const reported = formatMoment(Date.parse(c.reportedAt), city.info.timeZone, language)
          return (
            <li key={c.receiptNo} className={isChosen ? styles.chosen : undefined}>
              <div>
                <b>{c.category?.name ?? t('category.none')}</b>
                {c.likely && <span className={styles.likely}>{t('nearby.likely')}</span>}
                <span className={styles.facts}>
                  {t('nearby.facts', { m: c.distanceM, time: reported, status: t(`status.${c.status}`) })}
                </span>
              </div>
              <Button aria-pressed={isChosen} onClick={() => onChoose(isChosen ? undefined : c.receiptNo)}>
                {t(isChosen ? 'nearby.undo' : 'nearby.same')}
              </Button>
            </li>
          )
        })}
      </ul>
      {chosen !== undefined && <p role="status">{t('nearby.chosen', { no: chosen })}</p>}
    </section>
  )
}
