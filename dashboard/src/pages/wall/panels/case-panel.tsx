// One case on show: what, where, whose, how far it is, and before and after once somebody has checked it. Nobody's words.
import type { BoardCase } from '#domain/board.ts'
import { formatMoment } from '../../../i18n/format.ts'
import { useLanguage, useT, wordFor } from '../../../i18n/translate.ts'
import { useTick } from '../../../live/use-live.ts'
import { useFitting } from '../../../ui/use-fitting.ts'
import { useWall } from '../context.ts'
import { CaseLine } from './case-line.tsx'
import { type OnWall, useShownCase } from './use-shown-case.ts'
import styles from './case-panel.module.css'

/** Steps that tell how a case went; what happens inside a desk is left out. */
const TOLD = new Set([
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'acknowledged',
  'suspended',
  'resumed',
  'extension-granted',
  'return-granted',
  'replied',
  'passed',
  'failed',
  'reworked',
  'closed',
  'reopened',
])
const MOST_STEPS = 9

export function CasePanel() {
  const t = useT()
  const { c, told, isHidden } = useShownCase(true)
  if (!c)
    return (
      <section className={styles.panel}>
        <p className={styles.none}>{t(isHidden ? 'wall.case.hidden' : 'wall.case.none')}</p>
      </section>
    )
  return <Story c={c} told={told} />
}

function Story({ c, told }: { c: BoardCase; told: OnWall | undefined }) {
  const t = useT()
  const language = useLanguage()
  const { city, live } = useWall()
  const { claimed } = useTick()
  /** In a replay what came later has not happened yet. */
  const happened = (told?.steps ?? []).filter((s) => !live?.past || Date.parse(s.at) <= claimed)
  const isChecked = !live?.past || happened.some((s) => s.type === 'passed')
  const [list, fits] = useFitting(MOST_STEPS)
  const steps = happened.filter((s) => TOLD.has(s.type)).slice(-fits)
  const pictures = [
    { name: t('wall.case.before'), photo: isChecked ? told?.before[0] : undefined },
    { name: t('wall.case.after'), photo: isChecked ? told?.after[0] : undefined },
  ].flatMap(({ name, photo }) => (photo ? [{ name, url: photo.url }] : []))
  return (
    <section className={styles.panel} aria-label={t('wall.case')}>
      <CaseLine c={c} />
      <div className={styles.body}>
        <ol className={styles.steps} ref={list}>
          {steps.map((s) => (
            <li key={`${s.at} ${s.type}`}>
              <time>{formatMoment(Date.parse(s.at), city.info.timeZone, language)}</time>
              <span>{wordFor(t, 'event', s.type)}</span>
            </li>
          ))}
        </ol>
        {pictures.length > 0 && (
          <div className={styles.pictures}>
            {pictures.map(({ name, url }) => (
              <figure key={name}>
                <img src={url} alt={name} />
                <figcaption>{name}</figcaption>
              </figure>
            ))}
          </div>
        )}
      </div>
    </section>
  )
}
