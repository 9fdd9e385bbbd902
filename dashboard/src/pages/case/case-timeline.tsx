// What happened, newest first: time, step, who. Words given with a step stand below it.
import type { EventJson } from '../../api/cases.ts'
import type { RungJson } from '../../api/clocks.ts'
import type { City } from '../../api/city.ts'
import { formatMoment } from '../../i18n/format.ts'
import { reasonWords } from '../../i18n/reason-words.ts'
import { useLanguage, useT, wordFor, type Translate } from '../../i18n/translate.ts'
import { Card } from '../../ui/card.tsx'
import styles from './case-page.module.css'
import { deviceWords } from './device-words.ts'

const WORDS = ['reason', 'result', 'note', 'text', 'outcome'] as const

function actorText({ actor }: EventJson, city: City, t: Translate): string {
  if (actor.kind === 'rule') return t('actor.rule')
  if (actor.kind === 'anonymous') return t('actor.anonymous')
  const post = actor.post === undefined ? undefined : wordFor(t, 'post', actor.post)
  return [city.department(actor.department), post, actor.name]
    .filter((word, i, all) => word && all.indexOf(word) === i)
    .join(' ')
}

function wordsOf(
  { type, payload, words, erased }: EventJson,
  rungs: readonly RungJson[],
  t: Translate,
): string[] {
  if (erased) return [t('case.erased')]
  const awaited = type === 'decision-awaited' ? [wordFor(t, 'todo', String(payload.action))] : []
  const given = WORDS.flatMap((name) => {
    const value = words?.[name] ?? payload[name]
    if (typeof value !== 'string' || value === '') return []
    return [name === 'reason' ? reasonWords(value, t) : wordFor(t, name, value)]
  })
  const climbed = type === 'escalated' ? rungs.flatMap((r) => (r.rung === payload.rung ? r.name : [])) : []
  return [...awaited, ...climbed.slice(0, 1), ...given]
}

export function CaseTimeline(props: {
  events: EventJson[]
  /** The city's words for what was climbed. */
  rungs: readonly RungJson[]
  city: City
  className: string | undefined
}) {
  const t = useT()
  const language = useLanguage()
  const { events, rungs, city } = props
  return (
    <Card title={t('case.timeline')} className={props.className}>
      <ol className={styles.timeline}>
        {[...events].reverse().map((event) => {
          const { timeZone } = city.info
          const words = [...wordsOf(event, rungs, t), ...deviceWords(event, { timeZone, language, t })]
          return (
            <li key={event.no} className={styles.event}>
              <time dateTime={event.at}>
                {formatMoment(Date.parse(event.at), city.info.timeZone, language)}
              </time>
              <span>
                {wordFor(t, 'event', event.type)}
                <span className={styles.who}>{actorText(event, city, t)}</span>
              </span>
              {words.length > 0 && <span className={styles.words}>{words.join(' · ')}</span>}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
