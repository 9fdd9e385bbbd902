// What the reader may do now, as the server says: a button each, a form where the action asks for something.
import { useState } from 'react'
import { act, type ActionJson, type CaseJson } from '../../api/cases.ts'
import type { City } from '../../api/city.ts'
import type { SuggestionJson } from '../../api/screening.ts'
import type { Problem } from '../../api/problem.ts'
import { draftName } from '../../components/form/drafts.ts'
import { SchemaForm } from '../../components/form/schema-form.tsx'
import { useLanguage, useT } from '../../i18n/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './case-page.module.css'

export function CaseActions(props: {
  c: CaseJson
  /** Undefined while it is read, or for who may not act at all. */
  actions: ActionJson[] | undefined
  city: City
  /** Account of the reader: whose drafts are kept. */
  me: string
  className: string | undefined
  /** Categories that the words suggest, for a case without one. */
  suggestions: SuggestionJson[]
  onChanged: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const { c, actions, suggestions, city, me, onChanged } = props
  const [filled, setFilled] = useState<{ categoryCode: string }>()
  const conditions = (city.categories.find((k) => k.code === c.category?.code)?.conditions ?? []).map(
    ({ id, text, limit }) => ({ value: id, text: `${text}（${limit}）` }),
  )
  const [chosen, setChosen] = useState<ActionJson>()
  const [done, setDone] = useState(false)
  const open = actions?.find((a) => a.action === chosen?.action)
  const label = (a: ActionJson) => (language === 'en' ? a.label.en : a.label.zh)

  const send = async (a: ActionJson, payload: Record<string, unknown>): Promise<Problem | undefined> => {
    const answer = await act(c.id, a.action, c.version, payload)
    if (answer.ok) {
      setChosen(undefined)
      setDone(true)
      onChanged()
      return undefined
    }
    if (answer.problem.status === 409) onChanged()
    return answer.problem
  }

  if (!actions) return null
  return (
    <Card title={t('case.actions')} className={props.className}>
      {done && <Notice>{t('case.done')}</Notice>}
      {actions.length === 0 && <p className={styles.none}>{t('case.actions.none')}</p>}
      <div className={styles.choices}>
        {actions.map((a) => (
          <Button
            key={a.action}
            kind={a.action === c.waitsFor?.action ? 'primary' : 'quiet'}
            aria-expanded={open?.action === a.action}
            onClick={() => {
              setDone(false)
              setChosen(open?.action === a.action ? undefined : a)
            }}
          >
            {label(a)}
          </Button>
        ))}
      </div>
      {open && (
        <div className={styles.form}>
          {suggestions.length > 0 && asksCategory(open) && (
            <Suggestions
              suggestions={suggestions}
              chosen={filled?.categoryCode}
              onChoose={(categoryCode) => setFilled({ categoryCode })}
            />
          )}
          <SchemaForm
            key={open.action}
            filled={asksCategory(open) ? filled : undefined}
            schema={open.schema}
            submitLabel={label(open)}
            choices={{ condition: conditions }}
            draft={draftName(me, c.id, open.action)}
            timeZone={city.info.timeZone}
            onSubmit={(payload) => send(open, payload)}
            onCancel={() => setChosen(undefined)}
          />
        </div>
      )}
    </Card>
  )
}

const asksCategory = ({ schema }: ActionJson) => 'categoryCode' in (schema.properties ?? {})

/** Chips that fill in the category; the words that each rests on stand beside it. */
function Suggestions(props: {
  suggestions: SuggestionJson[]
  chosen: string | undefined
  onChoose: (code: string) => void
}) {
  const t = useT()
  return (
    <div>
      <p className={styles.none}>{t('suggested.title')}</p>
      <div className={styles.choices}>
        {props.suggestions.map(({ code, name, words }) => (
          <Button key={code} aria-pressed={props.chosen === code} onClick={() => props.onChoose(code)}>
            {name}
            {t('sign.aside', { words: t('suggested.words', { words: words.join(t('sign.list')) }) })}
          </Button>
        ))}
      </div>
    </div>
  )
}
