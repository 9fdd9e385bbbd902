// The suggested decision with its reason on one key, and the others by their letters.
import { Key } from '../../../components/keys/keys-help.tsx'
import { useT, wordFor } from '../../../i18n/translate.ts'
import { useDesk } from '../desk-context.ts'
import { useSaid } from './said.ts'
import type { Decisions } from './use-decisions.tsx'
import { whySuggested } from './why.ts'
import styles from './item.module.css'

export function DecisionBox(props: {
  decisions: Decisions
  note?: string | undefined
  /** Who has the next step, where it is not the centre: nothing is to be decided. */
  waitsFor?: string | undefined
  /** Side by side, under many cards. */
  isRow?: boolean
}) {
  const { decisions, note, waitsFor, isRow = false } = props
  const t = useT()
  const { city } = useDesk()
  const said = useSaid()
  const { suggestion, go, choices } = decisions
  const main = suggestion?.steps.map((s) => s.action) ?? []
  return (
    <section
      className={isRow ? `${styles.decision} ${styles.row}` : styles.decision}
      aria-label={t('centre.decide')}
    >
      {suggestion ? (
        <button type="button" className={styles.go} onClick={go}>
          <span className={styles.goWords}>
            <strong>
              {suggestion.steps
                .map((s) =>
                  [said.step(s.action), s.action.startsWith('refuse') ? '' : said.payload(s.payload)]
                    .filter(Boolean)
                    .join(t('sign.colon')),
                )
                .join(' → ')}
            </strong>
            <small>{whySuggested(suggestion, city, t)}</small>
            {note !== undefined && <small>{note}</small>}
          </span>
          <Key name="enter" />
        </button>
      ) : (
        <p className={styles.noSuggestion}>
          {waitsFor === undefined ? t('centre.no-suggestion') : t('centre.not-ours', { who: waitsFor })}
        </p>
      )}
      <div className={styles.choices}>
        {choices
          .filter((c) => main.length > 1 || c.action !== main[0] || c.action === 'close')
          .map(({ action, key, label, run }) => (
            <button key={action} type="button" className={styles.choice} onClick={run}>
              {key !== undefined && <Key name={key} />}
              {action === 'close' && main[0] === 'close' ? wordFor(t, 'centre.step', 'close-other') : label}
            </button>
          ))}
      </div>
    </section>
  )
}
