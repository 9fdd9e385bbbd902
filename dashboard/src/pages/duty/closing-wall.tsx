// 结案: before and after side by side, with distance and time, the condition it was filed under and the one it is closed
// under. Enter closes with the outcome of the reply, a digit with another one, X sends it back.
import { OUTCOMES } from '#domain/case.ts'
import { Key } from '../../components/keys/keys-help.tsx'
import type { KeyBinding } from '../../components/keys/keys.ts'
import { PhotoPair } from '../../components/photos/photo-pair.tsx'
import { formatSpan } from '../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { CaseGrid } from './case-grid.tsx'
import styles from './cards.module.css'
import { useDesk } from './desk-context.ts'
import { falseMarks, replyOutcome } from './model/suggest.ts'
import { sidesOf } from '../../components/photos/photo-sides.ts'

const CARDS = 6

export function ClosingWall({ onBindings }: { onBindings: (bindings: KeyBinding[]) => void }) {
  const t = useT()
  const language = useLanguage()
  const { city } = useDesk()
  return (
    <CaseGrid
      kinds={['close', 'rework']}
      most={CARDS}
      wide
      keys={(item, decisions) =>
        item.offers.includes('close')
          ? OUTCOMES.map((outcome, i) => ({
              key: String(i + 1),
              label: t('sign.is', { name: t('centre.step.close'), value: wordFor(t, 'outcome', outcome) }),
              run: () => decisions.take([{ action: 'close', payload: { outcome } }]),
            }))
          : []
      }
      onBindings={onBindings}
      foot={(item) =>
        item.offers.includes('close') && (
          <p className={styles.outcomes}>
            {t('centre.close-as')}
            {OUTCOMES.map((o, i) => (
              <span key={o}>
                <Key name={String(i + 1)} /> {wordFor(t, 'outcome', o)}
              </span>
            ))}
          </p>
        )
      }
      card={(item) => {
        const { case: c } = item
        const isFalse = falseMarks(item).length > 0 || (c.falseReplies?.length ?? 0) > 0
        const took = c.repliedAt && c.dispatchedAt && Date.parse(c.repliedAt) - Date.parse(c.dispatchedAt)
        return (
          <>
            <p className={styles.heading}>
              <strong>{c.category?.name}</strong>
              <span className={styles.place}>
                {[city.place([], c.area?.code), c.departmentName].filter(Boolean).join(' · ')}
              </span>
              {c.waitsFor?.action === 'rework' && <b className={styles.false}>{t('centre.kind.rework')}</b>}
              {isFalse && <b className={styles.false}>{t('centre.false-reply')}</b>}
              {c.late && <b className={styles.false}>{t('centre.late')}</b>}
              {c.round > 1 && <span className={styles.quiet}>{t('case.round', { n: c.round })}</span>}
            </p>
            <PhotoPair sides={sidesOf(item, { t, timeZone: city.info.timeZone, language })} />
            <dl className={styles.facts}>
              <dt>{t('case.condition')}</dt>
              <dd>{c.conditionText}</dd>
              <dt>{t('case.close-condition')}</dt>
              <dd>{c.closeCondition}</dd>
            </dl>
            <p className={styles.quiet}>
              {[
                c.caseNo,
                took && t('centre.took', { span: formatSpan(took, t) }),
                wordFor(t, 'outcome', replyOutcome(c)),
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
