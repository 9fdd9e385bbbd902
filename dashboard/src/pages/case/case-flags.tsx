// What evaluation counts of the case 考核标志, by round: what stands first, what no longer counts folded away. A press on
// one says why it stands and for whom.
import { useId, useState } from 'react'
import { MEANINGS } from '#domain/flags/meaning.ts'
import { SAYS_ZH } from '#domain/flags/meaning-zh.ts'
import type { FlagKey } from '#domain/flags/table.ts'
import type { FlagJson } from '../../api/clocks.ts'
import type { City } from '../../api/city.ts'
import { formatMoment } from '../../i18n/format.ts'
import { type Translate, useLanguage, useT, wordFor } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-flags.module.css'
import { AGAINST, flagWords } from './flag-words.ts'

/** One flag in a round, with everybody for whom it counts. */
interface Group {
  key: FlagKey
  name: string
  stands: boolean
  flags: FlagJson[]
}

/** Rounds, the newest first; in each what stands first, then what no longer does. */
function byRound(flags: readonly FlagJson[]): { round: number; groups: Group[] }[] {
  return [...Map.groupBy(flags, (f) => f.round)]
    .sort(([a], [b]) => b - a)
    .map(([round, own]) => ({
      round,
      groups: [...Map.groupBy(own, (f) => `${f.key} ${f.stands}`).values()]
        .flatMap((same) => {
          const [first] = same
          return first ? [{ key: first.key, name: first.name, stands: first.stands, flags: same }] : []
        })
        .sort((a, b) => Number(b.stands) - Number(a.stands)),
    }))
}

export function CaseFlags(props: { flags: readonly FlagJson[]; city: City; className: string | undefined }) {
  const t = useT()
  const rounds = byRound(props.flags)
  if (rounds.length === 0) return null
  return (
    <Card title={t('flags.title')} className={props.className}>
      {rounds.map(({ round, groups }) => (
        <Round key={round} round={round} groups={groups} isOnly={rounds.length === 1} city={props.city} />
      ))}
    </Card>
  )
}

function Round(props: { round: number; groups: Group[]; isOnly: boolean; city: City }) {
  const t = useT()
  const { round, groups, isOnly, city } = props
  const standing = groups.filter((g) => g.stands)
  const past = groups.filter((g) => !g.stands)
  return (
    <section className={styles.round} aria-label={t('case.round', { n: round })}>
      {!isOnly && <h3 className={styles.heading}>{t('case.round', { n: round })}</h3>}
      <Chips groups={standing} city={city} />
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>{t('flags.past', { n: past.length })}</summary>
          <Chips groups={past} city={city} />
        </details>
      )}
    </section>
  )
}

function Chips({ groups, city }: { groups: readonly Group[]; city: City }) {
  const language = useLanguage()
  const id = useId()
  const [chosen, setChosen] = useState<FlagKey>()
  const open = groups.find((g) => g.key === chosen)
  return (
    <>
      <ul className={styles.chips}>
        {groups.map((g) => (
          <li key={g.key}>
            <button
              type="button"
              className={[
                styles.chip,
                g.stands && AGAINST.has(g.key) && styles.against,
                !g.stands && styles.gone,
              ]
                .filter(Boolean)
                .join(' ')}
              aria-expanded={open?.key === g.key}
              aria-controls={id}
              onClick={() => setChosen(chosen === g.key ? undefined : g.key)}
            >
              {flagWords(g, language)}
            </button>
          </li>
        ))}
      </ul>
      <div id={id} aria-live="polite">
        {open && <Why group={open} city={city} />}
      </div>
    </>
  )
}

function Why({ group, city }: { group: Group; city: City }) {
  const t = useT()
  const language = useLanguage()
  const moment = (iso: string) => formatMoment(Date.parse(iso), city.info.timeZone, language)
  return (
    <div className={styles.why}>
      <p>{language === 'en' ? MEANINGS[group.key].says : SAYS_ZH[group.key]}</p>
      <ul>
        {group.flags.map((f) => (
          <li key={`${f.for.kind} ${f.for.unit ?? f.for.person ?? f.for.post ?? ''} ${f.of ?? ''} ${f.at}`}>
            {[
              forWhom(f, t),
              moment(f.at),
              f.ended &&
                t('flags.ended', { why: wordFor(t, 'flags.ended', f.ended.why), time: moment(f.ended.at) }),
              f.excludedAt && t('flags.excluded', { time: moment(f.excludedAt) }),
              f.exempt && t('flags.exempt', { about: wordFor(t, 'about', f.exempt.about) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  )
}

function forWhom({ for: to }: FlagJson, t: Translate): string {
  if (to.kind === 'worker') return to.post === undefined ? t('flags.for.person') : wordFor(t, 'post', to.post)
  if (to.unitName === undefined) return t('flags.for.city')
  return to.kind === 'unit' ? to.unitName : t('flags.for.unit', { unit: to.unitName })
}
