// 立案: many reports at once, each with its picture, place, the condition that filing takes with its limit, and the unit that
// rules name. Enter files, and rules dispatch; R turns down, V asks somebody to look first.
import type { KeyBinding } from '../../components/keys/keys.ts'
import { photoUrl } from '../../api/cases.ts'
import { formatSpan } from '../../i18n/format.ts'
import { useT } from '../../i18n/translate.ts'
import { CaseGrid } from './case-grid.tsx'
import styles from './cards.module.css'
import { useDesk } from './desk-context.ts'
import { proposedCondition } from './item/item-view.tsx'
import { whyWaits } from './item/why.ts'

const CARDS = 12

export function FilingGrid({ onBindings }: { onBindings: (bindings: KeyBinding[]) => void }) {
  const t = useT()
  const { city, now } = useDesk()
  return (
    <CaseGrid
      kinds={['urgent', 'file', 'accept']}
      most={CARDS}
      keys={() => []}
      onBindings={onBindings}
      card={(item, board) => {
        const { case: c, routing, duplicates } = item
        const reason = c.waitsFor && whyWaits(c.waitsFor.reason, t)
        return (
          <>
            <div className={styles.top}>
              {c.photos[0] === undefined ? (
                <span className={styles.noPhoto}>{t('photos.none')}</span>
              ) : (
                <img
                  className={styles.photo}
                  src={photoUrl(c.photos[0])}
                  alt={t('case.photos.before')}
                  loading="lazy"
                />
              )}
              <div className={styles.words}>
                <strong>
                  {c.urgent && <span className={styles.urgent}>{t('centre.urgent')} </span>}
                  {c.category?.name ?? item.suggestions[0]?.name ?? t('category.none')}
                </strong>
                <span className={styles.place}>
                  {[city.place([], c.area?.code), c.address].filter(Boolean).join(' · ')}
                </span>
                <span className={styles.text}>{c.description}</span>
              </div>
            </div>
            <dl className={styles.facts}>
              <dt>{t('case.condition')}</dt>
              <dd>{proposedCondition(item, city) ?? '—'}</dd>
              <dt>{t('case.department')}</dt>
              <dd>
                {routing.department?.name ?? t('routing.proposed.none')}
                {routing.zone && <span className={styles.quiet}> {routing.zone.name}</span>}
              </dd>
            </dl>
            <p className={styles.quiet}>
              {[
                reason,
                t('drill.waited', { span: formatSpan(now - (board.waitsFor?.since ?? board.since), t) }),
                duplicates.length > 0 && t('centre.maybe-same', { n: duplicates.length }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </>
        )
      }}
    />
  )
}
